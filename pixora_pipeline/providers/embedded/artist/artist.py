"""The embedded artist itself: reads the scene, paints its composition, finishes it in a style, sets the words."""

import hashlib
from pathlib import Path

import cv2
import numpy as np

from pixora_pipeline.errors import UserError
from pixora_pipeline.model.requests import PictureRequest
from pixora_pipeline.model.results import Picture
from pixora_pipeline.model.script import CharacterProfile
from pixora_pipeline.providers.embedded.artist.canvas import Canvas
from pixora_pipeline.providers.embedded.artist.catalogue import COMPOSITIONS, SHELTERED
from pixora_pipeline.providers.embedded.artist.compositions.heights import foreground_place
from pixora_pipeline.providers.embedded.artist.figures import paint_figures
from pixora_pipeline.providers.embedded.artist.finish import finish, relief_of
from pixora_pipeline.providers.embedded.artist.lettering import set_words
from pixora_pipeline.providers.embedded.artist.look import appearance
from pixora_pipeline.providers.embedded.artist.nearness import background, write_near
from pixora_pipeline.providers.embedded.artist.palettes import palette
from pixora_pipeline.providers.embedded.artist.png import eight_bits, write_png
from pixora_pipeline.providers.embedded.artist.portrait import portrait
from pixora_pipeline.providers.embedded.artist.stage import Composed, Footing, Stage
from pixora_pipeline.providers.embedded.artist.styles import STYLES
from pixora_pipeline.providers.embedded.artist.subject import read_subject
from pixora_pipeline.providers.embedded.artist.weather import paint_weather

_SMALLEST, _LARGEST = 64, 8192
_MOST_PEOPLE = 5


class EmbeddedArtist:
    """Draws pictures by code alone: no model, no network. The same request gives the same bytes."""

    version = "artist@3"

    def draw(self, request: PictureRequest, to: Path) -> Picture:
        """Write a PNG of the size asked for. UserError for an unknown style or an impossible size."""
        _check(request)
        cv2.setNumThreads(1)
        rng = _seeded(request)
        subject = read_subject(request, COMPOSITIONS, rng)
        light = "night" if request.style == "night" else subject.light
        stage = Stage(
            canvas=Canvas(request.width, request.height, relief_of(request.style)),
            rng=rng,
            palette=palette(request.palette_seed, light, request.mood),
            light=light,
            weather=subject.weather,
            mood=request.mood,
            words=subject.words,
        )
        composed = _composed(stage, request, subject.composition)
        # Words are set on the whole picture: nothing may pass before them.
        behind = None if request.caption else background(stage, request.style)
        for each in (stage, behind):
            if each is not None:
                _treated(each, request, subject.composition)
        lettered = set_words(
            stage.canvas, request.caption, request.subcaption, request.role == "title", request.style, composed.focus
        )
        write_canvas(stage.canvas, to)
        return Picture(
            width=request.width,
            height=request.height,
            focus=_focus(composed, stage, lettered=bool(request.caption)),
            composition=subject.composition if request.role != "portrait" else "portrait",
            caption_drawn=lettered.drawn,
            words=lettered.rows,
            near=write_near(stage, behind, request.style, to) if behind else None,
        )


def _composed(stage: Stage, request: PictureRequest, composition: str) -> Composed:
    """Paint the scene and its people."""
    if request.role == "portrait":
        return portrait(stage, appearance(_sitter(request)))
    composed = COMPOSITIONS[composition](stage)
    looks = [appearance(character) for character in request.characters[:_MOST_PEOPLE]]
    if looks and request.role == "story":
        footing = composed.footing or _default_footing(stage)
        composed = Composed(paint_figures(stage, footing, looks, composed.focus[0]), footing)
    return composed


def _treated(stage: Stage, request: PictureRequest, composition: str) -> None:
    """Lay the weather over what is painted, and finish it in the style."""
    if composition not in SHELTERED and request.role != "portrait":
        paint_weather(stage)
    finish(stage, request.style)


def _sitter(request: PictureRequest) -> CharacterProfile:
    """Whose portrait it is: the first character, else whoever title and description speak of."""
    if request.characters:
        return request.characters[0]
    return CharacterProfile(name=request.title or request.description, look=request.description)


def _default_footing(stage: Stage) -> Footing:
    """A dark strip of ground, for compositions that have none of their own."""
    return foreground_place(stage, stage.height * 0.93, stage.width * 0.5)


def _check(request: PictureRequest) -> None:
    if request.style not in STYLES:
        raise UserError(f"There is no picture style {request.style!r}. Choose one of: {', '.join(STYLES)}.")
    if not all(_SMALLEST <= side <= _LARGEST for side in (request.width, request.height)):
        raise UserError(
            f"A picture of {request.width} x {request.height} pixels can't be drawn. "
            f"Choose sides from {_SMALLEST} to {_LARGEST} pixels."
        )


def _seeded(request: PictureRequest) -> np.random.Generator:
    """The picture's own source of chance: its seed and what it is to show."""
    key = "\x1f".join((str(request.seed), request.title, request.description, request.role))
    digest = hashlib.sha256(key.encode("utf-8", "surrogatepass")).digest()
    return np.random.default_rng(int.from_bytes(digest[:16], "big"))


def _focus(composed: Composed, stage: Stage, lettered: bool) -> tuple[float, float]:
    """As fractions. Words stand in the middle, and a camera that keeps to it leaves them there."""
    x, y = (stage.width / 2, composed.focus[1]) if lettered else composed.focus
    return min(max(x / stage.width, 0.0), 1.0), min(max(y / stage.height, 0.0), 1.0)


def write_canvas(canvas: Canvas, to: Path) -> None:
    """Write the canvas as a PNG. Raises `TryAgain`."""
    write_png(cv2.merge(eight_bits(canvas.pixels)), to)
