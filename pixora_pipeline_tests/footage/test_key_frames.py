"""Clips begin at key frames where they lose nothing by it, and are then decoded from their first picture on."""

import subprocess
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import imageio_ffmpeg
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pixora_pipeline.footage.beginnings import FARTHEST, nearest
from pixora_pipeline.footage.cutting import cut_out
from pixora_pipeline.footage.key_frames import key_frames
from pixora_pipeline.footage.scenes import words_within
from pixora_pipeline.model.compilation import ClipPlan, PlannedClip
from pixora_pipeline_tests.footage.test_lengths import library, plan
from pixora_pipeline_tests.media.numbered import Source, make_source, numbers

SHOT = Source(frames=300, keyint=50, layout=None)
KEYS = [at * 50 / 30 for at in range(6)]


@pytest.fixture(scope="module")
def shot(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_source(tmp_path_factory.mktemp("keys") / "s.mp4", SHOT)


def as_a(kind: str, shot: Path, folder: Path) -> Path:
    to = folder / f"s.{kind}"
    subprocess.run([imageio_ffmpeg.get_ffmpeg_exe(), "-v", "error", "-i", str(shot), "-c", "copy", str(to)], check=True)
    return to


@pytest.mark.parametrize("kind", ["mp4", "mkv", "mov"])
def test_key_frames_are_found_in_all_kinds_of_files(kind: str, shot: Path, tmp_path: Path) -> None:
    video = shot if kind == "mp4" else as_a(kind, shot, tmp_path)
    assert key_frames(video, [(0.0, 10.0)]) == pytest.approx(KEYS, abs=0.001)
    assert key_frames(video, [(1.0, 2.0), (1.5, 3.4)]) == pytest.approx(KEYS[1:3], abs=0.001)
    assert key_frames(video, [(1.7, 3.3), (5.0, 4.0)]) == []


def test_a_video_that_cannot_be_read_has_none_and_one_without_an_index_may_have_none(
    shot: Path, tmp_path: Path
) -> None:
    assert set(key_frames(as_a("ts", shot, tmp_path), [(0.0, 10.0)])) <= set(KEYS)
    (tmp_path / "noise").write_bytes(bytes(range(256)) * 20)
    assert key_frames(tmp_path / "noise", [(0.0, 10.0)]) == key_frames(tmp_path / "gone", [(0.0, 10.0)]) == []


@pytest.mark.parametrize("key", KEYS)
def test_a_cut_that_begins_at_a_key_frame_holds_nothing_before_it(key: float, shot: Path, tmp_path: Path) -> None:
    start = nearest(key + 0.2, (key - 0.1, key + 0.4), key_frames(shot, [(key - 0.1, key + 0.4)]))
    assert key <= start < key + 0.001
    for begin in (start, round(key, 3)):
        cut = cut_out(shot, "s", begin, begin + 1.0, tmp_path / "cut.mkv")
        assert cut.start < 0.001 and cut.end == pytest.approx(1.0, abs=0.001)
        assert numbers(tmp_path / "cut.mkv")[0] == round(key * 30)


@pytest.mark.parametrize("frame", [52, 99, 149, 150, 151])
def test_a_cut_that_begins_just_before_one_holds_no_more_than_it_needs(frame: int, shot: Path, tmp_path: Path) -> None:
    cut = cut_out(shot, "s", frame / 30, frame / 30 + 1.0, tmp_path / "cut.mkv")
    assert numbers(tmp_path / "cut.mkv")[0] == frame - frame % 50
    assert cut.start == pytest.approx(frame % 50 / 30, abs=0.001)


@settings(max_examples=8, deadline=None)
@given(
    seed=st.integers(0, 2**16),
    every=st.floats(0.3, 12.0),
    seconds=st.sampled_from([30.0, 60.0, 300.0]),
    speaking=st.booleans(),
)
def test_a_clip_is_moved_to_a_key_frame_without_losing_a_word_or_a_moment(
    seed: int, every: float, seconds: float, speaking: bool
) -> None:
    sources, matches = library(seed, 6, 1.0, 1.0, speaking)
    keys = [round(number * every, 6) for number in range(int(2000 / every))]
    entered = {name: replace(source, keys=lambda rooms: keys) for name, source in sources.items()}
    before, after = clips(plan(seconds, sources, matches)), clips(plan(seconds, entered, matches))
    for old, new in zip(before, after, strict=True):
        source = sources[new.source]
        assert (new.words, new.source) == (old.words, old.source)
        assert new.seconds == pytest.approx(old.seconds, abs=0.002) and abs(new.start - old.start) <= FARTHEST
        assert new.start >= 0 and new.end <= source.facts.seconds + 0.002
        assert new.words in words_within(source.transcript.lines, new.start, new.end, 1.0)
        said = words_within(source.transcript.lines, old.start + BREATH, old.end - BREATH)
        assert said in words_within(source.transcript.lines, new.start - 0.001, new.end + 0.001)
        assert new.start == old.start or min(abs(new.start - key) for key in keys) < 0.0011
    assert overlaps(after) <= overlaps(before)


def test_most_clips_in_which_nobody_speaks_begin_at_a_key_frame() -> None:
    keys = [number * 2.0 for number in range(1000)]
    sources, matches = library(1, 6, 1.0, 1.0, speaking=False)
    entered = {name: replace(source, keys=lambda rooms: keys) for name, source in sources.items()}
    starts = [[clip.start % 2.0 for clip in clips(plan(30.0, of, matches))] for of in (sources, entered)]
    before, after = (sum(start < 0.002 for start in each) for each in starts)
    assert (before, after > len(starts[1]) / 2) == (0, True)


BREATH = 0.39
"""Nobody speaks within that much of a clip's ends who is meant to be heard, unless its scene begins or ends there."""


def clips(of: ClipPlan) -> list[PlannedClip]:
    return [clip for segment in of.segments for clip in segment.clips]


def overlaps(shown: list[PlannedClip]) -> int:
    """How many clips show what another shows."""
    in_order = sorted(shown, key=lambda clip: (clip.source, clip.start))
    return sum(a.source == b.source and b.start < a.end - 0.002 for a, b in pairwise(in_order))
