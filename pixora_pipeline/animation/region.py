"""Rectangles of the frame, and mobjects measured against them."""

from dataclasses import dataclass

import numpy as np
from manim import VMobject


@dataclass(frozen=True)
class Region:
    """A rectangle of the frame, in units from its centre, y upwards."""

    left: float
    bottom: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """Its right edge."""
        return self.left + self.width

    @property
    def top(self) -> float:
        """Its upper edge."""
        return self.bottom + self.height

    @property
    def centre(self) -> np.ndarray:
        """The point in its middle."""
        return np.array([self.left + self.width / 2, self.bottom + self.height / 2, 0.0])

    def inset(self, by: float) -> "Region":
        """Without a margin of that width."""
        return Region(self.left + by, self.bottom + by, max(self.width - 2 * by, 0.1), max(self.height - 2 * by, 0.1))

    def split(self, *shares: float, gap: float = 0.3) -> list["Region"]:
        """Side by side from the left, in those shares."""
        room, at, parts = self.width - gap * (len(shares) - 1), self.left, []
        for share in shares:
            width = room * share / sum(shares)
            parts.append(Region(at, self.bottom, width, self.height))
            at += width + gap
        return parts

    def stack(self, *shares: float, gap: float = 0.3) -> list["Region"]:
        """One below the other from the top, in those shares."""
        room, at, parts = self.height - gap * (len(shares) - 1), self.top, []
        for share in shares:
            height = room * share / sum(shares)
            parts.append(Region(self.left, at - height, self.width, height))
            at -= height + gap
        return parts

    def holds(self, other: VMobject, slack: float = 0.02) -> bool:
        """Whether a mobject is inside."""
        low, high = bounds(other)
        return bool(
            low[0] >= self.left - slack
            and low[1] >= self.bottom - slack
            and high[0] <= self.right + slack
            and high[1] <= self.top + slack
        )


def bounds(mobject: VMobject) -> tuple[np.ndarray, np.ndarray]:
    """The lower left and upper right corner of everything in a mobject."""
    points = np.concatenate([part.points for part in mobject.get_family() if len(part.points)] or [np.zeros((1, 3))])
    return points.min(axis=0), points.max(axis=0)
