"""Footage keeps its sound whatever it is coded as; what nothing can read is refused when it is added."""

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
from pixora_pipeline.media.timing import SAMPLE_RATE, FilmFormat
from pixora_pipeline.media.wav import read_wav

FMT = FilmFormat(width=64, height=64, fps=30, handle=6)
PITCH = 440


def beeping(to: Path, codec: str, *options: str) -> Path:
    """Four seconds with a tone from the second second to the third."""
    tone = f"sine=frequency={PITCH}:duration=4:sample_rate=48000,volume=0:enable='not(between(t,2,3))'"
    picture = "libvpx" if to.suffix == ".webm" else "libx264"
    subprocess.run(
        [imageio_ffmpeg.get_ffmpeg_exe(), "-y", "-loglevel", "error",
         "-f", "lavfi", "-i", "testsrc2=size=64x64:rate=30:duration=4", "-f", "lavfi", "-i", tone,
         "-c:v", picture, "-g", "15", "-c:a", codec, "-strict", "-2", *options, str(to)],
        check=True, stdin=subprocess.DEVNULL,
    )  # fmt: skip
    return to


@pytest.mark.parametrize(
    ("suffix", "codec", "options"),
    [
        ("mkv", "pcm_mulaw", ()),
        ("mov", "pcm_alaw", ("-ac", "1", "-ar", "8000")),
        ("avi", "adpcm_ms", ()),
        ("mov", "adpcm_ima_qt", ("-ac", "1")),
        ("mov", "pcm_s8", ()),
        ("mp4", "pcm_f32be", ()),
        ("mkv", "wmav2", ()),
        ("mp4", "libopus", ()),
        ("webm", "libvorbis", ()),
        ("ts", "mp2", ()),
        ("ts", "ac3", ("-ac", "6")),
        ("ts", "s302m", ("-ac", "2")),
        ("ts", "dca", ("-ac", "2")),
        ("mkv", "tta", ()),
    ],
)
def test_sound_is_kept_in_time_whatever_it_is_coded_as(
    suffix: str, codec: str, options: tuple[str, ...], tmp_path: Path
) -> None:
    video = beeping(tmp_path / f"v.{suffix}", codec, *options)
    assert probe_source(video).has_sound
    cut = cut_out(video, "v", 1.0, 3.5, tmp_path / "cut.mkv")
    reel = Reel((Cut(tmp_path / "cut.mkv", cut.start, cut.end),), 75)
    assert write_reel_sound(reel, FMT, tmp_path / "heard.wav").heard
    heard = read_wav(tmp_path / "heard.wav").astype(float).mean(axis=1)
    beep = heard[round(1.1 * SAMPLE_RATE) : round(1.9 * SAMPLE_RATE)]
    assert abs(np.abs(np.fft.rfft(beep)).argmax() / 0.8 - PITCH) < 3
    loud = np.flatnonzero(np.abs(heard) > np.abs(heard).max() / 4)
    assert [loud[0] / SAMPLE_RATE, loud[-1] / SAMPLE_RATE] == pytest.approx([1.0, 2.0], abs=0.08)


def test_a_cut_of_such_sound_is_the_same_file_every_time(tmp_path: Path) -> None:
    video = beeping(tmp_path / "v.mkv", "pcm_mulaw")
    files = [tmp_path / "1.mkv", tmp_path / "2.mkv"]
    for file in files:
        cut_out(video, "v", 1.0, 3.5, file)
    assert files[0].read_bytes() == files[1].read_bytes()


def test_sound_of_no_known_coding_is_refused_in_a_sentence(tmp_path: Path) -> None:
    video = beeping(tmp_path / "v.mkv", "pcm_s16le")
    video.write_bytes(video.read_bytes().replace(b"A_PCM/INT/LIT", b"A_NOBODYS/OWN"))
    with pytest.raises(UserError, match="sound of a coding that nothing here can read"):
        probe_source(video)
