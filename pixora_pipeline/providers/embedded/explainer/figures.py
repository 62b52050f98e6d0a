"""A figure for a piece of a text, by rules: what the piece is, and what its words and numbers look like."""

import re

from pixora_pipeline.model.figures import (
    Bar,
    Bars,
    Bullets,
    Code,
    Comparison,
    Derivation,
    Event,
    Figure,
    Flow,
    Formula,
    Line,
    Side,
    Statement,
    Term,
    Timeline,
)
from pixora_pipeline.providers.embedded.explainer.document import Block
from pixora_pipeline.providers.embedded.explainer.speech import shown
from pixora_pipeline.providers.embedded.writer.sentences import split_sentences

LONGEST_POINT = 90
_YEAR = re.compile(
    r"^\W*((?:about |around |c\. ?|in )?\d{3,4}s?(?: ?(?:BC|AD|BCE|CE))?)\s*[:–—-]\s*(.+)$", re.IGNORECASE
)
_NUMBER = re.compile(r"^(.+?)\s*[:=–—]\s*(-?\d[\d,. ]*)\s*([%a-zA-Z€$/²³]*)\W*$")


def figure_for(block: Block, heading: str, language: str) -> Figure | None:
    """The figure that shows a block; None for prose, which `prose_figure` shows."""
    if block.kind == "figure" and block.figure:
        figure = block.figure
        return figure if figure.heading or not heading else figure.model_copy(update={"heading": heading[:200]})
    heading = heading[:200]
    if block.kind == "math":
        return _formula(block.text, heading)
    if block.kind == "code":
        return Code(heading=heading, source=block.text[:2000], language=block.note[:40])
    if block.kind == "table":
        return _table(block.rows, heading)
    if block.kind in ("points", "steps"):
        return _list(block, heading)
    return None


def prose_figure(text: str, heading: str, language: str) -> Figure:
    """One or two sentences stand large; more are points."""
    sentences = [shown(each) for each in split_sentences(text, language)]
    if len(sentences) < 3:
        return Statement(heading=heading[:200], text=shown(text)[:2000])
    return Bullets(heading=heading[:200], points=tuple(short(each) for each in sentences[:5]))


def short(sentence: str, most: int = LONGEST_POINT) -> str:
    """A sentence's beginning, cut where a clause ends, without its full stop."""
    plain = shown(sentence).rstrip(".;:,。 ")
    if len(plain) <= most:
        return plain
    cuts = [match.start() for match in re.finditer(r"[,;:–—(]| (?:because|which|so that|while|and|but) ", plain)]
    fitting = [cut for cut in cuts if most * 0.4 <= cut <= most]
    if fitting:
        return plain[: fitting[-1]].rstrip(" ,;:–—(")
    return plain[:most].rsplit(" ", 1)[0].rstrip(" ,;:") + "…"


def _formula(text: str, heading: str) -> Figure:
    lines = [line for line in re.split(r"\\\\|\n", re.sub(r"\\(?:begin|end)\{[^}]*\}", "", text)) if line.strip(" &")]
    lines = [line.replace("&", "").strip()[:200] for line in lines]
    if len(lines) > 1:
        return Derivation(heading=heading, lines=tuple(Line(math=line) for line in lines[:7]))
    whole = lines[0] if lines else text[:200]
    terms = [part for part in re.split(r"(=|\\approx|≈|<=|>=|≤|≥)", whole) if part.strip()]
    balanced = all(part.count("{") == part.count("}") and part.count("(") == part.count(")") for part in terms)
    parts = terms if balanced and len(terms) <= 12 else [whole]
    return Formula(heading=heading, terms=tuple(Term(math=part.strip()) for part in parts))


def _list(block: Block, heading: str) -> Figure:
    items = block.items
    if (dated := [_YEAR.match(item) for item in items]) and all(dated) and len(items) > 1:
        events = tuple(Event(when=match[1], what=short(match[2], 70)) for match in dated[:6])
        return Timeline(heading=heading, events=events)
    if (counted := [_NUMBER.match(item) for item in items]) and all(counted) and len(items) > 1:
        bars = [bar for match in counted if (bar := _bar(match[1], match[2]))]
        if len(bars) == len(items):
            return Bars(heading=heading, bars=tuple(bars[:8]), unit=counted[0][3])
    if block.kind == "steps" and len(items) > 1 and all(len(item) <= 60 for item in items):
        return Flow(heading=heading, stages=tuple(short(item, 60) for item in items[:6]))
    return Bullets(heading=heading, points=tuple(short(item) for item in items[:6]), ordered=block.kind == "steps")


def _table(rows: tuple[tuple[str, ...], ...], heading: str) -> Figure | None:
    head, body = rows[0], [row for row in rows[1:] if len(row) == len(rows[0])]
    if len(head) == 2 and body:
        bars = [bar for row in body if (bar := _bar(row[0], row[1]))]
        if len(bars) == len(body):
            return Bars(heading=heading, bars=tuple(bars[:8]), unit=head[1][:60])
    if len(head) in (2, 3) and body and all(head[-2:]):
        named = [f"{row[0]}: " if len(head) == 3 else "" for row in body]
        sides = [
            Side(
                title=head[column][:60],
                points=tuple(short(n + r[column], 60) for n, r in zip(named, body, strict=True))[:4],
            )
            for column in (-2, -1)
        ]
        return Comparison(heading=heading, left=sides[0], right=sides[1])
    points = tuple(short(", ".join(row)) for row in body[:6])
    return Bullets(heading=heading, points=points) if points else None


def _bar(label: str, number: str) -> Bar | None:
    try:
        value = float(re.sub(r"[,\s%€$£]", "", number))
    except ValueError:
        return None
    return Bar(label=short(label, 30), value=value) if abs(value) <= 1e9 else None
