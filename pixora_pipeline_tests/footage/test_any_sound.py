"""Whatever ffmpeg can write, a cut keeps its sound, in time; or the video is refused in a sentence when it is added."""

import re
import subprocess
from pathlib import Path

import imageio_ffmpeg
import numpy as np
import pytest

from pixora_pipeline.errors import UserError
from pixora_pipeline.footage.cutting import cut_out
from pixora_pipeline.footage.probing import probe_source
from pixora_pipeline.media.footage_sound import write_reel_sound
from pixora_pipeline.media.reel import Cut, Reel
from pixora_pipeline.media.timing import SAMPLE_RATE
from pixora_pipeline.media.wav import read_wav
from pixora_pipeline_tests.footage.test_odd_sound import FMT, PITCH

FFMPEG = imageio_ffmpeg.get_ffmpeg_exe()
PICTURES = {"webm": "libvpx", "avi": "mpeg4"}
TRIES = ((), ("-ac", "1", "-ar", "8000"), ("-ac", "2", "-ar", "44100"))
IN_TS = (
    "aac",
    "ac3",
    "dca",
    "eac3",
    "libmp3lame",
    "libopus",
    "libtwolame",
    "mp2",
    "mp2fixed",
    "opus",
    "s302m",
    "truehd",
)
"""Of any other, an MPEG-TS keeps bytes that it has no name for."""

BROKEN = {("mov", "pcm_s64le")}
"""Written under another coding's name: noise in every player."""


def run(*arguments: object) -> bool:
    command = [FFMPEG, "-y", "-loglevel", "error", *map(str, arguments)]
    return not subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True).returncode


def sound_codings() -> list[str]:
    told = subprocess.run([FFMPEG, "-hide_banner", "-encoders"], capture_output=True, text=True, check=True).stdout
    return re.findall(r"^ A\S{5} (?!=)(\S+)", told, re.MULTILINE)


def fault(video: Path, folder: Path) -> str | None:
    """What is wrong with the sound of a cut; None where nothing is, or where the video was refused."""
    try:
        assert probe_source(video).has_sound
    except UserError as error:
        refused = re.search("sound (of a coding|that can't be decoded|that does not say when)", str(error))
        return None if refused else str(error)
    cut = cut_out(video, "v", 1.0, 3.5, folder / "cut.mkv")
    write_reel_sound(Reel((Cut(folder / "cut.mkv", cut.start, cut.end),), 75), FMT, folder / "heard.wav")
    heard = read_wav(folder / "heard.wav").astype(float).mean(axis=1)
    loud = np.flatnonzero(np.abs(heard) > max(300, np.abs(heard).max() / 4))
    if not len(loud):
        return "silent"
    beep = heard[round(1.1 * SAMPLE_RATE) : round(1.9 * SAMPLE_RATE)]
    pitch = np.abs(np.fft.rfft(beep)).argmax() / 0.8
    first, last = loud[0] / SAMPLE_RATE, loud[-1] / SAMPLE_RATE
    right = abs(pitch - PITCH) < 6 and abs(first - 1) < 0.1 and abs(last - 2) < 0.1
    return None if right else f"{pitch:.0f} Hz from {first:.2f} s to {last:.2f} s"


@pytest.mark.slow
@pytest.mark.parametrize("suffix", ["mp4", "mov", "mkv", "webm", "avi", "ts"])
def test_every_coding_of_sound_is_kept_or_refused(suffix: str, tmp_path: Path) -> None:
    picture, tone = tmp_path / f"picture.{suffix}", tmp_path / "tone.wav"
    assert run("-f", "lavfi", "-i", "testsrc2=size=64x64:rate=30:duration=4", "-c:v", PICTURES.get(suffix, "libx264"),
               "-g", 15, picture)  # fmt: skip
    beep = f"sine=frequency={PITCH}:duration=4:sample_rate=48000,volume=0:enable='not(between(t,2,3))'"
    assert run("-f", "lavfi", "-i", beep, tone)
    faults, kept = {}, 0
    for coding in sound_codings():
        video = tmp_path / f"{coding}.{suffix}"
        given = ("-i", picture, "-i", tone, "-c:v", "copy", "-c:a", coding, "-strict", -2)
        if (suffix == "ts" and coding not in IN_TS) or not any(run(*given, *options, video) for options in TRIES):
            continue
        kept += 1
        if (suffix, coding) not in BROKEN and (found := fault(video, tmp_path)):
            faults[coding] = found
    assert not faults and kept >= 2


def test_a_sound_that_counts_bytes_for_time_is_refused(tmp_path: Path) -> None:
    video, tone = tmp_path / "v.avi", "sine=frequency=440:duration=3:sample_rate=48000"
    black = ("-f", "lavfi", "-i", "color=size=64x64:duration=3")
    assert run(*black, "-f", "lavfi", "-i", tone, "-c:a", "g726", "-strict", -2, video)
    with pytest.raises(UserError, match=r"v\.avi has a sound that does not say when it is heard\. Convert it to AAC\."):
        probe_source(video)
