"""The promise about finding: over 85 % of what is shown first is relevant, on questions nothing was tuned on too."""

import pytest

from benchmarks.retrieval.__main__ import HELD_OUT, TUNED, Labelled, quality


@pytest.mark.parametrize("given", [TUNED, HELD_OUT], ids=["tuned on", "held out"])
def test_what_is_found_first_is_relevant_and_nothing_of_it_is_unwanted(given: Labelled) -> None:
    assert len(given.moments) >= 200 and len(given.asked) >= 60
    found = quality(given)
    assert found["top 5"]["fused"]["relevant of those shown"] > 0.85
    assert found["filled up with"]["relevant"] > 0.75
    assert found["exclusions violated"] == found["reused while an unused one is within 5 %"] == 0
