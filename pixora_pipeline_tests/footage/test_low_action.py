"""Words keep off who moves at the frame's foot: a plank, a bridge; and stay there where nobody does."""

from pathlib import Path

import av
import numpy as np
import pytest

from pixora_pipeline.footage.low_action import is_low
from pixora_pipeline.media.captions import foot_begins
from pixora_pipeline.media.encoding import add_video, encode_video, mp4
from pixora_pipeline.media.reel import Cut, Fit, Reel
from pixora_pipeline.media.timing import FilmFormat
from pixora_pipeline.model.captions import CaptionStyle
from pixora_pipeline.model.footage import Line
from pixora_pipeline.model.project import Preferences
from pixora_pipeline.partitions import new_project_id
from pixora_pipeline_tests.conftest import Bench
from pixora_pipeline_tests.footage.library import fill
from pixora_pipeline_tests.footage.material import srt_text

WIDE, UPRIGHT, SQUARE = (
    FilmFormat(width=width, height=height) for width, height in ((426, 240), (240, 426), (240, 240))
)
SECONDS = 4
SOURCE = FilmFormat(width=256, height=144, fps=30)


def filmed(to: Path, *ys: float, across: float = 0.5, height: float = 0.08) -> Path:
    """Bright bars that go to and fro before a wall, their middles that share of the height down."""
    wall = np.random.default_rng(5).integers(90, 110, (SOURCE.height, SOURCE.width), np.uint8)

    def frame(at: int) -> av.VideoFrame:
        picture = wall.copy()
        left = round((across + 0.1 * np.sin(at / 6)) * SOURCE.width) - 30
        for y in ys:
            top = round((y - height / 2) * SOURCE.height)
            picture[top : top + round(height * SOURCE.height), left : left + 60] = 190
        return av.VideoFrame.from_ndarray(picture, format="gray").reformat(format="yuv420p")

    with mp4(to) as container:
        encode_video(container, add_video(container, SOURCE), map(frame, range(SECONDS * SOURCE.fps)))
    return to


def low(source: Path, fmt: FilmFormat = WIDE, style: CaptionStyle = "classic", fit: Fit = "crop") -> bool:
    return is_low(Reel((Cut(source, 0.5, 3.5),), 90, fit), fmt, foot_begins(style, fmt))


@pytest.mark.parametrize("fmt", [WIDE, UPRIGHT, SQUARE], ids=["wide", "upright", "square"])
@pytest.mark.parametrize("style", ["none", "classic", "box", "karaoke", "pop"])
def test_words_keep_off_who_lies_on_the_floor(fmt: FilmFormat, style: CaptionStyle, tmp_path: Path) -> None:
    assert low(filmed(tmp_path / "plank.mp4", 0.82), fmt, style)


@pytest.mark.parametrize(
    "ys", [(0.4,), (0.15, 0.85), (0.3, 0.5, 0.7)], ids=["standing", "head and feet", "all of somebody"]
)
def test_words_stay_at_the_foot_where_nothing_is_gained(ys: tuple[float, ...], tmp_path: Path) -> None:
    assert not low(filmed(tmp_path / "arms.mp4", *ys))


def test_nothing_is_known_where_nothing_moves_or_all_does(tmp_path: Path) -> None:
    assert not low(filmed(tmp_path / "still.mp4"))
    assert not low(filmed(tmp_path / "all.mp4", 0.5, height=0.98))


def test_beside_a_padded_picture_it_is_the_films_foot_that_counts(tmp_path: Path) -> None:
    source = filmed(tmp_path / "plank.mp4", 0.75)
    assert low(source, UPRIGHT) and not low(source, UPRIGHT, fit="pad")


def test_a_clip_too_short_for_a_glance_says_nothing(tmp_path: Path) -> None:
    cut = Cut(filmed(tmp_path / "plank.mp4", 0.82), 1.0, 1.3)
    assert not is_low(Reel((cut,), 9), WIDE, 0.75)


def test_a_compilation_of_planks_has_its_captions_at_the_head(bench: Bench, tmp_path: Path) -> None:
    plank, said = filmed(tmp_path / "plank.mp4", 0.82), "Hold a plank on your forearms."
    plank.with_suffix(".srt").write_text(srt_text([Line(start=0.2, end=3.6, text=said)]))
    fill(bench, [plank])
    wishes = Preferences(resolution="240p", captions="classic")
    project = bench.studio.projects.add(
        new_project_id(), "30 seconds of planks", kind="compilation", preferences=wishes
    )
    bench.make(project)
    with av.open(str(bench.stored(project, "scene_clip", "s01").path)) as container:
        picture = list(container.decode(video=0))[30].to_ndarray(format="gray")
    # Brighter than anything that was filmed: letters.
    rows = np.flatnonzero((picture > 230).any(axis=1)) / len(picture)
    assert len(rows) and rows.max() < 0.25
