"""A thing a text can speak of, and the words it does so with."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Concept:
    """The words for one thing, separated by spaces; one that ends in `*` stands for all that begin with it.

    Strong words name the thing, weak ones hint at it.
    """

    name: str
    strong: str
    weak: str = ""
