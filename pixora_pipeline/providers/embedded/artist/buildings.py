"""Houses, churches and towers: small buildings with a lit and a shaded side, windows that glow when it is dark."""

from dataclasses import dataclass

from pixora_pipeline.providers.embedded.artist.colour import Colour, Tone, mix
from pixora_pipeline.providers.embedded.artist.silhouette import Outline
from pixora_pipeline.providers.embedded.artist.stage import Stage


@dataclass(frozen=True)
class House:
    """A house standing at (`x`, `y`), `width` pixels wide, at `nearness` 0 (lost in the air) to 1."""

    x: float
    y: float
    width: float
    nearness: float


def aired(stage: Stage, tone: Tone, nearness: float) -> Colour:
    """A colour as the light and the air between leave it."""
    colours = stage.palette
    dim = {"night": 0.7, "dusk": 0.36, "dawn": 0.2}.get(stage.light, 0.06)
    seen = tone.towards(colours.near, dim).towards(colours.horizon, 0.06)
    return seen.towards(colours.horizon.towards(colours.far, 0.4), 0.7 * (1 - nearness)).colour()


def lamps_lit(stage: Stage) -> bool:
    """Whether people have lit their lamps."""
    return stage.light in ("dusk", "night") or stage.weather in ("storm", "snow")


def paint_house(stage: Stage, house: House, light_x: float) -> None:
    """A gabled house seen from a corner: front wall, side wall, roof, windows, chimney."""
    w, turn = house.width, 1.0 if light_x < house.x else -1.0
    wall = stage.palette.paper.towards(Tone(0.8, 0.06, 60), stage.between(0.0, 0.8))
    front, gable, high = w * stage.between(0.9, 1.25), w * 0.62, w * stage.between(0.5, 0.66)
    ridge = high + w * stage.between(0.36, 0.46)
    bright, dark = aired(stage, wall, house.nearness), aired(stage, wall.shifted(-0.2), house.nearness)
    side = [(-gable, 0), (0, 0), (0, high), (-gable / 2, ridge), (-gable, high)]
    stage.canvas.fill(_placed(house, turn, side), bright, mix(bright, dark, 0.4))
    face = [(0, 0), (front, 0), (front, high), (0, high)]
    stage.canvas.fill(_placed(house, turn, face), dark, mix(dark, stage.palette.land(1), 0.25))
    _roof(stage, house, turn, (front, gable, high, ridge))
    if lamps_lit(stage) and stage.chance(0.4):
        _smoke(stage, house.x + turn * front * 0.5, house.y - ridge - w * 0.14, w)
    _windows(stage, house, turn, (front, gable, high))


def _placed(house: House, turn: float, points: list[tuple[float, float]]) -> Outline:
    """Points measured from the house's corner (x along its front, y up) on the frame."""
    return [(house.x + turn * x, house.y - y) for x, y in points]


def _roof(stage: Stage, house: House, turn: float, size: tuple[float, float, float, float]) -> None:
    """Both slopes of the roof and the chimney."""
    front, gable, high, ridge = size
    w, over = house.width, house.width * 0.07
    roof = (
        Tone(0.5, 0.09, 38).towards(stage.palette.accent, stage.between(0.0, 0.6)).shifted(stage.between(-0.08, 0.05))
    )
    tile, shade = aired(stage, roof.shifted(0.05), house.nearness), aired(stage, roof.shifted(-0.1), house.nearness)
    if stage.weather == "snow":
        tile = shade = aired(stage, Tone(0.95, 0.01, 250), house.nearness)
    eaves, middle = high - over, -gable / 2
    slope = [(over * 0.6, eaves), (front + over, eaves), (front - gable * 0.4, ridge), (middle, ridge)]
    stage.canvas.fill(_placed(house, turn, slope), shade, mix(shade, stage.palette.land(1), 0.2))
    left, right = (-gable - over * 0.3, high - over * 1.2), (over * 0.6, high - over * 1.2)
    edge = [(-gable - over, eaves), left, (middle, ridge - over * 0.9), right, (middle, ridge + over * 0.4)]
    stage.canvas.fill(_placed(house, turn, edge), tile)
    start, low, top = front * 0.45, ridge - 0.1 * w, ridge + 0.14 * w
    chimney = [(start, low), (start + w * 0.1, low), (start + w * 0.1, top), (start, top)]
    stage.canvas.fill(_placed(house, turn, chimney), shade)


def _smoke(stage: Stage, x: float, y: float, width: float) -> None:
    colour = stage.palette.horizon.towards(stage.palette.far, 0.2).colour()
    drift = stage.between(0.2, 0.6)
    for step in range(9):
        share = step / 8
        place = (x + drift * width * share**1.3 * 1.6, y - width * 1.5 * share)
        radius = width * (0.05 + 0.17 * share)
        stage.canvas.glow(place, radius, colour, 0.22 * (1 - share * 0.8))


def _windows(stage: Stage, house: House, turn: float, size: tuple[float, float, float]) -> None:
    """A door and windows; lit ones throw a little glow."""
    front, gable, high = size
    lit = lamps_lit(stage)
    lamp, dark = stage.palette.lamp.colour(), aired(stage, Tone(0.3, 0.03, 250), house.nearness)
    places = [(share * front, 0.42) for share in (0.2, 0.5, 0.8)] + [(-gable * 0.5, 0.95), (-gable * 0.5, 0.3)]
    for px, share in places:
        wide, tall = house.width * 0.085, house.width * 0.15
        glass = lamp if lit and stage.chance(0.75) else dark
        x, top = house.x + turn * px, house.y - high * share - tall / 2
        stage.canvas.fill([(x - wide, top), (x + wide, top), (x + wide, top + tall), (x - wide, top + tall)], glass)
        if glass is lamp and house.width > 8:
            stage.canvas.glow((x, top + tall / 2), house.width * 0.3, lamp, 0.35)


def paint_church(stage: Stage, x: float, y: float, width: float, nearness: float) -> None:
    """A village church: nave and a steeple with a point."""
    wall, roof = stage.palette.paper, Tone(0.42, 0.06, 250).towards(stage.palette.accent, 0.25)
    bright, dark = aired(stage, wall, nearness), aired(stage, wall.shifted(-0.16), nearness)
    tile = aired(stage, roof, nearness)
    canvas, w = stage.canvas, width

    def at(right: float, up: float) -> tuple[float, float]:
        return x + right * w, y - up * w

    canvas.box(at(0, 0.75), at(1.6, 0), dark)
    canvas.taper(at(0.8, 1.3), at(0.815, 0.72), (0.7 * w, 0.865 * w), tile)
    canvas.box(at(-0.35, 1.9), at(0.25, 0), bright, mix(bright, dark, 0.5))
    canvas.box(at(0.05, 1.9), at(0.25, 0), dark)
    canvas.fill([at(-0.42, 1.88), at(0.32, 1.88), at(-0.05, 3.3)], tile)
    canvas.stroke([at(-0.05, 3.25), at(-0.05, 3.6)], max(1.0, w * 0.05), tile)
    canvas.stroke([at(-0.14, 3.47), at(0.04, 3.47)], max(1.0, w * 0.05), tile)
    lamp = stage.palette.lamp.colour()
    glass = lamp if lamps_lit(stage) else aired(stage, Tone(0.35, 0.03, 250), nearness)
    for left in (0.45, 0.85, 1.25):
        canvas.box(at(left, 0.55), at(left + 0.14, 0.22), glass)
    canvas.box(at(-0.13, 1.68), at(0.0, 1.4), glass)
    if glass is lamp:
        canvas.glow(at(0.9, 0.4), w * 0.8, lamp, 0.3)
