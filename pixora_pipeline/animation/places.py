"""Finding room for labels beside what is drawn."""

import numpy as np
from manim import VMobject

from pixora_pipeline.animation.block import Block
from pixora_pipeline.animation.region import Region


class Places:
    """What stands in a plot already: words, which nothing may touch, and lines, which words keep off where they can."""

    def __init__(self, region: Region) -> None:
        self.region = region
        self.words: list[tuple[np.ndarray, np.ndarray]] = []
        self.lines = np.zeros((0, 2))

    def take(self, words: VMobject) -> None:
        """Words stand there now."""
        self.words.append((words.get_center()[:2], np.array([words.width, words.height]) / 2))

    def draw(self, points: np.ndarray) -> None:
        """A line runs through these points."""
        self.lines = np.concatenate([self.lines, np.asarray(points, float)[:, :2]])

    def settle(self, label: Block, at: np.ndarray, clear: bool = False) -> bool:
        """Move a label to a free place near a point, and take it; False where there is none.

        With `clear`, a place that a line runs through is none.
        """
        half = np.array([label.frame.width, label.frame.height]) / 2
        spots = [
            at[:2] + np.array([dx, dy]) * (half + away)
            for away in (0.12, 0.35, 0.65, 1.0, 1.4)
            for dx, dy in ((0, 1), (1, 1), (-1, 1), (1, 0), (-1, 0), (1, -1), (-1, -1), (0, -1))
        ]
        inside = [spot for spot in spots if self._inside(spot, half) and not self._on_words(spot, half)]
        free = [spot for spot in inside if not self._on_lines(spot, half)]
        if not (free if clear else inside):
            return False
        label.move_to([*(free or inside)[0], 0.0])
        self.take(label)
        return True

    def _inside(self, spot: np.ndarray, half: np.ndarray) -> bool:
        low, high = spot - half, spot + half
        region = self.region
        return bool(
            low[0] >= region.left and low[1] >= region.bottom and high[0] <= region.right and high[1] <= region.top
        )

    def _on_words(self, spot: np.ndarray, half: np.ndarray) -> bool:
        return any((np.abs(spot - centre) < half + other + 0.03).all() for centre, other in self.words)

    def _on_lines(self, spot: np.ndarray, half: np.ndarray) -> bool:
        return bool((np.abs(self.lines - spot) < half + 0.08).all(axis=1).any())
