"""What is seen of a film's parts, one after the other, is what is seen of the film."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import accumulate, pairwise
from pathlib import Path

import av
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pixora_pipeline.media.encoding import add_video, encode_video, mp4
from pixora_pipeline.media.facts import Watched
from pixora_pipeline.media.watching import black_stretches, played_in_turn, still_stretches, watch, watch_frames
from pixora_pipeline_tests.media.material import SMALL, SmallFilm

FPS = 30
WIDE = np.random.default_rng(0).integers(40, 220, (18, 400), dtype=np.uint8)


def drawn(shade: str, at: int) -> av.VideoFrame:
    """A picture that moves on (m), stands (s) or is black (b)."""
    luma = np.full((18, 32), 16, np.uint8) if shade == "b" else WIDE[:, (0 if shade == "s" else at % 300 + 1) :][:, :32]
    return av.VideoFrame.from_ndarray(np.concatenate([luma, np.full((9, 32), 128, np.uint8)]), format="yuv420p")


def seen(shades: str, begins: int = 0) -> Watched:
    frames = [drawn(shade, begins + number) for number, shade in enumerate(shades)]
    return watch_frames(enumerate(frames), len(frames), FPS)


def stretches(watched: Watched) -> list[list[tuple[int, int]]]:
    found = black_stretches(watched), still_stretches(watched)
    return [[(round(one.start * FPS), round(one.end * FPS)) for one in each] for each in found]


def test_black_and_still_stretches_are_found_where_they_are() -> None:
    assert stretches(seen("m" * 20 + "b" * 12 + "m" * 10 + "s" * 20)) == [[(20, 32)], [(42, 62)]]
    assert stretches(seen("m" * 60)) == [[], []]


def test_a_flicker_within_a_still_picture_does_not_make_it_move() -> None:
    assert stretches(seen("m" * 5 + "s" * 20 + "m" + "s" * 20))[1] == [(5, 46)]


@st.composite
def _parts(draw: st.DrawFn) -> list[str]:
    runs = draw(st.lists(st.tuples(st.sampled_from("msb"), st.sampled_from([1, 30])), min_size=1, max_size=6))
    whole = "".join(shade * length for shade, length in runs)
    cuts = sorted({0, len(whole), *draw(st.lists(st.integers(1, len(whole)), max_size=4))})
    return [whole[first:last] for first, last in pairwise(cuts)]


@given(_parts())
def test_wherever_a_film_is_cut_into_parts_the_same_is_seen_to_a_frame_a_cut(parts: list[str]) -> None:
    begins = [0, *accumulate(map(len, parts))]
    in_turn = stretches(played_in_turn([seen(part, at) for part, at in zip(parts, begins, strict=False)]))
    for found, there in zip(in_turn, stretches(seen("".join(parts))), strict=True):
        assert np.array(found) == pytest.approx(np.array(there), abs=len(parts))


def test_a_film_is_seen_as_its_clips_and_joints_were(small_film: SmallFilm) -> None:
    in_turn, whole = played_in_turn([watch(segment) for segment in small_film.segments]), watch(small_film.path)
    assert (in_turn.frames, in_turn.fps) == (whole.frames, whole.fps) == (small_film.timeline.frames, SMALL.fps)
    assert stretches(in_turn) == stretches(whole)


@pytest.mark.parametrize("size", [(64, 36), (1080, 1920), (3840, 2160)])
def test_pictures_of_every_size_are_watched(size: tuple[int, int], tmp_path: Path) -> None:
    def pictures() -> Iterator[av.VideoFrame]:
        width, height = size
        for number in range(24):
            luma = np.full((height, width), 16 if number < 12 else 120 + 4 * number, np.uint8)
            planes = np.concatenate([luma, np.full((height // 2, width), 128, np.uint8)])
            yield av.VideoFrame.from_ndarray(planes, format="yuv420p")

    path = tmp_path / "f.mp4"
    fmt = replace(SMALL, width=size[0], height=size[1])
    with mp4(path) as container:
        encode_video(container, add_video(container, fmt), pictures())
    ((start, end),) = stretches(watch(path))[0]
    assert start == 0
    assert end == pytest.approx(12, abs=1)
