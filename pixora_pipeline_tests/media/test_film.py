"""The film is exact: every frame once, in order, at its time, with its sound, and the same on every making."""

from itertools import pairwise
from pathlib import Path

import av
import numpy as np
import pytest

from pixora_pipeline.errors import Defect
from pixora_pipeline.media.film import make_film
from pixora_pipeline.media.probe import probe
from pixora_pipeline.media.timing import SAMPLE_RATE, FilmFormat, FilmTimeline
from pixora_pipeline.media.transitions import weights
from pixora_pipeline_tests.media.material import (
    SMALL,
    SmallFilm,
    decoded_luma,
    decoded_sound,
    ffmpeg_complaints,
    make_small_film,
    ramp_luma,
)

BLACK = 16.0


def expected_luma(frame: int, film: SmallFilm) -> float:
    """What the timeline and the transitions promise for a frame of the film; black before and after it."""
    if not 0 <= frame < film.timeline.frames:
        return BLACK
    shown = [
        (index, frame - span.start) for index, span in enumerate(film.timeline.scenes) if span.start <= frame < span.end
    ]
    lumas = [ramp_luma(at, film.timeline.scenes[index].frames) for index, at in shown]
    if len(shown) == 2:
        step = shown[1][1]
        shares = weights(film.kinds[shown[0][0]], step, SMALL.handle)
    else:
        edge = min(frame, film.timeline.frames - 1 - frame)
        shares = (np.sin(np.pi / 2 * min(1.0, (edge + 1) / (SMALL.handle + 1))) ** 2,)
    return BLACK + sum(share * (luma - BLACK) for share, luma in zip(shares, lumas, strict=True))


def test_every_frame_is_there_once_and_at_its_time(small_film: SmallFilm) -> None:
    decoded = decoded_luma(small_film.path)
    assert len(decoded) == small_film.timeline.frames
    assert [time for time, _ in decoded] == pytest.approx([at / SMALL.fps for at in range(len(decoded))], abs=1e-6)
    wanted = [expected_luma(at, small_film) for at in range(-1, len(decoded) + 1)]
    for at, (_, luma) in enumerate(decoded):
        before, here, after = wanted[at : at + 3]
        # A frame lost, doubled or swapped would be nearer to its neighbour's brightness than to its own.
        allowed = max(0.35, min(abs(here - before), abs(after - here)) / 2)
        assert abs(luma - here) < allowed, f"frame {at} shows {luma:.2f} and not {here:.2f}"


def test_the_voice_of_each_scene_is_heard_with_its_frame(small_film: SmallFilm) -> None:
    sound = decoded_sound(small_film.path)
    decoded = decoded_luma(small_film.path)
    for span in small_film.timeline.scenes:
        onset = _onset(sound, span.voice_onset)
        assert abs(onset - span.voice_onset) < SAMPLE_RATE * 0.008
        seen = decoded[int(onset / SAMPLE_RATE * SMALL.fps + 0.5)][1]
        meant = round(SMALL.lead * SMALL.fps)
        nearest = min(range(span.frames), key=lambda at: abs(ramp_luma(at, span.frames) - seen))
        assert abs(nearest - meant) <= 1


def test_sound_and_picture_start_together_and_are_equally_long(small_film: SmallFilm) -> None:
    facts = probe(small_film.path)
    assert facts.video and facts.sound
    assert facts.video.start == facts.sound.start == 0
    assert abs(facts.video.seconds - facts.sound.seconds) < 0.04
    assert len(decoded_sound(small_film.path)) / SAMPLE_RATE == pytest.approx(facts.video.seconds, abs=0.04)


def test_decode_times_rise_and_every_segment_starts_with_a_keyframe(small_film: SmallFilm) -> None:
    with av.open(str(small_film.path)) as container:
        packets = [packet for packet in container.demux(video=0) if packet.size]
    decode_times = [packet.dts for packet in packets]
    assert all(later > earlier for earlier, later in pairwise(decode_times))
    keys = {int(packet.pts * packet.time_base * SMALL.fps) for packet in packets if packet.is_keyframe}
    for span in small_film.timeline.scenes:
        assert {span.start, span.start + SMALL.handle, span.end - SMALL.handle} <= keys


