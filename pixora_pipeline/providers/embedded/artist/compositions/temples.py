"""Temples: columns, standing or fallen; the words may call for a pyramid instead."""

import numpy as np

from pixora_pipeline.providers.embedded.artist.buildings import aired, lamps_lit
from pixora_pipeline.providers.embedded.artist.colour import Tone, mix
from pixora_pipeline.providers.embedded.artist.compositions.heights import foreground_place
from pixora_pipeline.providers.embedded.artist.compositions.masonry import Stone, masonry
from pixora_pipeline.providers.embedded.artist.compositions.pyramids import pyramids, ziggurat
from pixora_pipeline.providers.embedded.artist.land import below, crest, paint_ranges
from pixora_pipeline.providers.embedded.artist.plants import poplar
from pixora_pipeline.providers.embedded.artist.sky import Sky, paint_sky
from pixora_pipeline.providers.embedded.artist.stage import Composed, Stage


def temple(stage: Stage) -> Composed:
    """A temple with columns, a ruin of one, or a stepped pyramid, by the words or by chance."""
    horizon = stage.height * stage.between(0.62, 0.7)
    sky = paint_sky(stage, horizon)
    pointed = stage.says("pyramid", "pyramids", "egypt", "pharaoh", "pharaohs", "nile", "giza")
    stepped = stage.says("ziggurat", "uruk", "babylon", "maya", "aztec", "mesopotamia", "sumer", "gilgamesh")
    ruined = stage.says("ruin", "ruins", "ruined", "fallen", "lost", "collapse", "ancient")
    if pointed or (not stepped and not ruined and stage.chance(0.2)):
        return pyramids(stage, sky, horizon)
    paint_ranges(stage, (horizon - 0.05 * stage.unit, horizon), 2, 0.5, (0.04, 0.16))
    if stepped or (not ruined and stage.chance(0.2)):
        return ziggurat(stage, sky, horizon)
    return _columns(stage, sky, horizon, ruined or stage.chance(0.35))


def _columns(stage: Stage, sky: Sky, horizon: float, ruined: bool) -> Composed:
    x, size = stage.width / 2 + stage.between(-0.06, 0.06) * stage.width, stage.unit * stage.between(0.66, 0.8)
    line = crest(stage, horizon + 0.03 * stage.unit, stage.unit * 0.015, 1.4)
    dry = stage.palette.leaf.towards(Tone(0.7, 0.06, 80), 0.5)
    earth = aired(stage, dry, 0.85)
    stage.canvas.lay(below(stage, line).mask, earth, stage.palette.land(0.9))
    foot = float(line[int(x)]) + 0.035 * stage.unit
    stone = masonry(stage, 0.92)
    for step in range(3):
        half, low = size * (0.56 - 0.02 * step), foot - size * 0.024 * step
        shade = mix(stone.lit, stone.shade, 0.25 + 0.15 * step)
        stage.canvas.box((x - half, low - size * 0.024), (x + half, low), shade)
    base, high = foot - size * 0.072, size * 0.4
    turn = 1 if sky.source[0] > x else -1
    if not ruined:
        inner = mix(stone.shade, stage.palette.land(1.0), 0.55)
        low = mix(inner, stone.gap, 0.4 if lamps_lit(stage) else 0.0)
        stage.canvas.box((x - size * 0.42, base - high), (x + size * 0.42, base), inner, low)
    _colonnade(stage, stone, (x, base), size, turn, ruined)
    _gable(stage, stone, (x, base - high), size, turn, ruined)
    _cypresses(stage, line, x, size)
    footing = foreground_place(stage, stage.height * 0.94, sky.source[0])
    return Composed((x, base - high * 0.9), footing)


def _colonnade(stage: Stage, stone: Stone, base: tuple[float, float], size: float, turn: int, ruined: bool) -> None:
    """Seven columns, some of them broken in a ruin, lamps between them at night."""
    (x, y), high = base, size * 0.4
    for index, place in enumerate(np.linspace(-0.46, 0.46, 7)):
        broken = ruined and stage.chance(0.45)
        tall = high * (stage.between(0.25, 0.8) if broken else 1.0)
        _column(stage, stone, (x + place * size, y), (size * 0.052, tall), turn, not broken)
        if lamps_lit(stage) and index % 2 and not ruined:
            lamp = (x + place * size + size * 0.076, y - high * 0.2)
            stage.canvas.glow(lamp, size * 0.12, stage.palette.lamp.colour(), 0.6)


def _column(
    stage: Stage, stone: Stone, foot: tuple[float, float], size: tuple[float, float], turn: int, capital: bool
) -> None:
    (x, y), (wide, high) = foot, size
    for index in range(8):
        start, end = -1 + index / 4, -1 + (index + 1) / 4
        light = 0.5 + 0.5 * np.sin((start + end) / 2 * turn * 1.3) + (0.07 if index % 2 else -0.07)
        colour = mix(stone.shade, stone.lit, float(np.clip(light, 0, 1)))
        slim = wide * 0.42
        stage.canvas.fill(
            [
                (x + slim * start, y - high),
                (x + slim * end + 0.5, y - high),
                (x + wide / 2 * end + 0.5, y),
                (x + wide / 2 * start, y),
            ],
            colour,
        )
    if capital:
        head = wide * 0.66
        stage.canvas.fill(
            [
                (x - head, y - high - wide * 0.12),
                (x + head, y - high - wide * 0.12),
                (x + wide * 0.44, y - high + wide * 0.2),
                (x - wide * 0.44, y - high + wide * 0.2),
            ],
            mix(stone.lit, stone.shade, 0.3),
        )


def _gable(stage: Stage, stone: Stone, place: tuple[float, float], size: float, turn: int, ruined: bool) -> None:
    x, y = place
    half, beam = size * 0.53, size * 0.055
    y -= size * 0.006
    if ruined:
        left, right = sorted((stage.between(-1.0, -0.2), stage.between(0.1, 0.6)))
        stage.canvas.fill(
            [
                (x + half * left, y),
                (x + half * left, y - beam),
                (x + half * (right - 0.1), y - beam),
                (x + half * right, y),
            ],
            mix(stone.lit, stone.shade, 0.4),
        )
        return
    stage.canvas.fill(
        [(x - half, y), (x - half, y - beam), (x + half, y - beam), (x + half, y)], mix(stone.lit, stone.shade, 0.35)
    )
    peak = y - beam - size * 0.16
    stage.canvas.fill(
        [(x - half * 1.03, y - beam), (x + half * 1.03, y - beam), (x, peak)],
        stone.lit,
        mix(stone.lit, stone.shade, 0.5),
    )
    stage.canvas.fill(
        [(x - half * 0.86, y - beam * 1.25), (x + half * 0.86, y - beam * 1.25), (x, peak + size * 0.03)],
        mix(stone.shade, stone.lit, 0.2),
    )


def _cypresses(stage: Stage, line: np.ndarray, x: float, size: float) -> None:
    shape = stage.canvas.silhouette()
    for side in (-1, 1):
        for _ in range(4):
            place = x + side * size * stage.between(0.62, 0.95)
            if 0 <= place < stage.width:
                poplar(
                    stage.rng, shape, place, float(line[int(place)]) + size * 0.012, size * stage.between(0.22, 0.42)
                )
    stage.canvas.lay(
        shape.mask, mix(stage.palette.foliage(0.7), stage.palette.land(1.0), 0.45), stage.palette.land(1.0)
    )
