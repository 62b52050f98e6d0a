"""From signs to pixels: libass (in the bundled ffmpeg) draws each sign once, and frames get it laid over them.

libass shapes every script there is, from right to left too. Text reaches it in a file, never in a filter graph.
"""

import math
import subprocess
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import cv2
import ffmpeg
import imageio_ffmpeg
import numpy as np
from numpy.typing import NDArray

from pixora_pipeline.errors import Defect
from pixora_pipeline.media.captions import Sign
from pixora_pipeline.media.ffmpeg import SAY_NOTHING_NEEDLESS
from pixora_pipeline.media.picture import BT709_LIMITED, OFFSETS, Planes
from pixora_pipeline.media.timing import FilmFormat
from pixora_pipeline.media.typefaces import Typeface

EASE_SECONDS = 0.12
"""A sign that is eased fades in and out over this."""

DOCUMENT = """[Script Info]
ScriptType: v4.00+
PlayResX: {width}
PlayResY: {height}
WrapStyle: 2
ScaledBorderAndShadow: yes
YCbCr Matrix: None

[V4+ Styles]
Format: Name, Fontname, Fontsize, PrimaryColour, SecondaryColour, OutlineColour, BackColour, Bold, Italic, Underline, \
StrikeOut, ScaleX, ScaleY, Spacing, Angle, BorderStyle, Outline, Shadow, Alignment, MarginL, MarginR, MarginV, Encoding
Style: Plain,Sans,20,&Hffffff,&Hffffff,&H141010,&H141010,0,0,0,0,100,100,0,0,1,0,0,2,0,0,0,-1
Style: Box,Sans,20,&Hffffff,&Hffffff,&H141010,&H141010,0,0,0,0,100,100,0,0,4,0,0,2,0,0,0,-1

[Events]
Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text
"""


@dataclass(frozen=True)
class Layer:
    """What remains of a plane under a sign, and what is added to it; (left, top) in pixels of the plane."""

    left: int
    top: int
    remains: NDArray[np.float32]
    added: NDArray[np.float32]

    def lay(self, plane: NDArray[np.uint8], strength: float) -> None:
        """Lay it over the plane, `strength` from 0 to 1."""
        height, width = self.remains.shape
        part = plane[self.top : self.top + height, self.left : self.left + width]
        remains = 1 - strength * (1 - self.remains) if strength < 1 else self.remains
        part[:] = cv2.add(cv2.multiply(part, remains, dtype=cv2.CV_32F), self.added * strength + 0.5).astype(np.uint8)


@dataclass(frozen=True)
class Overlay:
    """A sign drawn: a layer for each plane of YUV 4:2:0, shown over frames [start, end)."""

    start: int
    end: int
    layers: tuple[Layer, ...]
    ease: int

    def lay(self, planes: Planes, frame: int) -> None:
        """Lay it over that frame of the clip, if it is shown there."""
        if not self.start <= frame < self.end:
            return
        near = min(frame - self.start + 1, self.end - frame)
        strength = min(1.0, near / (self.ease + 1)) if self.ease else 1.0
        for layer, plane in zip(self.layers, planes, strict=True):
            layer.lay(plane, strength)


def write_signs(signs: Sequence[Sign], fmt: FilmFormat) -> list[Overlay]:
    """Draw the signs; those of which nothing is seen are left out."""
    if not signs:
        return []
    texts = list(dict.fromkeys((sign.text, sign.box) for sign in signs))
    faces = frozenset(face for sign in signs for face in sign.faces)
    drawn = {text: _layers(*pair) for text, pair in zip(texts, _drawn(texts, faces, fmt), strict=True)}
    ease = round(EASE_SECONDS * fmt.fps)
    return [
        Overlay(sign.start, sign.end, layers, ease if sign.eased else 0)
        for sign in signs
        if (layers := drawn[sign.text, sign.box])
    ]


