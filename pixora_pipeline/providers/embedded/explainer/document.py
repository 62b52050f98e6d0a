"""Reading an explanation: Markdown in sections of prose, lists, formulas, code, tables and figures."""

import json
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from markdown_it import MarkdownIt
from markdown_it.token import Token
from pydantic import TypeAdapter, ValidationError

from pixora_pipeline.errors import UserError
from pixora_pipeline.model.figures import Figure, Plot

Kind = Literal["prose", "points", "steps", "math", "code", "table", "figure"]

FRONT_MATTER = re.compile(r"\A\ufeff?\+\+\+\s*\n(.*?)\n\+\+\+\s*\n", re.DOTALL)
_YAML = re.compile(r"\A\ufeff?---\s*\n.*?\n---\s*(?:\n|\Z)", re.DOTALL)
_DISPLAY = re.compile(r"\A\$\$(.+?)\$\$\Z|\A\\\[(.+?)\\\]\Z", re.DOTALL)
_FIGURE = TypeAdapter(Figure)


@dataclass(frozen=True)
class Block:
    """A piece of a section. `items` are a list's points or a table's rows; `note` is code's language."""

    kind: Kind
    text: str = ""
    items: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    figure: Figure | None = None
    note: str = ""


@dataclass(frozen=True)
class Section:
    """What stands under a heading; `heading` is empty before the first."""

    heading: str
    level: int
    blocks: tuple[Block, ...]


def read_sections(text: str) -> tuple[str, list[Section]]:
    """The title (the first heading of the first level, or nothing) and the sections. Raises `UserError`."""
    body = FRONT_MATTER.sub("", _YAML.sub("", text.replace("\r\n", "\n").replace("\r", "\n")))
    # A formula on lines of its own is one paragraph to Markdown, which would take its backslashes away.
    parser = MarkdownIt("commonmark").enable("table").disable(["code", "reference", "escape"])
    title, heading, level, blocks = "", "", 0, []
    sections: list[Section] = []
    for kind, found in _blocks(parser.parse(body)):
        if kind == "block":
            blocks.append(found)
            continue
        if blocks or heading:
            sections.append(Section(heading, level, tuple(blocks)))
        level, words = found
        heading, blocks = words, []
        if level == 1 and not title:
            title, heading = words, ""
    if blocks or heading:
        sections.append(Section(heading, level, tuple(blocks)))
    return title, [section for section in sections if section.blocks]


def figure_of(text: str) -> Figure:
    """A figure from its fields, in JSON or TOML. Raises `UserError` that says what is wrong with it."""
    try:
        fields = json.loads(text) if text.lstrip().startswith("{") else tomllib.loads(text)
        figure = _FIGURE.validate_python(_tupled(fields))
    except (json.JSONDecodeError, tomllib.TOMLDecodeError) as error:
        raise UserError(f"A figure of the text can't be read: {error}. Write its fields as TOML or JSON.") from error
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"]) or "template"
        raise UserError(f"A figure of the text can't be shown: {where}: {first['msg']}.") from error
    if isinstance(figure, Plot):
        _check_functions(figure)
    return figure


def _check_functions(plot: Plot) -> None:
    """Raises `UserError` for a curve that nobody can draw, before anything is made of it."""
    from pixora_pipeline.animation.expression import function_of

    for curve in plot.curves:
        function_of(curve.of)


def _tupled(value):
    if isinstance(value, list):
        return tuple(_tupled(each) for each in value)
    return {name: _tupled(each) for name, each in value.items()} if isinstance(value, dict) else value


def _blocks(tokens: list[Token]) -> Iterator[tuple[str, object]]:
    index = 0
    while index < len(tokens):
        token = tokens[index]
        if token.type == "heading_open":
            yield "heading", (int(token.tag[1]), plain(tokens[index + 1].content))
        elif token.type == "fence":
            yield "block", _fence(token)
        elif token.type in ("bullet_list_open", "ordered_list_open", "table_open"):
            end = _closing(tokens, index)
            yield "block", _composed(token.type, tokens[index:end])
            index = end
        elif token.type == "paragraph_open":
            yield "block", _paragraph(tokens[index + 1].content.strip())
        index += 1


def _closing(tokens: list[Token], start: int) -> int:
    close, depth = tokens[start].type.replace("_open", "_close"), 0
    for index in range(start, len(tokens)):
        depth += {tokens[start].type: 1, close: -1}.get(tokens[index].type, 0)
        if depth == 0:
            return index
    return len(tokens)


def _fence(token: Token) -> Block:
    language = token.info.strip().split()[0] if token.info.strip() else ""
    if language == "figure":
        return Block("figure", figure=figure_of(token.content))
    if language in ("math", "latex", "tex", "typst"):
        return Block("math", token.content.strip())
    return Block("code", token.content.rstrip(), note=language)


def _composed(kind: str, tokens: list[Token]) -> Block:
    if kind == "table_open":
        rows, row = [], []
        for token in tokens:
            if token.type == "inline":
                row.append(plain(token.content))
            elif token.type == "tr_close":
                rows.append(tuple(row))
                row = []
        return Block("table", rows=tuple(rows))
    items = tuple(plain(token.content) for token in tokens if token.type == "inline")
    return Block("steps" if kind == "ordered_list_open" else "points", items=items)


def _paragraph(text: str) -> Block:
    if formula := _DISPLAY.match(text):
        return Block("math", (formula.group(1) or formula.group(2)).strip())
    return Block("prose", plain(text))


def plain(text: str) -> str:
    """Words without their markup; formulas within a line keep their dollar signs."""
    text = re.sub(r"!\[([^\]]*)\]\([^)]*\)", "", text)
    text = re.sub(r"\[([^\]]+)\]\([^)]*\)", r"\1", text)
    text = re.sub(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1", r"\2", text)
    text = re.sub(r"(?<!\w)[*_](?=\S)(.+?)(?<=\S)[*_](?!\w)", r"\1", text)
    text = re.sub(r"\[(?:\^[^\]]{1,20}|\d{1,3})\]|<[^>\s][^>]*>|https?://\S+", "", text)
    return " ".join(text.replace("`", "").split())
