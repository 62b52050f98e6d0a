"""A folder that can't be written, whoever runs the tests: root may write everywhere, so root steps down meanwhile."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_NOBODY = 65534


@contextmanager
def locked_folder() -> Iterator[Path]:
    """An empty folder without permission to write, as somebody for whom that counts."""
    # Not pytest's own folder: its parents are closed to everybody else.
    folder = Path(tempfile.mkdtemp(prefix="pixora-locked-"))
    folder.chmod(0o555)
    try:
        with without_power():
            yield folder
    finally:
        folder.chmod(0o700)
        folder.rmdir()


@contextmanager
def without_power() -> Iterator[None]:
    """Go on as somebody for whom permissions count."""
    if os.getuid() != 0:
        yield
        return
    os.setresuid(_NOBODY, _NOBODY, 0)
    try:
        yield
    finally:
        os.setresuid(0, 0, 0)
