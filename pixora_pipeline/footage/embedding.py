"""The embedded embedding: what a text means as a vector, without a model to download.

A text is taken apart into features: the concepts of its domain's vocabulary that it names and all that they belong to,
the stems of its other words, and the pieces of those stems, by which a misspelt or unknown word is near its like. Each
feature has a direction of its own, drawn at random from its name, so that unrelated features are nearly at right
angles; the text's vector is their sum. It is a random projection of a concept-expanded bag of words: it knows the words
of its vocabulary and how words are spelt, not the world. Nothing is learnt from the library, so a source that is added
leaves every other vector as it is.
"""

import hashlib
import math
from collections import Counter
from collections.abc import Sequence
from functools import cache, lru_cache

import numpy as np
from numpy.typing import NDArray

from pixora_pipeline.footage.vocabulary import stems, vocabularies, words

EMBEDDING = "embedded/lexicon@3"
DIMENSIONS = 512

_PIECES = 4096
_PIECE_LENGTHS = (3, 4)
_STEM_WEIGHT, _NAMED_STEM_WEIGHT, _PIECES_WEIGHT = 0.8, 0.3, 0.35
_ASKED_ABOVE = 0.3
_SAYS_LITTLE = """
a about after again all also am an and any are as at be been before but by can could did do does doing down each
few for from further get go going had has have having he her here him his how i if in into is it its just let
lets like make me more most much my need no nor not now of off on once one only or other our out over own put
really right s same she should show so some such t than that the their them then there these they thing this
those through to too under until up us very want was we well were what when where which while who why will with
you your yours video clip film footage minute minutes second seconds bring keep take start begin move hold slow
slowly
"""

Vector = NDArray[np.float32]


def embed(text: str, asked: bool = False, domains: Sequence[str] = ()) -> Vector:
    """The text as a vector of length 1; of zeros where it says nothing. No `domains` are all of them.

    What is `asked` keeps to what it says: a squat trains the glutes, and who looks for squats wants no bridges.
    """
    total = np.zeros(DIMENSIONS, np.float32)
    for feature, weight in features(text, _ASKED_ABOVE if asked else 1.0, domains).items():
        total += np.float32(weight) * _direction(feature)
    length = float(np.linalg.norm(total))
    return total / length if length else total


def features(text: str, above: float = 1.0, domains: Sequence[str] = ()) -> dict[str, float]:
    """What a text consists of, each feature by its weight; what stands above a concept counts `above` as much."""
    said = stems(text)
    named: set[int] = set()
    weights: dict[str, float] = {}
    for known in vocabularies(domains):
        mentions = known.mentions(said)
        named |= {at for mention in mentions for at in range(mention.start, mention.end)}
        for concept, count in Counter(mention.concept for mention in mentions).items():
            for name, weight in known.lineage(concept).items():
                feature = f"concept {known.term(name)}"
                share = 1.0 if name == concept else above
                weights[feature] = max(weights.get(feature, 0.0), share * weight * _often(count))
    plain = Counter(stem for at, stem in enumerate(said) if stem not in little_words() and at not in named)
    for stem, count in plain.items():
        weights[f"stem {stem}"] = _STEM_WEIGHT * _often(count)
        weights |= {piece: _PIECES_WEIGHT / math.sqrt(n) for piece, n in _pieces(stem)}
    for stem in {said[at] for at in named} - little_words():
        weights.setdefault(f"stem {stem}", _NAMED_STEM_WEIGHT)
    return weights


def _often(count: int) -> float:
    return 1 + math.log(count)


@cache
def little_words() -> frozenset[str]:
    """The stems of words that say little about what is meant."""
    return frozenset(stem for word in words(_SAYS_LITTLE) for stem in stems(word))


@lru_cache(50_000)
def _pieces(stem: str) -> tuple[tuple[str, int], ...]:
    padded = f"<{stem}>"
    pieces = {padded[at : at + n] for n in _PIECE_LENGTHS for at in range(len(padded) - n + 1)}
    return tuple((f"piece {int(_digest(piece)[:8], 16) % _PIECES}", len(pieces)) for piece in sorted(pieces))


@lru_cache(50_000)
def _direction(feature: str) -> Vector:
    drawn = np.random.Generator(np.random.PCG64(int(_digest(feature), 16))).standard_normal(DIMENSIONS, np.float32)
    return drawn / np.float32(math.sqrt(DIMENSIONS))


def _digest(text: str) -> str:
    return hashlib.blake2b(text.encode(), digest_size=16).hexdigest()
