"""A face, simply: shape, features and what age and beard make of them. Measures as on the bust: chin at (0, -1)."""

import numpy as np

from pixora_pipeline.providers.embedded.artist.colour import Tone
from pixora_pipeline.providers.embedded.artist.curves import mirrored, smooth
from pixora_pipeline.providers.embedded.artist.look import Appearance
from pixora_pipeline.providers.embedded.artist.sheet import Sheet
from pixora_pipeline.providers.embedded.artist.silhouette import Point


def paint_face(sheet: Sheet, look: Appearance, side: float) -> None:
    """Ears, the face's shape with its shaded half, features, beard; `side` (-1, 1) is where the light is."""
    skin = look.skin
    for way in (-1, 1):
        sheet.oval((way * 0.735, -0.05), (0.11, 0.19), skin.shifted(-0.07), 0.06)
    outline = _outline(look)
    sheet.shape(outline, skin, 0.035)
    _clip_shade(sheet, outline, side, skin.shifted(-0.075, 1.05, -4))
    _cheeks(sheet, look)
    _eyes(sheet, look)
    _nose(sheet, look, side)
    if look.beard:
        _beard(sheet, look)
    _mouth(sheet, look)
    if look.age == "old":
        _wrinkles(sheet, look)
    if look.glasses:
        _glasses(sheet)


def _outline(look: Appearance) -> list[Point]:
    if look.age == "child":
        return mirrored(
            [(0.0, 0.98), (0.5, 0.84), (0.74, 0.36), (0.74, -0.2), (0.56, -0.7), (0.24, -0.95), (0.0, -0.98)]
        )
    if look.woman:
        return mirrored(
            [(0.0, 1.02), (0.48, 0.88), (0.7, 0.4), (0.69, -0.1), (0.54, -0.62), (0.22, -0.96), (0.0, -1.0)]
        )
    return mirrored([(0.0, 1.02), (0.5, 0.88), (0.72, 0.4), (0.71, -0.2), (0.62, -0.62), (0.3, -0.98), (0.0, -1.03)])


def _clip_shade(sheet: Sheet, outline: list[Point], side: float, tone: Tone) -> None:
    """The half of the face away from the light, a shade deeper, its edge following brow, nose and chin."""
    points = smooth(outline)
    keep = points[:, 0] * side < 0.0
    edge = np.array(
        [(0.03, 1.0), (0.1, 0.5), (0.05, 0.25), (0.12, -0.1), (0.17, -0.3), (0.06, -0.5), (0.1, -0.75), (0.0, -1.0)]
    )
    inner = edge * np.array([side, 1.0])
    half = points[keep]
    order = np.argsort(-half[:, 1])
    shade = np.concatenate([half[order], inner[::-1]])
    sheet.canvas.fill(sheet.at(shade), tone.colour(), tone.shifted(-0.03).colour(), 0.55)


def _cheeks(sheet: Sheet, look: Appearance) -> None:
    tone = look.skin.shifted(-0.03, 1.5, -28)
    strength = 0.3 if look.age == "child" or look.woman else 0.14
    for way in (-1, 1):
        place = sheet.at([(way * 0.42, -0.32)])[0]
        sheet.canvas.glow((float(place[0]), float(place[1])), sheet.scale * 0.15, tone.colour(), strength * 0.4)
        sheet.canvas.disc(
            (float(place[0]), float(place[1])),
            (sheet.scale * 0.15, sheet.scale * 0.11),
            tone.colour(),
            opacity=strength * 0.55,
        )


def _eyes(sheet: Sheet, look: Appearance) -> None:
    big = 1.2 if look.age == "child" else 1.08 if look.woman else 0.94
    iris = Tone(0.35, 0.07, 60) if look.hair_tone.lightness < 0.5 else Tone(0.45, 0.08, 235)
    wide, high, y = 0.135 * big, 0.062 * big, -0.02
    for way in (-1, 1):
        x = way * 0.31
        upper = [(x - wide, y), (x - wide * 0.5, y + high * 0.9), (x + wide * 0.3, y + high)]
        lower = [(x + wide, y + 0.012), (x + wide * 0.3, y - high * 0.8), (x - wide * 0.5, y - high * 0.75)]
        sheet.shape([*upper, *lower], Tone(0.95, 0.01, 80), 0.04)
        sheet.oval((x, y + 0.005), (0.062 * big, 0.066 * big), iris, 0.0)
        sheet.oval((x, y + 0.005), (0.032 * big, 0.034 * big), Tone(0.12, 0.01, 260), 0.0)
        sheet.oval((x + 0.022, y + 0.03), (0.017, 0.017), Tone(0.99, 0.0, 90), 0.0)
        _lid(sheet, look, (x, y), (wide, high))
        _brow(sheet, look, (x, y), way)


