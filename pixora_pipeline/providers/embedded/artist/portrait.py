"""A character's portrait: head and shoulders before a quiet landscape or a disc of light."""

import cv2
import numpy as np

from pixora_pipeline.providers.embedded.artist.canvas import Canvas
from pixora_pipeline.providers.embedded.artist.colour import Tone, mix
from pixora_pipeline.providers.embedded.artist.curves import mirrored
from pixora_pipeline.providers.embedded.artist.face import paint_face
from pixora_pipeline.providers.embedded.artist.headdress import paint_hair_before, paint_hair_behind, paint_headwear
from pixora_pipeline.providers.embedded.artist.land import paint_ranges
from pixora_pipeline.providers.embedded.artist.look import Appearance
from pixora_pipeline.providers.embedded.artist.noise import enlarged, fractal
from pixora_pipeline.providers.embedded.artist.sheet import FINE, Sheet
from pixora_pipeline.providers.embedded.artist.silhouette import Point, Silhouette
from pixora_pipeline.providers.embedded.artist.sky import paint_sky
from pixora_pipeline.providers.embedded.artist.stage import Composed, Stage


def portrait(stage: Stage, look: Appearance) -> Composed:
    """Paint the background, then the bust; the face is the focus."""
    x, y = stage.width / 2, stage.height * 0.47 if not stage.tall else stage.height * 0.44
    size = stage.unit * {"child": 0.2, "old": 0.225}.get(look.age, 0.225)
    _background(stage, (x, y), size)
    sheet = Bust(stage, (x, y), size)
    side = 1.0 if stage.chance(0.5) else -1.0
    paint_hair_behind(sheet, look)
    _shoulders(sheet, look)
    paint_face(sheet, look, side)
    paint_hair_before(sheet, look)
    paint_headwear(sheet, look)
    _lay(stage, sheet, side)
    return Composed((x, y))


class Bust(Sheet):
    """The sheet a bust is drawn on. Its measures: the face's middle is (0, 0), the chin (0, -1), y up."""

    def __init__(self, stage: Stage, face: Point, size: float) -> None:
        super().__init__(8.0)
        below = int((stage.height - face[1]) * FINE) + 4
        above = int(face[1] * FINE) + 4
        width = int(stage.width * FINE)
        self.scale = size * FINE
        self.canvas, self.cover = Canvas(width, above + below), Silhouette(width, above + below)
        self.axis, self.foot = face[0] * FINE, float(above)


def _background(stage: Stage, face: Point, size: float) -> None:
    """A blurred evening country, or a wall with soft light, and a disc of light behind the head."""
    colours = stage.palette
    if stage.chance(0.6):
        horizon = stage.height * 0.66
        paint_sky(stage, horizon, disc=False)
        paint_ranges(stage, (horizon - 0.1 * stage.unit, stage.height * 0.86), 4, 0.5, (0.06, 0.6))
        step = max(1.0, stage.unit / 160)
        for plane in stage.canvas.pixels:
            plane[:] = cv2.GaussianBlur(plane, (0, 0), step)
    else:
        shape = (203, 360)
        cloud = fractal(stage.rng, shape, (3, 5), 6)
        wall, low = colours.middle.shifted(-0.08), colours.zenith.shifted(-0.02)
        rows = np.linspace(0, 1, stage.height, dtype=np.float32)[None, :]
        run = wall.colour()[:, None] + (low.colour() - wall.colour())[:, None] * rows
        stage.canvas.cover(run.astype(np.float32))
        stage.canvas.pixels *= 1 + 0.05 * enlarged(cloud, (stage.height, stage.width))
    disc = size * 1.75
    centre = (face[0], face[1] - size * 0.1)
    light = colours.horizon.towards(colours.glow, 0.5)
    stage.canvas.glow(centre, disc * 1.5, light.colour(), 0.5)
    stage.canvas.disc(centre, (disc, disc), light.colour(), light.towards(colours.accent, 0.4).colour(), 0.5)
    ring = np.linspace(0, 2 * np.pi, 200)
    path = np.stack([centre[0] + np.cos(ring) * disc * 1.08, centre[1] + np.sin(ring) * disc * 1.08], axis=1)
    stage.canvas.stroke(path, max(1.0, stage.unit * 0.003), colours.glow.colour(), 0.55)


def _shoulders(sheet: Bust, look: Appearance) -> None:
    """Neck, shoulders and the garment's collar."""
    cloth = look.garment_tone
    wide = {"child": 1.35}.get(look.age, 1.62 if look.woman else 1.92)
    body = [(0.3, -1.12), (0.62, -1.3), (wide * 0.82, -1.52), (wide, -1.95), (wide * 1.06, -3.0), (wide, -6.0)]
    neck = 0.3 if look.woman or look.age == "child" else 0.38
    sheet.shape(
        mirrored([(neck * 0.92, -0.6), (neck, -1.1), (neck * 1.5, -1.5), (neck, -2.0)]), look.skin.shifted(-0.1), 0.05
    )
    sheet.shape(mirrored(body), cloth, 0.2)
    {"suit": _lapels, "coat": _collar, "robe": _cross, "dress": _neckline, "armour": _plates}[look.garment](
        sheet, look, cloth
    )


