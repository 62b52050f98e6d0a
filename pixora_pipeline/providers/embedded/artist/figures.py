"""People in a picture: each character as a standing figure in their own colours, lit as the scene is."""

from collections.abc import Sequence

import cv2
import numpy as np

from pixora_pipeline.providers.embedded.artist.colour import Colour, Tone
from pixora_pipeline.providers.embedded.artist.curves import mirrored
from pixora_pipeline.providers.embedded.artist.garments import wear_armour, wear_coat, wear_dress, wear_robe, wear_suit
from pixora_pipeline.providers.embedded.artist.look import Appearance
from pixora_pipeline.providers.embedded.artist.sheet import FINE, Sheet
from pixora_pipeline.providers.embedded.artist.silhouette import Point
from pixora_pipeline.providers.embedded.artist.stage import Footing, Stage


def paint_figures(stage: Stage, footing: Footing, looks: Sequence[Appearance], light_x: float) -> Point:
    """Stand the people side by side on the footing; gives the middle of the group at the height of their chests."""
    space = footing.tall * 0.46
    room = stage.width * 0.8
    space = min(space, room / max(len(looks), 1))
    left = footing.x - space * (len(looks) - 1) / 2
    left = float(
        np.clip(left, 0.12 * stage.width, max(0.12 * stage.width, 0.88 * stage.width - space * (len(looks) - 1)))
    )
    for index, look in enumerate(looks):
        x = left + index * space
        depth = stage.rng.uniform(-0.012, 0.03) * footing.tall
        _stand(stage, look, (x, footing.ground + depth), footing, light_x)
    return left + space * (len(looks) - 1) / 2, footing.ground - footing.tall * 0.65


def _stand(stage: Stage, look: Appearance, foot: Point, footing: Footing, light_x: float) -> None:
    tall = footing.tall * {"child": 0.66, "old": 0.95}.get(look.age, 1.0) * (0.95 if look.woman else 1.0)
    sheet = Sheet(max(tall, 8.0))
    draw_figure(sheet, look)
    side = 1.0 if light_x > foot[0] else -1.0
    stage.canvas.disc(
        (foot[0] - side * tall * 0.1, foot[1]), (tall * 0.24, tall * 0.028), stage.palette.near.colour(), opacity=0.5
    )
    _lay(stage, sheet, foot, footing.backlit, side)


