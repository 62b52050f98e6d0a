"""A video is decoded once: what was seen then is enough for whatever is made of its pictures later."""

from pathlib import Path

import pytest

from pixora_pipeline.footage.frames import STEP_SECONDS, all_frames
from pixora_pipeline.footage.glances import Glancing
from pixora_pipeline.footage.looking import describe_scenes, find_focuses, find_shots
from pixora_pipeline.footage.probing import probe_source
from pixora_pipeline.model.footage import Transcript
from pixora_pipeline_tests.footage.material import Take
from pixora_pipeline_tests.footage.test_attention import filmed, somebody
from pixora_pipeline_tests.footage.test_hostile_inputs import X264, two_sizes, video

SILENT = Transcript(origin="none", lines=())


def test_nobody_reads_the_video_again(tmp_path: Path) -> None:
    swaying, seen = filmed(tmp_path / "v.mp4", somebody(270)), tmp_path / "seen.npz"
    facts = probe_source(swaying)
    shots = find_shots(swaying, facts, seen).shots
    swaying.unlink()
    (focus,) = find_focuses(swaying, facts, shots, seen).found
    (scene,) = describe_scenes(swaying, facts, shots, SILENT, seen).scenes
    assert focus.point[0] > 0.75
    assert scene.look == "An evenly lit picture in grey, gentle movement."


def test_what_is_not_kept_is_looked_for_again(three_shots: tuple[Path, Take], tmp_path: Path) -> None:
    seen = tmp_path / "seen.npz"
    facts = probe_source(three_shots[0])
    shots = find_shots(three_shots[0], facts, seen).shots
    described = describe_scenes(three_shots[0], facts, shots, SILENT, seen)
    seen.write_bytes(seen.read_bytes()[:1000])
    assert describe_scenes(three_shots[0], facts, shots, SILENT, seen) == described
    seen.unlink()
    assert describe_scenes(three_shots[0], facts, shots, SILENT, seen) == described


def test_a_recording_may_go_on_in_another_shape(tmp_path: Path) -> None:
    shapes = two_sizes(tmp_path)
    found = find_shots(shapes, probe_source(shapes), tmp_path / "seen.npz")
    assert found.shots[-1].end == pytest.approx(1.0, abs=0.1)


def test_of_a_very_long_film_little_more_is_decoded_than_key_frames(tmp_path: Path) -> None:
    moving = video(tmp_path / "v.mp4", *X264, "-g", 50, "-bf", 2, rate=25, seconds=14)
    frames, glancing = list(all_frames(moving, seconds=4 * 3600)), Glancing(0)
    assert [frame.time for frame in frames if frame.for_cuts] == pytest.approx(range(0, 14, 2))
    for frame in frames:
        if frame.for_glances:
            glancing.see(frame)
    glances = glancing.found()
    assert glances.start.tolist() == pytest.approx([0, 6, 12])
    assert (glances.end - glances.start).tolist() == pytest.approx([STEP_SECONDS] * 3, abs=0.1)
    assert glances.change.min() > 0
    assert len(frames) < 30
