"""What is said about a published film: whole in the JSON beside it, in short in the headers of S3."""

import re
import unicodedata
from collections.abc import Mapping, Sequence

from pixora_pipeline.model.value import Value

MOST_BYTES = 2048
"""What S3 takes of a film's headers, names and values together."""

_PREFIX = len("x-amz-meta-")
_CUT = "..."
_LEAST = 8
"""Fewer letters say nothing: the header is left out."""


class PublishedFilm(Value):
    """The film as a file. `hash` names its content; `failed_checks` are sentences about what is not as it should be."""

    file: str
    hash: str
    bytes: int
    seconds: float
    failed_checks: tuple[str, ...] = ()


class Maker(Value):
    """Who made one of the artifacts that a film was made from. `cost_usd` None is unknown."""

    artifact: str
    scene: str | None
    fingerprint: str
    provider: str
    model: str | None
    seed: int | None
    cost_usd: float | None


class Publication(Value):
    """The sidecar. `generation_date` is when that film was first put there, in ISO 8601."""

    video_id: str
    kind: str
    title: str
    original_question: str
    initial_explanation: str | None
    refined_explanation: str | None
    model_used: str
    voice_used: str
    generation_date: str
    film: PublishedFilm
    provenance: tuple[Maker, ...]


def headers_of(said: Publication, spare: int = 0) -> dict[str, str]:
    """The same in ASCII, cut to what S3 takes; `spare` bytes are kept for others. The sidecar has all of it."""
    short = {
        "model-used": said.model_used,
        "voice-used": said.voice_used,
        "generation-date": said.generation_date,
    }
    long = {
        "original-question": said.original_question,
        "initial-explanation": said.initial_explanation or "",
        "refined-explanation": said.refined_explanation or "",
        "title": said.title,
    }
    headers = {name: _cut(to_ascii(value), 200) for name, value in short.items()}
    room = MOST_BYTES - spare - _size(headers) - sum(_PREFIX + len(name) for name in long)
    texts = {name: to_ascii(value) for name, value in long.items()}
    shares = _share(room, [len(text) for text in texts.values()])
    headers |= {name: _cut(text, share) for (name, text), share in zip(texts.items(), shares, strict=True)}
    return {name: value for name, value in headers.items() if value}


def to_ascii(text: str) -> str:
    """A text on one line in ASCII: accents taken off, what has no letter left out."""
    for typographic, plain in _PLAIN.items():
        text = text.replace(typographic, plain)
    letters = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return " ".join(re.sub(r"[^ -~]", " ", letters).split())


_PLAIN = {"ß": "ss", "–": "-", "—": "-", "’": "'", "‘": "'", "“": '"', "”": '"', "×": "x", "²": "^2", "³": "^3"}


def _size(headers: Mapping[str, str]) -> int:
    return sum(_PREFIX + len(name) + len(value) for name, value in headers.items())


def _share(room: int, wanted: Sequence[int]) -> list[int]:
    """Shares of the room: what the short ones leave goes to the long ones."""
    shares = [0] * len(wanted)
    waiting = sorted(range(len(wanted)), key=lambda index: wanted[index])
    while waiting:
        index = waiting.pop(0)
        shares[index] = min(wanted[index], max(room, 0) // (len(waiting) + 1))
        room -= shares[index]
    return shares


def _cut(text: str, most: int) -> str:
    if len(text) <= most:
        return text
    return text[: most - len(_CUT)].rstrip() + _CUT if most >= _LEAST else ""
