"""Loudness and true peak (EBU R128): measuring them, and bringing a mix to a film's own. The maths is ffmpeg's."""

import math
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import ffmpeg

from pixora_pipeline.media.facts import Loudness
from pixora_pipeline.media.ffmpeg import file_url, run
from pixora_pipeline.media.timing import SAMPLE_RATE

TARGET_LUFS = -14.0
TOLERANCE_LU = 0.15
MASTER_PEAK_DBTP = -2.0
"""The ceiling before AAC, whose coding lifts most peaks by some tenths of a decibel."""

OVERSAMPLED = 4 * SAMPLE_RATE
SILENCE_LUFS = -69.0
MAXIMUM_PASSES = 5
RAW = {"format": "f32le", "ar": SAMPLE_RATE, "ac": 2}

Blocks = Callable[[], Iterable[bytes]]


@dataclass(frozen=True)
class Mastered:
    """The loudness of what was written, and the gain in decibels that led there."""

    loudness: Loudness
    gain: float


def measure_file(path: Path) -> Loudness:
    """The loudness of a file's first sound stream."""
    heard = ffmpeg.input(file_url(path)).audio.filter("ebur128", peak="true", framelog="quiet")
    return parse_loudness(run(ffmpeg.output(heard, "-", format="null")))


def measure_blocks(blocks: Blocks) -> Loudness:
    """The loudness of raw stereo float32 blocks."""
    heard = ffmpeg.input("pipe:", **RAW).filter("ebur128", peak="sample", framelog="quiet")
    return parse_loudness(run(ffmpeg.output(heard, "-", format="null"), fed=blocks()))


def master(blocks: Blocks, to: Path, target: float = TARGET_LUFS, ceiling: float = MASTER_PEAK_DBTP) -> Mastered:
    """Write the mix as a 16-bit WAV at the target (LUFS), its true peak held under the ceiling (dBTP).

    `blocks` is played once for measuring and once for every pass: a limiter takes a little loudness with the
    peaks, which the next pass gives back. Silence stays silence.
    """
    before = measure_blocks(blocks)
    if before.integrated <= SILENCE_LUFS:
        return Mastered(loudness=_written(0.0, blocks, to, ceiling), gain=0.0)
    tried = [(0.0, before.integrated)]
    for _ in range(MAXIMUM_PASSES):
        gain = _next_gain(tried, target)
        reached = _written(gain, blocks, to, ceiling)
        tried.append((gain, reached.integrated))
        if abs(target - reached.integrated) <= TOLERANCE_LU:
            break
    return Mastered(loudness=reached, gain=gain)


def _next_gain(tried: Sequence[tuple[float, float]], target: float) -> float:
    """The gain to try after those (gain, loudness): the missing loudness at the rate the last step bought it."""
    gain, loudness = tried[-1]
    missing = target - loudness
    if len(tried) < 2:
        return gain + missing
    earlier, softer = tried[-2]
    rate = (loudness - softer) / (gain - earlier) if gain != earlier else 1.0
    return gain + missing / min(max(rate, 0.3), 1.0)


def _written(gain: float, blocks: Blocks, to: Path, ceiling: float) -> Loudness:
    return parse_loudness(run(_limited(gain, to, ceiling), fed=blocks()))


def parse_loudness(said: str) -> Loudness:
    """The numbers of the summary that ebur128 prints at its end."""
    summary = said[said.rindex("Summary:") :]
    integrated = re.search(r"I:\s+(\S+) LUFS", summary)
    peak = re.search(r"Peak:\s+(\S+) dBFS", summary)
    assert integrated is not None and peak is not None
    loud = float(integrated.group(1))
    return Loudness(integrated=loud if loud > SILENCE_LUFS else -math.inf, true_peak=float(peak.group(1)))


def _limited(gain: float, to: Path, ceiling: float) -> Any:
    """Gain, then a limiter at four times the rate, where the peaks between samples are seen, then the measure."""
    heard = (
        ffmpeg.input("pipe:", **RAW)
        .filter("volume", f"{gain:.4f}dB", precision="float")
        .filter("aresample", OVERSAMPLED)
        .filter("alimiter", limit=10 ** (ceiling / 20), attack=4, release=60, level="false", latency="true")
        .filter("aresample", SAMPLE_RATE)
        .filter("ebur128", peak="true", framelog="quiet")
        .filter("aformat", sample_fmts="s16")
    )
    return ffmpeg.output(heard, file_url(to), format="wav", acodec="pcm_s16le", fflags="+bitexact", map_metadata=-1)
