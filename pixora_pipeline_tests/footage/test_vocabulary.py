"""What is said is known in other words and in another order, and read alike by however many threads read it."""

import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from pixora_pipeline.footage import vocabulary
from pixora_pipeline.footage.vocabulary import stems
from pixora_pipeline.footage.vocabulary import vocabulary as vocabulary_of

_ROOTS = ["stretch", "kneel", "organis", "nation", "relax", "beautifi", "comput", "hop", "generous", "condition"]
_ENDINGS = ["ing", "ed", "es", "ization", "ational", "fulness", "ously", "ement", "ly", "iveness"]


@pytest.fixture
def hasty_threads() -> Iterator[None]:
    """Threads that take turns as often as they can."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(before)


def test_threads_that_read_at_once_read_right(hasty_threads: None) -> None:
    texts = [" ".join(f"{root}{n}{ending}" for root in _ROOTS for ending in _ENDINGS) for n in range(12)]
    alone = [stems(text) for text in texts]
    vocabulary._stem.cache_clear()
    with ThreadPoolExecutor(6) as threads:
        assert list(threads.map(stems, texts)) == alone


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Make slow circles with your shoulders.", ["shoulder roll"]),
        ("Circle one ankle, then roll both of your ankles.", ["ankle circle"]),
        ("Now bend to the side.", ["side bend"]),
        ("Stretch your calves against the wall.", ["calf stretch", "wall"]),
        ("Circle the room, then your shoulders.", ["shoulders"]),
        ("Press your shoulders down.", ["shoulders"]),
        ("Sit up tall.", ["posture"]),
    ],
)
def test_two_words_that_belong_together_are_known_in_either_order(text: str, named: list[str]) -> None:
    assert vocabulary_of("fitness").named_in(text) == named