def _lapels(sheet: Bust, look: Appearance, cloth: Tone) -> None:
    sheet.shape(
        [(-0.36, -1.12), (0.36, -1.12), (0.22, -1.9), (0.0, -2.7), (-0.22, -1.9)], Tone(0.93, 0.01, 90), 0.06, False
    )
    tie = look.garment_tone.shifted(0.1, 1.4, 150) if look.garment_tone.chroma > 0.05 else Tone(0.45, 0.15, 25)
    sheet.shape(
        [(-0.1, -1.36), (0.1, -1.36), (0.06, -1.52), (0.14, -2.5), (0.0, -2.66), (-0.14, -2.5), (-0.06, -1.52)],
        tie,
        0.1,
        False,
    )
    for side in (-1, 1):
        sheet.shape(
            [
                (side * 0.36, -1.1),
                (side * 0.72, -1.5),
                (side * 0.6, -1.78),
                (side * 0.72, -1.86),
                (side * 0.0, -2.85),
                (side * 0.2, -1.8),
            ],
            cloth.shifted(0.06),
            0.06,
            False,
        )


def _collar(sheet: Bust, look: Appearance, cloth: Tone) -> None:
    scarf = cloth.shifted(0.14, 0.7, 140)
    sheet.shape(mirrored([(0.0, -1.22), (0.34, -1.08), (0.46, -1.3), (0.24, -1.62), (0.0, -1.72)]), scarf, 0.12)
    for side in (-1, 1):
        sheet.shape(
            [(side * 0.4, -1.06), (side * 0.62, -1.24), (side * 0.72, -1.72), (side * 0.2, -2.2), (side * 0.06, -1.9)],
            cloth.shifted(0.07),
            0.08,
            False,
        )
    sheet.limb([(0.0, -2.0), (0.0, -5.0)], (0.03, 0.03), cloth.shifted(-0.14))
    for row in (-2.35, -2.95):
        sheet.oval((0.14, row), (0.055, 0.055), cloth.shifted(0.2, 0.6))


def _cross(sheet: Bust, look: Appearance, cloth: Tone) -> None:
    """A robe's two edges crossing over the chest, with a border."""
    trim = Tone(0.78, 0.12, 82) if not 60 < cloth.hue < 110 or cloth.chroma < 0.05 else Tone(0.4, 0.12, 25)
    sheet.shape([(-0.34, -1.14), (0.34, -1.14), (0.0, -2.0)], Tone(0.9, 0.02, 85), 0.08, False)
    for side in (-1, 1):
        sheet.shape(
            [(side * 0.34, -1.08), (side * 0.56, -1.22), (side * -0.22, -2.75), (side * -0.4, -2.5)], trim, 0.1, False
        )


def _neckline(sheet: Bust, look: Appearance, cloth: Tone) -> None:
    sheet.shape(
        mirrored([(0.0, -1.2), (0.3, -1.2), (0.5, -1.34), (0.3, -1.72), (0.0, -1.86)]), look.skin.shifted(-0.05), 0.04
    )
    chain = np.linspace(np.pi * 1.08, np.pi * 1.92, 30)
    points = np.stack([np.cos(chain) * 0.34, -1.3 + np.sin(chain) * 0.32], axis=1)
    sheet.canvas.stroke(sheet.at(points), max(1.0, sheet.scale * 0.028), Tone(0.8, 0.12, 85).colour())
    sheet.oval((0.0, -1.64), (0.05, 0.06), Tone(0.8, 0.12, 85), 0.1)


def _plates(sheet: Bust, look: Appearance, cloth: Tone) -> None:
    bright = cloth.shifted(0.12)
    sheet.shape(mirrored([(0.0, -1.15), (0.36, -1.05), (0.46, -1.35), (0.0, -1.62)]), bright, 0.16)
    for side in (-1, 1):
        sheet.oval((side * 1.34, -1.95), (0.52, 0.5), bright, 0.25)
        sheet.oval((side * 1.36, -2.2), (0.5, 0.46), cloth.shifted(0.04), 0.2)
    sheet.limb([(0.0, -1.62), (0.0, -4.0)], (0.04, 0.03), cloth.shifted(0.16))


def _lay(stage: Stage, sheet: Bust, side: float) -> None:
    """Light and shade over the whole bust, then onto the picture."""
    mask, pixels, colours = sheet.cover.mask, sheet.canvas.pixels, stage.palette
    x = (np.arange(mask.shape[1], dtype=np.float32) - np.float32(sheet.axis)) / np.float32(sheet.scale)
    shade = np.clip(0.1 - 0.2 * x * side, 0, 0.34)[None]
    cool = colours.zenith.towards(colours.near, 0.4).colour()
    pixels += shade[None] * (cool[:, None, None] - pixels)
    reach = sheet.scale * 0.07
    move = np.array([[1, 0, -side * reach], [0, 1, reach * 0.5]], np.float32)
    edge = cv2.subtract(
        mask, cv2.warpAffine(mask, move, (mask.shape[1], mask.shape[0]), borderMode=cv2.BORDER_REPLICATE)
    )
    rim = cv2.GaussianBlur(edge, (0, 0), reach * 0.35).astype(np.float32) / 255
    sheet.canvas.veil(rim * np.float32(0.55), colours.glow.colour())
    size = (mask.shape[1] // FINE, mask.shape[0] // FINE)
    alpha = cv2.resize(mask, size, interpolation=cv2.INTER_AREA).astype(np.float32) / 255
    planes = np.stack([cv2.resize(plane, size, interpolation=cv2.INTER_AREA) for plane in pixels])
    tint = mix(np.ones(3, np.float32), colours.horizon.colour(), 0.22)
    planes *= tint[:, None, None]
    stage.canvas.paste(planes, alpha, (0, -2))