def _lay(stage: Stage, sheet: Sheet, foot: Point, backlit: float, side: float) -> None:
    """Put the figure on the picture: dimmed by the scene's light, with a bright edge towards it."""
    colours = stage.palette
    dim = backlit * {"night": 1.25, "day": 0.55}.get(stage.light, 0.95)
    shade = colours.near.towards(colours.far, 0.12).colour()
    pixels = sheet.canvas.pixels
    pixels += np.float32(min(dim, 0.5)) * (shade[:, None, None] - pixels)
    _rim(
        sheet,
        colours.glow.colour() if stage.light != "night" else colours.horizon.shifted(0.25).colour(),
        side,
        0.4 + 0.4 * backlit,
    )
    size = (sheet.canvas.width // FINE, sheet.canvas.height // FINE)
    alpha = cv2.resize(sheet.cover.mask, size, interpolation=cv2.INTER_AREA).astype(np.float32) / 255
    planes = np.stack([cv2.resize(plane, size, interpolation=cv2.INTER_AREA) for plane in pixels])
    left, top = round(foot[0] - sheet.axis / FINE), round(foot[1] - sheet.foot / FINE)
    stage.canvas.paste(planes, alpha, (left, top))


def _rim(sheet: Sheet, colour: Colour, side: float, strength: float) -> None:
    """Light along the edge that faces the sun."""
    mask = sheet.cover.mask
    reach = max(2.0, sheet.scale * 0.014)
    move = np.array([[1, 0, -side * reach], [0, 1, reach * 0.6]], np.float32)
    moved = cv2.warpAffine(mask, move, (mask.shape[1], mask.shape[0]))
    edge = cv2.GaussianBlur(cv2.subtract(mask, moved), (0, 0), max(0.8, reach * 0.3)).astype(np.float32) / 255
    sheet.canvas.veil(edge * np.float32(strength), colour)


def draw_figure(sheet: Sheet, look: Appearance) -> None:
    """Draw a standing figure, seen from the front, without a face."""
    cloth = look.garment_tone
    if look.staff:
        sheet.limb([(0.19, 0.0), (0.185, 1.0)], (0.016, 0.02), Tone(0.42, 0.07, 55))
    if look.hair == "long" and look.headwear not in ("hood", "scarf"):
        sheet.shape(
            mirrored([(0.0, 0.985), (0.062, 0.95), (0.076, 0.86), (0.07, 0.74), (0.03, 0.7)]),
            look.hair_tone.shifted(-0.06),
        )
    {"robe": wear_robe, "dress": wear_dress, "suit": wear_suit, "coat": wear_coat, "armour": wear_armour}[look.garment](
        sheet, look, cloth
    )
    head = 1.16 if look.age == "child" else 1.0
    sheet.limb([(0.0, 0.8), (0.0, 0.87)], (0.05, 0.045), look.skin.shifted(-0.06))
    sheet.oval((0.0, 0.912), (0.05 * head, 0.064 * head), look.skin, 0.06)
    _hair(sheet, look, head)
    if look.beard:
        long = 0.07 + 0.1 * look.beard
        sheet.shape(
            [(-0.05, 0.91), (0.0, 0.892), (0.05, 0.91), (0.042, 0.86), (0.0, 0.9 - long), (-0.042, 0.86)],
            look.hair_tone,
        )
    _headwear(sheet, look, head)


def _hair(sheet: Sheet, look: Appearance, head: float) -> None:
    if look.hair == "bald" or look.headwear in ("hood", "helmet", "turban", "scarf"):
        return
    tone, top = look.hair_tone, 0.912 + 0.064 * head
    if look.hair == "curly":
        for angle in np.linspace(-0.25, np.pi + 0.25, 9):
            place = (float(np.cos(angle)) * 0.05 * head, 0.925 + float(np.sin(angle)) * 0.05 * head)
            sheet.oval(place, (0.028 * head, 0.028 * head), tone, 0.04)
        return
    cap = [
        (0.0, top + 0.012),
        (0.04 * head, top),
        (0.057 * head, 0.925),
        (0.05 * head, 0.895),
        (0.044 * head, 0.94),
        (0.02 * head, 0.952),
    ]
    fringe = [
        (-0.02 * head, 0.948),
        (-0.044 * head, 0.935),
        (-0.05 * head, 0.895),
        (-0.057 * head, 0.925),
        (-0.04 * head, top),
    ]
    sheet.shape([*cap, *fringe], tone, 0.05)
    if look.hair == "bun":
        sheet.oval((0.0, top + 0.02), (0.027 * head, 0.025 * head), tone)


def _headwear(sheet: Sheet, look: Appearance, head: float) -> None:
    tone, top = look.headwear_tone, 0.912 + 0.064 * head
    if look.headwear == "hat":
        sheet.shape(mirrored([(0.0, top + 0.075), (0.04, top + 0.07), (0.048, top - 0.022)]), tone, 0.08)
        sheet.oval((0.0, top - 0.024), (0.105, 0.017), tone.shifted(-0.05))
    elif look.headwear == "crown":
        low, high, dip = top - 0.03, top + 0.04, top + 0.008
        spikes = [
            (-0.056, low),
            (-0.062, high),
            (-0.03, dip),
            (0.0, high + 0.016),
            (0.03, dip),
            (0.062, high),
            (0.056, low),
        ]
        sheet.shape(spikes, tone, 0.14, False)
    elif look.headwear in _HEADWEAR:
        right, fall = _HEADWEAR[look.headwear]
        worn = look.garment_tone.shifted(-0.06) if look.headwear == "hood" else tone
        sheet.shape(mirrored([(x, y + top - 0.976) for x, y in right]), worn, fall)


# The right half of what is worn, from its top down, for a head whose top is at 0.976; and how it darkens downwards.
_HEADWEAR: dict[str, tuple[list[Point], float]] = {
    "cap": ([(0.0, 1.0), (0.044, 0.984), (0.06, 0.942), (0.02, 0.94)], 0.1),
    "hood": (
        [(0.0, 1.011), (0.06, 0.971), (0.078, 0.88), (0.06, 0.8), (0.042, 0.86), (0.05, 0.93), (0.0, 0.965)],
        0.08,
    ),
    "helmet": ([(0.0, 1.006), (0.05, 0.98), (0.06, 0.91), (0.056, 0.87), (0.04, 0.93), (0.012, 0.935)], 0.2),
    "turban": ([(0.0, 1.024), (0.06, 0.998), (0.07, 0.946), (0.03, 0.931)], 0.12),
    "scarf": (
        [
            (0.0, 0.996),
            (0.05, 0.972),
            (0.064, 0.89),
            (0.085, 0.79),
            (0.03, 0.78),
            (0.042, 0.87),
            (0.042, 0.93),
            (0.0, 0.95),
        ],
        0.08,
    ),
}
