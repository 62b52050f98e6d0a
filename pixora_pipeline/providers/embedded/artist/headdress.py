"""Hair and what is worn on the head of a bust. Measures as on the bust: the face's middle (0, 0), the chin (0, -1)."""

import numpy as np

from pixora_pipeline.providers.embedded.artist.colour import Tone
from pixora_pipeline.providers.embedded.artist.curves import mirrored
from pixora_pipeline.providers.embedded.artist.look import Appearance
from pixora_pipeline.providers.embedded.artist.sheet import Sheet
from pixora_pipeline.providers.embedded.artist.silhouette import Point

# The right half of what is worn over the hair, from its top down its outer edge and back up its inner one.
_WORN: dict[str, list[Point]] = {
    "hood": [(0.0, 1.42), (0.62, 1.22), (0.96, 0.5), (0.98, -0.4), (0.8, -1.25), (0.62, -1.0), (0.76, -0.3),
             (0.74, 0.4), (0.46, 0.88), (0.0, 1.02)],
    "scarf": [(0.0, 1.26), (0.6, 1.08), (0.9, 0.4), (0.92, -0.5), (0.7, -1.3), (0.28, -1.62), (0.3, -1.12),
              (0.66, -0.62), (0.7, 0.3), (0.44, 0.76), (0.0, 0.88)],
    "turban": [(0.0, 1.62), (0.62, 1.44), (0.96, 0.96), (0.8, 0.56), (0.3, 0.62), (0.0, 0.72)],
    "helmet": [(0.0, 1.36), (0.58, 1.18), (0.84, 0.66), (0.86, -0.3), (0.72, -0.62), (0.66, 0.3), (0.3, 0.42),
               (0.1, 0.4), (0.07, -0.3), (0.0, -0.34)],
}  # fmt: skip
# What hangs down behind the shoulders, in the same way.
_BEHIND: dict[str, list[Point]] = {
    "hood": [(0.0, 1.42), (0.62, 1.2), (0.98, 0.5), (1.0, -0.4), (0.86, -1.25), (0.3, -1.5)],
    "scarf": [(0.0, 1.26), (0.6, 1.06), (0.92, 0.4), (0.94, -0.5), (1.08, -1.4), (0.4, -1.75)],
    "long": [
        (0.0, 1.2),
        (0.62, 1.02),
        (0.92, 0.4),
        (0.96, -0.4),
        (1.06, -1.2),
        (0.98, -1.85),
        (0.55, -2.02),
        (0.2, -1.7),
    ],
}
_COVERED = ("hood", "turban", "scarf", "helmet")


def paint_hair_behind(sheet: Sheet, look: Appearance) -> None:
    """What hangs behind neck and shoulders."""
    tone = look.hair_tone.shifted(-0.07)
    if look.headwear in ("hood", "scarf"):
        worn = look.garment_tone.shifted(-0.12) if look.headwear == "hood" else look.headwear_tone.shifted(-0.08)
        sheet.shape(mirrored(_BEHIND[look.headwear]), worn, 0.12)
    elif look.hair == "long":
        sheet.shape(mirrored(_BEHIND["long"]), tone, 0.12)
    elif look.hair == "curly":
        for angle in np.linspace(-0.75, np.pi + 0.75, 17):
            place = (float(np.cos(angle)) * 0.82, 0.22 + float(np.sin(angle)) * 0.86)
            sheet.oval(place, (0.3, 0.3), tone, 0.06)
    elif look.hair == "bun":
        sheet.oval((0.0, 1.3), (0.34, 0.32), tone, 0.08)


def paint_hair_before(sheet: Sheet, look: Appearance) -> None:
    """What lies on the brow and frames the face."""
    if look.hair == "bald" or look.headwear in _COVERED:
        return
    tone = look.hair_tone
    if look.hair == "curly":
        for x, y in (
            (-0.62, 0.62),
            (-0.4, 0.86),
            (-0.12, 0.98),
            (0.16, 0.98),
            (0.42, 0.86),
            (0.64, 0.62),
            (-0.74, 0.34),
            (0.74, 0.34),
        ):
            sheet.oval((x, y), (0.21, 0.2), tone.shifted(0.02), 0.06)
        return
    if look.woman:
        _parted(sheet, look, tone)
    else:
        _cropped(sheet, tone, look.age == "old")
    _strands(sheet, tone)


def _parted(sheet: Sheet, look: Appearance, tone: Tone) -> None:
    """Hair parted a little off the middle, swept to both sides."""
    low = -0.2 if look.hair == "short" else 0.1 if look.hair == "bun" else -0.62
    left = [
        (0.12, 0.94),
        (-0.1, 0.72),
        (-0.5, 0.5),
        (-0.66, 0.12),
        (-0.7, low),
        (-0.84, low - 0.06),
        (-0.86, 0.3),
        (-0.68, 0.9),
        (-0.2, 1.2),
        (0.1, 1.22),
    ]
    right = [
        (0.1, 0.94),
        (0.3, 0.7),
        (0.56, 0.46),
        (0.67, 0.1),
        (0.7, low),
        (0.84, low - 0.06),
        (0.86, 0.3),
        (0.68, 0.92),
        (0.3, 1.19),
        (0.08, 1.22),
    ]
    sheet.shape(left, tone, 0.08)
    sheet.shape(right, tone.shifted(-0.02), 0.08)


