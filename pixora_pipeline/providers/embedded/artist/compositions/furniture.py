"""The things in a room: shelves, table, chair, rug, curtains, lamp."""

import numpy as np

from pixora_pipeline.providers.embedded.artist.colour import Tone, mix
from pixora_pipeline.providers.embedded.artist.compositions.room import box, room_tone
from pixora_pipeline.providers.embedded.artist.silhouette import Point
from pixora_pipeline.providers.embedded.artist.stage import Stage


def paint_curtains(stage: Stage, corner: Point, size: tuple[float, float]) -> None:
    """Curtains on both sides of a window whose frame begins at `corner`."""
    cloth = Tone(0.5, 0.11, stage.palette.accent.hue)
    (left, top), (wide, high) = corner, size
    for way, edge in ((1, left), (-1, left + wide)):
        for fold in range(5):
            start = edge - way * stage.unit * 0.045 + way * fold * stage.unit * 0.024
            lean = way * stage.unit * 0.004 * fold
            tone = cloth.shifted(0.05 if fold % 2 else -0.05)
            points = [
                (start, top),
                (start + way * stage.unit * 0.026, top),
                (start + way * stage.unit * 0.026 - lean, top + high),
                (start - lean, top + high),
            ]
            stage.canvas.fill(points, room_tone(stage, tone), room_tone(stage, tone.shifted(-0.08)))
    rod = room_tone(stage, Tone(0.4, 0.06, 60))
    stage.canvas.stroke(
        [(left - stage.unit * 0.07, top), (left + wide + stage.unit * 0.07, top)], stage.unit * 0.008, rod
    )


def paint_shelves(stage: Stage, x: float, floor: float) -> None:
    """A bookcase against the wall."""
    wide, high = stage.unit * 0.3, stage.unit * 0.68
    left, top = x - wide / 2, floor - high
    wood = Tone(0.4, 0.07, 50)
    stage.canvas.fill(box(left, top, left + wide, floor), room_tone(stage, wood), room_tone(stage, wood.shifted(-0.08)))
    rim, levels = stage.unit * 0.014, 5
    step = (high - rim) / levels
    for level in range(levels):
        upper = top + rim + level * step
        stage.canvas.fill(
            box(left + rim, upper, left + wide - rim, upper + step - rim), room_tone(stage, wood.shifted(-0.17))
        )
        place = left + rim * 1.3
        while place < left + wide - rim * 2.2:
            thick = stage.unit * stage.between(0.008, 0.022)
            if stage.chance(0.86):
                tall = (step - rim) * stage.between(0.6, 0.92)
                spine = Tone(stage.between(0.38, 0.62), 0.09, stage.between(0, 360)).towards(stage.palette.accent, 0.35)
                foot = upper + step - rim
                right = min(place + thick * 0.92, left + wide - rim * 1.2)
                stage.canvas.fill(
                    box(place, foot - tall, right, foot),
                    room_tone(stage, spine),
                    room_tone(stage, spine.shifted(-0.08)),
                )
            place += thick


def paint_table(stage: Stage, x: float, floor: float) -> None:
    """A round table with a cup or flowers on it."""
    wood, y = Tone(0.44, 0.075, 48), floor - stage.unit * 0.12
    wide = stage.unit * 0.2
    low = floor + stage.unit * 0.12
    leg = room_tone(stage, wood.shifted(-0.13))
    stage.canvas.disc((x, low), (wide * 0.8, wide * 0.12), room_tone(stage, Tone(0.15, 0.02, 60)), opacity=0.4)
    for way in (-0.6, 0.0, 0.6):
        stage.canvas.stroke([(x + way * wide * 0.4, y), (x + way * wide, low)], stage.unit * 0.013, leg)
    stage.canvas.disc((x, y + stage.unit * 0.012), (wide, wide * 0.2), leg)
    stage.canvas.disc((x, y), (wide, wide * 0.2), room_tone(stage, wood.shifted(0.1)), room_tone(stage, wood))
    vase = Tone(0.55, 0.1, stage.palette.accent.hue)
    half = stage.unit * 0.028
    body = [
        (x - half, y - half * 0.3),
        (x - half * 1.25, y - half * 1.6),
        (x - half * 0.5, y - half * 2.8),
        (x + half * 0.5, y - half * 2.8),
        (x + half * 1.25, y - half * 1.6),
        (x + half, y - half * 0.3),
    ]
    for _ in range(11):
        turn = stage.rng.normal(0, 0.5)
        head = (x + np.sin(turn) * half * 3.4, y - half * 2.8 - np.cos(turn) * half * stage.between(1.4, 3.4))
        stage.canvas.stroke([(x, y - half * 2.7), head], max(1.0, half * 0.1), room_tone(stage, stage.palette.leaf))
        petal = stage.palette.accent.shifted(0.12, 1.0, stage.between(-40, 40))
        stage.canvas.disc(head, (half * 0.5, half * 0.45), room_tone(stage, petal))
    stage.canvas.fill(body, room_tone(stage, vase.shifted(0.1)), room_tone(stage, vase.shifted(-0.12)))


