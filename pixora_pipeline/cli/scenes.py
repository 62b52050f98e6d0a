"""Scenes in a table's cell: their numbers, in as few words as say it."""

from collections.abc import Iterable
from itertools import groupby


def scene_numbers(slots: Iterable[str]) -> str:
    """What people call scenes: `s01`, `s02`, `s03` and `s07` are "1-3, 7"."""
    numbers = sorted({int(slot[1:]) for slot in slots})
    runs = [[number for _, number in run] for _, run in groupby(enumerate(numbers), lambda each: each[1] - each[0])]
    return ", ".join(_run(run) for run in runs)


def _run(numbers: list[int]) -> str:
    if len(numbers) < 3:
        return ", ".join(map(str, numbers))
    return f"{numbers[0]}-{numbers[-1]}"
