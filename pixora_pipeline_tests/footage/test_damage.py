"""Flipped bytes in the middle of a video: the stretch is found when its shots are, and no clip shows it."""

import random
from pathlib import Path

import pytest

from pixora_pipeline.footage.looking import find_shots
from pixora_pipeline.footage.probing import probe_source
from pixora_pipeline.model.compilation import ClipPlan
from pixora_pipeline.model.footage import ShotList
from pixora_pipeline_tests.conftest import Bench
from pixora_pipeline_tests.footage.library import fill
from pixora_pipeline_tests.footage.material import Take, film
from pixora_pipeline_tests.footage.test_compilation import plan_of, script_only
from pixora_pipeline_tests.footage.test_hostile_inputs import ffmpeg, video

SAID = tuple(
    (f"Hold the plank for {count} breaths and squeeze your belly.",) for count in ("two", "three", "four", "six")
)


def damaged(whole: Path, share: float, to: Path) -> Path:
    """A copy with some bits turned over, all within the fiftieth of it that begins at that share of its bytes."""
    content, drawn = bytearray(whole.read_bytes()), random.Random(1)
    for _ in range(30):
        content[int(len(content) * (share + drawn.random() / 50))] ^= 1 << drawn.randrange(8)
    to.write_bytes(content)
    return to


def shots_of(file: Path) -> ShotList:
    return find_shots(file, probe_source(file), file.with_suffix(".npz"))


@pytest.mark.parametrize(
    ("suffix", "options"),
    [
        ("mp4", ("-c:v", "libx264", "-preset", "ultrafast")),
        ("ts", ("-c:v", "libx264", "-preset", "veryfast")),
        ("avi", ("-c:v", "mpeg4", "-b:v", "600k")),
    ],
)
def test_a_damaged_stretch_is_found_with_the_shots(suffix: str, options: tuple[str, ...], tmp_path: Path) -> None:
    noisy = ("-vf", "noise=alls=10:allf=t")
    whole = video(tmp_path / f"whole.{suffix}", *noisy, *options, "-g", 25, rate=25, seconds=20)
    assert shots_of(whole).damaged == ()
    found = shots_of(damaged(whole, 0.5, tmp_path / f"broken.{suffix}"))
    assert found.damaged, "and the file is read all the same"
    assert all(8 < each.start < each.end < 13 for each in found.damaged)
    assert found.shots[-1].end == pytest.approx(20, abs=0.2)


HEVC = ("-c:v", "libx265", "-preset", "ultrafast", "-x265-params", "log-level=none")
VP9 = ("-c:v", "libvpx-vp9", "-deadline", "realtime", "-cpu-used", "8", "-b:v", "600k")


def zeroed(whole: Path, to: Path) -> Path:
    """A copy that lost a block of a disk a little before its middle."""
    content = bytearray(whole.read_bytes())
    at = len(content) * 45 // 100
    content[at : at + 4096] = bytes(4096)
    to.write_bytes(content)
    return to


@pytest.mark.parametrize(
    ("suffix", "options"),
    [
        ("mp4", HEVC),
        ("mkv", HEVC),
        ("mp4", VP9),
        ("webm", VP9),
        ("webm", ("-c:v", "libvpx", "-deadline", "realtime", "-cpu-used", "8", "-b:v", "600k")),
        ("mkv", ("-c:v", "libsvtav1", "-preset", "12")),
        ("mov", ("-c:v", "libx264", "-preset", "ultrafast")),
    ],
)
def test_a_lost_block_is_found_whatever_the_coding_and_the_rest_is_read(
    suffix: str, options: tuple[str, ...], tmp_path: Path
) -> None:
    noisy = ("-vf", "noise=alls=10:allf=t", "-pix_fmt", "yuv420p")
    whole = video(tmp_path / f"whole.{suffix}", *noisy, *options, "-g", 25, size="320x240", rate=25, seconds=20)
    assert shots_of(whole).damaged == ()
    found = shots_of(zeroed(whole, tmp_path / f"broken.{suffix}"))
    assert found.damaged and all(7 < each.start < each.end < 12 for each in found.damaged)
    assert found.shots[-1].end == pytest.approx(20, abs=0.2)


@pytest.mark.parametrize("options", [("-c:v", "libvpx-vp9", "-cpu-used", "8"), ("-c:v", "libx265", *HEVC[4:])])
def test_pictures_that_others_are_built_on_and_nobody_sees_are_no_damage(
    options: tuple[str, ...], tmp_path: Path
) -> None:
    moving = video(tmp_path / "moving.mkv", "-pix_fmt", "yuv420p", *options, "-g", 50, rate=25, seconds=6)
    assert shots_of(moving).damaged == ()


@pytest.mark.parametrize("options", [HEVC, VP9, ("-c:v", "libx264", "-preset", "ultrafast")])
@pytest.mark.parametrize("suffix", ["mp4", "mkv"])
def test_a_video_that_was_trimmed_without_coding_it_again_is_whole(
    suffix: str, options: tuple[str, ...], tmp_path: Path
) -> None:
    moving = ("-pix_fmt", "yuv420p", *options, "-g", 50)
    whole = video(tmp_path / f"whole.{suffix}", *moving, rate=25, seconds=8)
    trimmed = tmp_path / f"trimmed.{suffix}"
    ffmpeg("-ss", 3.1, "-i", whole, "-c", "copy", trimmed)
    assert shots_of(trimmed).damaged == ()


def test_a_still_screen_is_no_damage(tmp_path: Path) -> None:
    still = "select='lt(t,3)+gt(t,6)',setpts=PTS"
    screen = video(tmp_path / "screen.mkv", "-vf", still, "-fps_mode", "vfr", "-g", 500, rate=25, seconds=9)
    assert shots_of(screen).damaged == ()


def test_a_film_is_cut_around_it_and_says_so(tmp_path: Path, bench: Bench) -> None:
    take = Take("plank", SAID, first_picture=1)
    whole = film(take, tmp_path / "whole")
    (tmp_path / "plank.srt").write_bytes(whole.with_suffix(".srt").read_bytes())
    broken = damaged(whole, 0.6, tmp_path / "plank.mp4")
    spans = shots_of(broken).damaged
    assert spans
    fill(bench, [broken])
    plan: ClipPlan = plan_of(bench, script_only(bench, "30 seconds of planks"))
    clips = [clip for segment in plan.segments for clip in segment.clips]
    assert clips and not [c for c in clips for each in spans if c.start < each.end and each.start < c.end]
    (notice,) = [each for each in plan.notices if each.kind == "damaged"]
    assert notice.message.startswith(f"Left out because it is damaged: “plank” at {spans[0].start:.1f}-")
