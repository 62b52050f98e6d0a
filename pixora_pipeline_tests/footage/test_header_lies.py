"""A video whose header lies is refused when it is added, or whatever of it is not called damaged can be shown."""

import struct
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest

from pixora_pipeline.errors import UserError
from pixora_pipeline.footage.cutting import cut_out
from pixora_pipeline.footage.looking import find_focuses, find_shots
from pixora_pipeline.footage.probing import probe_source
from pixora_pipeline.media.footage_clip import make_footage_clip
from pixora_pipeline.media.reel import Cut, Reel
from pixora_pipeline.media.timing import FilmFormat
from pixora_pipeline.model.footage import ShotList
from pixora_pipeline_tests.footage.test_hostile_inputs import ffmpeg

FMT = FilmFormat(width=64, height=48, fps=30, handle=3)
SECONDS = 8
EDITS, TIMES, SIZES, CODER, SOUND = b"elst", b"stts", b"stsz", b"avcC", b"esds"

Lie = Callable[[bytearray], None]


@pytest.fixture(scope="module")
def honest(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """Eight seconds of picture and sound, a picture to enter by every two seconds."""
    to = tmp_path_factory.mktemp("honest") / "v.mp4"
    picture, tone = f"testsrc2=size=64x48:rate=24:duration={SECONDS}", f"sine=330:duration={SECONDS}"
    coding = ("-pix_fmt", "yuv420p", "-vf", "setsar=1", "-c:v", "libx264", "-g", 48, "-movflags", "+write_colr")
    colours = ("-colorspace", "bt709", "-color_primaries", "bt709", "-color_trc", "bt709")
    ffmpeg("-f", "lavfi", "-i", picture, "-f", "lavfi", "-i", tone, *coding, *colours, "-c:a", "aac", to)
    return to.read_bytes()


def saying(box: bytes, at: int, *numbers: int) -> Lie:
    """Other numbers of 32 bits in the first box of that kind."""

    def lie(data: bytearray) -> None:
        struct.pack_into(f">{len(numbers)}I", data, data.index(box) + 4 + at, *(each & 0xFFFFFFFF for each in numbers))

    return lie


def bytes_at(box: bytes, at: int, content: bytes) -> Lie:
    def lie(data: bytearray) -> None:
        start = data.index(box) + 4 + at
        data[start : start + len(content)] = content

    return lie


REFUSED: dict[str, Lie] = {
    "a decoder's settings of zeros": bytes_at(CODER, 0, bytes(40)),
    "another profile's version": bytes_at(CODER, 0, b"\xff"),
    "a picture set without its first byte": bytes_at(CODER, 8, b"\0"),
    "a picture of another size": bytes_at(CODER, 14, b"\0"),
    "edits that begin beyond the file": saying(EDITS, 12, 0x7FFFFFF0),
    "edits of no length": saying(EDITS, 8, 0),
    "pictures that take no time": saying(TIMES, 12, 0),
    "pictures that take hours": saying(TIMES, 12, 0x7FFFFFFF),
    "pictures that go back": saying(TIMES, 12, -5),
    "one picture in all": saying(TIMES, 8, 1),
    "a clock of one tick a second": saying(b"mdhd", 12, 1),
    "the fifth picture as large as a disk": saying(SIZES, 12 + 16, 0x7FFFFFFF),
    "a sound without its coder's settings": bytes_at(SOUND, 4, bytes(20)),
}
USED: dict[str, Lie] = {
    "pixels of no shape": saying(b"pasp", 0, 0, 0),
    "pixels a million times as wide as high": saying(b"pasp", 0, 1_000_000, 1),
    "colours that there are not": bytes_at(b"colr", 8, b"\xff" * 6),
    "another size in its table": bytes_at(b"avc1", 24 + 4, b"\x0f\xa0\0\x14"),
    "no picture to enter by": saying(b"stss", 4, 0),
    "half its length": saying(b"mdhd", 16, 12_288 * 4),
    "edits in front of it": saying(EDITS, 4, 0x7FFFFFFF),
}
IN_PART: dict[str, tuple[Lie, float, float]] = {
    "edits that begin in its middle": (saying(EDITS, 12, 12_288 * 5), 3.0, SECONDS),
    "its second half without a size": (saying(SIZES, 12 + 96 * 4, *[20] * 96), 4.0, SECONDS),
    "its first picture without a size": (saying(SIZES, 12, 0), 0.0, 2.0),
}


def taken_in(honest: bytes, lie: Lie, folder: Path) -> tuple[Path, ShotList]:
    """The video as it is taken in, as far as it is."""
    data = bytearray(honest)
    lie(data)
    video = folder / "v.mp4"
    video.write_bytes(data)
    facts, seen = probe_source(video), video.with_suffix(".npz")
    shots = find_shots(video, facts, seen)
    find_focuses(video, facts, shots.shots, seen)
    return video, shots


def show(video: Path, start: float, folder: Path) -> None:
    cut = cut_out(video, "v", start, start + 0.8, folder / "cut.mkv")
    reel = Reel((Cut(folder / "cut.mkv", cut.start, cut.end),), 24)
    assert make_footage_clip(reel, None, None, FMT, folder / "clip.mp4").frames == 24 - 6


@pytest.mark.parametrize("lie", REFUSED)
def test_a_lie_that_nothing_can_be_shown_of_is_refused_when_it_is_added(
    lie: str, honest: bytes, tmp_path: Path
) -> None:
    with pytest.raises(UserError, match=r"v\.mp4") as refused:
        taken_in(honest, REFUSED[lie], tmp_path)
    assert len(str(refused.value)) < 200 and str(refused.value).endswith(".")


@pytest.mark.parametrize("lie", USED)
def test_a_lie_that_does_not_matter_is_passed_over(lie: str, honest: bytes, tmp_path: Path) -> None:
    video, shots = taken_in(honest, USED[lie], tmp_path)
    assert shots.damaged == ()
    for start in (0.3, shots.shots[-1].end - 1.2):
        show(video, start, tmp_path)


@pytest.mark.parametrize("lie", IN_PART)
def test_what_a_lie_leaves_out_is_told_and_the_rest_is_shown(lie: str, honest: bytes, tmp_path: Path) -> None:
    what, start, end = IN_PART[lie]
    video, shots = taken_in(honest, what, tmp_path)
    (missing,) = shots.damaged
    assert missing.start == pytest.approx(start, abs=0.3) and missing.end == pytest.approx(end, abs=0.3)
    whole = [span for span in pairwise([0.0, missing.start, missing.end, SECONDS]) if span[1] - span[0] > 1]
    for begins, ends in whole:
        if begins < missing.start or begins >= missing.end:
            show(video, (begins + ends) / 2 - 0.4, tmp_path)
