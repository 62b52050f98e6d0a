"""What an image model is told: the scene in words, the style, the people in it. Words on the picture are set by us."""

import base64
import mimetypes
from pathlib import Path

from pixora_pipeline.model.requests import PictureRequest

_STYLES = {
    "auto": "a painted illustration with soft light",
    "painted": "a painted illustration, visible brushwork",
    "paper": "a picture of cut and layered paper with soft shadows",
    "ink": "an ink drawing with washes",
    "poster": "a flat travel poster with few colours",
    "night": "a painted illustration at night",
}
_MOODS = {
    "calm": "calm",
    "hopeful": "hopeful, warm",
    "joyful": "joyful, bright",
    "curious": "curious, playful",
    "mysterious": "mysterious, dim",
    "tense": "tense, dramatic",
    "sad": "sad, muted",
    "epic": "grand, wide",
}


def picture_prompt(request: PictureRequest) -> str:
    """The prompt of a picture."""
    if request.role == "portrait":
        return (
            f"A reference portrait of one person, head and shoulders, facing the viewer, plain background: "
            f"{request.description}. {_manner(request)}"
        )
    shown = {reference.name for reference in request.references}
    people = [f"{person.name}: {person.look}." for person in request.characters]
    if shown:
        people.append("The reference pictures show " + ", ".join(sorted(shown)) + ": keep face, hair and clothes.")
    room = " Leave quiet room in the upper third." if request.caption else ""
    return " ".join([f"{request.description.rstrip('.')}.", *people, _manner(request) + room])


def _manner(request: PictureRequest) -> str:
    style = _STYLES.get(request.style, request.style)
    return f"Style: {style}. Mood: {_MOODS.get(request.mood, request.mood)}. No text, no letters, no borders."


def data_uri(path: Path) -> str:
    """A picture's file as an address that holds it."""
    kind = mimetypes.guess_type(path.name)[0] or "image/png"
    return f"data:{kind};base64,{base64.b64encode(path.read_bytes()).decode()}"
