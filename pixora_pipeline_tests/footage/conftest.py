"""A source with three shots and known words, made once."""

from pathlib import Path

import pytest

from pixora_pipeline_tests.footage.material import Take, film

THREE_SHOTS = (
    ("Let us begin with gentle neck rolls.", "Drop your chin to your chest and roll slowly to the right."),
    ("Now bring your shoulders up to your ears and let them fall.",),
    ("Hold a plank on your forearms.", "Keep your hips level and squeeze your belly."),
)


@pytest.fixture(scope="session")
def three_shots(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Take]:
    """The video and what is in it."""
    take = Take("three shots", THREE_SHOTS)
    return film(take, tmp_path_factory.mktemp("footage")), take
