"""What a few words of a music prompt ask for: a leading instrument, no percussion, a slower or faster beat.

English words only; anything else in a prompt still varies the piece, as another seed would.
"""

import re
from dataclasses import dataclass

from pixora_pipeline.providers.embedded.composer.score import Instrument

_LEADS: dict[str, Instrument] = {
    "piano": "felt_piano",
    "harp": "harp",
    "bell": "celesta",
    "bells": "celesta",
    "celesta": "celesta",
    "marimba": "marimba",
    "strings": "strings",
    "violin": "strings",
    "cello": "strings",
    "choir": "choir",
    "voices": "choir",
}
_PACES = {"slow": 0.92, "slower": 0.92, "fast": 1.1, "faster": 1.1, "driving": 1.1}
_NO_PERCUSSION = re.compile(r"\b(no|without)\s+(any\s+)?(drums?|percussion|beats?)\b")


@dataclass(frozen=True, slots=True)
class Wishes:
    """What a prompt asks for. `pace` multiplies the tempo."""

    lead: Instrument | None = None
    percussion: bool = True
    pace: float = 1.0


def read_wishes(prompt: str) -> Wishes:
    """The wishes that can be read from a prompt; the first word that names an instrument or a pace counts."""
    text = prompt.lower()
    words = re.findall(r"[a-z]+", text)
    return Wishes(
        lead=next((_LEADS[word] for word in words if word in _LEADS), None),
        percussion=_NO_PERCUSSION.search(text) is None,
        pace=next((_PACES[word] for word in words if word in _PACES), 1.0),
    )
