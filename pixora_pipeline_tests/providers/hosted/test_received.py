"""What services send in strange forms: brought into our own, or refused, and never half believed."""

import struct
import zlib
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from pixora_pipeline.model.requests import PictureRequest
from pixora_pipeline.providers.faults import BadOutput
from pixora_pipeline.providers.received.picture import check_picture, finish_picture
from pixora_pipeline.providers.received.sound import check_sound

REQUEST = PictureRequest(description="A red boat", width=96, height=64)
SIZE = (192, 128)
RED = (200, 40, 30)


def half_red(mode: str = "RGB") -> Image.Image:
    """Red at the head, black at the foot."""
    picture = Image.new("RGB", SIZE, "black")
    picture.paste(RED, (0, 0, SIZE[0], SIZE[1] // 2))
    return picture.convert(mode)


def clear(path: Path) -> None:
    picture = half_red("RGBA")
    picture.paste((0, 255, 0, 0), (0, SIZE[1] // 2, *SIZE))
    picture.save(path, "PNG")


def on_its_side(path: Path) -> None:
    exif = Image.Exif()
    exif[0x0112], exif[0x010E] = 6, "x" * 60_000
    half_red().rotate(90, expand=True).save(path, "JPEG", exif=exif, quality=95)


def of_many(path: Path) -> None:
    half_red().save(path, "PNG", save_all=True, append_images=[Image.new("RGB", SIZE, "blue")] * 20)


PICTURES: dict[str, Callable[[Path], None]] = {
    "clear at its foot": clear,
    "on its side": on_its_side,
    "of twenty pictures": of_many,
    "with a palette": lambda path: half_red("P").save(path, "PNG"),
    "in printers' colours": lambda path: half_red("CMYK").save(path, "JPEG", quality=95),
}


@pytest.mark.parametrize("kind", PICTURES)
def test_a_picture_is_seen_as_it_was_meant(kind: str, tmp_path: Path) -> None:
    PICTURES[kind](tmp_path / "received")
    check_picture("painter", tmp_path / "received")
    finish_picture(tmp_path / "received", REQUEST, tmp_path / "p.png")
    with Image.open(tmp_path / "p.png") as finished:
        assert finished.size == (96, 64) and finished.mode == "RGB"
        assert finished.getpixel((48, 16)) == pytest.approx(RED, abs=12)
        assert finished.getpixel((48, 52)) == pytest.approx((0, 0, 0), abs=12)


def test_a_grey_of_16_bits_keeps_its_greys(tmp_path: Path) -> None:
    ramp = np.tile(np.linspace(0, 65_535, SIZE[0]).astype(np.uint16), (SIZE[1], 1))
    Image.fromarray(ramp).save(tmp_path / "received", "PNG")
    finish_picture(tmp_path / "received", REQUEST, tmp_path / "p.png")
    with Image.open(tmp_path / "p.png") as finished:
        assert finished.getpixel((48, 32)) == pytest.approx((128, 128, 128), abs=3)


@pytest.mark.parametrize("kind", [b"zTXt", b"iCCP"])
def test_a_bomb_in_what_goes_with_a_picture_is_refused(kind: bytes, tmp_path: Path) -> None:
    half_red().save(tmp_path / "whole", "PNG")
    data, bomb = (tmp_path / "whole").read_bytes(), b"k\0\0" + zlib.compress(bytes(100_000_000), 9)
    chunk = struct.pack(">I", len(bomb)) + kind + bomb + struct.pack(">I", zlib.crc32(kind + bomb))
    (tmp_path / "received").write_bytes(data[:33] + chunk + data[33:])
    with pytest.raises(BadOutput, match="can't be decoded"):
        check_picture("painter", tmp_path / "received")


def wav(path: Path, samples: bytes, kind: int = 1, channels: int = 1, rate: int = 48_000, bits: int = 16) -> Path:
    """A WAV that says of itself whatever it is told to; its length it does not know, as where it is streamed."""
    block = channels * bits // 8
    head = struct.pack("<IHHIIHH", 16, kind, channels, rate, (rate * block) & 0xFFFFFFFF, block, bits)
    unknown = b"\xff\xff\xff\xff"
    path.write_bytes(b"RIFF" + unknown + b"WAVEfmt " + head + b"data" + unknown + samples)
    return path


TONE = (np.sin(np.arange(48_000) * 0.05) * 20_000).astype("<i2").tobytes()


def test_a_sound_that_was_streamed_is_as_long_as_it_is(tmp_path: Path) -> None:
    assert check_sound("speaker", wav(tmp_path / "v.wav", TONE)) == pytest.approx(1.0, abs=0.01)


@pytest.mark.parametrize("wrong", [{"channels": 0}, {"rate": 0}, {"rate": 0x7FFFFFFF}, {"channels": 64}])
def test_a_sound_that_cannot_be_is_refused(wrong: dict, tmp_path: Path) -> None:
    with pytest.raises(BadOutput, match="can't be decoded"):
        check_sound("speaker", wav(tmp_path / "v.wav", TONE, **wrong))


@pytest.mark.parametrize("value", [np.nan, np.inf])
def test_samples_that_are_no_numbers_are_refused(value: float, tmp_path: Path) -> None:
    samples = np.sin(np.arange(48_000) * 0.05).astype("<f4")
    samples[300] = value
    with pytest.raises(BadOutput, match="can't be decoded"):
        check_sound("speaker", wav(tmp_path / "v.wav", samples.tobytes(), kind=3, bits=32))