def paint_rug(stage: Stage, x: float, floor: float) -> None:
    """An oval rug in three colours."""
    cloth = Tone(0.48, 0.12, stage.palette.accent.hue)
    y = floor + (stage.height - floor) * 0.55
    for share, tone in (
        (1.0, cloth.shifted(-0.08)),
        (0.9, cloth.shifted(0.2, 0.5)),
        (0.84, cloth),
        (0.4, cloth.shifted(0.14, 0.6)),
    ):
        radii = (stage.unit * 0.42 * share, (stage.height - floor) * 0.27 * share)
        stage.canvas.disc((x, y), radii, room_tone(stage, tone), room_tone(stage, tone.shifted(-0.04)))


def paint_armchair(stage: Stage, x: float, floor: float, side: int) -> None:
    """A winged chair turned towards the room."""
    cloth = Tone(0.45, 0.09, (stage.palette.accent.hue + 150) % 360)
    unit, low = stage.unit, floor + stage.unit * 0.15
    light, dark = room_tone(stage, cloth.shifted(0.06)), room_tone(stage, cloth.shifted(-0.1))
    stage.canvas.disc((x, low), (unit * 0.17, unit * 0.022), room_tone(stage, Tone(0.12, 0.02, 60)), opacity=0.45)
    back = [(-0.12, -0.02), (-0.145, -0.3), (-0.1, -0.37), (0.06, -0.37), (0.1, -0.3), (0.1, -0.02)]
    stage.canvas.fill([(x + side * px * unit, low + py * unit) for px, py in back], light, dark)
    seat = [(-0.1, -0.02), (-0.1, -0.14), (0.16, -0.14), (0.16, -0.02)]
    stage.canvas.fill(
        [(x + side * px * unit, low + py * unit) for px, py in seat], room_tone(stage, cloth.shifted(0.12)), dark
    )
    arm = [(-0.03, -0.01), (-0.03, -0.2), (0.0, -0.225), (0.17, -0.2), (0.18, -0.01)]
    stage.canvas.fill([(x + side * px * unit, low + py * unit) for px, py in arm], room_tone(stage, cloth), dark)


def paint_pendant(stage: Stage, x: float, floor: float) -> None:
    """A lamp that hangs from the ceiling."""
    lamp = stage.palette.lamp.colour()
    y = max(floor - stage.unit * 0.52, stage.unit * 0.12)
    dark = room_tone(stage, Tone(0.3, 0.03, 60))
    stage.canvas.stroke([(x, 0), (x, y)], max(1.0, stage.unit * 0.003), dark)
    half = stage.unit * 0.062
    stage.canvas.glow((x, y + half), stage.unit * 0.42, lamp, 0.55)
    stage.canvas.fill(
        [(x - half * 0.3, y), (x + half * 0.3, y), (x + half, y + half * 1.1), (x - half, y + half * 1.1)],
        mix(dark, lamp, 0.45),
        mix(dark, lamp, 0.75),
    )
    stage.canvas.disc((x, y + half * 1.15), (half * 0.85, half * 0.2), mix(lamp, np.ones(3, np.float32), 0.5))
