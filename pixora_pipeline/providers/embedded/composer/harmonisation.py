"""The chords of a phrase: which progression its role takes, how it turns to the next mood, how the piece ends."""

from pixora_pipeline.model.script import Mood
from pixora_pipeline.providers.embedded.composer.form import Phrase
from pixora_pipeline.providers.embedded.composer.harmony import Chord, ChordSpan, Key, pivot_chord, read_chords
from pixora_pipeline.providers.embedded.composer.moods import STYLES, MoodStyle

_MINOR_BELOW_MAJOR = 3


def key_of(mood: Mood, tonic: int) -> Key:
    """A mood's key in a piece whose major tonic is `tonic`: major moods share it, minor moods its relative minor."""
    style = STYLES[mood]
    return Key(tonic if style.major else (tonic - _MINOR_BELOW_MAJOR) % 12, style.scale)


def harmonise(phrase: Phrase, beats_a_bar: int, tonic: int) -> tuple[ChordSpan, ...]:
    """One chord a bar over the phrase, two in the outro's last bars where there is room for them."""
    key = key_of(phrase.mood, tonic)
    chords = _chords(phrase, STYLES[phrase.mood], key)
    if phrase.turns_to is not None:
        chords[-1] = _turn(chords, phrase.turns_to, key, tonic)
    return _spans(chords, beats_a_bar)


def _chords(phrase: Phrase, style: MoodStyle, key: Key) -> list[Chord]:
    if phrase.role == "outro":
        cadence = read_chords(style.cadence, key)
        return list(cadence[-phrase.bars :])
    line = read_chords(_progression(phrase, style), key)
    if phrase.role == "intro":
        return [line[0], line[3]][: phrase.bars]
    if phrase.bars == 2:
        return list(line[:2] if phrase.role in ("A", "C") else line[2:])
    return _stretch(line, phrase.bars)


def _progression(phrase: Phrase, style: MoodStyle) -> str:
    lines = style.themes if phrase.role in ("A", "intro") else style.bridges
    if phrase.role == "A":
        return lines[0 if phrase.variation % 3 < 2 else 1]
    if phrase.role == "B" and phrase.bars == 2:
        return style.themes[phrase.variation % len(style.themes)]
    return lines[(phrase.variation + (phrase.role == "C")) % len(lines)]


def _stretch(line: tuple[Chord, ...], bars: int) -> list[Chord]:
    """The line's chords over any number of bars, its last one last."""
    if bars <= len(line):
        return [*line[: bars - 1], line[-1] if bars > 1 else line[0]]
    return [*(line[bar % len(line)] for bar in range(bars - 1)), line[-1]]


def _turn(chords: list[Chord], mood: Mood, key: Key, tonic: int) -> Chord:
    """The chord that leads from this phrase to the first one of the next mood."""
    away = key_of(mood, tonic)
    after = read_chords(STYLES[mood].themes[0], away)[0]
    before = chords[-2] if len(chords) > 1 else read_chords("I" if STYLES[mood].major else "i", key)[0]
    return pivot_chord(before, after, key, away)


def _spans(chords: list[Chord], beats_a_bar: int) -> tuple[ChordSpan, ...]:
    """One chord a bar; a chord that stays is one span."""
    spans: list[ChordSpan] = []
    for bar, chord in enumerate(chords):
        if spans and spans[-1].chord == chord:
            held = spans.pop()
            spans.append(ChordSpan(held.beat, held.beats + beats_a_bar, chord))
        else:
            spans.append(ChordSpan(float(bar * beats_a_bar), float(beats_a_bar), chord))
    return tuple(spans)