def _lid(sheet: Sheet, look: Appearance, eye: Point, size: tuple[float, float]) -> None:
    """The line of the lashes and the crease above it."""
    (x, y), (wide, high) = eye, size
    lash = look.hair_tone.shifted(-0.1) if look.hair_tone.lightness < 0.5 else Tone(0.32, 0.04, 50)
    rise, fall = (x - wide * 0.45, y + high * 0.98), (x + wide * 0.4, y + high * 1.02)
    line = [(x - wide * 1.08, y - 0.01), rise, fall, (x + wide * 1.1, y + 0.005)]
    thick = sheet.scale * (0.034 if look.woman else 0.026)
    sheet.canvas.stroke(sheet.at(_open(line)), max(1.0, thick), lash.colour())
    crease = [(px, py + 0.05) for px, py in line]
    sheet.canvas.stroke(sheet.at(_open(crease)), max(1.0, sheet.scale * 0.012), look.skin.shifted(-0.16).colour(), 0.5)


def _brow(sheet: Sheet, look: Appearance, eye: Point, way: int) -> None:
    x, y = eye[0], eye[1] + (0.27 if look.woman else 0.23)
    tone = look.hair_tone.shifted(-0.06) if look.age != "old" else look.hair_tone
    thick = (0.05 if look.woman else 0.075) * (0.8 if look.age == "child" else 1.0)
    _tapered(sheet, [(x - way * 0.16, y - 0.03), (x + way * 0.04, y + 0.03), (x + way * 0.2, y - 0.02)], thick, tone)


def _open(points: list[Point]) -> np.ndarray:
    """A smooth open curve through the points."""
    places = np.array(points)
    steps = np.linspace(0, 1, 24)
    knots = np.linspace(0, 1, len(points))
    degree = len(points) - 1
    return np.stack([np.polyval(np.polyfit(knots, places[:, axis], degree), steps) for axis in (0, 1)], axis=1)


def _tapered(sheet: Sheet, points: list[Point], thick: float, tone: Tone) -> None:
    """A stroke that is full at its start and ends in a point."""
    line = _open(points)
    half = thick / 2 * np.linspace(1.0, 0.15, len(line))
    upper = line + np.stack([np.zeros(len(line)), half], axis=1)
    lower = line - np.stack([np.zeros(len(line)), half], axis=1)
    sheet.shape([tuple(point) for point in np.concatenate([upper, lower[::-1]])], tone, 0.0, curved=False)


def _nose(sheet: Sheet, look: Appearance, side: float) -> None:
    small = 0.75 if look.age == "child" else 0.88 if look.woman else 1.0
    shade = look.skin.shifted(-0.12, 1.1, -5)
    tip = -0.38 if look.age != "child" else -0.33
    wing = [
        (-side * 0.03, -0.02),
        (-side * 0.06, -0.2),
        (-side * 0.14 * small, tip + 0.02),
        (-side * 0.06, tip - 0.035),
        (0.02 * side, tip - 0.02),
    ]
    sheet.canvas.fill(sheet.at(smooth(wing)), shade.colour(), opacity=0.6)
    under = [(-0.11 * small, tip), (0.0, tip - 0.05), (0.11 * small, tip)]
    sheet.canvas.stroke(sheet.at(_open(under)), max(1.0, sheet.scale * 0.02), shade.shifted(-0.08).colour(), 0.75)
    place = sheet.at([(side * 0.035, tip + 0.07)])[0]
    sheet.canvas.disc(
        (float(place[0]), float(place[1])),
        (sheet.scale * 0.035, sheet.scale * 0.05),
        look.skin.shifted(0.09).colour(),
        opacity=0.6,
    )


