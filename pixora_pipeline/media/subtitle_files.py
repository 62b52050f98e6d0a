"""Subtitles as files beside the film, SRT and WebVTT. Words that look like markup are made harmless here."""

import html
import re
from collections.abc import Sequence
from pathlib import Path

import pysubs2

from pixora_pipeline.media.subtitles import Cue

WORD_JOINER = "\u2060"
"""Takes no room and breaks no line, yet keeps a player from seeing markup in the sign before it."""

CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029]")
"""Letters nobody sees, at which players take a file for something else. A new line is none of them."""

MARKUP = re.compile(r"[<{\\&]|--(?=>)")


def write_subtitles(cues: Sequence[Cue], to: Path) -> None:
    """Write the cues as UTF-8 in the format that `to` ends in, .srt or .vtt.

    `<i>`, `{\\an8}` and `-->` in a narration are shown as they are.
    """
    format = to.suffix.removeprefix(".")
    harmless = literal if format == "srt" else escaped
    document = pysubs2.SSAFile()
    for cue in cues:
        event = pysubs2.SSAEvent(start=round(cue.start * 1000), end=round(cue.end * 1000))
        event.text = harmless(CONTROL.sub("", cue.text)).replace("\n", "\\N")
        document.append(event)
    # "Keep" means: write the text as it stands, and do not take anything in it for the tags of another format.
    document.save(str(to), encoding="utf-8", format_=format, keep_ssa_tags=True)


def literal(text: str) -> str:
    """The text with a word joiner after every sign that could begin markup: SRT has no way to escape."""
    return MARKUP.sub(lambda found: found.group() + WORD_JOINER, text)


def escaped(text: str) -> str:
    """The text as WebVTT writes it. A backslash gets a word joiner, so that no N after it becomes a new line."""
    return html.escape(text, quote=False).replace("\\", f"\\{WORD_JOINER}")
