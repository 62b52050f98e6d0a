from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from pixora_pipeline.model.requests import MusicRequest, MusicSection
from pixora_pipeline.model.results import Music
from pixora_pipeline.providers.embedded.composer.composer import EmbeddedComposer
from pixora_pipeline_tests.providers.composer.listening import Recording, listen

Compose = Callable[..., tuple[Music, Recording]]


def request_for(*sections: tuple[str, float], seed: int = 0, prompt: str = "") -> MusicRequest:
    return MusicRequest(
        sections=tuple(MusicSection(mood=mood, seconds=seconds) for mood, seconds in sections), seed=seed, prompt=prompt
    )


@pytest.fixture(scope="session")
def compose(tmp_path_factory: pytest.TempPathFactory) -> Compose:
    """Composes a request and listens to it; the same request is composed once."""
    folder = tmp_path_factory.mktemp("music")

    @cache
    def composed(request: MusicRequest) -> tuple[Music, Recording]:
        path: Path = folder / f"{composed.cache_info().misses}.wav"
        return EmbeddedComposer().compose(request, path), listen(path)

    return lambda *sections, **rest: composed(request_for(*sections, **rest))
