import pytest

from pixora_pipeline_tests.media.material import SmallFilm, make_small_film


@pytest.fixture(scope="session")
def small_film(tmp_path_factory: pytest.TempPathFactory) -> SmallFilm:
    """Four scenes with every kind of transition between them."""
    return make_small_film(tmp_path_factory.mktemp("film"), ("crossfade", "cut", "fade_through_black"))
