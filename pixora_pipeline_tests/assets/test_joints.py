"""Which joints one worker draws one after the other."""

import pytest

from pixora_pipeline.assets.joints import LONGEST_RUN, runs


@pytest.mark.parametrize(
    ("missing", "drawn"),
    [
        ("", []),
        ("--", []),
        ("x", ["0"]),
        ("-xx-x", ["12", "4"]),
        ("x---x", ["0", "4"]),
        ("x" * (LONGEST_RUN + 1), ["0123", "4"]),
        ("xxxxx-xx", ["0123", "4", "67"]),
    ],
)
def test_missing_neighbours_are_drawn_together_but_not_all_by_one(missing: str, drawn: list[str]) -> None:
    found = list(runs([mark == "x" for mark in missing]))
    assert ["".join(map(str, range(len(missing))[run])) for run in found] == drawn
