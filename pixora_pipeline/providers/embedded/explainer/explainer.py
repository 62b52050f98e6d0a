"""The embedded explainer: a prompt or a text in, an explanation, its figures and its script out."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from pixora_pipeline.errors import UserError
from pixora_pipeline.model.figures import Figure, Summary, Title
from pixora_pipeline.model.requests import ScriptRequest
from pixora_pipeline.model.script import Mood, MusicPrompt, Scene, ScriptBreakdown
from pixora_pipeline.providers.embedded.explainer.document import Block, Section, read_sections
from pixora_pipeline.providers.embedded.explainer.figures import figure_for, prose_figure, short
from pixora_pipeline.providers.embedded.explainer.knowledge import find_topic
from pixora_pipeline.providers.embedded.explainer.speech import spoken, spoken_math
from pixora_pipeline.providers.embedded.writer.pace import spoken_seconds
from pixora_pipeline.providers.embedded.writer.sentences import split_sentences
from pixora_pipeline.providers.embedded.writer.storyboard import is_bare_prompt

USUAL_SECONDS = 240.0
"""A text that takes longer is shortened to this, unless another length is asked for."""
MOST_SCENES = 40
_LONGEST_PROSE = 420
_TITLE_SECONDS = 4.0
_MOOD: Mood = "curious"


@dataclass(frozen=True)
class Part:
    """A part of an explanation that becomes a scene: what is said, and the figure beside it."""

    heading: str
    said: str
    figure: Figure


class EmbeddedExplainer:
    """Explains what it is given a text about, and what its own small folder of topics holds. It invents nothing."""

    version = "explainer@1"

    def explain(self, request: ScriptRequest) -> str:
        """The text itself, or the folder's text about the topic asked for. `UserError` where there is neither."""
        if is_bare_prompt(request.text, request.language):
            return find_topic(request.text, request.language).text
        _, sections = read_sections(request.text)
        if not any(block.text or block.items or block.rows or block.figure for s in sections for block in s.blocks):
            raise UserError("The text has nothing to explain: give it some sentences, formulas, lists or code.")
        return request.text

    def refine(self, request: ScriptRequest, explanation: str) -> str:
        """Cut into parts as long as a scene, shortened to the length wished, each part with its figure."""
        title, sections = read_sections(explanation)
        parts = [part for section in sections for part in _parts(section, request.language)]
        if not parts:
            raise UserError("The text has nothing to explain: give it some sentences, formulas, lists or code.")
        parts = _condensed(parts, request.seconds or USUAL_SECONDS, request.language)
        return _as_markdown(request.title or title or _title_from(request, parts), parts)

    def stage(self, request: ScriptRequest, initial: str, refined: str, *, sum_up: bool = True) -> ScriptBreakdown:
        """A title, a scene for each part, and, where that is wished, a summary if the explanation has none."""
        title, sections = read_sections(refined)
        parts = [part for section in sections for part in _parts(section, request.language)]
        title = request.title or title or _title_from(request, parts)
        scenes = [_title_scene(title, initial, request.language)]
        for part in [*parts, *(_summary(parts, request.language) if sum_up else ())]:
            scenes.append(_scene(len(scenes) + 1, part, request.language))
        slots = tuple(scene.slot for scene in scenes)
        music = MusicPrompt(scenes=slots, mood=_MOOD, prompt="Light and curious, unhurried, leaving room for a voice.")
        return ScriptBreakdown(title=title, language=request.language, scenes=tuple(scenes), music=(music,))


def _parts(section: Section, language: str) -> Iterator[Part]:
    """The section's parts: the prose before a figure goes with it, what is left stands by itself."""
    prose: list[str] = []
    blocks = list(section.blocks)
    last_shown = max((n for n, block in enumerate(blocks) if block.kind != "prose"), default=-1)
    heading = section.heading
    for number, block in enumerate(blocks):
        if block.kind == "prose":
            prose.append(block.text)
            continue
        figure = figure_for(block, heading, language)
        if figure is None:
            continue
        if number == last_shown:
            trailing = [each.text for each in blocks[number + 1 :]]
            yield from _part(heading, [*prose, *_told(block), *trailing], figure, language)
            return
        yield from _part(heading, [*prose, *_told(block)], figure, language)
        prose = []
    for piece in _pieces(prose, language):
        yield Part(heading, piece, prose_figure(piece, heading, language))


