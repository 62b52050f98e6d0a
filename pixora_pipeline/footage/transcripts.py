"""What is said in a video, as somebody wrote it down: a file beside it, or a track inside it."""

import re
import unicodedata
from collections.abc import Iterable
from pathlib import Path

from pixora_pipeline.errors import UserError
from pixora_pipeline.footage.container import opened
from pixora_pipeline.model.footage import Line, SourceFacts, Transcript

SIDECARS = (".srt", ".vtt")
LARGEST_SIDECAR = 8 * 1024 * 1024
_MARKUP = re.compile(r"<[^>]*>|\{[^}]*\}")
_CUE_SECONDS = 4.0
"""How long a cue without an end of its own is taken to last."""


def sidecar_of(video: Path) -> Path | None:
    """The subtitle file beside a video: the same name, with or without a language before its ending."""
    for ending in SIDECARS:
        for name in (f"{video.stem}{ending}", f"{video.name}{ending}"):
            if (found := video.with_name(name)).is_file():
                return found
    known = (each for each in sorted(video.parent.iterdir()) if each.suffix.lower() in SIDECARS)
    return next((each for each in known if re.fullmatch(r"\.[a-zA-Z-]{2,7}", each.stem[len(video.stem) :])
                 and each.stem.startswith(video.stem)), None)  # fmt: skip


def read_transcript(video: Path, sidecar: Path | None, facts: SourceFacts) -> Transcript:
    """What is said: by the sidecar, else by the video's own track, else nothing."""
    if sidecar is not None:
        lines = _clean(_sidecar_lines(sidecar), facts.seconds)
        return Transcript(origin="sidecar", lines=lines, note=None if lines else "The subtitle file has no words.")
    if facts.subtitle_streams:
        lines = _clean(_track_lines(video), facts.seconds)
        if lines:
            return Transcript(origin="subtitle track", lines=lines)
    silent = "It has no sound that can be read" if facts.unread else "It has no sound"
    heard = "It has sound, and no words are written down" if facts.has_sound else silent
    return Transcript(origin="none", lines=(), note=f"{heard}: it is found by its pictures and its name.")


def _sidecar_lines(sidecar: Path) -> list[Line]:
    import pysubs2

    if sidecar.stat().st_size > LARGEST_SIDECAR:
        raise UserError(f"{sidecar.name} has over {LARGEST_SIDECAR // 2**20} MB; that is no subtitle file.")
    text = sidecar.read_bytes().decode("utf-8-sig", "replace").lstrip("\ufeff \r\n")
    form = "vtt" if text.startswith("WEBVTT") else "srt"
    try:
        events = pysubs2.SSAFile.from_string(text, format_=form)
    except (pysubs2.exceptions.Pysubs2Error, ValueError) as error:
        raise UserError(f"{sidecar.name} can't be read as {form.upper()} subtitles: {error}.") from error
    return [Line(start=e.start / 1000, end=e.end / 1000, text=e.plaintext) for e in events if not e.is_comment]


def _track_lines(video: Path) -> list[Line]:
    lines: list[Line] = []
    with opened(video) as container:
        stream = container.streams.subtitles[0]
        for packet in container.demux(stream):
            if packet.pts is None or not packet.size:
                continue
            start = float(packet.pts * packet.time_base)
            end = start + (float(packet.duration * packet.time_base) if packet.duration else _CUE_SECONDS)
            lines += [Line(start=start, end=end, text=text) for text in _texts(packet)]
    return lines


def _texts(packet) -> Iterable[str]:
    for subtitle in packet.decode():
        rows = subtitle if hasattr(subtitle, "__iter__") else (subtitle,)
        for row in rows:
            dialogue = getattr(row, "dialogue", None) or getattr(row, "text", None) or getattr(row, "ass", b"")
            text = dialogue.decode("utf-8", "replace") if isinstance(dialogue, bytes) else dialogue
            yield text.replace("\\N", " ").replace("\\n", " ")


def _clean(lines: list[Line], seconds: float) -> tuple[Line, ...]:
    """In order, inside the video, without markup, each text once."""
    kept: list[Line] = []
    for line in sorted(lines, key=lambda each: (each.start, each.end)):
        text = _plain(line.text)
        start, end = max(0.0, line.start), min(line.end, seconds)
        if kept:
            start = max(start, kept[-1].end) if start < kept[-1].end < end else start
        if text and start < end and not (kept and kept[-1].text == text and start - kept[-1].end < 1):
            kept.append(Line(start=round(start, 3), end=round(end, 3), text=text))
    return tuple(kept)


def _plain(text: str) -> str:
    bare = unicodedata.normalize("NFC", _MARKUP.sub(" ", text))
    spoken = "".join(letter for letter in bare if letter.isspace() or unicodedata.category(letter)[0] != "C")
    return " ".join(spoken.split())
