"""A compilation for an editor: its tracks, sounded together, are the film's sound."""

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urlparse

import av
import numpy as np
import opentimelineio as otio
import pytest
from numpy.typing import NDArray
from opentimelineio.schema import Clip, Timeline, Track

from pixora_pipeline.assets.editable import export_timeline
from pixora_pipeline.media.timing import SAMPLE_RATE
from pixora_pipeline.media.wav import read_wav, stereo
from pixora_pipeline.model.project import Project
from pixora_pipeline_tests.conftest import Bench, close_bench, open_copy

QUIET = {"footage": 0.6, "loudness": -24.0}
"""So quiet that no peak is held back: the sum of the tracks is then the film's sound but for its level."""


@pytest.fixture
def exported(compiled: tuple[Bench, Project], tmp_path: Path) -> Iterator[tuple[Timeline, Path]]:
    """The timeline, and the film that it is of."""
    bench = open_copy(compiled[0].studio.settings.home, tmp_path / "home")
    project = bench.studio.projects.get(compiled[1].id)
    sound = project.preferences.sound.model_copy(update=QUIET)
    wishes = project.preferences.model_copy(update={"sound": sound})
    project = bench.studio.projects.change(project, preferences=wishes)
    bench.make(project)
    (tmp_path / "media").mkdir()

    def put(file: Path, name: str) -> Path:
        (tmp_path / "media" / name).write_bytes(file.read_bytes())
        return tmp_path / "media" / name

    export_timeline(bench.studio, project, bench.plan(project), bench.records(project), tmp_path / "film.otio", put)
    yield otio.adapters.read_from_file(str(tmp_path / "film.otio")), bench.stored(project, "final_video").path
    close_bench(bench)


def sounding(track: Track, samples: int) -> NDArray[np.float64]:
    """The track's sound, (samples, 2)."""
    out = np.zeros((samples, 2))
    for clip in track.find_clips(search_range=None):
        assert isinstance(clip, Clip)
        heard = stereo(read_wav(Path(unquote(urlparse(clip.media_reference.target_url).path))))
        at = round(track.range_of_child(clip).start_time.to_seconds() * SAMPLE_RATE)
        assert len(heard) == clip.source_range.duration.value
        out[at : at + len(heard)] += heard
    return out


def film_sound(film: Path) -> NDArray[np.float64]:
    with av.open(str(film)) as container:
        return np.concatenate([frame.to_ndarray().T for frame in container.decode(audio=0)]).astype(float)


def test_the_tracks_together_sound_like_the_film(exported: tuple[Timeline, Path]) -> None:
    tracks, film = [track for track in exported[0].audio_tracks() if track.enabled], film_sound(exported[1])
    assert [track.name for track in tracks] == ["Voice", "Footage sound", "Footage sound, by turns", "Music"]
    alone = {track.name: sounding(track, len(film)) for track in tracks}
    together = sum(alone.values())
    level = (film * together).sum() / (together**2).sum()
    left_over = film - level * together
    assert np.square(left_over).sum() < 0.01 * np.square(film).sum()
    for name, sound in alone.items():
        assert np.square(left_over + level * sound).sum() > 1.3 * np.square(left_over).sum(), f"{name} is not heard"
