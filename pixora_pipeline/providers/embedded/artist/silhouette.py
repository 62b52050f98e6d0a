"""Shapes drawn as 8-bit coverage with smooth edges, before any colour is laid through them."""

from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

Mask = NDArray[np.uint8]
Point = tuple[float, float]
Outline = Sequence[Point] | NDArray[np.float64]
_FINE = 4  # bits below the pixel in OpenCV's drawing calls


class Silhouette:
    """A shape being drawn: 8-bit coverage of the whole frame, its edges smooth."""

    def __init__(self, width: int, height: int) -> None:
        self.mask: Mask = np.zeros((height, width), np.uint8)

    def polygon(self, points: Outline, value: int = 255) -> None:
        """Fill the outline."""
        fixed = np.round(np.asarray(points, np.float64) * 2**_FINE).astype(np.int32)
        cv2.fillPoly(self.mask, [fixed], value, cv2.LINE_AA, _FINE)

    def ellipse(self, centre: Point, radii: tuple[float, float], angle: float = 0.0, value: int = 255) -> None:
        """Fill an ellipse turned by `angle` degrees."""
        fixed = [round(part * 2**_FINE) for part in (*centre, *radii)]
        cv2.ellipse(self.mask, (fixed[0], fixed[1]), (fixed[2], fixed[3]), angle, 0, 360, value, -1, cv2.LINE_AA, _FINE)

    def line(self, points: Outline, width: float, value: int = 255) -> None:
        """Draw a line along the points."""
        fixed = np.round(np.asarray(points, np.float64) * 2**_FINE).astype(np.int32)
        cv2.polylines(self.mask, [fixed], False, value, max(1, round(width)), cv2.LINE_AA, _FINE)

    def box(self, left: float, top: float, right: float, bottom: float, value: int = 255) -> None:
        """Fill an upright rectangle."""
        self.polygon([(left, top), (right, top), (right, bottom), (left, bottom)], value)

    def limb(self, start: Point, end: Point, widths: tuple[float, float]) -> None:
        """Fill a stroke that runs from one width to another."""
        (x0, y0), (x1, y1) = start, end
        length = max(float(np.hypot(x1 - x0, y1 - y0)), 1e-6)
        across_x, across_y = -(y1 - y0) / length / 2, (x1 - x0) / length / 2
        first, last = widths
        self.polygon(
            [
                (x0 + across_x * first, y0 + across_y * first),
                (x1 + across_x * last, y1 + across_y * last),
                (x1 - across_x * last, y1 - across_y * last),
                (x0 - across_x * first, y0 - across_y * first),
            ]
        )
