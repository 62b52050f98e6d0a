"""Planted faults are found where they were planted, and a good film is found good."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import av
import numpy as np
import pytest

from pixora_pipeline.checks.finished import check_clip
from pixora_pipeline.errors import UserError
from pixora_pipeline.media.encoding import FILM_BIT_RATE, add_sound, add_video, encode_sound, encode_video, mp4
from pixora_pipeline.media.facts import FilmMeasures, Stretch, without
from pixora_pipeline.media.measure import coverage, measure_film
from pixora_pipeline.media.probe import probe
from pixora_pipeline.media.reel import Cut, Reel
from pixora_pipeline.media.watching import watch
from pixora_pipeline.model.results import WordMark
from pixora_pipeline_tests.media.material import SMALL, SmallFilm, babble

SECONDS = 9


def pictures(black: range = range(0), frozen: range = range(0)) -> Iterator[av.VideoFrame]:
    """A moving texture with a black and a frozen stretch, in frames."""
    wide = np.random.default_rng(0).integers(30, 220, (180 // 4, 1200 // 4), dtype=np.uint8).repeat(4, 0).repeat(4, 1)
    for at in range(SECONDS * SMALL.fps):
        shown = frozen.start if at in frozen else at
        grey = np.full((180, 320), 16, np.uint8) if at in black else wide[:, shown * 2 : shown * 2 + 320]
        planes = np.concatenate([grey, np.full((90, 320), 128, np.uint8)])
        yield av.VideoFrame.from_ndarray(planes, format="yuv420p")


def film(to: Path, sound: np.ndarray, black: range = range(0), frozen: range = range(0)) -> Path:
    with mp4(to) as container:
        video, audio = add_video(container, SMALL), add_sound(container, FILM_BIT_RATE)
        container.mux(list(encode_sound(audio, [np.stack([sound, sound], axis=1).astype(np.float32)])))
        encode_video(container, video, pictures(black, frozen))
    return to


def measured(path: Path, words: Sequence[WordMark] = ()) -> FilmMeasures:
    return measure_film(path, watch(path), words)


def test_planted_black_frozen_and_silent_stretches_are_found(tmp_path: Path) -> None:
    sound = babble(SECONDS)
    sound[5 * 48_000 : 8 * 48_000] = 0
    measures = measured(film(tmp_path / "f.mp4", sound, black=range(30, 75), frozen=range(150, 240)))
    # A black picture does not move either, so it is found twice.
    assert [(one.start, one.end) for one in measures.black] == [pytest.approx((1.0, 2.5), abs=0.15)]
    assert [(one.start, one.end) for one in measures.frozen][-1] == pytest.approx((5.0, 8.0), abs=0.2)
    assert (measures.silent[-1].start, measures.silent[-1].end) == pytest.approx((5.0, 8.0), abs=0.2)


def test_a_fault_that_lasts_to_the_end_is_found_too(tmp_path: Path) -> None:
    sound = babble(SECONDS)
    sound[6 * 48_000 :] = 0
    measures = measured(film(tmp_path / "f.mp4", sound, black=range(210, 270)))
    assert measures.black[-1].end == pytest.approx(SECONDS, abs=0.1)
    assert measures.frozen[-1].end == pytest.approx(SECONDS, abs=0.1)
    assert measures.silent[-1].seconds == pytest.approx(3, abs=0.3)


def test_sound_of_another_length_is_measured(tmp_path: Path) -> None:
    media = probe(film(tmp_path / "f.mp4", babble(SECONDS - 2)))
    assert media.video and media.sound
    assert media.video.seconds - media.sound.seconds == pytest.approx(2, abs=0.03)


def test_a_good_film_has_no_faults(small_film: SmallFilm) -> None:
    words = [WordMark(start=cue.start, end=cue.end, text="x") for cue in small_film.cues]
    measures = measured(small_film.path, words)
    assert (measures.black, measures.frozen, measures.offset) == ((), (), 0)
    assert measures.loudness and measures.loudness.integrated == pytest.approx(-14, abs=0.5)
    assert measures.loudness.true_peak < -1
    assert measures.covered == pytest.approx(1.0)


def test_coverage_is_the_share_of_spoken_time_with_a_cue() -> None:
    words = [WordMark(start=0, end=1, text="a"), WordMark(start=2, end=3, text="b")]
    assert coverage(words, [Stretch(start=0.5, end=2.5)]) == pytest.approx(0.5)
    assert coverage(words, []) == 0
    assert coverage([], [Stretch(start=0, end=1)]) is None


@pytest.mark.parametrize("content", [b"", b"#EXTM3U\n/etc/passwd\n", b"ffconcat version 1.0\nfile x"])
def test_what_is_no_film_is_refused_in_words(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "f.mp4").write_bytes(content)
    with pytest.raises(UserError, match=r"f\.mp4"):
        probe(tmp_path / "f.mp4")


def test_a_film_cut_short_is_refused(small_film: SmallFilm, tmp_path: Path) -> None:
    data = small_film.segments[1].read_bytes()
    (tmp_path / "cut.mp4").write_bytes(data[: data.index(b"mdat") - 50])
    with pytest.raises(UserError, match=r"cut\.mp4"):
        probe(tmp_path / "cut.mp4")


def test_a_clip_may_stand_still_where_its_footage_does_and_nowhere_else(tmp_path: Path) -> None:
    moving = film(tmp_path / "moving.mp4", babble(SECONDS))
    card = film(tmp_path / "card.mp4", babble(SECONDS), frozen=range(60, 200))
    shown = {path: Reel((Cut(path, 0.0, SECONDS),), SECONDS * SMALL.fps) for path in (card, moving)}

    def stands_still(reel: Reel | None) -> bool:
        filmed = [(reel, 0.0)] if reel else []
        found = check_clip(card, watch(card), SECONDS * SMALL.fps, SMALL, {"filmed"}, filmed)
        return not next(each.passed for each in found if each.name == "frozen_picture")

    assert stands_still(None)
    assert stands_still(shown[moving])
    assert not stands_still(shown[card])


def test_what_is_left_of_a_stretch_lies_outside_the_others() -> None:
    left = without([Stretch(start=1, end=9)], [Stretch(start=3, end=4), Stretch(start=8.6, end=12)], blur=0.5)
    assert [(one.start, one.end) for one in left] == [(1, 2.5), (4.5, 8.1)]
