"""Words made ready for setting: cleaned of what no font draws, broken into lines, cut to length. Pure text."""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Callable

LONGEST = 140  # characters of a title that are set; the rest is an ellipsis

HYPHEN = "-"
_LEAST_REST = 3
"""Letters that stand on a line of their own, at least."""

_JOINERS = "\u200c\u200d"
_EMOJI = re.compile(
    "[\U0001f000-\U0001faff\u2600-\u27bf\u2b00-\u2bff\u2300-\u23ff\ufe00-\ufe0f\u20e3\U000e0000-\U000e007f]"
)


def clean(text: str) -> str:
    """The text on one line, without control characters, private ones, emoji and lone marks."""
    composed = unicodedata.normalize("NFC", _EMOJI.sub("", text))
    kept = [" " if char.isspace() else char for char in composed if char.isspace() or _drawable(char)]
    line = re.sub(" +", " ", "".join(kept)).strip()
    bare = line.strip(_JOINERS + " ")
    return bare if any(unicodedata.category(char)[0] in "LNPS" for char in bare) else ""


def _drawable(char: str) -> bool:
    return unicodedata.category(char) not in ("Cc", "Cf", "Cs", "Co", "Cn") or char in _JOINERS


def shortened(text: str, longest: int = LONGEST) -> str:
    """The text, cut at a word's end and closed with an ellipsis when it is longer than that."""
    if len(text) <= longest:
        return text
    head = text[: longest - 1]
    space = head.rfind(" ")
    return (head[:space] if space > longest // 2 else head).rstrip(" ,;:.-–—…") + "…"


def is_spaced(text: str) -> bool:
    """Whether letters may be set apart: scripts whose letters stand alone and have capitals."""
    return all(unicodedata.name(char, "").startswith(("LATIN", "GREEK", "CYRILLIC")) for char in text if char.isalpha())


def is_whole(text: str, width: float, measure: Callable[[str], float]) -> bool:
    """Whether lines of that width can be had without breaking a word."""
    return all(measure(word) <= width for word in _words(text))


def lines(text: str, width: float, measure: Callable[[str], float]) -> list[str]:
    """Break the text into lines no wider than `width`, as even as greedy breaking allows.

    Words that do not fit are broken themselves, with a hyphen where their script has one; so are texts without spaces.
    """
    count = len(_greedy(text, width, measure))
    # A width that evens the lines out must not break what fits.
    low, high = max([width * 0.35, *(w for word in _words(text) if (w := measure(word)) <= width)]), width
    while count > 1 and high - low > width * 0.02:
        middle = (low + high) / 2
        if len(_greedy(text, middle, measure)) <= count:
            high = middle
        else:
            low = middle
    return _greedy(text, high, measure)


def _words(text: str) -> list[str]:
    """What no line may end within: a sign such as `%` or a dash stays with the word before it."""
    words: list[str] = []
    for word in text.split(" "):
        if words and not any(map(str.isalnum, word)):
            words[-1] += f" {word}"
        else:
            words.append(word)
    return words


def _greedy(text: str, width: float, measure: Callable[[str], float]) -> list[str]:
    done, line = [], ""
    for word in _words(text):
        longer = f"{line} {word}" if line else word
        if measure(longer) <= width:
            line = longer
            continue
        if line:
            done.append(line)
        line = word
        while measure(line) > width and len(line) > 1:
            head, line = _broken(line, width, measure)
            done.append(head)
    return [*done, line] if line else done


def _broken(word: str, width: float, measure: Callable[[str], float]) -> tuple[str, str]:
    """As much of the word as fits, and the rest of it."""
    hyphen = HYPHEN if is_spaced(word) and measure(word[:2] + HYPHEN) <= width else ""
    fit = max(1, bisect_right(range(len(word)), width, key=lambda count: measure(word[:count] + hyphen)) - 1)
    if hyphen and len(word) - fit < _LEAST_REST < fit:
        fit = len(word) - _LEAST_REST
    return word[:fit] + (hyphen if word[fit - 1].isalpha() and word[fit].isalpha() else ""), word[fit:]
