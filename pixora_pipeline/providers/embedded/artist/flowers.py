"""A meadow close by: grass and flowers in front of whatever the picture shows."""

import numpy as np

from pixora_pipeline.providers.embedded.artist.colour import Colour, mix
from pixora_pipeline.providers.embedded.artist.land import below, blades, crest
from pixora_pipeline.providers.embedded.artist.palettes import Palette
from pixora_pipeline.providers.embedded.artist.stage import Stage


def paint_flowers(stage: Stage, row: float, colours: Palette) -> None:
    """Three banks of grass with flowers on stems, darker and larger towards us."""
    petals = [
        colours.accent,
        colours.accent.shifted(0.12, 0.9, 35),
        colours.glow.shifted(-0.03, 1.2),
        colours.accent.shifted(0.04, 1.0, -45),
    ]
    dim = 0.42 if colours.dark else 0.12
    for index in range(3):
        share = index / 2
        line = crest(stage, row + stage.height * 0.085 * index, stage.unit * 0.018, 1.6)
        shape = below(stage, line)
        blades(stage, shape, line, stage.unit * (0.03 + 0.022 * index), 1.0)
        green = mix(colours.foliage(0.42 + 0.2 * share, 0.3 - 0.5 * share), colours.land(1.0), 0.12 + 0.42 * share)
        stage.canvas.lay(shape.mask, green, mix(green, colours.land(1.0), 0.5))
        for _ in range(int((70 - 22 * index) * stage.width / stage.unit)):
            x = stage.between(0, stage.width - 1)
            tone = petals[min(int(abs(stage.rng.normal(0, 1.1))), 3)]
            colour = mix(tone.colour(), colours.land(1.0), dim)
            y = float(line[int(x)]) + stage.between(-0.3, 1.2) * stage.unit * 0.05
            _flower(stage, x, y, stage.unit * (0.0065 + 0.0065 * share) * stage.between(0.7, 1.3), colour, green)


def _flower(stage: Stage, x: float, y: float, size: float, colour: Colour, stem: Colour) -> None:
    lean = stage.rng.normal(0, 0.25)
    head = (x + lean * size * 3, y - size * stage.between(2.5, 5.0))
    stage.canvas.stroke([(x, y + size * 3), head], max(1.0, size * 0.28), mix(stem, colour, 0.12))
    kind = stage.rng.integers(3)
    if kind == 0:
        for turn in np.linspace(0, 2 * np.pi, 6)[:-1] + stage.between(0, 1):
            petal = (head[0] + np.cos(turn) * size * 0.75, head[1] + np.sin(turn) * size * 0.55)
            stage.canvas.disc(petal, (size * 0.55, size * 0.45), colour)
        stage.canvas.disc(head, (size * 0.4, size * 0.34), mix(colour, stage.palette.lamp.colour(), 0.7))
    elif kind == 1:
        cup = [(-0.9, -0.6), (-0.35, 0.1), (0, -0.5), (0.35, 0.1), (0.9, -0.6), (0.65, 0.75), (0, 1.05), (-0.65, 0.75)]
        stage.canvas.fill([(head[0] + px * size, head[1] + py * size) for px, py in cup], colour)
    else:
        for step in range(6):
            place = (head[0] - lean * size * 0.4 * step, head[1] + step * size * 0.55)
            stage.canvas.disc(place, (size * (0.2 + 0.07 * step), size * 0.34), mix(colour, stem, 0.06 * step))
