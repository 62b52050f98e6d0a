"""What a finished film really is and sounds like, with what was seen of its picture. No verdict."""

import re
from collections.abc import Sequence
from pathlib import Path

import ffmpeg

from pixora_pipeline.media.facts import FilmMeasures, Stretch, Watched
from pixora_pipeline.media.ffmpeg import file_url, run
from pixora_pipeline.media.loudness import parse_loudness
from pixora_pipeline.media.probe import probe
from pixora_pipeline.media.watching import black_stretches, still_stretches
from pixora_pipeline.model.results import WordMark

SILENT_SECONDS = 0.5
"""Shorter silences are not reported at all."""

SILENT_NOISE = "-50dB"


def measure_film(film: Path, watched: Watched, words: Sequence[WordMark] = ()) -> FilmMeasures:
    """Measure a film of which that is seen; `words` are all words spoken in it, in the film's seconds."""
    media = probe(film)
    said = _listen(film) if media.sound else ""
    shown = [Stretch(start=first, end=final) for first, final in media.text.shown] if media.text else []
    both = media.video is not None and media.sound is not None
    return FilmMeasures(
        media=media,
        loudness=parse_loudness(said) if media.sound else None,
        black=black_stretches(watched),
        frozen=still_stretches(watched),
        silent=_silences(said, media.seconds),
        offset=media.sound.start - media.video.start if both else None,
        covered=coverage(words, shown),
    )


def coverage(words: Sequence[WordMark], shown: Sequence[Stretch]) -> float | None:
    """The share of the spoken time during which one of the (disjoint) stretches is shown."""
    spoken = sum(word.end - word.start for word in words)
    if spoken <= 0:
        return None
    seen = sum(max(0.0, min(word.end, cue.end) - max(word.start, cue.start)) for word in words for cue in shown)
    return min(seen / spoken, 1.0)


def _listen(film: Path) -> str:
    """What ffmpeg says of the sound."""
    sound = ffmpeg.input(file_url(film), protocol_whitelist="file").audio
    sound = sound.filter("silencedetect", noise=SILENT_NOISE, duration=SILENT_SECONDS)
    return run(ffmpeg.output(sound.filter("ebur128", peak="true", framelog="quiet"), "-", format="null"))


def _silences(said: str, last: float) -> tuple[Stretch, ...]:
    """Pair the starts with the ends that ffmpeg printed; a silence still open lasts to the film's end."""
    starts = [max(0.0, float(found)) for found in re.findall(r"silence_start:\s*(-?[\d.]+)", said)]
    ends = [float(found) for found in re.findall(r"silence_end:\s*([\d.]+)", said)]
    ends += [last] * (len(starts) - len(ends))
    return tuple(Stretch(start=start, end=max(start, end)) for start, end in zip(starts, ends, strict=True))
