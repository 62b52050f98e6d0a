"""Words are read alike by however many threads read them."""

import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from pixora_pipeline.footage import vocabulary
from pixora_pipeline.footage.vocabulary import stems

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
