"""A sheet of its own for one figure: drawn large in the figure's own measures, then reduced onto the picture."""

import itertools
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from pixora_pipeline.providers.embedded.artist.canvas import Canvas
from pixora_pipeline.providers.embedded.artist.colour import Tone
from pixora_pipeline.providers.embedded.artist.curves import smooth
from pixora_pipeline.providers.embedded.artist.silhouette import Point, Silhouette

FINE = 2  # figures are drawn this much larger, then reduced


class Sheet:
    """A small canvas of its own for one figure: colours and coverage. Its measures: x = 0 the axis, y up, height 1."""

    def __init__(self, tall: float, wide: float = 1.0) -> None:
        self.scale = tall * FINE
        width, height = int(self.scale * wide) + 8, int(self.scale * 1.3) + 8
        self.canvas = Canvas(width, height)
        self.cover = Silhouette(width, height)
        self.axis, self.foot = width / 2, height - self.scale * 0.08

    def at(self, points: Sequence[Point] | NDArray[np.float64]) -> NDArray[np.float64]:
        """The figure's own measures in the sheet's pixels."""
        places = np.asarray(points, np.float64) * (self.scale, -self.scale)
        return np.asarray(places + np.array([self.axis, self.foot]))

    def shape(self, points: Sequence[Point], tone: Tone, fall: float = 0.08, curved: bool = True) -> None:
        """Fill an outline with the tone, `fall` darker at its foot."""
        outline = self.at(smooth(points) if curved else points)
        self.canvas.fill(outline, tone.colour(), tone.shifted(-fall).colour())
        self.cover.polygon(outline)

    def oval(self, centre: Point, radii: tuple[float, float], tone: Tone, fall: float = 0.05) -> None:
        """Fill an ellipse."""
        turn = np.linspace(0, 2 * np.pi, 40)
        points = np.stack([centre[0] + np.cos(turn) * radii[0], centre[1] + np.sin(turn) * radii[1]], axis=1)
        self.shape([(float(x), float(y)) for x, y in points], tone, fall, curved=False)

    def limb(self, points: Sequence[Point], widths: tuple[float, float], tone: Tone) -> None:
        """A bent limb along the points with round ends."""
        sizes = np.linspace(*widths, len(points))
        for (start, end), (thick, thin) in zip(itertools.pairwise(points), itertools.pairwise(sizes), strict=True):
            across = np.array([-(end[1] - start[1]), end[0] - start[0]])
            across = across / max(float(np.hypot(*across)), 1e-6) / 2
            outline = [
                tuple(np.array(start) + across * thick),
                tuple(np.array(end) + across * thin),
                tuple(np.array(end) - across * thin),
                tuple(np.array(start) - across * thick),
            ]
            self.shape(outline, tone, 0.02, curved=False)
            self.oval(end, (thin / 2, thin / 2), tone, 0.0)
        self.oval(points[0], (sizes[0] / 2, sizes[0] / 2), tone, 0.0)