def _cropped(sheet: Sheet, tone: Tone, receding: bool) -> None:
    """Short hair, its line across the brow; higher on old heads."""
    brow = 0.78 if receding else 0.62
    outline = [
        (-0.76, 0.1),
        (-0.8, 0.56),
        (-0.56, 1.06),
        (0.0, 1.22),
        (0.56, 1.06),
        (0.8, 0.56),
        (0.76, 0.1),
        (0.67, 0.14),
        (0.62, 0.5),
        (0.36, brow),
        (0.0, brow - 0.06),
        (-0.3, brow + 0.05),
        (-0.6, 0.48),
        (-0.67, 0.14),
    ]
    sheet.shape(outline, tone, 0.07)


def _strands(sheet: Sheet, tone: Tone) -> None:
    """A few lighter strands, so that hair does not look like a cap."""
    colour = tone.shifted(0.09, 1.05).colour()
    for x in (-0.5, -0.34, -0.18, 0.24, 0.4, 0.55):
        rise = np.linspace(0, 1, 12)
        points = np.stack([x * (1.0 - 0.45 * rise), 0.88 - abs(x) * 0.28 + 0.28 * rise], axis=1)
        sheet.canvas.stroke(sheet.at(points), max(1.0, sheet.scale * 0.016), colour, 0.45)


def paint_headwear(sheet: Sheet, look: Appearance) -> None:
    """Hat, crown, hood and the like."""
    if look.headwear in ("hat", "cap"):
        _hat(sheet, look)
    elif look.headwear == "crown":
        _crown(sheet, look.headwear_tone)
    elif look.headwear in _WORN:
        tone = look.garment_tone.shifted(-0.02) if look.headwear == "hood" else look.headwear_tone
        sheet.shape(mirrored(_WORN[look.headwear]), tone, 0.14)
    if look.headwear == "turban":
        for shift in (0.0, 0.22, 0.44):
            fold = [(-0.82 + shift * 0.3, 0.62 + shift), (0.0, 0.95 + shift), (0.7 - shift * 0.4, 1.2 + shift * 0.5)]
            shade = look.headwear_tone.shifted(-0.14)
            sheet.canvas.stroke(sheet.at(fold), max(1.0, sheet.scale * 0.02), shade.colour(), 0.6)
    if look.headwear == "helmet":
        sheet.limb([(0.0, 1.36), (0.0, 0.42)], (0.05, 0.04), look.headwear_tone.shifted(0.16))


def _hat(sheet: Sheet, look: Appearance) -> None:
    """A hat with a brim and a band, or a cap with a peak."""
    tone = look.headwear_tone
    if look.headwear == "hat":
        sheet.shape(mirrored([(0.0, 1.78), (0.5, 1.76), (0.68, 1.5), (0.74, 0.86)]), tone, 0.1)
        band = mirrored([(0.0, 0.96), (0.745, 0.98), (0.755, 0.76), (0.0, 0.74)])
        sheet.shape(band, tone.shifted(-0.12), 0.0, False)
        sheet.oval((0.0, 0.76), (1.32, 0.17), tone.shifted(-0.03), 0.1)
        return
    sheet.shape(mirrored([(0.0, 1.34), (0.6, 1.18), (0.84, 0.72), (0.7, 0.52), (0.0, 0.56)]), tone, 0.1)
    peak = mirrored([(0.0, 0.62), (0.66, 0.6), (0.72, 0.46), (0.3, 0.36), (0.0, 0.35)])
    sheet.shape(peak, tone.shifted(-0.12), 0.05)


def _crown(sheet: Sheet, tone: Tone) -> None:
    """A band with points and jewels."""
    foot = [(0.4, 0.58), (0.0, 0.56), (-0.4, 0.58)]
    tips = [(-0.88, 1.34), (-0.3, 1.52), (0.3, 1.52), (0.88, 1.34)]
    dips = [(-0.5, 1.02), (0.0, 1.08), (0.5, 1.02)]
    spikes = [point for pair in zip(tips, [*dips, (0.78, 0.66)], strict=True) for point in pair]
    sheet.shape([(-0.78, 0.66), *spikes, *foot], tone, 0.2, curved=False)
    band = [(-0.78, 0.8), (-0.4, 0.71), (0.0, 0.69), (0.4, 0.71), (0.78, 0.8), (0.77, 0.66), *foot, (-0.77, 0.66)]
    sheet.shape(band, tone.shifted(-0.12), 0.05, False)
    for x, hue in ((-0.46, 25), (0.0, 255), (0.46, 25)):
        sheet.oval((x, 0.66 + 0.03 * abs(x)), (0.06, 0.06), Tone(0.5, 0.17, hue), 0.0)
    for x, y in tips:
        sheet.oval((x, y + 0.02), (0.055, 0.055), tone.shifted(0.1), 0.1)
