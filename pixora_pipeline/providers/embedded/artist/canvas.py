"""The canvas: planar float pixels, and the few ways paint gets onto them.

Pixels are float32 of shape (3, height, width), gamma-encoded sRGB; planes make a single-channel mask cheap to apply.
Sizes in pixels; `unit` is the shorter side, the measure for things that must look the same in every aspect.
"""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from pixora_pipeline.providers.embedded.artist.colour import Colour
from pixora_pipeline.providers.embedded.artist.noise import Field, enlarged
from pixora_pipeline.providers.embedded.artist.silhouette import Mask, Outline, Point, Silhouette

Planes = NDArray[np.float32]


@dataclass(frozen=True)
class Relief:
    """How a layer stands off the ground below it: the depth of its shadow in units (0 = none) and its strength."""

    depth: float = 0.0
    strength: float = 0.0


class Canvas:
    """A picture being painted."""

    def __init__(self, width: int, height: int, relief: Relief | None = None) -> None:
        self.width, self.height = width, height
        self.unit = float(min(width, height))
        self.relief = relief or Relief()
        self.pixels = np.zeros((3, height, width), np.float32)
        self.behind: Planes | None = None
        self.near: Field | None = None

    def silhouette(self) -> Silhouette:
        """An empty shape of the canvas's size."""
        return Silhouette(self.width, self.height)

    def nearer(self) -> None:
        """Say that what is laid from here on stands near us, before all that has been painted; the first call counts.

        `behind` keeps what it stands before, and `near` (height, width) how much of it is hidden, from 0 to 1.
        """
        if self.behind is None:
            self.behind, self.near = self.pixels.copy(), np.zeros((self.height, self.width), np.float32)

    def cover(self, field: Planes) -> None:
        """Replace everything by `field`: shape (3, height, width), or (3, height) for rows of one colour."""
        self.pixels[:] = field[:, :, None] if field.ndim == 2 else field

    def lay(self, mask: Mask, colour: Colour, low: Colour | None = None, opacity: float = 1.0) -> None:
        """Lay one colour, or a run from `colour` at the shape's top to `low` at its foot, through the mask."""
        left, top, width, height = cv2.boundingRect(mask)
        if width:
            part = mask[top : top + height, left : left + width]
            self._lay(part, (left, top), _run(colour, low, height), opacity)

    def lay_part(self, part: Mask, corner: tuple[int, int], colour: Colour, low: Colour, opacity: float = 1.0) -> None:
        """Lay a run of colours through a mask that covers only a part of the frame, from `corner` (left, top) on."""
        left, top = max(0, -corner[0]), max(0, -corner[1])
        x, y = corner[0] + left, corner[1] + top
        inside = part[top : top + max(0, self.height - y), left : left + max(0, self.width - x)]
        if inside.size and inside.any():
            run = _run(colour, low, part.shape[0])[:, top : top + inside.shape[0]]
            self._lay(inside, (x, y), run, opacity)

    def lay_field(self, mask: Mask, field: Planes, opacity: float = 1.0) -> None:
        """Lay a field of colours (3, height, width) through the mask."""
        left, top, width, height = cv2.boundingRect(mask)
        if width:
            part = mask[top : top + height, left : left + width]
            self._lay(part, (left, top), field[:, top : top + height, left : left + width], opacity)

    def paste(self, planes: Planes, alpha: Field, corner: tuple[int, int]) -> None:
        """Lay a small picture (3, height, width) by its own alpha (0..1), from `corner` (left, top) on."""
        left, top = max(0, -corner[0]), max(0, -corner[1])
        x, y = corner[0] + left, corner[1] + top
        high, wide = min(alpha.shape[0] - top, self.height - y), min(alpha.shape[1] - left, self.width - x)
        if high > 0 and wide > 0:
            part = self.pixels[:, y : y + high, x : x + wide]
            share = alpha[None, top : top + high, left : left + wide]
            part += share * (planes[:, top : top + high, left : left + wide] - part)
            self._hide(share[0], (x, y))

    def lay_letters(self, mask: Mask, colour: Colour) -> None:
        """Lay one colour through the mask without the relief of layers."""
        left, top, width, height = cv2.boundingRect(mask)
        if width:
            part = mask[top : top + height, left : left + width]
            self._blend(part, (left, top), colour[:, None, None], 1.0)

    def fill(self, points: Outline, colour: Colour, low: Colour | None = None, opacity: float = 1.0) -> None:
        """Fill one outline, at the cost of its own size only; `low` is its colour at the foot."""
        outline = np.asarray(points, np.float64)
        box = self._box(outline.min(axis=0), outline.max(axis=0))
        if box is None:
            return
        left, top, width, height = box
        shape = Silhouette(width, height)
        shape.polygon(outline - (left, top))
        self._lay(shape.mask, (left, top), _run(colour, low, height), opacity)

    def box(
        self,
        corner: Point,
        other: Point,
        colour: Colour,
        low: Colour | None = None,
        opacity: float = 1.0,
    ) -> None:
        """Fill the upright rectangle between two opposite corners."""
        (left, top), (right, bottom) = corner, other
        self.fill([(left, top), (right, top), (right, bottom), (left, bottom)], colour, low, opacity)

    def taper(
        self, top: Point, foot: Point, halves: tuple[float, float], colour: Colour, low: Colour | None = None
    ) -> None:
        """Fill a shape as high as from `top` to `foot`, with half its width given for both ends."""
        (x0, y0), (x1, y1), (first, last) = top, foot, halves
        self.fill([(x0 - first, y0), (x0 + first, y0), (x1 + last, y1), (x1 - last, y1)], colour, low)

    def disc(
        self, centre: Point, radii: tuple[float, float], colour: Colour, low: Colour | None = None, opacity: float = 1.0
    ) -> None:
        """Fill one ellipse."""
        reach, middle = np.array(radii), np.array(centre)
        box = self._box(middle - reach, middle + reach)
        if box is None:
            return
        left, top, width, height = box
        shape = Silhouette(width, height)
        shape.ellipse((centre[0] - left, centre[1] - top), radii)
        self._lay(shape.mask, (left, top), _run(colour, low, height), opacity)

    def stroke(self, points: Outline, width: float, colour: Colour, opacity: float = 1.0) -> None:
        """Draw a line along the points."""
        path = np.asarray(points, np.float64)
        box = self._box(path.min(axis=0) - width, path.max(axis=0) + width)
        if box is None:
            return
        shape = Silhouette(box[2], box[3])
        shape.line(path - box[:2], width)
        self._blend(shape.mask, box[:2], colour[:, None, None], opacity * min(1.0, width))

    def _box(self, low: NDArray[np.float64], high: NDArray[np.float64]) -> tuple[int, int, int, int] | None:
        """Left, top, width and height of what is on the frame; None when nothing is."""
        left, top = max(0, int(low[0]) - 2), max(0, int(low[1]) - 2)
        right, bottom = min(self.width, int(high[0]) + 3), min(self.height, int(high[1]) + 3)
        return (left, top, right - left, bottom - top) if right > left and bottom > top else None

    def veil(self, alpha: Field, colour: Colour, top: int = 0) -> None:
        """Mix `colour` in by a float mask that covers rows `top` onward (a mist, a cloud, a shadow)."""
        for plane, tone in zip(self.pixels, colour, strict=True):
            part = plane[top : top + alpha.shape[0]]
            part += alpha * (tone - part)

    def shine(self, light: Field, colour: Colour, top: int = 0) -> None:
        """Add light as photographs do: strongest where it is dark, never past white."""
        part = self.pixels[:, top : top + light.shape[0]]
        for channel in range(3):
            part[channel] += np.clip(light * colour[channel], 0, 1) * (1 - np.clip(part[channel], 0, 1))

    def glow(self, centre: Point, radius: float, colour: Colour, strength: float, squash: float = 1.0) -> None:
        """A soft round light; `radius` is where it has mostly faded, `squash` its height over its width."""
        reach_x, reach_y = radius * 2.2, radius * 2.2 * squash
        left, right = _span(centre[0], reach_x, self.width)
        top, bottom = _span(centre[1], reach_y, self.height)
        if right - left < 2 or bottom - top < 2:
            return
        step = max(1, int(radius / 24))
        x = (np.arange(left, right, step, dtype=np.float32) - centre[0]) / radius
        y = (np.arange(top, bottom, step, dtype=np.float32) - centre[1]) / (radius * squash)
        distance = x[None] ** 2 + y[:, None] ** 2
        light = strength * np.clip(np.exp(-2.2 * distance**0.62) - 0.0035, 0, 1)
        light = enlarged(light.astype(np.float32), (bottom - top, right - left))
        part = self.pixels[:, top:bottom, left:right]
        for channel in range(3):
            part[channel] += np.clip(light * colour[channel], 0, 1) * (1 - np.clip(part[channel], 0, 1))

    def _lay(self, part: Mask, corner: tuple[int, int], paint: Planes, opacity: float) -> None:
        if self.relief.strength and opacity > 0.6:
            self._cast(part, corner)
        self._blend(part, corner, paint, opacity)

    def _blend(self, part: Mask, corner: tuple[int, int], paint: Planes, opacity: float) -> None:
        left, top = corner
        alpha = part.astype(np.float32)
        alpha *= np.float32(opacity / 255)
        below = self.pixels[:, top : top + part.shape[0], left : left + part.shape[1]]
        for channel in range(3):
            below[channel] += alpha * (paint[channel] - below[channel])
        self._hide(alpha, corner)

    def _hide(self, alpha: Field, corner: tuple[int, int]) -> None:
        """Count what is being laid among what stands near, if anything does."""
        if self.near is not None:
            hidden = self.near[corner[1] : corner[1] + alpha.shape[0], corner[0] : corner[0] + alpha.shape[1]]
            hidden += alpha * (1 - hidden)

    def _cast(self, part: Mask, corner: tuple[int, int]) -> None:
        """Let the layer throw a soft shadow, when the treatment is cut paper."""
        depth = self.relief.depth * self.unit * min(1.0, max(part.shape) / (0.25 * self.unit))
        pad = int(depth * 2) + 2
        left, top = max(0, corner[0] - pad), max(0, corner[1] - pad)
        right = min(self.width, corner[0] + part.shape[1] + pad)
        bottom = min(self.height, corner[1] + part.shape[0] + pad)
        room = np.zeros((bottom - top, right - left), np.uint8)
        room[corner[1] - top :, corner[0] - left :][: part.shape[0], : part.shape[1]] = part
        small = cv2.resize(room, (max(1, room.shape[1] // 3), max(1, room.shape[0] // 3)), interpolation=cv2.INTER_AREA)
        soft = cv2.GaussianBlur(small, (0, 0), max(depth / 7, 0.5), borderType=cv2.BORDER_REPLICATE)
        move = np.array([[1, 0, depth / 8], [0, 1, depth / 5]], np.float32)
        soft = cv2.warpAffine(soft, move, (small.shape[1], small.shape[0]), borderMode=cv2.BORDER_REPLICATE)
        shade = 1 - enlarged(soft.astype(np.float32), room.shape) * np.float32(self.relief.strength / 255)
        self.pixels[:, top:bottom, left:right] *= shade


def _run(colour: Colour, low: Colour | None, height: int) -> Planes:
    """One colour, or rows that run from one to the other."""
    start = colour[:, None, None]
    if low is None:
        return start
    share = np.linspace(0, 1, height, dtype=np.float32)[None, :, None]
    return start + (low[:, None, None] - start) * share


def _span(centre: float, reach: float, limit: int) -> tuple[int, int]:
    return max(0, int(centre - reach)), min(limit, int(centre + reach) + 1)
