"""Pictures of a feeling: streams of colour along a flow, soft discs, layered waves."""

import cv2
import numpy as np

from pixora_pipeline.providers.embedded.artist.colour import Tone, mix, ramp
from pixora_pipeline.providers.embedded.artist.land import below, crest
from pixora_pipeline.providers.embedded.artist.noise import Field, enlarged, fractal, smoothstep
from pixora_pipeline.providers.embedded.artist.stage import Composed, Stage


def abstract(stage: Stage) -> Composed:
    """One of three abstract compositions in the film's colours."""
    return (_streams, _discs, _waves)[int(stage.rng.integers(3))](stage)


def _tones(stage: Stage) -> list[tuple[float, Tone]]:
    colours = stage.palette
    return [
        (0.0, colours.zenith.shifted(-0.04)),
        (0.35, colours.middle),
        (0.6, colours.accent.towards(colours.middle, 0.35)),
        (0.8, colours.horizon),
        (1.0, colours.glow),
    ]


def _streams(stage: Stage) -> Composed:
    """Colour drawn out along a slow current, like silk or smoke."""
    shape = (420, max(60, round(420 * stage.width / stage.height)))
    base = fractal(stage.rng, shape, (2, 2.5), 3)
    angle = 2.4 * fractal(stage.rng, shape, (1.5, 2), 2) + stage.between(0, 6.28)
    x, y = np.meshgrid(np.arange(shape[1], dtype=np.float32), np.arange(shape[0], dtype=np.float32))
    drawn = _drawn_out(stage.rng.standard_normal(shape).astype(np.float32), angle, 44)
    fold = fractal(stage.rng, shape, (3, 4), 4)
    warp = cv2.remap(base, x + fold * 70, y - fold * 70, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REFLECT)
    value = np.clip(0.46 + 0.34 * warp + 0.05 * drawn, 0, 1)
    slope = cv2.Sobel(cv2.GaussianBlur(value, (0, 0), 2.5), cv2.CV_32F, 1, 0, ksize=3)
    field = ramp(_tones(stage), value) * (1 + np.clip(slope * 0.6, -0.18, 0.25))[None]
    stage.canvas.cover(np.stack([enlarged(plane.astype(np.float32), (stage.height, stage.width)) for plane in field]))
    soft = cv2.GaussianBlur(value, (0, 0), 24)
    row, column = np.unravel_index(int(np.argmax(soft[60:-60, 40:-40])), (shape[0] - 120, shape[1] - 80))
    focus = ((column + 40) / shape[1] * stage.width, (row + 60) / shape[0] * stage.height)
    stage.canvas.glow(focus, stage.unit * 0.4, stage.palette.glow.colour(), 0.4)
    return Composed((float(focus[0]), float(focus[1])))


def _drawn_out(noise: Field, angle: Field, length: int) -> Field:
    """The noise smeared along a field of directions, following its bends."""
    x, y = np.meshgrid(np.arange(noise.shape[1], dtype=np.float32), np.arange(noise.shape[0], dtype=np.float32))
    total = np.zeros_like(noise)
    for way in (-1.0, 1.0):
        place_x, place_y = x.copy(), y.copy()
        for _ in range(length // 2):
            here = cv2.remap(angle, place_x, place_y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REFLECT)
            place_x += np.float32(way * 2) * np.cos(here)
            place_y += np.float32(way * 2) * np.sin(here)
            total += cv2.remap(noise, place_x, place_y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REFLECT)
    return (total / np.float32(length**0.5)).astype(np.float32)


def _discs(stage: Stage) -> Composed:
    """Great translucent discs over a quiet ground."""
    colours = stage.palette
    rows = np.linspace(0, 1, stage.height, dtype=np.float32)
    stage.canvas.cover(ramp([(0.0, colours.zenith), (0.6, colours.middle), (1.0, colours.horizon)], rows))
    focus = (stage.width * stage.between(0.3, 0.7), stage.height * stage.between(0.35, 0.6))
    stage.canvas.glow(focus, stage.unit * 0.7, colours.glow.colour(), 0.6)
    tones = [colours.accent, colours.horizon, colours.glow, colours.far, colours.accent.shifted(0.1, 0.9, 40)]
    for index in range(16):
        reach = stage.rng.normal(0, 0.3, 2) * (stage.width, stage.height)
        radius = stage.unit * (0.04 + 0.3 * stage.rng.random() ** 2)
        colour = tones[index % len(tones)].colour()
        place = (focus[0] + float(reach[0]), focus[1] + float(reach[1]))
        stage.canvas.disc(
            place, (radius, radius), colour, mix(colour, colours.zenith.colour(), 0.45), stage.between(0.25, 0.6)
        )
        if stage.chance(0.3):
            turn = np.linspace(0, 2 * np.pi, 140)
            ring = np.stack([place[0] + np.cos(turn) * radius * 1.25, place[1] + np.sin(turn) * radius * 1.25], axis=1)
            stage.canvas.stroke(ring, max(1.0, stage.unit * 0.002), colours.glow.colour(), 0.6)
    sun = stage.unit * stage.between(0.11, 0.16)
    stage.canvas.glow(focus, sun * 3, colours.glow.colour(), 0.6)
    stage.canvas.disc(focus, (sun, sun), colours.glow.colour(), colours.accent.shifted(0.1).colour())
    return Composed(focus)


def _waves(stage: Stage) -> Composed:
    """Bands of colour that rise and fall like breath, a disc of light above them."""
    colours = stage.palette
    rows = np.linspace(0, 1, stage.height, dtype=np.float32)
    stage.canvas.cover(ramp([(0.0, colours.zenith), (0.5, colours.middle), (1.0, colours.horizon)], rows))
    focus = (stage.width * stage.between(0.3, 0.7), stage.height * stage.between(0.24, 0.4))
    radius = stage.unit * stage.between(0.1, 0.17)
    stage.canvas.glow(focus, radius * 4, colours.glow.colour(), 0.7)
    stage.canvas.disc(
        focus, (radius, radius), colours.glow.colour(), colours.glow.towards(colours.accent, 0.45).colour()
    )
    bands = 8
    stops = [
        (0.0, colours.horizon),
        (0.35, colours.accent.towards(colours.far, 0.3)),
        (0.7, colours.middle),
        (1.0, colours.near),
    ]
    tones = ramp(stops, np.linspace(0, 1, bands, dtype=np.float32))
    grain = smoothstep(-1, 1, fractal(stage.rng, (90, 160), (3, 5), 4))
    for index in range(bands):
        row = stage.height * (0.42 + 0.58 * (index / bands) ** 1.1)
        line = crest(stage, row, stage.unit * 0.085, 1.1, 0.0, 0.22, 3)
        colour = tones[:, index].astype(np.float32)
        stage.canvas.lay(
            below(stage, line).mask,
            mix(colour, colours.glow.colour(), 0.16),
            mix(colour, colours.zenith.colour(), 0.25),
        )
    stage.canvas.pixels *= 0.96 + 0.06 * enlarged(grain, (stage.height, stage.width))
    return Composed(focus)
