"""What a standing figure wears below the neck. Measures as on the sheet: height 1, x = 0 the axis."""

from pixora_pipeline.providers.embedded.artist.colour import Tone
from pixora_pipeline.providers.embedded.artist.curves import mirrored
from pixora_pipeline.providers.embedded.artist.look import Appearance
from pixora_pipeline.providers.embedded.artist.sheet import Sheet


def _legs(sheet: Sheet, top: float, tone: Tone) -> None:
    for side in (-1, 1):
        sheet.limb([(side * 0.045, top), (side * 0.05, 0.04)], (0.075, 0.05), tone)
        sheet.shape(
            [(side * 0.025, 0.05), (side * 0.078, 0.05), (side * 0.095, 0.008), (side * 0.022, 0.008)],
            tone.shifted(-0.08),
            0,
            False,
        )


def _arms(sheet: Sheet, look: Appearance, sleeve: Tone, width: float = 0.056) -> None:
    for side in (-1, 1):
        hand = (side * 0.15, 0.45) if not (look.staff and side > 0) else (0.185, 0.6)
        elbow = (side * 0.142, 0.62) if not (look.staff and side > 0) else (0.17, 0.62)
        sheet.oval(hand, (0.022, 0.026), look.skin.shifted(-0.03))
        sheet.limb([(side * 0.098, 0.79), elbow, (hand[0], hand[1] + 0.02)], (width * 1.15, width * 0.85), sleeve)


def wear_coat(sheet: Sheet, look: Appearance, cloth: Tone) -> None:
    """A long coat over trousers."""
    _legs(sheet, 0.3, Tone(0.27, 0.02, 260))
    body = [(0.03, 0.845), (0.1, 0.82), (0.115, 0.7), (0.092, 0.58), (0.125, 0.4), (0.15, 0.22), (0.06, 0.205)]
    sheet.shape(mirrored(body), cloth, 0.14)
    _arms(sheet, look, cloth.shifted(-0.05))
    sheet.limb([(0.0, 0.8), (0.006, 0.21)], (0.006, 0.008), cloth.shifted(-0.15))
    sheet.shape(
        [(-0.03, 0.85), (0.03, 0.85), (0.062, 0.815), (0.0, 0.74), (-0.062, 0.815)], cloth.shifted(0.09), 0.05, False
    )


def wear_robe(sheet: Sheet, look: Appearance, cloth: Tone) -> None:
    """A robe to the ground, with a sash."""
    body = [(0.03, 0.85), (0.105, 0.815), (0.125, 0.68), (0.12, 0.5), (0.15, 0.25), (0.175, 0.02), (0.07, 0.0)]
    sheet.shape(mirrored(body), cloth, 0.16)
    for side in (-1, 1):
        sheet.limb([(side * 0.05, 0.48), (side * 0.085, 0.03)], (0.008, 0.016), cloth.shifted(-0.1))
    _arms(sheet, look, cloth.shifted(-0.05), 0.075)
    sash = Tone(0.75, 0.12, 80) if cloth.hue < 20 or cloth.hue > 120 else Tone(0.4, 0.1, 25)
    sheet.shape([(-0.108, 0.585), (0.108, 0.585), (0.112, 0.54), (-0.112, 0.54)], sash, 0.05, False)
    sheet.limb([(0.03, 0.55), (0.045, 0.36)], (0.026, 0.03), sash.shifted(-0.04))


def wear_dress(sheet: Sheet, look: Appearance, cloth: Tone) -> None:
    """A dress with a full skirt."""
    _legs(sheet, 0.1, look.skin.shifted(-0.08))
    _arms(sheet, look, cloth.shifted(-0.04), 0.046)
    body = [
        (0.028, 0.84),
        (0.088, 0.815),
        (0.095, 0.72),
        (0.068, 0.6),
        (0.11, 0.44),
        (0.17, 0.2),
        (0.2, 0.075),
        (0.08, 0.06),
    ]
    sheet.shape(mirrored(body), cloth, 0.15)
    for side in (-1, 1):
        sheet.limb([(side * 0.03, 0.5), (side * 0.09, 0.08)], (0.006, 0.016), cloth.shifted(-0.1))
    sheet.shape([(-0.072, 0.615), (0.072, 0.615), (0.075, 0.585), (-0.075, 0.585)], cloth.shifted(-0.18), 0, False)
    sheet.shape([(-0.04, 0.845), (0.04, 0.845), (0.0, 0.78)], look.skin.shifted(-0.03), 0.0, False)


def wear_suit(sheet: Sheet, look: Appearance, cloth: Tone) -> None:
    """A jacket over a shirt, and trousers."""
    _legs(sheet, 0.5, cloth.shifted(-0.12, 0.8))
    body = [(0.03, 0.845), (0.102, 0.82), (0.112, 0.7), (0.094, 0.58), (0.105, 0.44), (0.05, 0.43)]
    sheet.shape(mirrored(body), cloth, 0.1)
    _arms(sheet, look, cloth.shifted(-0.05))
    sheet.shape([(-0.03, 0.85), (0.03, 0.85), (0.0, 0.66)], Tone(0.92, 0.01, 90), 0.05, False)
    for side in (-1, 1):
        sheet.shape(
            [(side * 0.03, 0.85), (side * 0.062, 0.815), (side * 0.002, 0.65)], cloth.shifted(0.07), 0.02, False
        )


def wear_armour(sheet: Sheet, look: Appearance, cloth: Tone) -> None:
    """Plates and a cape."""
    cape = Tone(0.42, 0.15, 25) if cloth.chroma < 0.05 else cloth.shifted(-0.1)
    sheet.shape(mirrored([(0.05, 0.83), (0.13, 0.78), (0.17, 0.4), (0.19, 0.1), (0.06, 0.09)]), cape, 0.15)
    _legs(sheet, 0.48, cloth.shifted(-0.1))
    body = [(0.03, 0.845), (0.105, 0.82), (0.115, 0.7), (0.088, 0.58), (0.12, 0.42), (0.05, 0.4)]
    sheet.shape(mirrored(body), cloth.shifted(0.08), 0.22)
    _arms(sheet, look, cloth.shifted(-0.03))
    for side in (-1, 1):
        sheet.oval((side * 0.108, 0.79), (0.046, 0.04), cloth.shifted(0.12), 0.15)
    sheet.shape([(-0.092, 0.6), (0.092, 0.6), (0.095, 0.57), (-0.095, 0.57)], Tone(0.4, 0.07, 50), 0, False)
