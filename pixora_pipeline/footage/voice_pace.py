"""How fast a voice speaks, by what it said before: how much more time it takes than narrators do. Pure."""

from collections.abc import Iterable

from pixora_pipeline.providers.embedded.writer.pace import spoken_seconds
from pixora_pipeline.providers.embedded.writer.sentences import split_sentences

_ENOUGH_SECONDS = 10.0
"""What is measured on less may be chance."""
_STEP = 0.05
"""So finely it is told: less is not heard in a film's length, and would have every plan differ from the one before."""
_FASTEST, _SLOWEST = 0.5, 3.0
"""Beyond that it is no speech that was measured."""


def pace_of(heard: Iterable[tuple[str, float]], language: str) -> float:
    """The pace of a voice that took so many seconds for each of these texts; 1, a narrator's, where too few are."""
    estimated, measured = 0.0, 0.0
    for text, seconds in heard:
        estimated += sum(spoken_seconds(sentence, language) for sentence in split_sentences(text, language))
        measured += seconds
    if estimated < _ENOUGH_SECONDS:
        return 1.0
    return round(round(min(max(measured / estimated, _FASTEST), _SLOWEST) / _STEP) * _STEP, 2)
