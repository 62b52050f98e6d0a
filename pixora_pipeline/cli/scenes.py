"""Scenes in a table: rows that they share, and their numbers in a cell, in as few words as say it."""

from collections.abc import Callable, Hashable, Iterable
from itertools import groupby
from typing import TypeVar

from pixora_pipeline.model.script import scene_number

One = TypeVar("One")


def alike(all_of_them: Iterable[One], by: Callable[[One], Hashable]) -> list[list[One]]:
    """What differs by its scene alone, together for one row; `by` tells everything else."""
    rows: dict[Hashable, list[One]] = {}
    for one in all_of_them:
        rows.setdefault(by(one), []).append(one)
    return list(rows.values())


def scene_numbers(slots: Iterable[str]) -> str:
    """What people call scenes: `s01`, `s02`, `s03` and `s07` are "1-3, 7"."""
    numbers = sorted({scene_number(slot) for slot in slots})
    runs = [[number for _, number in run] for _, run in groupby(enumerate(numbers), lambda each: each[1] - each[0])]
    return ", ".join(_run(run) for run in runs)


def _run(numbers: list[int]) -> str:
    if len(numbers) < 3:
        return ", ".join(map(str, numbers))
    return f"{numbers[0]}-{numbers[-1]}"