def test_players_have_nothing_to_complain_about(small_film: SmallFilm) -> None:
    assert ffmpeg_complaints(small_film.path) == ""
    assert [ffmpeg_complaints(segment) for segment in small_film.segments] == [""] * len(small_film.segments)


def test_the_same_input_gives_the_same_bytes(small_film: SmallFilm, tmp_path: Path) -> None:
    again = make_small_film(tmp_path, small_film.kinds)
    for first, second in zip(small_film.segments, again.segments, strict=True):
        assert first.read_bytes() == second.read_bytes(), first.name
    assert small_film.sound.read_bytes() == again.sound.read_bytes()
    assert small_film.path.read_bytes() == again.path.read_bytes()


def test_the_film_carries_format_title_languages_and_subtitles(small_film: SmallFilm) -> None:
    facts = probe(small_film.path)
    assert facts.title == "Ramps"
    assert facts.video and (facts.video.codec, facts.video.profile, facts.video.fps) == ("h264", "High", 30)
    assert facts.sound and (facts.sound.codec, facts.sound.sample_rate, facts.sound.channels) == ("aac", 48000, 2)
    assert facts.text and facts.text.language == "eng"
    assert list(facts.text.shown) == [(cue.start, cue.end) for cue in small_film.cues]


def test_subtitles_keep_hostile_text_to_the_letter(small_film: SmallFilm) -> None:
    with av.open(str(small_film.path)) as container:
        texts = [bytes(packet)[2:].decode() for packet in container.demux(subtitles=0) if packet.size > 2]
    assert texts == [cue.text for cue in small_film.cues]


def test_subtitles_wait_until_they_are_switched_on(small_film: SmallFilm) -> None:
    header = small_film.path.read_bytes()
    enabled = {}
    for track in header.split(b"trak")[1:]:
        flags = track[track.index(b"tkhd") + 7]
        handler = track[track.index(b"hdlr") + 12 :][:4]
        enabled[handler] = bool(flags & 1)
    assert enabled == {b"vide": True, b"soun": True, b"sbtl": False, b"text": False}


def test_the_index_comes_before_the_pictures(small_film: SmallFilm) -> None:
    data = small_film.path.read_bytes()
    assert data.index(b"moov") < data.index(b"mdat")


def test_a_segment_of_another_format_is_refused(small_film: SmallFilm, tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    other = make_small_film(tmp_path / "other", (), FilmFormat(width=180, height=320, handle=6))
    segments = (*small_film.segments[:-1], other.segments[0])
    with pytest.raises(Defect, match="another format"):
        make_film(segments, small_film.sound, (), "Mixed", "en", SMALL, tmp_path / "film.mp4")


@pytest.mark.parametrize("fmt", [FilmFormat(180, 320, 30, 6), FilmFormat(200, 200, 25, 6), FilmFormat(320, 180, 24, 5)])
def test_any_shape_and_speed_makes_a_film(fmt: FilmFormat, tmp_path: Path) -> None:
    film = make_small_film(tmp_path, ("fade_through_black",), fmt)
    facts = probe(film.path)
    assert facts.video
    assert (facts.video.width, facts.video.height, facts.video.fps) == (fmt.width, fmt.height, fmt.fps)
    assert facts.video.frames == film.timeline.frames
    assert ffmpeg_complaints(film.path) == ""


def test_a_film_without_subtitles_has_no_subtitle_track(small_film: SmallFilm, tmp_path: Path) -> None:
    make_film(small_film.segments, small_film.sound, (), "Bare", "xx-unknown", SMALL, tmp_path / "bare.mp4")
    assert probe(tmp_path / "bare.mp4").text is None


def _onset(sound: np.ndarray, near: int) -> int:
    """The first loud sample within a third of a second of where it should be."""
    start = max(0, near - SAMPLE_RATE // 3)
    window = np.abs(sound[start : near + SAMPLE_RATE // 3])
    return start + int(np.argmax(window > window.max() * 0.3))


def test_timeline_and_film_agree_on_length(small_film: SmallFilm) -> None:
    timeline: FilmTimeline = small_film.timeline
    assert probe(small_film.path).seconds == pytest.approx(timeline.frames / SMALL.fps, abs=0.04)
