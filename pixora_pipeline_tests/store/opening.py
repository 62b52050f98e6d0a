"""What a second process does in the tests: it opens fresh databases at the very moment another one does."""

from collections.abc import Sequence
from multiprocessing.synchronize import Barrier

from pixora_pipeline.store.database import open_database


def open_in_step(barrier: Barrier, urls: Sequence[str]) -> None:
    """Open one after another, each together with the other process."""
    import alembic.command  # noqa: F401  (loaded before the race, so that it is one)

    for url in urls:
        barrier.wait(60)
        open_database(url)
