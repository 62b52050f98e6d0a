"""What a text model answers that is asked to tell a compilation, clip by clip."""

import json
import re
from collections.abc import Callable, Sequence


def told(*narrations: str | tuple[str, ...], title: str = "") -> str:
    """An answer: what is said of each scene, of its one clip or of several."""
    by_scene = [(each,) if isinstance(each, str) else each for each in narrations]
    scenes = [
        {"number": n, "title": title, "clips": [{"clip": k, "narration": text} for k, text in enumerate(texts, 1)]}
        for n, texts in enumerate(by_scene, 1)
    ]
    return json.dumps({"scenes": scenes})


def clips_asked_for(question: str) -> list[list[str]]:
    """Of each scene in a question, what is said about its clips: how long, what is shown, what is said."""
    scenes = re.split(r"\n\n(?=Scene \d+: )", question)[1:]
    return [re.split(r"\n(?=Clip \d+: )", scene)[1:] for scene in scenes]


def tell(question: str, tell_of: Callable[[str], str], title: str = "") -> str:
    """An answer that tells of each clip what `tell_of` makes of what is told about it."""
    scenes: Sequence[Sequence[str]] = clips_asked_for(question)
    return told(*(tuple(map(tell_of, clips)) for clips in scenes), title=title)
