"""Words made ready for setting: cleaned of what no font draws, broken into lines, cut to length. Pure text."""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Callable

LONGEST = 140  # characters of a title that are set; the rest is an ellipsis

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


def lines(text: str, width: float, measure: Callable[[str], float]) -> list[str]:
    """Break the text into lines no wider than `width`, as even as greedy breaking allows; words that do not fit
    are broken themselves, as are texts without spaces.
    """
    count = len(_greedy(text, width, measure))
    low, high = width * 0.35, width
    while count > 1 and high - low > width * 0.02:
        middle = (low + high) / 2
        if len(_greedy(text, middle, measure)) <= count:
            high = middle
        else:
            low = middle
    return _greedy(text, high, measure)


def _greedy(text: str, width: float, measure: Callable[[str], float]) -> list[str]:
    done, line = [], ""
    for word in text.split(" "):
        longer = f"{line} {word}" if line else word
        if measure(longer) <= width:
            line = longer
            continue
        if line:
            done.append(line)
        line = word
        while measure(line) > width and len(line) > 1:
            head = line
            fit = max(1, bisect_right(range(len(head)), width, key=lambda count: measure(head[:count])) - 1)
            done.append(line[:fit])
            line = line[fit:]
    return [*done, line] if line else done
