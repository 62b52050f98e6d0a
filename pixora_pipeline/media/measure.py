"""What a finished film really looks and sounds like: one decode of its picture, small, and of its sound. No verdict."""

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import ffmpeg

from pixora_pipeline.media.facts import FilmMeasures, MediaFacts, Stretch
from pixora_pipeline.media.ffmpeg import file_url, run
from pixora_pipeline.media.loudness import parse_loudness
from pixora_pipeline.media.probe import probe
from pixora_pipeline.model.results import WordMark

MEASURED_HEIGHT = 180
BLACK_SECONDS, FROZEN_SECONDS, SILENT_SECONDS = 0.3, 0.5, 0.5
"""Shorter stretches are not reported at all."""

FROZEN_NOISE = 0.001
"""Mean difference from the first frame of a stretch, of full scale, below which nothing is taken to have moved."""

REFRESH_SECONDS = 0.15
"""A keyframe draws a still picture slightly anew: two stretches as close as this are one."""

FROZEN_TIMES = r"freeze_start:\s*([\d.]+)", r"freeze_end:\s*([\d.]+)"
SILENT_NOISE = "-50dB"


def measure_film(film: Path, words: Sequence[WordMark] = ()) -> FilmMeasures:
    """Decode the film once and measure it; `words` are all words spoken in it, in the film's seconds."""
    media = probe(film)
    said = run(_graph(film, media))
    end = media.seconds
    shown = [Stretch(start=first, end=final) for first, final in media.text.shown] if media.text else []
    both = media.video is not None and media.sound is not None
    return FilmMeasures(
        media=media,
        loudness=parse_loudness(said) if media.sound else None,
        black=_stretches(said, r"black_start:\s*([\d.]+)", r"black_end:\s*([\d.]+)", end),
        frozen=_stretches(said, *FROZEN_TIMES, end),
        silent=_stretches(said, r"silence_start:\s*(-?[\d.]+)", r"silence_end:\s*([\d.]+)", end),
        offset=media.sound.start - media.video.start if both else None,
        covered=coverage(words, shown),
    )


def frozen_stretches(video: Path, start: float, seconds: float) -> tuple[Stretch, ...]:
    """When the picture of any video stands still within the `seconds` from `start` on, counted from there."""
    picture = ffmpeg.input(file_url(video), protocol_whitelist="file", ss=start, t=seconds).video
    said = run(ffmpeg.output(_frozen(_small(picture)), "-", format="null"))
    return _stretches(said, *FROZEN_TIMES, seconds)


def coverage(words: Sequence[WordMark], shown: Sequence[Stretch]) -> float | None:
    """The share of the spoken time during which one of the (disjoint) stretches is shown."""
    spoken = sum(word.end - word.start for word in words)
    if spoken <= 0:
        return None
    seen = sum(max(0.0, min(word.end, cue.end) - max(word.start, cue.start)) for word in words for cue in shown)
    return min(seen / spoken, 1.0)


def _graph(film: Path, media: MediaFacts) -> object:
    # Frames that no other frame needs, and the smoothing of block edges, tell these filters nothing.
    source = ffmpeg.input(file_url(film), protocol_whitelist="file", skip_loop_filter="all", skip_frame="noref")
    outputs = []
    if media.video:
        picture = _small(source.video).filter("blackdetect", d=BLACK_SECONDS, pic_th=0.98, pix_th=0.06)
        outputs.append(_frozen(picture))
    if media.sound:
        sound = source.audio.filter("silencedetect", noise=SILENT_NOISE, duration=SILENT_SECONDS)
        outputs.append(sound.filter("ebur128", peak="true", framelog="quiet"))
    return ffmpeg.output(*outputs, "-", format="null")


def _small(picture: Any) -> Any:
    return picture.filter("scale", -2, MEASURED_HEIGHT, flags="area").filter("format", "gray")


def _frozen(picture: Any) -> Any:
    return picture.filter("freezedetect", n=FROZEN_NOISE, d=FROZEN_SECONDS)


def _stretches(said: str, start: str, end: str, last: float) -> tuple[Stretch, ...]:
    """Pair the starts with the ends that ffmpeg printed; a stretch still open lasts to the film's end."""
    starts = [max(0.0, float(found)) for found in re.findall(start, said)]
    ends = [float(found) for found in re.findall(end, said)]
    ends += [last] * (len(starts) - len(ends))
    joined: list[Stretch] = []
    for first, final in zip(starts, ends, strict=True):
        if joined and first - joined[-1].end < REFRESH_SECONDS:
            first = joined.pop().start
        joined.append(Stretch(start=first, end=max(first, final)))
    return tuple(joined)
