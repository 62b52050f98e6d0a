"""Loudness and true peak (EBU R128): measuring them, and bringing a mix to a film's own. The maths is ffmpeg's."""

import math
import re
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
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


def measure_file(path: Path) -> Loudness:
    """The loudness of a file's first sound stream."""
    heard = ffmpeg.input(file_url(path)).audio.filter("ebur128", peak="true", framelog="quiet")
    return _heard(heard)


def measure_loudness(path: Path) -> float:
    """The same without its peak, which takes twice as long to find."""
    return _heard(_measured(ffmpeg.input(file_url(path)).audio)).integrated


def measure_blocks(blocks: Blocks) -> Loudness:
    """The loudness of raw stereo float32 blocks; its peak is that of the samples."""
    heard = ffmpeg.input("pipe:", **RAW).filter("ebur128", peak="sample", framelog="quiet")
    return _heard(heard, fed=blocks())


def master(blocks: Blocks, to: Path, target: float = TARGET_LUFS, ceiling: float = MASTER_PEAK_DBTP) -> None:
    """Write the mix as a 16-bit WAV at the target (LUFS), its true peak held under the ceiling (dBTP).

    A limiter takes a little loudness with the peaks: how much is found out quickly first, and what is still missing
    after a pass is given back by the next. Silence stays silence.
    """
    with tempfile.TemporaryDirectory(prefix="mix-", dir=to.parent) as folder:
        mix = Path(folder) / "mix.f32"
        before = measure_blocks(lambda: _kept(blocks(), mix))
        if before.integrated <= SILENCE_LUFS:
            _written(0.0, mix, to, ceiling)
            return
        tried = [(0.0, before.integrated)]
        if before.true_peak + target - before.integrated > ceiling:
            gain = _next_gain(tried, target)
            tried.append((gain, _tried(gain, mix, ceiling)))
        for _ in range(MAXIMUM_PASSES):
            gain = _next_gain(tried, target)
            tried.append((gain, _written(gain, mix, to, ceiling)))
            if abs(target - tried[-1][1]) <= TOLERANCE_LU:
                break


def _kept(blocks: Iterable[bytes], to: Path) -> Iterator[bytes]:
    """The same blocks, written to a file as they go by: a mix takes longer to make than to read."""
    with to.open("wb") as out:
        for block in blocks:
            out.write(block)
            yield block


def _next_gain(tried: Sequence[tuple[float, float]], target: float) -> float:
    """The gain to try after those (gain, loudness): the missing loudness at the rate the last step bought it."""
    gain, loudness = tried[-1]
    missing = target - loudness
    if len(tried) < 2:
        return gain + missing
    earlier, softer = tried[-2]
    rate = (loudness - softer) / (gain - earlier) if gain != earlier else 1.0
    return gain + missing / min(max(rate, 0.3), 1.0)


def _tried(gain: float, mix: Path, ceiling: float) -> float:
    """The loudness that the gain will lead to, but for some hundredths: the limiter sees no peaks between samples."""
    heard = _measured(_limited(_raised(gain, mix), ceiling))
    return _heard(heard).integrated


def _written(gain: float, mix: Path, to: Path, ceiling: float) -> float:
    """Gain, then a limiter at four times the rate, where the peaks between samples are seen; the loudness reached."""
    raised = _raised(gain, mix).filter("aresample", OVERSAMPLED)
    heard = _measured(_limited(raised, ceiling).filter("aresample", SAMPLE_RATE)).filter("aformat", sample_fmts="s16")
    wav = ffmpeg.output(heard, file_url(to), format="wav", acodec="pcm_s16le", fflags="+bitexact", map_metadata=-1)
    return parse_loudness(run(wav)).integrated


def _raised(gain: float, mix: Path) -> Any:
    return ffmpeg.input(file_url(mix), **RAW).filter("volume", f"{gain:.4f}dB", precision="float")


def _limited(sound: Any, ceiling: float) -> Any:
    limit = 10 ** (ceiling / 20)
    return sound.filter("alimiter", limit=limit, attack=4, release=60, level="false", latency="true")


def _heard(sound: Any, fed: Iterable[bytes] | None = None) -> Loudness:
    return parse_loudness(run(ffmpeg.output(sound, "-", format="null"), fed=fed))


def _measured(sound: Any) -> Any:
    return sound.filter("ebur128", framelog="quiet")


def parse_loudness(said: str) -> Loudness:
    """The numbers of the summary that ebur128 prints at its end."""
    summary = said[said.rindex("Summary:") :]
    integrated = re.search(r"I:\s+(\S+) LUFS", summary)
    peak = re.search(r"Peak:\s+(\S+) dBFS", summary)
    assert integrated is not None
    loud = float(integrated.group(1))
    return Loudness(
        integrated=loud if loud > SILENCE_LUFS else -math.inf, true_peak=float(peak.group(1)) if peak else math.nan
    )
