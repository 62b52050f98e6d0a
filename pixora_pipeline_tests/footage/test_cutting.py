"""A stretch that is damaged or breaks off is found when it is cut out, and one beside the damage is not refused."""

import subprocess
from itertools import islice
from pathlib import Path

import av
import imageio_ffmpeg
import pytest

from pixora_pipeline.errors import UserError
from pixora_pipeline.footage.cutting import cut_out
from pixora_pipeline_tests.media.numbered import Source, luma_of, make_source, read_number

SHOT = Source(frames=240, keyint=60, layout=None)


@pytest.fixture(scope="module")
def shot(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_source(tmp_path_factory.mktemp("shot") / "s.mp4", SHOT)


@pytest.fixture(scope="module")
def old(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Its coder is one whose packets say nothing about themselves."""
    to = tmp_path_factory.mktemp("old") / "old.mkv"
    picture = ["-f", "lavfi", "-i", "testsrc2=size=128x96:rate=30:duration=8", "-c:v", "mpeg4", "-g", "60"]
    subprocess.run([imageio_ffmpeg.get_ffmpeg_exe(), "-v", "error", *picture, str(to)], check=True)
    return to


def damaged(shot: Path, to: Path, number: int, filling: int) -> Path:
    """The same with the packet of that number overwritten."""
    with av.open(str(shot)) as container:
        packet = next(islice(container.demux(video=0), number, None))
        data = bytearray(shot.read_bytes())
        data[packet.pos : packet.pos + packet.size] = bytes([filling]) * packet.size
    to.write_bytes(data)
    return to


def test_a_cut_shows_the_moments_it_was_cut_for(shot: Path, tmp_path: Path) -> None:
    cut = cut_out(shot, "s", 3.0, 5.0, tmp_path / "cut.mkv")
    with av.open(str(tmp_path / "cut.mkv")) as container:
        shown = {round(frame.time * 30): read_number(luma_of(frame)) for frame in container.decode(video=0)}
    assert (shown[round(cut.start * 30)], shown[round(cut.end * 30) - 1]) == (90, 149)


@pytest.mark.parametrize("filling", [0x00, 0x41, 0xFF])
@pytest.mark.parametrize("number", [95, 130])
def test_damage_anywhere_in_a_stretch_is_told(shot: Path, tmp_path: Path, number: int, filling: int) -> None:
    broken = damaged(shot, tmp_path / "s.mp4", number, filling)
    with pytest.raises(UserError, match="s is damaged at"):
        cut_out(broken, "s", 3.0, 5.0, tmp_path / "cut.mkv")


@pytest.mark.parametrize("number", [20, 200])
def test_damage_elsewhere_is_no_matter(shot: Path, tmp_path: Path, number: int) -> None:
    cut_out(damaged(shot, tmp_path / "s.mp4", number, 0), "s", 3.0, 5.0, tmp_path / "cut.mkv")


def test_a_source_that_ends_too_early_is_told(shot: Path, old: Path, tmp_path: Path) -> None:
    for source in (shot, old):
        cut_out(source, "s", 6.0, 8.4, tmp_path / "cut.mkv")
        with pytest.raises(UserError, match=r"s breaks off at \d\.\d s of the stretch"):
            cut_out(source, "s", 6.0, 9.0, tmp_path / "cut.mkv")


def test_footage_that_has_to_be_decoded_to_be_known_is_decoded(old: Path, tmp_path: Path) -> None:
    cut_out(old, "s", 3.0, 5.0, tmp_path / "cut.mkv")
    with av.open(str(old)) as container:
        at = next(islice(container.demux(video=0), 120, None)).pos
    data = bytearray(old.read_bytes())
    data[at - 12 :] = bytes(len(data) - at + 12)
    (tmp_path / "broken.mkv").write_bytes(data)
    with pytest.raises(UserError, match="s "):
        cut_out(tmp_path / "broken.mkv", "s", 3.0, 5.0, tmp_path / "cut.mkv")
