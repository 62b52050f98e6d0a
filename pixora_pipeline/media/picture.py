"""From a still picture to film frames: planar YUV 4:2:0, BT.709, limited range. No encoding, no files but the still.

Each plane is resampled on its own with sub-pixel windows, so that slow moves do not jitter.
"""

from dataclasses import dataclass
from pathlib import Path

import av
import cv2
import numpy as np
from numpy.typing import NDArray

from pixora_pipeline.errors import UserError
from pixora_pipeline.media.motion import Window, progress, smallest_width, window_at
from pixora_pipeline.media.parallax import Near, cut_out, way_behind
from pixora_pipeline.media.resampling import Plane, Planes, continued, see
from pixora_pipeline.media.timing import FilmFormat
from pixora_pipeline.model.results import CameraMove, NearLayer
from pixora_pipeline.once import once

BT709_LIMITED = np.array(
    [[0.2126, 0.7152, 0.0722], [-0.2126 / 1.8556, -0.7152 / 1.8556, 0.5], [0.5, -0.7152 / 1.5748, -0.0722 / 1.5748]]
) * [[219 / 255], [224 / 255], [224 / 255]]
OFFSETS = np.array([[16.0], [128.0], [128.0]])
MAXIMUM_PIXELS = 100_000_000

cv2.setNumThreads(1)  # two processes share two cores; threads inside each would only get in each other's way


@dataclass(frozen=True)
class StillSource:
    """A still (its planes continued) and the camera's way over it; gives any frame of the scene, always the same.

    Where something stands `near`, the still is what lies behind it.
    """

    planes: Planes
    size: tuple[int, int]
    move: CameraMove
    frames: int
    fmt: FilmFormat
    near: Near | None = None

    def frame(self, index: int) -> av.VideoFrame:
        """Frame `index` of the scene (0 is its first, handles included), yuv420p."""
        along = progress(index, self.frames, self.fmt.fps)
        frame = av.VideoFrame(self.fmt.width, self.fmt.height, "yuv420p")
        planes = plane_views(frame)
        window = self._window(self.move, along)
        if self.near is None:
            self._look(planes, window, self.fmt.height)
        else:
            self._look(planes, self._window(self._behind, along), self.near.first_solid(window, self.fmt.height))
            self.near.lay(planes, window)
        return frame

    @once
    def _behind(self) -> CameraMove:
        return way_behind(self.move)

    def _window(self, move: CameraMove, along: float) -> Window:
        return window_at(move, along, self.size, self.fmt.aspect)

    def _look(self, planes: Planes, window: Window, rows: int) -> None:
        """Fill the frame's first rows with what is seen through the window."""
        for plane, to, step in zip(self.planes, planes, (1, 2, 2), strict=True):
            if rows:
                see(plane, to[: rows // step], window, (self.fmt.width, self.fmt.height), coarse=step == 2)


def open_still(
    picture: Path, move: CameraMove, frames: int, fmt: FilmFormat, layer: NearLayer | None = None
) -> StillSource:
    """Read a picture of any size and make it ready for the move; `UserError` when it is not a picture."""
    rgb = read_rgb(picture)
    behind, hidden = _parted(rgb, picture.with_name(layer.file), layer) if layer else (None, None)
    scale = fmt.width / smallest_width(move, (rgb.shape[1], rgb.shape[0]), fmt.aspect)
    # Within a few per cent of 1 the window's own resampling is the better one; a second would only blur.
    if not 0.75 <= scale <= 1.01:
        rgb, behind, hidden = (None if each is None else _scaled(each, scale) for each in (rgb, behind, hidden))
    size = (rgb.shape[1], rgb.shape[0])
    whole, near = yuv_planes(rgb), None
    if behind is not None:
        far = yuv_planes(behind)
        whole, near = far, cut_out(whole, far, hidden)
    luma, blue, red = map(continued, whole)
    return StillSource(planes=(luma, blue, red), size=size, move=move, frames=frames, fmt=fmt, near=near)


def _parted(rgb: NDArray[np.uint8], file: Path, layer: NearLayer) -> tuple[NDArray[np.uint8], Plane]:
    """What lies behind the near layer, and how much of that is hidden (height x width, 0..255)."""
    found = cv2.imdecode(np.frombuffer(file.read_bytes(), np.uint8), cv2.IMREAD_UNCHANGED)
    part = (slice(layer.top, layer.top + found.shape[0]), slice(layer.left, layer.left + found.shape[1]))
    behind, hidden = rgb.copy(), np.zeros(rgb.shape[:2], np.uint8)
    hidden[part] = found[..., 3]
    cv2.copyTo(cv2.cvtColor(found, cv2.COLOR_BGRA2RGB), found[..., 3], behind[part])
    return behind, hidden


def read_rgb(picture: Path) -> NDArray[np.uint8]:
    """The picture as height x width x 3, transparency on black, upright; `UserError` when it can't be read."""
    try:
        data = np.frombuffer(picture.read_bytes(), np.uint8)
        rgb = cv2.imdecode(data, cv2.IMREAD_COLOR_RGB) if data.size else None
    except (OSError, cv2.error) as error:
        raise UserError(f"The picture {picture.name} can't be read: {error}") from error
    if rgb is None or rgb.shape[0] * rgb.shape[1] > MAXIMUM_PIXELS:
        raise UserError(
            f"{picture.name} is not a picture that can be read: give a PNG, JPEG or WebP below 100 megapixels."
        )
    return rgb


def yuv_planes(rgb: NDArray[np.uint8]) -> Planes:
    """Y at full size, Cb and Cr at half (odd sizes rounded up); a chroma sample is the mean of its four pixels."""
    matrix = np.hstack([BT709_LIMITED, OFFSETS])
    height, width = rgb.shape[:2]
    odd = (height % 2, width % 2)
    even = cv2.copyMakeBorder(rgb, 0, odd[0], 0, odd[1], cv2.BORDER_REPLICATE) if any(odd) else rgb
    half = cv2.resize(even, (even.shape[1] // 2, even.shape[0] // 2), interpolation=cv2.INTER_AREA)
    chroma = cv2.transform(half, matrix[1:])
    luma = cv2.transform(rgb, matrix[:1]).reshape(height, width)
    return luma, np.ascontiguousarray(chroma[..., 0]), np.ascontiguousarray(chroma[..., 1])


def plane_views(frame: av.VideoFrame) -> Planes:
    """The three planes of a yuv420p frame as writable arrays over its own memory."""
    views = []
    for plane in frame.planes:
        rows = np.frombuffer(plane, np.uint8, plane.line_size * plane.height).reshape(plane.height, plane.line_size)
        views.append(rows[:, : plane.width])
    return tuple(views)


def copied(frame: av.VideoFrame) -> av.VideoFrame:
    """A yuv420p frame with the same picture in memory of its own."""
    to = av.VideoFrame(frame.width, frame.height, "yuv420p")
    for plane, seen in zip(plane_views(to), plane_views(frame), strict=True):
        plane[:] = seen
    return to


def _scaled(rgb: NDArray[np.uint8], scale: float) -> NDArray[np.uint8]:
    size = (max(2, round(rgb.shape[1] * scale)), max(2, round(rgb.shape[0] * scale)))
    return cv2.resize(rgb, size, interpolation=cv2.INTER_AREA if scale < 1 else cv2.INTER_LANCZOS4)
