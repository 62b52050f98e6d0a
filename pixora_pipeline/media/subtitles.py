"""From heard words to subtitles: which words stand together, on which lines, from when to when. No files."""

from collections.abc import Sequence
from itertools import pairwise

from pixora_pipeline.media.words import LINE_WIDTH, Word, joined, width_of, words_of
from pixora_pipeline.model.results import WordMark
from pixora_pipeline.model.value import Value

LINES = 2
SHORTEST, LONGEST = 1.0, 6.0
GAP = 0.084
"""Two cues are apart by at least this, two frames at 24 a second, so that the eye sees the change."""

LINGER = 0.5
"""A cue stays this much longer than its last word where nothing follows."""

BESIDE_LONG_WORD = 2.0
"""A number read out in full can take longer than any cue: its cue lasts as long as it does, and this long besides."""

PAUSE = 0.6
SENTENCE_ENDS = ".!?…。！？؟।"
CLAUSE_ENDS = ",;:—–、，；：،"
CLOSERS = "\"'”’»)]』」）"
COST_OF_CUE = 1.0
COST_OF_TORN_SENTENCE = 1.2
COST_OF_TORN_CLAUSE = 0.6
COST_OF_SPANNED_SENTENCE = 0.8
COST_OF_HASTE = 4.0
"""Prices of what readers dislike: one more cue, a sentence torn between words or at a comma, two sentences in one cue,
and a cue gone before it can be read."""


class Cue(Value):
    """Text on the screen from `start` to `end`, in the film's seconds; a newline parts its lines."""

    start: float
    end: float
    text: str


def subtitle_cues(scenes: Sequence[Sequence[WordMark]]) -> tuple[Cue, ...]:
    """Cues for the words of each scene, timed in the film's seconds; no cue runs from one scene into the next.

    Words are never broken; a word longer than a line stands on a line of its own.
    """
    groups = [group for scene in scenes for group in _grouped(words_of(scene))]
    cues: list[Cue] = []
    for index, group in enumerate(groups):
        start = group[0].start
        following = groups[index + 1][0].start if index + 1 < len(groups) else float("inf")
        end = min(max(group[-1].end + LINGER, start + SHORTEST), following - GAP, start + _longest(group))
        if end > start:
            cues.append(Cue(start=round(start, 3), end=round(end, 3), text="\n".join(map(joined, _lines(group)))))
    return tuple(cues)


def phrases(
    marks: Sequence[WordMark], width: float = LINE_WIDTH, lines: int = LINES
) -> list[tuple[tuple[Word, ...], ...]]:
    """The words that stand on the screen together, each phrase as its lines of at most `width` Latin letters."""
    return [tuple(_lines(group, width)) for group in _grouped(words_of(marks), width, lines)]


def _grouped(words: Sequence[Word], width: float = LINE_WIDTH, lines: int = LINES) -> list[Sequence[Word]]:
    """The cheapest way to part the words into cues, by dynamic programming from the end."""
    best: list[tuple[float, int]] = [(0.0, 0)] * (len(words) + 1)
    for start in range(len(words) - 1, -1, -1):
        options = []
        for end in range(start + 1, len(words) + 1):
            if end > start + 1 and not _fits(words[start:end], width, lines):
                break
            options.append((_cost(words, start, end, width) + best[end][0], end))
        best[start] = min(options)
    groups, start = [], 0
    while start < len(words):
        groups.append(words[start : best[start][1]])
        start = best[start][1]
    return groups


def _fits(group: Sequence[Word], width: float, lines: int) -> bool:
    """Whether the words fit on the lines, the time and one breath of the speaker."""
    paused = any(later.start - word.end > PAUSE for word, later in pairwise(group))
    return not paused and group[-1].end - group[0].start <= _longest(group) and len(_lines(group, width)) <= lines


def _longest(group: Sequence[Word]) -> float:
    """The seconds that a cue of these words may last."""
    longest_word = max(word.end - word.start for word in group)
    return max(LONGEST, longest_word + BESIDE_LONG_WORD)


def _cost(words: Sequence[Word], start: int, end: int, width: float) -> float:
    spanned = sum(_ends(word, SENTENCE_ENDS) for word in words[start : end - 1])
    cost = COST_OF_CUE + COST_OF_SPANNED_SENTENCE * spanned
    following = words[end].start if end < len(words) else float("inf")
    cost += COST_OF_HASTE * max(0.0, SHORTEST + GAP - (following - words[start].start))
    if end < len(words) and not _ends(words[end - 1], SENTENCE_ENDS):
        clause = _ends(words[end - 1], CLAUSE_ENDS) or words[end].start - words[end - 1].end > PAUSE
        cost += COST_OF_TORN_CLAUSE if clause else COST_OF_TORN_SENTENCE
    # Of equally good ways the even one: squares are least when the parts are alike.
    return cost + (width_of(words[start:end]) / (LINES * width)) ** 2


def _lines(group: Sequence[Word], width: float = LINE_WIDTH) -> list[tuple[Word, ...]]:
    """The text on one line if it fits, else on as few as it needs; two lines part evenly and after a comma."""
    if width_of(group) <= width:
        return [tuple(group)]
    cuts = [cut for cut in range(1, len(group)) if max(width_of(group[:cut]), width_of(group[cut:])) <= width]
    if cuts:
        cut = min(cuts, key=lambda at: (_unevenness(group, at, width), at))
        return [tuple(group[:cut]), tuple(group[cut:])]
    return _filled(group, width)


def _unevenness(group: Sequence[Word], cut: int, width: float) -> float:
    """How unlike the two lines are, in letters; a cut after punctuation may be ten letters worse.

    Before a sign that belongs to what it follows, such as `%`, there is none if it can be helped.
    """
    bonus = 10.0 if _ends(group[cut - 1], SENTENCE_ENDS + CLAUSE_ENDS) else 0.0
    torn = 0.0 if any(map(str.isalnum, group[cut].text)) else width
    return abs(width_of(group[:cut]) - width_of(group[cut:])) - bonus + torn


def _filled(group: Sequence[Word], width: float) -> list[tuple[Word, ...]]:
    """Line after line as full as it gets: for words that are wider than a line."""
    lines: list[list[Word]] = [[]]
    for word in group:
        if lines[-1] and width_of([*lines[-1], word]) > width:
            lines.append([])
        lines[-1].append(word)
    return [tuple(line) for line in lines]


def _ends(word: Word, signs: str) -> bool:
    return word.text.rstrip(CLOSERS)[-1:] in tuple(signs)
