"""The frames that joints show are those of the footage, whether they were put by or are looked for again."""

from pathlib import Path

import av
import numpy as np
import pytest
from numpy.typing import NDArray

from pixora_pipeline.errors import UserError
from pixora_pipeline.media import fitting
from pixora_pipeline.media.clip import NOTHING, Burned
from pixora_pipeline.media.footage_clip import make_footage_clip
from pixora_pipeline.media.handles import HandlesShot
from pixora_pipeline.media.joint import make_joint
from pixora_pipeline.media.picture import plane_views
from pixora_pipeline.media.reel import Cut, Reel
from pixora_pipeline.media.timing import FilmFormat
from pixora_pipeline.model.results import WordMark
from pixora_pipeline_tests.media.numbered import Source, luma_of, make_source, numbers, read_number

TALL = FilmFormat(width=108, height=192, fps=30, handle=6)


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_source(tmp_path_factory.mktemp("source") / "numbered.mp4", Source(frames=300, keyint=90, layout=None))


@pytest.fixture(scope="module")
def high(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """As many lines as it takes for its colours to be taken for the film's."""
    to = tmp_path_factory.mktemp("high") / "numbered.mp4"
    return make_source(to, Source(width=1280, height=720, frames=20, layout=None))


@pytest.mark.parametrize(
    ("cuts", "frames"),
    [
        (((1.0, 3.0),), 40),  # enough of it
        (((1.0, 1.5), (4.0, 4.2)), 66),  # begins again in the middle of a turn
        (((1.0, 2.0),), 72),  # the body is whole turns
        (((2.0, 2.1),), 20),  # a turn is shorter than a handle
    ],
)
def test_handles_are_the_first_and_the_last_frames(
    source: Path, tmp_path: Path, cuts: tuple[tuple[float, float], ...], frames: int
) -> None:
    reel = Reel(tuple(Cut(source, *cut) for cut in cuts), frames)
    make_footage_clip(reel, None, None, TALL, tmp_path / "clip.mp4", tmp_path / "handles.mp4")
    wanted = [read_number(luma_of(frame)) for frame in reel.open(TALL).run(range(frames))]
    assert numbers(tmp_path / "clip.mp4") == wanted[6:-6]
    assert numbers(tmp_path / "handles.mp4") == wanted[:6] + wanted[-6:]
    put_by = HandlesShot(tmp_path / "handles.mp4", frames).open(TALL)
    asked = (*range(6), *range(frames - 6, frames))
    assert [read_number(luma_of(put_by.frame(at))) for at in asked] == [wanted[at] for at in asked]


def test_a_joint_of_handles_is_the_joint_of_the_footage(source: Path, tmp_path: Path) -> None:
    reels = [Reel((Cut(source, start, start + 2),), 40) for start in (1.0, 5.0)]
    shots = []
    for number, reel in enumerate(reels):
        shots.append(HandlesShot(tmp_path / f"handles{number}.mp4", 40))
        make_footage_clip(reel, None, None, TALL, tmp_path / "clip.mp4", shots[-1].handles)
    for name, ends in (("sought", reels), ("put-by", shots)):
        make_joint(*ends, "cut", TALL, tmp_path / f"{name}.mp4")
    assert numbers(tmp_path / "put-by.mp4") == numbers(tmp_path / "sought.mp4") == [64, 65, 66, 153, 154, 155]


def test_words_are_on_the_clip_alone(source: Path, tmp_path: Path) -> None:
    reel = Reel((Cut(source, 1.0, 2.0),), 84)
    words = Burned("box", False, (WordMark(text="Breathe", start=0.0, end=0.6),))
    for name, burned in (("bare", NOTHING), ("worded", words)):
        make_footage_clip(reel, None, None, TALL, tmp_path / f"{name}.mp4", tmp_path / f"{name}-ends.mp4", burned)
    bare, worded = (lumas(tmp_path / f"{name}.mp4") for name in ("bare", "worded"))
    changed = (np.abs(bare - worded) > 60).any(axis=(1, 2))
    assert changed[8:20].all()
    # A turn later the same frames are shown again.
    assert not changed[38:].any()
    assert (tmp_path / "bare-ends.mp4").read_bytes() == (tmp_path / "worded-ends.mp4").read_bytes()


def lumas(path: Path) -> NDArray[np.int16]:
    with av.open(str(path)) as container:
        return np.stack([luma_of(frame) for frame in container.decode(video=0)]).astype(np.int16)


def test_handles_that_broke_off_are_told(source: Path, tmp_path: Path) -> None:
    handles = tmp_path / "handles.mp4"
    make_footage_clip(Reel((Cut(source, 1.0, 2.0),), 30), None, None, TALL, tmp_path / "clip.mp4", handles)
    longer = FilmFormat(width=108, height=192, fps=30, handle=9)
    shot = HandlesShot(handles, 30).open(longer)
    with pytest.raises(UserError, match="too few pictures"):
        for at in (*range(9), *range(21, 30)):
            shot.frame(at)


@pytest.mark.parametrize("fit", ["crop", "pad"])
@pytest.mark.parametrize("size", [(108, 192), (640, 360), (48, 64)])
def test_plain_frames_look_as_the_filters_would_make_them(
    high: Path, fit: str, size: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    fmt = FilmFormat(*size, fps=30, handle=6)
    reel = Reel((Cut(high, 0.5, 0.6),), 1, fit)

    def planes() -> list[np.ndarray]:
        frame = next(iter(reel.open(fmt).run(range(1))))
        return [plane.astype(int) for plane in plane_views(frame)]

    monkeypatch.setattr(fitting, "steps", None)  # no filter is asked for
    quick = planes()
    monkeypatch.undo()
    monkeypatch.setattr(fitting, "is_plain", lambda *_: False)
    filtered = planes()
    for one, other in zip(quick, filtered, strict=True):
        assert abs(one.mean() - other.mean()) < 1.0
        assert np.abs(one - other).mean() < 4
