"""The timeline is exact arithmetic: no speech in a joint, natural pauses, lengths that add up."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pixora_pipeline.errors import UserError
from pixora_pipeline.media.timing import SAMPLE_RATE, FilmFormat, film_timeline, scene_frames

FMT = FilmFormat()


@given(st.lists(st.floats(0.2, 40), min_size=1, max_size=12), st.sampled_from([24, 25, 30, 60]))
def test_speech_stays_clear_of_joints_and_pauses_are_about_a_second(lengths: list[float], fps: int) -> None:
    fmt = FilmFormat(fps=fps, handle=fps // 2)
    timeline = film_timeline([scene_frames(length, None, fmt) for length in lengths], fmt)
    spoken = []
    for span, length in zip(timeline.scenes, lengths, strict=True):
        first, last = span.voice_onset / SAMPLE_RATE, span.voice_onset / SAMPLE_RATE + length
        assert first >= (span.start + fmt.handle) / fps + 0.15
        assert last <= (span.end - fmt.handle) / fps - 0.15
        spoken.append((first, last))
    shortest = [length >= 0.6 for length in lengths]
    for (before, after), plain in zip(pairwise(spoken), pairwise(shortest), strict=True):
        assert after[0] - before[1] >= 0.8
        assert not all(plain) or after[0] - before[1] <= 1.0


def test_scenes_overlap_by_one_handle_and_the_film_ends_with_the_last() -> None:
    timeline = film_timeline([100, 90, 80], FMT)
    assert [span.start for span in timeline.scenes] == [0, 85, 160]
    assert timeline.frames == 240


def test_a_scene_lasts_at_least_its_minimum_and_a_silent_one_has_a_body() -> None:
    assert scene_frames(1.0, 8.0, FMT) == 240
    assert scene_frames(0.0, None, FMT) == 60


def test_a_whole_number_of_frames_is_not_rounded_up() -> None:
    assert scene_frames(2.6, None, FMT) == 120
    assert scene_frames(2.61, None, FMT) == 121


@pytest.mark.parametrize("wrong", [{"width": 321}, {"fps": 29}, {"handle": 0}, {"height": 0}])
def test_impossible_formats_are_refused_with_what_would_do(wrong: dict[str, int]) -> None:
    with pytest.raises(UserError):
        FilmFormat(**wrong)


@pytest.mark.parametrize("seconds", [-1.0, float("nan"), float("inf")])
def test_impossible_speech_is_refused(seconds: float) -> None:
    with pytest.raises(UserError, match="voice"):
        scene_frames(seconds, None, FMT)


def test_a_film_of_nothing_or_of_scenes_without_a_body_is_refused() -> None:
    with pytest.raises(UserError, match="at least one scene"):
        film_timeline([], FMT)
    with pytest.raises(UserError, match="nothing left"):
        film_timeline([30], FMT)
