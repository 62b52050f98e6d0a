"""The stretch that may be repeated."""

import numpy as np
import pytest

from pixora_pipeline.model.results import Music
from pixora_pipeline.providers.embedded.composer.composer import plan
from pixora_pipeline_tests.providers.composer.conftest import Compose, request_for
from pixora_pipeline_tests.providers.composer.listening import RATE, decibels, rms, worst_click

PIECES = [(("joyful", 50.0),), (("calm", 60.0),), (("tense", 40.0), ("epic", 45.0))]


def _points(music: Music) -> tuple[int, int]:
    return round(music.loop_start * RATE), round(music.loop_end * RATE)


@pytest.mark.parametrize("sections", PIECES)
def test_it_lies_inside_on_bar_lines(compose: Compose, sections: tuple) -> None:
    music, _ = compose(*sections)
    _, form = plan(request_for(*sections))
    assert 0 < music.loop_start < music.loop_end < music.seconds
    for point in (music.loop_start, music.loop_end):
        bars = point * RATE / form.meter.bar_samples
        assert bars == pytest.approx(round(bars), abs=1e-6)


@pytest.mark.parametrize("sections", PIECES)
def test_what_is_heard_before_both_ends_is_the_same(compose: Compose, sections: tuple) -> None:
    music, recording = compose(*sections)
    start, end = _points(music)
    before_start, before_end = (recording.sound[:, point - RATE // 2 : point] for point in (start, end))
    assert decibels(rms(before_start - before_end)) < decibels(rms(before_start)) - 55.0


@pytest.mark.parametrize("sections", PIECES)
def test_a_cut_from_end_to_start_is_not_heard(compose: Compose, sections: tuple) -> None:
    music, recording = compose(*sections)
    start, end = _points(music)
    spliced = np.concatenate([recording.sound[:, end - RATE : end], recording.sound[:, start : start + RATE]], axis=1)
    played = recording.sound[:, start - RATE : start + RATE]
    assert worst_click(spliced) <= worst_click(played) * 1.05 + 1e-3
    assert decibels(rms(spliced - played)) < decibels(rms(played)) - 55.0


def test_a_piece_too_short_to_repeat_inside_repeats_whole(compose: Compose) -> None:
    music, recording = compose(("calm", 8.0))
    assert (music.loop_start, music.loop_end) == (0.0, music.seconds)
    assert np.abs(recording.sound[:, 0] - recording.sound[:, -1]).max() < 0.01


def test_a_long_piece_repeats_most_of_itself() -> None:
    _, form = plan(request_for(("hopeful", 300.0)))
    first, end = form.loop
    assert end - first > 0.7 * form.bars
