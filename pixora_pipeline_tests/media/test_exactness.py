"""Nothing is lost, doubled or late, at any frame rate: proved on pictures that carry numbers, flashes and beeps."""

from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import av
import numpy as np
import pytest

from pixora_pipeline.media.timing import SAMPLE_RATE, FilmFormat
from pixora_pipeline_tests.media.footage_film import SOURCE_SECONDS, FootageFilm, make_footage_film
from pixora_pipeline_tests.media.material import (
    decoded_luma,
    decoded_sound,
    ffmpeg_complaints,
    make_small_film,
    ramp_luma,
    tone,
)
from pixora_pipeline_tests.media.numbered import luma_of, numbers, read_number

RATES = (24, 25, 30, 60)
BLEND = 6
"""Frames of a fade at the film's ends that are too dark to be read."""


def format_of(fps: int) -> FilmFormat:
    return FilmFormat(width=160, height=160, fps=fps, handle=9)


@pytest.fixture(scope="module", params=RATES)
def film(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> FootageFilm:
    """Three scenes, cut hard."""
    return make_footage_film(tmp_path_factory.mktemp("footage"), format_of(request.param))


def test_every_joint_of_numbered_footage_is_seamless(film: FootageFilm) -> None:
    shown = numbers(film.path)
    assert len(shown) == film.timeline.frames
    readable = range(BLEND, film.timeline.frames - BLEND)
    assert [shown[at] for at in readable] == [film.number(at) for at in readable]


def test_packets_are_one_frame_apart_to_the_tick(film: FootageFilm) -> None:
    with av.open(str(film.path)) as container:
        stream = container.streams.video[0]
        packets = [packet for packet in container.demux(stream) if packet.size]
        assert stream.average_rate == film.fmt.fps
    assert [packet.pts * packet.time_base for packet in sorted(packets, key=lambda one: one.pts)] == [
        Fraction(at, film.fmt.fps) for at in range(film.timeline.frames)
    ]
    assert all(later.dts > earlier.dts for earlier, later in pairwise(packets))
    assert all(packet.dts <= packet.pts for packet in packets)


def test_packets_of_the_sound_follow_each_other_without_gap(film: FootageFilm) -> None:
    with av.open(str(film.path)) as container:
        packets = [packet for packet in container.demux(audio=0) if packet.size]
    assert all(later.pts == earlier.pts + earlier.duration for earlier, later in pairwise(packets))


def test_a_strict_decoder_finds_nothing_to_say(film: FootageFilm) -> None:
    assert ffmpeg_complaints(film.path) == ""


def test_any_moment_can_be_jumped_to(film: FootageFilm) -> None:
    with av.open(str(film.path)) as container:
        stream = container.streams.video[0]
        for at in (film.timeline.frames - 12, 20, 33, film.timeline.scenes[1].start + film.fmt.handle, 90):
            container.seek(int(Fraction(at, film.fmt.fps) / stream.time_base), stream=stream)
            frame = next(one for one in container.decode(stream) if one.time >= at / film.fmt.fps - 1e-6)
            assert read_number(luma_of(frame)) == film.number(at)


@pytest.mark.parametrize("fps", RATES)
def test_every_frame_of_moving_stills_is_at_its_time(fps: int, tmp_path: Path) -> None:
    fmt = FilmFormat(width=320, height=180, fps=fps, handle=9)
    film = make_small_film(tmp_path, ("cut", "cut"), fmt)
    decoded = decoded_luma(film.path)
    assert [time for time, _ in decoded] == pytest.approx([at / fps for at in range(film.timeline.frames)], abs=1e-6)
    for index, span in enumerate(film.timeline.scenes):
        inner = range(0 if index else fmt.handle, span.frames - (0 if index < 2 else fmt.handle))
        own = [at for at in inner if fmt.handle // 2 <= at < span.frames - fmt.handle + fmt.handle // 2]
        for at in own:
            here, after = (ramp_luma(one, span.frames, fmt) for one in (at, at + 1))
            seen = decoded[span.start + at][1]
            # The coder is off by up to half a level, which is most of what a 60th of a second changes.
            assert abs(seen - here) < max(0.75, abs(after - here) / 2), f"scene {index}, frame {at}"


@pytest.mark.parametrize("fps", RATES)
def test_a_flash_and_its_beep_meet_in_every_scene(fps: int, tmp_path: Path) -> None:
    fmt = format_of(fps)
    length = SOURCE_SECONDS * SAMPLE_RATE
    # Every number that is a multiple of 16 turns the lowest four bands black: that is the flash, and it beeps.
    flashes = range(0, SOURCE_SECONDS * fps, 16)
    sound = np.zeros(length)
    beep = tone(0.04, 2000.0, 0.5)
    for flash in flashes:
        start = flash * SAMPLE_RATE // fps
        sound[start : start + len(beep)] += beep[: length - start]
    film = make_footage_film(tmp_path, fmt, sound, "crossfade")
    seen, heard = numbers(film.path), np.abs(decoded_sound(film.path))
    for span in film.timeline.scenes:
        own = range(span.start + fmt.handle, span.end - fmt.handle)
        flashing = [at for at in own if seen[at] % 16 == 0 and own.start + 2 <= at < own.stop - 2]
        assert len(flashing) >= 1
        for at in flashing:
            around = slice((at - 2) * SAMPLE_RATE // fps, (at + 2) * SAMPLE_RATE // fps)
            window = heard[around]
            onset = around.start + int(np.argmax(window > window.max() / 3))
            assert abs(onset / SAMPLE_RATE - at / fps) < 0.25 / fps, "a quarter of a frame"


@pytest.mark.parametrize("fps", [24, 30])
def test_sound_runs_on_over_joints_without_hole_or_click(fps: int, tmp_path: Path) -> None:
    steady = tone(SOURCE_SECONDS, 441.0, 0.3)
    film = make_footage_film(tmp_path, format_of(fps), steady, "crossfade")
    heard = decoded_sound(film.path)[SAMPLE_RATE // 2 : -SAMPLE_RATE // 2]
    hop = SAMPLE_RATE // 100
    levels = np.sqrt((heard[: len(heard) // hop * hop].reshape(-1, hop) ** 2).mean(axis=1))
    # Two scenes' tones meet in any phase: from silence, if opposite, to twice as loud. These do not.
    assert levels.min() > 0.35 * np.median(levels)
    steepest = np.abs(np.diff(heard)).max()
    assert steepest < 1.6 * 2 * np.pi * 441 / SAMPLE_RATE * np.median(levels) * 2**0.5
