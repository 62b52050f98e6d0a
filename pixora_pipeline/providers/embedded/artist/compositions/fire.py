"""Fire: logs, flames and sparks."""

import numpy as np

from pixora_pipeline.providers.embedded.artist.colour import Colour, Tone
from pixora_pipeline.providers.embedded.artist.silhouette import Point
from pixora_pipeline.providers.embedded.artist.stage import Stage


def paint_fire(stage: Stage, foot: Point, tall: float) -> None:
    """Logs and flames, in three depths of colour, with sparks."""
    x, y = foot
    log = Tone(0.24, 0.04, 45).colour()
    for lean in (-1, 1):
        stage.canvas.stroke([(x - lean * tall * 0.5, y), (x + lean * tall * 0.45, y - tall * 0.14)], tall * 0.12, log)
    stage.canvas.glow((x, y - tall * 0.3), tall * 1.1, Tone(0.72, 0.17, 55).colour(), 0.9)
    tones = ((1.0, Tone(0.62, 0.2, 38)), (0.74, Tone(0.76, 0.17, 62)), (0.45, Tone(0.93, 0.1, 92)))
    tongues = [(stage.rng.normal(0, 0.16), stage.between(0.55, 1.0)) for _ in range(6)]
    for size, tone in tones:
        for shift, high in tongues:
            _tongue(stage, (x + shift * tall * 1.4, y), tall * high * size, tall * 0.17 * size**0.7, tone.colour())
    for _ in range(16):
        spark = (x + stage.rng.normal(0, 0.3) * tall, y - tall * stage.between(0.6, 1.9))
        stage.canvas.disc(spark, (tall * 0.013, tall * 0.013), tones[1][1].colour(), opacity=0.85)


def _tongue(stage: Stage, foot: Point, tall: float, wide: float, colour: Colour) -> None:
    steps = np.linspace(0, 1, 18)
    sway = stage.rng.normal(0, 0.12) * tall
    half = wide * np.sin(np.pi * (0.18 + 0.82 * steps)) ** 0.9
    spine = foot[0] + sway * steps**1.6 + np.sin(steps * 5 + foot[0]) * wide * 0.25 * steps
    rows = foot[1] - tall * steps
    outline = np.concatenate([np.stack([spine + half, rows], axis=1), np.stack([spine - half, rows], axis=1)[::-1]])
    stage.canvas.fill(outline, colour, opacity=0.85)
