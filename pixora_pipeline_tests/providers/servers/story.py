"""What text models answer here: a short script, and the other shapes they are asked for."""

import json
import re
from typing import Any
from zlib import crc32

from pixora_pipeline.providers.writing.draft import DraftScript

SCRIPT: dict[str, Any] = {
    "title": "The Red Boat",
    "characters": [{"name": "Anna", "look": "a young woman with short dark hair and a yellow coat"}],
    "scenes": [
        {
            "title": "The Harbour",
            "narration": "Anna kept a red boat in the harbour. Every morning she rowed out.",
            "description": "A red boat in a quiet harbour at dawn, Anna at the oars.",
            "mood": "calm",
            "transition": "crossfade",
            "characters": ["Anna"],
        },
        {
            "title": "The Storm",
            "narration": "One night a storm rose, and the lighthouse went dark.",
            "description": "A storm over a black sea, a dark lighthouse on a cliff.",
            "mood": "tense",
            "transition": "cut",
            "characters": [],
        },
    ],
}

DraftScript.model_validate(SCRIPT)  # what is promised here fits what is asked for


_FILM = re.compile(r"(film-\d+)(?: in (\d+) scenes)?")


def answer_to(schema: dict[str, Any], asked: str = "") -> str:
    """The JSON for a schema, by what it asks for.

    A text that names a `film-17` gets a short script all of its own, `film-17 in 12 scenes` one of so many scenes.
    """
    wanted, film = set(schema.get("properties", {})), _FILM.search(asked)
    if "scenes" in wanted:
        return json.dumps(script_of(film[1], int(film[2] or 1)) if film else SCRIPT)
    if wanted == {"description"}:
        # Another question, another picture: what is drawn from it is told apart in a log.
        of = f" of {film[1]}, {crc32(asked.encode()):08x}" if film else ""
        return json.dumps({"description": f"A quiet harbour after the storm{of}, seen from far away."})
    raise AssertionError(f"nobody told this server how to answer {sorted(wanted)}")


def script_of(film: str, scenes: int = 1) -> dict[str, Any]:
    """A script of so many scenes, in which everything that is asked of a service names the film."""
    scene = SCRIPT["scenes"][0]
    one = {**scene, "narration": f"This is {film}.", "description": f"A boat of {film}."}
    more = [
        {**scene, "narration": f"Part {number} of {film}.", "description": f"The sea of {film}, part {number}."}
        for number in range(2, scenes + 1)
    ]
    return {
        "title": film,
        "characters": [{"name": "Anna", "look": f"a woman in the coat of {film}"}],
        "scenes": [one, *more],
    }
