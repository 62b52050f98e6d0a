"""Books and letters: an open book on a table by candlelight, with what lies around it."""

import numpy as np

from pixora_pipeline.providers.embedded.artist.colour import Tone, mix
from pixora_pipeline.providers.embedded.artist.compositions.backdrop import backdrop
from pixora_pipeline.providers.embedded.artist.noise import enlarged, fractal
from pixora_pipeline.providers.embedded.artist.silhouette import Point
from pixora_pipeline.providers.embedded.artist.stage import Composed, Stage


def book(stage: Stage) -> Composed:
    """An open book on a table, a candle or a quill beside it."""
    table = stage.height * stage.between(0.6, 0.66)
    side = 1 if stage.chance(0.5) else -1
    x = stage.width / 2 - side * stage.unit * 0.06
    flame = (stage.width / 2 + side * stage.unit * stage.between(0.42, 0.5), table - stage.unit * 0.26)
    _room(stage, table, flame)
    if stage.chance(0.75):
        _shelf(stage, table)
    foot = table + stage.unit * 0.17
    _pages(stage, (x, foot), stage.unit * 0.34, flame)
    _candle(stage, flame, table + stage.unit * 0.13)
    if stage.says("letter", "write", "wrote", "writing", "poet", "poem", "writer", "quill") or stage.chance(0.5):
        _quill(stage, (x - side * stage.unit * 0.5, table + stage.unit * 0.16), side)
    else:
        _stack(stage, (x - side * stage.unit * 0.53, table + stage.unit * 0.16))
    stage.canvas.glow(flame, stage.unit * 0.75, stage.palette.lamp.colour(), 0.3)
    return Composed((x, foot - stage.unit * 0.06))


