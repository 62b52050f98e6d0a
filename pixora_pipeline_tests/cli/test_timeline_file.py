"""The film for an editor: put together again from its timeline, it is the film."""

from pathlib import Path
from urllib.parse import unquote, urlparse

import av
import opentimelineio as otio
import pytest
from opentimelineio.schema import Clip, Timeline, Track, Transition

from pixora_pipeline.media.timing import SAMPLE_RATE
from pixora_pipeline.model.project import Project
from pixora_pipeline_tests.cli.conftest import Desk
from pixora_pipeline_tests.conftest import Bench
from pixora_pipeline_tests.media.material import decoded_luma

HANDLE = 15


def file_of(clip: Clip) -> Path:
    return Path(unquote(urlparse(clip.media_reference.target_url).path))


def shown(track: Track) -> list[float | None]:
    """The brightness of every frame of a track, by its clips' media; None where a transition is under way."""
    frames: list[float | None] = []
    for clip in track.find_clips():
        lumas = [luma for _, luma in decoded_luma(file_of(clip))]
        seen = clip.source_range
        assert clip.media_reference.available_range.duration.value == len(lumas)
        first = int(seen.start_time.value)
        frames += lumas[first : first + int(seen.duration.value)]
    at = 0
    for item in track:
        if isinstance(item, Transition):
            for blended in range(at - int(item.in_offset.value), at + int(item.out_offset.value)):
                frames[blended] = None
        else:
            at += int(item.source_range.duration.value)
    return frames


@pytest.fixture
def exported(own_studio: Desk, film_home: tuple[Path, str]) -> tuple[Desk, Timeline]:
    outcome = own_studio.pixora("export", film_home[1], "--otio", "cut/boat.otio")
    assert outcome.code == 0, outcome.err
    return own_studio, otio.adapters.read_from_file(str(own_studio.folder / "cut" / "boat.otio"))


def test_the_timeline_put_together_is_the_film(exported: tuple[Desk, Timeline], film: tuple[Bench, Project]) -> None:
    stored = film[0].stored(film[1], "final_video")
    wanted = [luma for _, luma in decoded_luma(stored.path)]
    picture, voices, music, plain = exported[1].tracks
    found = shown(picture)
    assert len(found) == len(wanted)
    assert sum(luma is None for luma in found) == HANDLE * (len(list(picture.find_clips())) + 1)
    for at, (luma, film_luma) in enumerate(zip(found, wanted, strict=True)):
        assert luma is None or abs(luma - film_luma) < 0.05, at
    # Each voice begins where its word is heard in the film.
    words = (stored.folder / "film.srt").read_text("utf-8")
    assert words.startswith("1\n")
    for clip in voices.find_clips():
        with av.open(str(file_of(clip))) as container:
            assert container.duration / 1e6 == pytest.approx(clip.duration().to_seconds(), abs=1e-3)
    starts = [voices.range_of_child(clip).start_time.to_seconds() for clip in voices.find_clips()]
    scenes = [picture.range_of_child(clip).start_time.to_seconds() for clip in picture.find_clips()]
    # A scene begins half a handle before its cut; the voice comes a handle and a breath after that.
    for voice, scene in zip(starts, scenes, strict=True):
        assert voice == pytest.approx((scene - 7 / 30 if scene else 0) + 0.7, abs=1 / SAMPLE_RATE)
    for track in (music, plain):
        assert track.duration().to_seconds() == pytest.approx(len(wanted) / 30)
    assert (music.enabled, plain.enabled) == (True, False)


def test_chapters_stand_at_their_places(exported: tuple[Desk, Timeline], film: tuple[Bench, Project]) -> None:
    with av.open(str(film[0].stored(film[1], "final_video").path)) as container:
        wanted = [
            (each["metadata"]["title"], float(each["start"] * each["time_base"])) for each in container.chapters()
        ]
    markers = [(mark.name, mark.marked_range.start_time.to_seconds()) for mark in exported[1].tracks.markers]
    assert [name for name, _ in markers] == [name for name, _ in wanted]
    assert [start for _, start in markers] == pytest.approx([start for _, start in wanted], abs=1e-3)


def test_a_bundle_holds_its_media(own_studio: Desk, film_home: tuple[Path, str]) -> None:
    assert own_studio.pixora("export", film_home[1], "--otio", "boat.otioz").code == 0
    unpacked = own_studio.folder / "unpacked"
    unpacked.mkdir()
    timeline = otio.adapters.read_from_file(str(own_studio.folder / "boat.otioz"), extract_to_directory=str(unpacked))
    for clip in timeline.find_clips():
        assert (unpacked / clip.media_reference.target_url).is_file()
    assert sorted(path.name for path in own_studio.folder.iterdir()) == ["boat.otioz", "unpacked"]


def test_a_film_that_was_changed_since_is_made_first(own_studio: Desk, film_home: tuple[Path, str]) -> None:
    own_studio.pixora("edit", film_home[1], "--scene", "2", "--narration", "Nothing of the kind.")
    outcome = own_studio.pixora("export", film_home[1], "--otio", "boat.otio")
    assert outcome.code == 4
    assert "has changed since its film was made" in outcome.err
    assert list(own_studio.folder.iterdir()) == []


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (["--otio", "boat.xml"], "does not end in .otio"),
        (["--otio", "boat.otio", "--audio"], "Ask for one of them"),
        (["--otio", "."], "is a folder"),
    ],
)
def test_what_can_not_be_is_refused(studio: Desk, film_home: tuple[Path, str], options: list[str], told: str) -> None:
    outcome = studio.pixora("export", film_home[1], *options)
    assert outcome.code == 2
    assert told in outcome.err
