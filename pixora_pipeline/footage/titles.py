"""What a filmed scene is called: what was looked for, where its clips show or say that; else what they do show or say.

Players show it as a chapter's name: a cat cow under the name of a lunge would be a lie.
"""

from collections.abc import Callable, Sequence

from pixora_pipeline.footage.vocabulary import domains_of, vocabularies, vocabulary
from pixora_pipeline.model.compilation import PlannedClip, PlannedSegment

Strange = Callable[[str, Sequence[PlannedClip]], list[str]]

_LONGEST = 60


def title_of(segment: PlannedSegment, strange: Strange, wished: str = "") -> str:
    """The title: what is `wished` where that is true. `strange` gives the words of a text that clips do not have."""
    choices = (wished if len(wished) <= _LONGEST else "", segment.topic)
    true = [each for each in choices if each and _is_true(each, segment, strange)]
    title = next(iter(true), None) or next(iter(_named(segment)), segment.clips[0].name)
    return title[:1].upper() + title[1:]


def _is_true(title: str, segment: PlannedSegment, strange: Strange) -> bool:
    return not strange(title, segment.clips) or stands_above(title.lower(), _text(segment))


def _text(segment: PlannedSegment) -> str:
    return " ".join(f"{clip.words} {clip.name} {clip.look}" for clip in segment.clips)


def stands_above(topic: str, text: str) -> bool:
    """Whether a text names a kind of the topic, or something that serves it."""
    known_ones = vocabularies(domains_of(text))
    return any(topic in known.lineage(name) for known in known_ones for name in known.named_in(text))


def _named(segment: PlannedSegment) -> list[str]:
    """The things by name that can be seen done, in the order in which they come up."""
    text = " ".join(f"{clip.words} {clip.name}" for clip in segment.clips)
    known_ones = map(vocabulary, domains_of(text, fewest=1))
    return [
        name
        for known in known_ones
        for name in known.named_in(text)
        if known.concepts[name].cue and not known.concepts[name].part
    ]