def _drawn(
    texts: Sequence[tuple[str, bool]], faces: Iterable[Typeface], fmt: FilmFormat
) -> Iterator[tuple[NDArray[np.uint8], NDArray[np.uint8]]]:
    """Pictures (height, width, RGB) of each text, on black and on white: the difference is what shines through.

    (On a transparent ground the filter gets the opacity of half-transparent signs wrong.)
    """
    with tempfile.TemporaryDirectory(prefix="pixora-signs-") as name:
        folder = Path(name)
        for number, path in enumerate(sorted({face.path for face in faces})):
            (folder / f"{number}{path.suffix}").symlink_to(path)
        (folder / "signs.ass").write_text(_document(texts, fmt), encoding="utf-8")
        yield from zip(*(_on(ground, len(texts), folder, fmt) for ground in ("black", "white")), strict=True)


def _on(ground: str, count: int, folder: Path, fmt: FilmFormat) -> Iterator[NDArray[np.uint8]]:
    """Each text is shown for a second of a film of one frame a second."""
    size = f"{fmt.width}x{fmt.height}"
    empty = ffmpeg.input(f"color={ground}:s={size}:r=1:d={count},format=rgb24", f="lavfi")
    shown = empty.filter("ass", str(folder / "signs.ass"), fontsdir=str(folder))
    graph = ffmpeg.output(shown, "-", format="rawvideo", pix_fmt="rgb24")
    return _frames(graph, count, (fmt.height, fmt.width, 3))


def _frames(graph: Any, count: int, shape: tuple[int, int, int]) -> Iterator[NDArray[np.uint8]]:
    """The frames that a graph puts out raw."""
    command = ffmpeg.compile(graph, cmd=[imageio_ffmpeg.get_ffmpeg_exe(), *SAY_NOTHING_NEEDLESS, "-v", "error"])
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None and process.stderr is not None
        for _ in range(count):
            data = process.stdout.read(math.prod(shape))
            if len(data) < math.prod(shape):
                said = process.stderr.read().decode(errors="replace")
                raise Defect(f"Captions could not be drawn: {said[-300:]}")
            yield np.frombuffer(data, np.uint8).reshape(shape)


def _document(texts: Sequence[tuple[str, bool]], fmt: FilmFormat) -> str:
    lines = [DOCUMENT.format(width=fmt.width, height=fmt.height)]
    for second, (text, box) in enumerate(texts):
        style = "Box" if box else "Plain"
        span = f"{_clock(second)},{_clock(second + 1)}"
        for layer, part in enumerate(text.split("\n")):
            lines.append(f"Dialogue: {layer},{span},{style},,0,0,0,,{part}\n")
    return "".join(lines)


def _clock(second: int) -> str:
    return f"{second // 3600}:{second // 60 % 60:02}:{second % 60:02}.00"


def _layers(on_black: NDArray[np.uint8], on_white: NDArray[np.uint8]) -> tuple[Layer, ...]:
    """The drawn part of a picture as a layer for each plane; none where nothing is drawn."""
    left, top, width, height = cv2.boundingRect(np.ascontiguousarray(255 - on_white.min(axis=2) | on_black.max(axis=2)))
    if not width:
        return ()
    # Chroma has a sample for every four pixels: the part begins and ends between two of them.
    right, foot = left + width + (left + width) % 2, top + height + (top + height) % 2
    left, top = left - left % 2, top - top % 2
    black, white = (each[top:foot, left:right].astype(np.float32) for each in (on_black, on_white))
    remains = np.clip((white - black).mean(axis=2) / 255, 0, 1)
    planes = cv2.transform(black, BT709_LIMITED.astype(np.float32))
    half = (black.shape[1] // 2, black.shape[0] // 2)
    layers = []
    for channel in range(3):
        added, share = planes[..., channel] + np.float32(OFFSETS[channel, 0]) * (1 - remains), remains
        if channel:
            added, share = (cv2.resize(each, half, interpolation=cv2.INTER_AREA) for each in (added, share))
        scale = 2 if channel else 1
        layers.append(Layer(left // scale, top // scale, np.ascontiguousarray(share), np.ascontiguousarray(added)))
    return tuple(layers)