def _part(heading: str, said: list[str], figure: Figure, language: str) -> Iterator[Part]:
    """A part; prose too long for one picture is told before it."""
    *before, with_figure = _pieces(said, language) or [heading]
    for piece in before:
        yield Part(heading, piece, prose_figure(piece, heading, language))
    yield Part(heading, with_figure, figure)


def _pieces(texts: list[str], language: str) -> list[str]:
    """The sentences in pieces that a scene has room for."""
    pieces: list[str] = []
    for sentence in (each for text in texts for each in split_sentences(text, language)):
        if pieces and len(pieces[-1]) + len(sentence) < _LONGEST_PROSE:
            pieces[-1] += " " + sentence
        else:
            pieces.append(sentence)
    return pieces


def _told(block: Block) -> list[str]:
    """What is said of a thing that has no prose of its own."""
    if block.kind in ("points", "steps"):
        return [item if item[-1:] in ".!?" else f"{item}." for item in block.items[:6] if item]
    if block.kind == "math" and len(block.text) < 120:
        return [f"{spoken_math(block.text)}.".capitalize()]
    if block.kind == "table" and len(block.rows) > 1:
        return [f"{row[0]}: {', '.join(row[1:])}." for row in block.rows[1:7] if row and row[0]]
    return []


def _condensed(parts: list[Part], seconds: float, language: str) -> list[Part]:
    """Shorter, by leaving out last sentences where there are the most, then parts from the middle."""

    def length() -> float:
        return sum(spoken_seconds(spoken(part.said), language) + 1.4 for part in parts)

    parts = list(parts)
    while length() > seconds or len(parts) > MOST_SCENES:
        counts = [len(split_sentences(part.said, language)) for part in parts]
        longest = max(range(len(parts)), key=lambda n: counts[n])
        if counts[longest] > 1 and len(parts) <= MOST_SCENES:
            kept = split_sentences(parts[longest].said, language)[:-1]
            parts[longest] = replace(parts[longest], said=" ".join(kept))
        elif len(parts) > 2:
            del parts[len(parts) // 2]
        else:
            break
    return parts


def _as_markdown(title: str, parts: list[Part]) -> str:
    lines = [f"# {title}"]
    for part in parts:
        fields = part.figure.model_dump_json(indent=2, exclude_defaults=True)
        template = f'{{\n  "template": "{part.figure.template}",' + fields[1:]
        template = template.replace('",}', '"\n}')
        lines += [f"## {part.heading or part.figure.heading or title}", part.said, f"```figure\n{template}\n```"]
    return "\n\n".join(lines) + "\n"


def _title_from(request: ScriptRequest, parts: list[Part]) -> str:
    heading = next((part.heading for part in parts if part.heading), "")
    return heading or short(split_sentences(parts[0].said if parts else request.text, request.language)[0], 60)


def _title_scene(title: str, initial: str, language: str) -> Scene:
    said = title if title[-1:] in ".!?…。！？" else f"{title}."
    return Scene(
        slot="s01",
        title=title,
        description=f"The title: {title}",
        narration=said,
        estimated_seconds=round(max(_TITLE_SECONDS, spoken_seconds(title, language) + 1.0), 1),
        mood=_MOOD,
        role="title",
        caption=title,
        minimum_seconds=_TITLE_SECONDS,
        pictured="animated",
        figure=Title(heading=title[:200]),
    )


def _summary(parts: list[Part], language: str) -> list[Part]:
    """The first sentence of some parts once more, where the explanation is long and sums up nothing itself."""
    telling = [part for part in parts if part.heading and len(split_sentences(part.said, language)[0].split()) > 2]
    headed = list({part.heading: part for part in reversed(telling)}.values())[::-1]
    if any(part.figure.template == "summary" for part in parts) or len(headed) < 4:
        return []
    chosen = headed[:: max(1, len(headed) // 3)][:3]
    points = tuple(short(split_sentences(part.said, language)[0]) for part in chosen)
    return [Part("", " ".join(f"{point}." for point in points), Summary(heading="", points=points))]


def _scene(number: int, part: Part, language: str) -> Scene:
    narration = spoken(part.said)
    heading = part.figure.heading or part.heading
    return Scene(
        slot=f"s{number:02}",
        title=heading or short(narration, 40),
        description=f"A figure ({part.figure.template.replace('_', ' ')}): {heading or short(narration, 60)}",
        narration=narration,
        estimated_seconds=round(spoken_seconds(narration, language), 1),
        mood=_MOOD,
        transition="crossfade",
        pictured="animated",
        figure=part.figure,
    )