def _room(stage: Stage, table: float, flame: Point) -> None:
    """The dark behind, lit around the flame, and the table's wood."""
    backdrop(stage, flame, 0.5)
    colours = stage.palette
    dim = colours.near.towards(Tone(0.3, 0.05, 45), 0.5).colour()
    stage.canvas.veil(np.full((stage.height, stage.width), 0.35, np.float32), dim)
    stage.canvas.glow(flame, stage.unit * 0.75, colours.lamp.colour(), 0.42)
    wood = Tone(0.42, 0.07, 50).towards(colours.near, 0.25)
    rows = stage.height - int(table)
    grain = fractal(stage.rng, (max(8, rows // 2), 500), (26, 3), 4, 0.6)
    field = enlarged((1 + 0.13 * grain).astype(np.float32), (rows, stage.width))
    top, low = wood.shifted(0.04).colour(), wood.shifted(-0.17).colour()
    share = np.linspace(0, 1, rows, dtype=np.float32)[:, None]
    for channel in range(3):
        stage.canvas.pixels[channel, int(table) :] = (top[channel] + (low[channel] - top[channel]) * share) * field
    stage.canvas.glow((flame[0], table + stage.unit * 0.12), stage.unit * 0.5, colours.lamp.colour(), 0.4, 0.35)


def _shelf(stage: Stage, table: float) -> None:
    """Rows of books in the dark behind."""
    colours = stage.palette
    for low in (table - 0.02 * stage.unit, table - 0.36 * stage.unit, table - 0.7 * stage.unit):
        x = -0.01 * stage.width
        while x < stage.width:
            wide, high = stage.unit * stage.between(0.014, 0.04), stage.unit * stage.between(0.19, 0.27)
            tone = (
                Tone(stage.between(0.2, 0.34), 0.06, stage.between(0, 360))
                .towards(colours.near, 0.5)
                .towards(colours.accent, 0.14)
            )
            if stage.chance(0.93):
                stage.canvas.fill(
                    [(x, low), (x, low - high), (x + wide * 0.94, low - high), (x + wide * 0.94, low)],
                    tone.colour(),
                    tone.shifted(-0.05).colour(),
                    0.55,
                )
                if stage.chance(0.5):
                    y = low - high * stage.between(0.6, 0.85)
                    stage.canvas.stroke(
                        [(x, y), (x + wide * 0.9, y)], max(1.0, stage.unit * 0.003), colours.lamp.colour(), 0.16
                    )
            x += wide
        stage.canvas.fill(
            [(0, low), (stage.width, low), (stage.width, low + stage.unit * 0.014), (0, low + stage.unit * 0.014)],
            colours.near.colour(),
            opacity=0.8,
        )


def _pages(stage: Stage, foot: Point, half: float, flame: Point) -> None:
    """Two swelling pages with lines of writing, on their cover."""
    x, y = foot
    paper = Tone(0.93, 0.035, 85)
    cover = Tone(0.4, 0.11, stage.palette.accent.hue).colour()
    stage.canvas.disc((x, y + half * 0.04), (half * 1.3, half * 0.16), stage.palette.near.colour(), opacity=0.5)
    slab = [
        (x - half * 1.08, y + half * 0.03),
        (x - half * 0.9, y - half * 0.43),
        (x + half * 0.9, y - half * 0.43),
        (x + half * 1.08, y + half * 0.03),
    ]
    stage.canvas.fill(slab, cover, mix(cover, stage.palette.near.colour(), 0.4))
    for way in (-1, 1):
        light = 0.0 if (flame[0] - x) * way > 0 else -0.07
        for leaf in range(5):
            lift = leaf * half * 0.009
            outline = _leaf(x, y - lift, half * (1 - 0.008 * leaf), way)
            tone = paper.shifted(light - 0.05 + 0.0125 * leaf)
            stage.canvas.fill(outline, tone.shifted(0.01).colour(), tone.shifted(-0.05).colour())
        _writing(stage, (x, y - 4 * half * 0.009), half, way)
    stage.canvas.stroke([(x, y - half * 0.33), (x, y + half * 0.05)], half * 0.016, paper.shifted(-0.35).colour(), 0.7)


def _leaf(x: float, y: float, half: float, way: int) -> list[Point]:
    """The outline of one open page: it rises from the fold and falls to its edge."""
    steps = np.linspace(0, 1, 20)
    swell = 0.13 * np.sin(np.pi * steps**0.6) * (1 - 0.35 * steps)
    near = [(x + way * half * s, y + half * (0.045 - e)) for s, e in zip(steps, swell, strict=True)]
    far = [(x + way * half * 0.84 * s, y - half * (0.34 + e * 0.8)) for s, e in zip(steps, swell, strict=True)]
    return [*near, *far[::-1]]


def _writing(stage: Stage, foot: Point, half: float, way: int) -> None:
    ink = Tone(0.35, 0.03, 60).colour()
    x, y = foot
    for row in range(13):
        depth = 0.1 + 0.8 * row / 12
        last = stage.between(0.5, 0.88) if row in (5, 12) else 0.88
        steps = np.linspace(0.12, last, 14)
        swell = 0.13 * np.sin(np.pi * steps**0.6) * (1 - 0.35 * steps)
        wide = 1 - 0.16 * depth
        points = [
            (x + way * half * wide * s, y + half * (0.045 - e * (1 - 0.2 * depth)) - half * 0.385 * depth)
            for s, e in zip(steps, swell, strict=True)
        ]
        stage.canvas.stroke(points, max(1.0, half * 0.0085), ink, 0.5)


def _candle(stage: Stage, flame: Point, foot: float) -> None:
    x, y = flame
    unit, lamp = stage.unit, stage.palette.lamp.colour()
    brass = Tone(0.6, 0.1, 78)
    stage.canvas.disc((x, foot), (unit * 0.085, unit * 0.02), brass.colour(), brass.shifted(-0.2).colour())
    stage.canvas.disc(
        (x, foot - unit * 0.012),
        (unit * 0.03, unit * 0.012),
        brass.shifted(0.08).colour(),
        brass.shifted(-0.12).colour(),
    )
    wax = Tone(0.93, 0.04, 85)
    stage.canvas.fill(
        [
            (x - unit * 0.02, foot - unit * 0.01),
            (x - unit * 0.02, y + unit * 0.03),
            (x + unit * 0.02, y + unit * 0.03),
            (x + unit * 0.02, foot - unit * 0.01),
        ],
        wax.colour(),
        wax.shifted(-0.22).colour(),
    )
    stage.canvas.stroke(
        [(x, y + unit * 0.034), (x, y + unit * 0.012)], max(1.0, unit * 0.003), Tone(0.2, 0.02, 60).colour()
    )
    stage.canvas.glow((x, y), unit * 0.13, lamp, 1.0)
    steps = np.linspace(0, 2 * np.pi, 40)
    drop = [
        (x + np.sin(t) * unit * 0.0115 * (1 + np.cos(t)) / 1.4, y - unit * 0.002 - np.cos(np.pi - t) * -unit * 0.026)
        for t in steps
    ]
    stage.canvas.fill(drop, np.array([1.0, 0.96, 0.8], np.float32), mix(lamp, np.ones(3, np.float32), 0.3))


def _quill(stage: Stage, foot: Point, side: int) -> None:
    """An inkwell with a feather in it."""
    x, y = foot
    unit = stage.unit
    glass = stage.palette.zenith.towards(stage.palette.near, 0.5)
    stage.canvas.disc((x, y + unit * 0.004), (unit * 0.07, unit * 0.018), stage.palette.near.colour(), opacity=0.5)
    stage.canvas.fill(
        [
            (x - unit * 0.045, y),
            (x - unit * 0.05, y - unit * 0.045),
            (x - unit * 0.022, y - unit * 0.07),
            (x + unit * 0.022, y - unit * 0.07),
            (x + unit * 0.05, y - unit * 0.045),
            (x + unit * 0.045, y),
        ],
        glass.shifted(0.1).colour(),
        glass.colour(),
    )
    steps = np.linspace(0, 1, 24)
    lean = -side
    spine = np.stack([x + lean * unit * 0.17 * steps**1.2, y - unit * 0.06 - unit * 0.33 * steps], axis=1)
    vane = unit * 0.034 * np.sin(np.pi * np.clip((steps - 0.22) / 0.78, 0, 1)) ** 0.7
    feather = np.concatenate(
        [spine + np.stack([vane, vane * 0.35], axis=1), (spine - np.stack([vane, vane * 0.35], axis=1))[::-1]]
    )
    white = Tone(0.92, 0.02, 90).towards(stage.palette.lamp, 0.25)
    stage.canvas.fill(feather, white.colour(), white.shifted(-0.18).colour())
    stage.canvas.stroke(spine, max(1.0, unit * 0.004), white.shifted(-0.3).colour())


def _stack(stage: Stage, foot: Point) -> None:
    """A pile of closed books."""
    x, y = foot
    unit = stage.unit
    stage.canvas.disc((x, y), (unit * 0.16, unit * 0.02), stage.palette.near.colour(), opacity=0.5)
    for _ in range(int(stage.rng.integers(2, 5))):
        half, thick, shift = (
            unit * stage.between(0.1, 0.14),
            unit * stage.between(0.028, 0.045),
            unit * stage.between(-0.012, 0.012),
        )
        tone = Tone(stage.between(0.34, 0.5), 0.1, stage.between(0, 360)).towards(stage.palette.accent, 0.4)
        left, right = x + shift - half, x + shift + half
        stage.canvas.fill(
            [(left, y), (left, y - thick), (right, y - thick), (right, y)],
            tone.shifted(0.06).colour(),
            tone.shifted(-0.12).colour(),
        )
        inset = thick * 0.18
        stage.canvas.fill(
            [
                (left + inset * 2, y - inset),
                (left + inset * 2, y - thick + inset),
                (right, y - thick + inset),
                (right, y - inset),
            ],
            Tone(0.86, 0.035, 85).colour(),
            Tone(0.66, 0.04, 80).colour(),
        )
        y -= thick
