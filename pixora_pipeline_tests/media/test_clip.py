"""A clip is a scene's body with its voice, a joint its neighbours' shared frames: each right on its own."""

from pathlib import Path

import numpy as np
import pytest

from pixora_pipeline.errors import Defect, UserError
from pixora_pipeline.media.clip import make_clip
from pixora_pipeline.media.joint import make_joint, make_joints
from pixora_pipeline.media.probe import probe
from pixora_pipeline.media.shot import StillShot
from pixora_pipeline.media.timing import SAMPLE_RATE, FilmFormat
from pixora_pipeline.media.transitions import weights
from pixora_pipeline.model.script import TransitionKind
from pixora_pipeline_tests.media.material import (
    ACROSS,
    SMALL,
    decoded_luma,
    decoded_sound,
    ramp,
    ramp_luma,
    tone,
    write_wav,
)


def test_a_clip_holds_the_body_of_its_scene_with_the_voice_at_its_place(tmp_path: Path) -> None:
    voice = write_wav(tmp_path / "v.wav", tone(0.5))
    facts = make_clip(StillShot(ramp(tmp_path / "r.png"), ACROSS, 72), voice, SMALL, tmp_path / "c.mp4")
    lumas = [luma for _, luma in decoded_luma(tmp_path / "c.mp4")]
    assert facts.frames == len(lumas) == 42
    assert lumas == pytest.approx([ramp_luma(at, 72) for at in range(15, 57)], abs=0.6)
    sound = np.abs(decoded_sound(tmp_path / "c.mp4"))
    assert facts.voice_start == pytest.approx(0.2)
    assert np.argmax(sound > 0.1) / SAMPLE_RATE == pytest.approx(0.2, abs=0.008)
    heard = probe(tmp_path / "c.mp4").sound
    assert heard and heard.seconds == pytest.approx(1.4, abs=0.03)


@pytest.mark.parametrize(("fps", "frames"), [(24, 85), (24, 106), (24, 149), (60, 73), (60, 169)])
def test_a_clip_whose_sound_ends_just_into_a_packet_is_whole(fps: int, frames: int, tmp_path: Path) -> None:
    fmt = FilmFormat(width=64, height=64, fps=fps, handle=5)
    make_clip(StillShot(ramp(tmp_path / "r.png"), ACROSS, frames + 10), None, fmt, tmp_path / "c.mp4")
    found = probe(tmp_path / "c.mp4")
    assert found.sound and found.video
    assert found.sound.seconds == found.video.seconds == frames / fps


def test_a_clip_without_voice_is_silent_and_a_longer_voice_is_cut(tmp_path: Path) -> None:
    picture = ramp(tmp_path / "r.png")
    assert make_clip(StillShot(picture, ACROSS, 60), None, SMALL, tmp_path / "s.mp4").voice_start is None
    assert not np.abs(decoded_sound(tmp_path / "s.mp4")).max() > 1e-4
    make_clip(StillShot(picture, ACROSS, 60), write_wav(tmp_path / "v.wav", tone(9)), SMALL, tmp_path / "l.mp4")
    heard = probe(tmp_path / "l.mp4").sound
    assert heard and heard.seconds == pytest.approx(1.0, abs=0.03)


def test_only_the_path_that_was_given_is_written(tmp_path: Path) -> None:
    picture = ramp(tmp_path / "r.png")
    (tmp_path / "out").mkdir()
    make_clip(StillShot(picture, ACROSS, 60), None, SMALL, tmp_path / "out" / "made: 50%.bin")
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["made: 50%.bin"]


def test_a_scene_without_a_body_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="nothing left"):
        make_clip(StillShot(ramp(tmp_path / "r.png"), ACROSS, 30), None, SMALL, tmp_path / "c.mp4")


def test_the_film_opens_from_black_and_closes_to_black(tmp_path: Path) -> None:
    end = StillShot(ramp(tmp_path / "r.png"), ACROSS, 72)
    make_joint(None, end, "cut", SMALL, tmp_path / "open.mp4")
    make_joint(end, None, "crossfade", SMALL, tmp_path / "close.mp4")
    opening = [luma for _, luma in decoded_luma(tmp_path / "open.mp4")]
    closing = [luma for _, luma in decoded_luma(tmp_path / "close.mp4")]
    assert len(opening) == len(closing) == SMALL.handle
    assert opening[0] < 18 and sorted(opening) == opening
    assert closing[-1] < 20 and closing[0] > 0.95 * ramp_luma(57, 72)


def test_weights_say_what_is_seen_of_either_scene() -> None:
    steps = range(15)
    assert [weights("cut", step, 15) for step in steps] == [(1, 0)] * 7 + [(0, 1)] * 8
    assert all(sum(weights("crossfade", step, 15)) == pytest.approx(1) for step in steps)
    dip = [weights("fade_through_black", step, 15) for step in steps]
    assert dip[7] == pytest.approx((0, 0)) and all(min(pair) == 0 for pair in dip)
    assert dip[0][0] > 0.9 and dip[-1][1] > 0.9


def test_a_joint_between_nothing_and_nothing_is_a_defect(tmp_path: Path) -> None:
    with pytest.raises(Defect):
        make_joint(None, None, "cut", SMALL, tmp_path / "j.mp4")


def test_joints_made_one_after_the_other_are_those_made_alone(tmp_path: Path) -> None:
    shots = [None, *(StillShot(ramp(tmp_path / f"{at}.png"), ACROSS, 40 + at) for at in range(2)), None]
    kinds: list[TransitionKind] = ["crossfade", "wipe", "crossfade"]
    together = [tmp_path / f"together{at}.mp4" for at in range(3)]
    make_joints(shots, kinds, SMALL, together)
    for at, path in enumerate(together):
        make_joint(shots[at], shots[at + 1], kinds[at], SMALL, tmp_path / "alone.mp4")
        assert path.read_bytes() == (tmp_path / "alone.mp4").read_bytes()
