"""Reading Markdown: what is told of it, by chapters and paragraphs. Code, tables, images and addresses are not told."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html.parser import HTMLParser

from markdown_it import MarkdownIt
from markdown_it.token import Token

_FRONT_MATTER = re.compile(r"\A\ufeff?---\s*\n.*?\n---\s*(?:\n|\Z)", re.DOTALL)
_ADDRESS = re.compile(r"\(?\b(?:https?://|www\.)[^\s<>]*[^\s<>.,;:!?)\]»”\"']\)?|<[^@\s<>]+@[^\s<>]+>")
_NOTE_MARK = re.compile(r"\[(?:\^[^\]]{1,20}|\d{1,3})\]")
_END = re.compile(r"[.!?…:;。！？؟۔।॥][\"'”’»›)」』）]*$")
_LONGEST_HEADING = 14

ADDRESS_MARK = "\ufffc"
"""Stands in a paragraph where an address stood."""


@dataclass(frozen=True)
class Chapter:
    """A stretch of text under a heading; `title` is None before the first heading. Paragraphs are plain text."""

    title: str | None
    paragraphs: tuple[str, ...]


@dataclass(frozen=True)
class Manuscript:
    """A text as it will be told. `title` is its first heading, if it has one."""

    title: str | None
    chapters: tuple[Chapter, ...]


def read_manuscript(text: str) -> Manuscript:
    """Parse Markdown or plain text. A text without anything to tell gives a manuscript without paragraphs."""
    body = _FRONT_MATTER.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    # Indented prose is prose: pasted stories often begin their paragraphs with spaces.
    parser = MarkdownIt("commonmark").enable("table").disable(["code", "reference"])
    chapters: list[Chapter] = []
    title: str | None = None
    heading, paragraphs = None, []
    for kind, content in _with_title(list(_blocks(parser.parse(body)))):
        if kind == "paragraph":
            paragraphs.append(content)
            continue
        title = title or content
        if paragraphs:
            chapters.append(Chapter(heading, tuple(paragraphs)))
        heading, paragraphs = content, []
    if paragraphs:
        chapters.append(Chapter(heading, tuple(paragraphs)))
    return Manuscript(title, tuple(chapters))


def _with_title(blocks: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """A short first paragraph without a full stop is a title, as in plain text."""
    kinds = [kind for kind, _ in blocks]
    if kinds[:2] != ["paragraph", "paragraph"] or "heading" in kinds:
        return blocks
    first = blocks[0][1]
    is_title = 1 <= len(first.split()) <= _LONGEST_HEADING and len(first) <= 120 and not _END.search(first)
    return [("heading", first), *blocks[1:]] if is_title else blocks


def _blocks(tokens: list[Token]) -> Iterator[tuple[str, str]]:
    """Headings and paragraphs in order, as ("heading" or "paragraph", plain text)."""
    inside = ""
    tables = 0
    for token in tokens:
        tables += {"table_open": 1, "table_close": -1}.get(token.type, 0)
        if token.type in ("heading_open", "list_item_open"):
            inside = token.type.removesuffix("_open")
        elif token.type in ("heading_close", "list_item_close"):
            inside = ""
        elif not tables and token.type in ("inline", "html_block"):
            yield from _block(token, inside)


def _block(token: Token, inside: str) -> Iterator[tuple[str, str]]:
    content = _clean(_plain_html(token.content) if token.type == "html_block" else _plain(token.children or ()))
    if not any(character.isalnum() for character in content):
        return
    if inside == "heading" and len(content.split()) <= _LONGEST_HEADING and len(content) <= 120:
        yield "heading", content.rstrip("# ")
        return
    ends = _END.search(content) or inside != "list_item"
    yield "paragraph", content if ends else f"{content}."


def _plain(children: Iterable[Token]) -> str:
    """The words of a paragraph; a link keeps its words, unless they are its address."""
    parts = []
    for child in children:
        if child.type in ("text", "code_inline"):
            parts.append(child.content)
        elif child.type in ("softbreak", "hardbreak"):
            parts.append("\n")
    return "".join(parts)


def _clean(text: str) -> str:
    """Without addresses, note marks, symbols and control characters; white space becomes single spaces."""
    text = _NOTE_MARK.sub("", _ADDRESS.sub(_gap, unicodedata.normalize("NFC", text)))
    kept = "".join(character for character in text if _tellable(character))
    return " ".join(kept.split())


def _gap(address: re.Match[str]) -> str:
    """An address in brackets is not missed; another leaves a mark, for its sentence cannot be told without it."""
    return "" if address.group().startswith("(") else ADDRESS_MARK


def _tellable(character: str) -> bool:
    if character == ADDRESS_MARK or character in "°©®™№\u200c\u200d" or character.isspace():
        return True
    category = unicodedata.category(character)
    return category not in ("So", "Cc", "Cf", "Cn", "Co", "Cs") and not "\ufe00" <= character <= "\ufe0f"


class _Words(HTMLParser):
    """Collects what a browser would show."""

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []
        self.hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.hidden += tag in ("script", "style", "table", "pre")
        self.parts.append(" " if tag in ("p", "br", "div", "li") else "")

    def handle_endtag(self, tag: str) -> None:
        self.hidden -= self.hidden > 0 and tag in ("script", "style", "table", "pre")

    def handle_data(self, data: str) -> None:
        if not self.hidden:
            self.parts.append(data)


def _plain_html(source: str) -> str:
    words = _Words()
    words.feed(source)
    words.close()
    return "".join(words.parts)