def _mouth(sheet: Sheet, look: Appearance) -> None:
    wide = 0.2 if look.age == "child" else 0.235
    y = -0.62 if look.age != "child" else -0.58
    rich = 1.9 if look.woman else 1.25
    lip = look.skin.shifted(-0.15 if look.woman else -0.1, rich, -24)
    upper = [
        (-wide, y + 0.01),
        (-wide * 0.4, y + 0.05),
        (0.0, y + 0.032),
        (wide * 0.4, y + 0.05),
        (wide, y + 0.01),
        (0.0, y - 0.012),
    ]
    lower = [(-wide * 0.9, y), (0.0, y - 0.012), (wide * 0.9, y), (wide * 0.45, y - 0.07), (-wide * 0.45, y - 0.07)]
    full = 1.0 if look.woman else 0.7
    sheet.canvas.fill(sheet.at(smooth(lower)), lip.shifted(0.05).colour(), opacity=0.85 * full)
    sheet.canvas.fill(sheet.at(smooth(upper)), lip.colour(), opacity=0.9 * full)
    line = [(-wide * 1.02, y + 0.016), (0.0, y - 0.016), (wide * 1.02, y + 0.016)]
    sheet.canvas.stroke(sheet.at(_open(line)), max(1.0, sheet.scale * 0.018), lip.shifted(-0.17).colour(), 0.9)


def _beard(sheet: Sheet, look: Appearance) -> None:
    """Full on cheeks and chin, with a moustache; longer as the look says."""
    tone, long = look.hair_tone, -1.05 - 0.85 * max(0.0, look.beard - 0.3)
    right = [
        (0.0, -0.74),
        (0.2, -0.7),
        (0.3, -0.5),
        (0.5, -0.42),
        (0.69, 0.02),
        (0.73, -0.3),
        (0.62, -0.78),
        (0.4, long * 0.92),
        (0.0, long - 0.1),
    ]
    sheet.shape(mirrored(right), tone, 0.1)
    stash = [(0.0, -0.45), (0.14, -0.45), (0.28, -0.56), (0.3, -0.68), (0.12, -0.585), (0.0, -0.56)]
    sheet.shape(mirrored(stash), tone.shifted(0.03), 0.03)
    for x in np.linspace(-0.4, 0.4, 7):
        path = [(float(x), -0.86), (float(x) * 0.92, (long - 0.86) / 2), (float(x) * 0.6, long + 0.06)]
        sheet.canvas.stroke(sheet.at(_open(path)), max(1.0, sheet.scale * 0.014), tone.shifted(-0.09).colour(), 0.5)


def _wrinkles(sheet: Sheet, look: Appearance) -> None:
    tone = look.skin.shifted(-0.14).colour()
    lines: list[list[Point]] = [[(-0.35, 0.52), (0.0, 0.56), (0.35, 0.52)], [(-0.28, 0.65), (0.0, 0.69), (0.28, 0.65)]]
    for way in (-1, 1):
        lines.append([(way * 0.17, -0.34), (way * 0.3, -0.46), (way * 0.34, -0.62)])
        lines.append([(way * 0.48, 0.02), (way * 0.56, 0.05), (way * 0.62, 0.06)])
        lines.append([(way * 0.18, -0.15), (way * 0.31, -0.19), (way * 0.44, -0.14)])
    for line in lines:
        sheet.canvas.stroke(sheet.at(_open(line)), max(1.0, sheet.scale * 0.014), tone, 0.5)


def _glasses(sheet: Sheet) -> None:
    frame = Tone(0.22, 0.02, 260).colour()
    turn = np.linspace(0, 2 * np.pi, 60)
    thick = max(1.0, sheet.scale * 0.025)
    for way in (-1, 1):
        ring = np.stack([way * 0.31 + np.cos(turn) * 0.21, -0.02 + np.sin(turn) * 0.18], axis=1)
        sheet.canvas.fill(sheet.at(ring), np.ones(3, np.float32), opacity=0.1)
        sheet.canvas.stroke(sheet.at(ring), thick, frame)
        sheet.canvas.stroke(sheet.at([(way * 0.52, 0.0), (way * 0.72, 0.06)]), thick, frame)
    sheet.canvas.stroke(sheet.at(_open([(-0.1, 0.0), (0.0, 0.04), (0.1, 0.0)])), thick, frame)
