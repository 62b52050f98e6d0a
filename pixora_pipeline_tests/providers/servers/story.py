"""What text models answer here: a short script, and the other shapes they are asked for."""

import json
from typing import Any

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


def answer_to(schema: dict[str, Any]) -> str:
    """The JSON for a schema, by what it asks for."""
    asked = set(schema.get("properties", {}))
    if "scenes" in asked:
        return json.dumps(SCRIPT)
    if asked == {"description"}:
        return json.dumps({"description": "A quiet harbour after the storm, seen from far away."})
    raise AssertionError(f"nobody told this server how to answer {sorted(asked)}")
