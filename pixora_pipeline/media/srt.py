"""Subtitles as an SRT file. The format has no way to escape, so words that look like markup are made harmless here."""

import re
from collections.abc import Sequence
from pathlib import Path

import pysubs2

from pixora_pipeline.media.subtitles import Cue

WORD_JOINER = "\u2060"
"""Takes no room and breaks no line, yet keeps a player from seeing markup in the sign before it."""

MARKUP = re.compile(r"[<{\\&]|--(?=>)")


def write_srt(cues: Sequence[Cue], to: Path) -> None:
    """Write the cues as UTF-8; `<i>`, `{\\an8}` and `-->` in a narration are shown as they are."""
    document = pysubs2.SSAFile()
    for cue in cues:
        event = pysubs2.SSAEvent(start=round(cue.start * 1000), end=round(cue.end * 1000))
        event.text = literal(cue.text).replace("\n", "\\N")
        document.append(event)
    # "Keep" means: write the text as it stands, and do not take anything in it for the tags of another format.
    document.save(str(to), encoding="utf-8", format_="srt", keep_ssa_tags=True)


def literal(text: str) -> str:
    """The text with a word joiner after every sign that could begin markup."""
    return MARKUP.sub(lambda found: found.group() + WORD_JOINER, text)
