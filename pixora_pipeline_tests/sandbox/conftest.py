"""A sandbox for each kind of walls this machine can have."""

from collections.abc import Iterator

import pytest

from pixora_pipeline.sandbox.sandbox import Sandbox
from pixora_pipeline.sandbox.walls import walls


@pytest.fixture(scope="session", params=["bubblewrap and locks", "locks"])
def sandbox(request: pytest.FixtureRequest) -> Iterator[Sandbox]:
    if walls() == "none":
        pytest.skip("this kernel has neither Landlock nor seccomp")
    if request.param == "bubblewrap and locks" and walls() == "locks":
        pytest.skip("bubblewrap is not installed, or may not make namespaces")
    opened = Sandbox(walls=request.param)
    yield opened
    opened.close()
