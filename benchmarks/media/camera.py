"""Footage as a camera takes it, for want of footage that may be passed on: a view, somebody moving in it, grain.

How much of each is set so that it costs what real footage costs; `README.md` has both figures.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from math import pi, sin
from pathlib import Path

import av
import cv2
import numpy as np
from numpy.typing import NDArray

Picture = NDArray[np.uint8]

WIDTH, HEIGHT, FPS = 1920, 1080, 30
CODED = {"crf": "22", "preset": "veryfast", "x264-params": "keyint=150:vbv-maxrate=8000:vbv-bufsize=16000"}
"""As people upload: from one to eight Mbit/s, a keyframe every five seconds at least."""

SUBJECT = (520, 820)
"""Pixels of the somebody, who goes to and fro and up and down."""


@dataclass(frozen=True)
class Take:
    """Grain in steps of brightness; how far, in pixels, the camera goes to and fro, and how far the hand shakes."""

    grain: float
    pan: float
    shake: float


TAKES = (
    Take(1.0, 0, 0.0),
    Take(1.5, 0, 0.3),
    Take(2.0, 0, 1.0),
    Take(1.0, 60, 1.0),
    Take(1.5, 120, 2.0),
    Take(2.5, 0, 0.0),
    Take(1.2, 40, 2.0),
    Take(2.0, 90, 0.5),
)
"""From a tripod in daylight to a hand in a dim room."""


def write_take(take: Take, view: Path, subject: Path, seconds: int, to: Path) -> None:
    """Film the view and the subject, two pictures, without sound."""
    with av.open(str(to), "w") as container:
        stream = container.add_stream("libx264", rate=FPS)
        stream.width, stream.height, stream.pix_fmt = WIDTH, HEIGHT, "yuv420p"
        stream.options = CODED
        for at, planes in enumerate(_frames(take, _planes(view), _planes(subject), seconds * FPS)):
            frame = av.VideoFrame.from_ndarray(planes, "yuv420p")
            frame.pts, frame.time_base = at, Fraction(1, FPS)
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))


def _planes(path: Path) -> list[Picture]:
    """Brightness and the two colours at the same size."""
    seen = cv2.resize(cv2.imread(str(path)), (WIDTH, HEIGHT), interpolation=cv2.INTER_AREA)
    luma, red, blue = cv2.split(cv2.cvtColor(seen, cv2.COLOR_BGR2YCrCb))
    return [cv2.convertScaleAbs(plane, alpha=0.86, beta=16) for plane in (luma, blue, red)]


def _frames(take: Take, view: list[Picture], subject: list[Picture], count: int) -> Iterator[Picture]:
    """Each as (height x 1.5, width), the planes one under the other."""
    dice = np.random.default_rng(7)
    grains = [_grain(dice, take.grain / (half + 1)) for half in (0, 1, 1)]
    mask = _mask()
    for at in range(count):
        out = np.empty((HEIGHT * 3 // 2, WIDTH), np.uint8)
        luma, chroma = out[:HEIGHT], out[HEIGHT:].reshape(2, HEIGHT // 2, WIDTH // 2)
        for to, seen, who, grain in zip((luma, *chroma), view, subject, grains, strict=True):
            half = 1 if to is luma else 2
            shown = cv2.warpAffine(seen, _camera(take, at, half), to.shape[::-1], flags=cv2.INTER_LINEAR)
            _put(shown, who, mask, at, half)
            y, x = dice.integers(0, 128, 2)
            cv2.add(shown, grain[y : y + to.shape[0], x : x + to.shape[1]], dst=to, dtype=cv2.CV_8U)
        yield out


def _grain(dice: np.random.Generator, strength: float) -> NDArray[np.int16]:
    """Noise as a camera's own smoothing leaves it."""
    noise = cv2.GaussianBlur(dice.standard_normal((HEIGHT + 128, WIDTH + 128), np.float32), (0, 0), 0.7)
    return np.rint(noise * strength / noise.std()).astype(np.int16)


def _mask() -> NDArray[np.float32]:
    mask = np.zeros(SUBJECT[::-1], np.float32)
    cv2.ellipse(
        mask, (SUBJECT[0] // 2, SUBJECT[1] // 2), (SUBJECT[0] // 2 - 12, SUBJECT[1] // 2 - 12), 0, 0, 360, 1.0, -1
    )
    return cv2.GaussianBlur(mask, (0, 0), 3)


def _camera(take: Take, at: int, half: int) -> NDArray[np.float64]:
    """From the view to the frame: enlarged by a sixth, so that there is room to move, and moved by parts of a pixel."""
    time = at / FPS
    x = take.pan * sin(2 * pi * time / 15) + take.shake * (sin(7.9 * time) + 0.6 * sin(17.3 * time))
    y = take.shake * (sin(9.1 * time + 1) + 0.6 * sin(21.7 * time))
    zoom = 1.17
    return np.array([[zoom, 0, x - WIDTH * 0.085], [0, zoom, y - HEIGHT * 0.085]]) / [[half, half, half]]


def _put(to: Picture, who: Picture, mask: NDArray[np.float32], at: int, half: int) -> None:
    time = at / FPS
    left, top = 700 + 260 * sin(2 * pi * time / 10), 180 + 60 * sin(2 * pi * time / 3)
    turned = cv2.getRotationMatrix2D((700 + SUBJECT[0] / 2, 130 + SUBJECT[1] / 2), 4 * sin(2 * pi * time / 3), 1)
    x, y = int(left) // half, int(top) // half
    turned[:, 2] += left % half - 700, top % half - 130
    size = SUBJECT[0] // half, SUBJECT[1] // half
    seen = cv2.warpAffine(who, turned / half, size, flags=cv2.INTER_LINEAR).astype(np.float32)
    share = cv2.resize(mask, size, interpolation=cv2.INTER_AREA)
    under = to[y : y + size[1], x : x + size[0]]
    under[:] = under + (seen - under) * share
