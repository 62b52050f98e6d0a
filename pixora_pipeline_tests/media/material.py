"""Pictures and sounds whose every frame and sample is known, and a small film made of them."""

import subprocess
import wave
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path

import av
import cv2
import imageio_ffmpeg
import numpy as np
from numpy.typing import NDArray

from pixora_pipeline.media.chapters import Chapter
from pixora_pipeline.media.clip import make_clip
from pixora_pipeline.media.film import make_film
from pixora_pipeline.media.joint import make_joint
from pixora_pipeline.media.motion import progress, window_at
from pixora_pipeline.media.shot import StillShot
from pixora_pipeline.media.sound import PlacedVoice, mix_sound
from pixora_pipeline.media.subtitles import Cue
from pixora_pipeline.media.timing import SAMPLE_RATE, FilmFormat, FilmTimeline, film_timeline, scene_frames
from pixora_pipeline.model.results import CameraMove, Rectangle
from pixora_pipeline.model.script import TransitionKind

SMALL = FilmFormat(width=320, height=180, fps=30, handle=15)
ACROSS = CameraMove(
    kind="pan_right",
    start=Rectangle(x=0.0, y=0.0, width=0.5, height=1.0),
    end=Rectangle(x=0.5, y=0.0, width=0.5, height=1.0),
)
DARKEST, BRIGHTEST = 20, 230


def write_wav(path: Path, samples: NDArray[np.floating], rate: int = SAMPLE_RATE) -> Path:
    """Samples of full scale 1, (length,) or (length, channels), as 16 bits."""
    channels = 1 if samples.ndim == 1 else samples.shape[1]
    with wave.open(str(path), "wb") as out:
        out.setnchannels(channels)
        out.setsampwidth(2)
        out.setframerate(rate)
        out.writeframes(np.clip(np.rint(samples * 32767), -32768, 32767).astype("<i2").tobytes())
    return path


def tone(seconds: float, pitch: float = 1000.0, level: float = 0.3) -> NDArray[np.float64]:
    """A steady tone that begins at once."""
    return level * np.cos(2 * np.pi * pitch * np.arange(round(seconds * SAMPLE_RATE)) / SAMPLE_RATE)


def babble(seconds: float, seed: int = 0) -> NDArray[np.float64]:
    """Noise in syllables, as loud and as uneven as speech."""
    rng = np.random.default_rng(seed)
    times = np.arange(round(seconds * SAMPLE_RATE)) / SAMPLE_RATE
    syllables = np.clip(np.sin(2 * np.pi * 3.1 * times) + 0.5 * np.sin(2 * np.pi * 1.3 * times + seed), 0, 1.4)
    voiced = np.sin(2 * np.pi * 160 * times) + 0.5 * np.sin(2 * np.pi * 820 * times)
    return 0.12 * syllables * (voiced + 0.2 * rng.standard_normal(len(times)))


def ramp(path: Path, width: int = 640, height: int = 180) -> Path:
    """A picture that grows evenly brighter from left to right: the mean of a view tells where the view is."""
    row = np.linspace(DARKEST, BRIGHTEST, width)
    grey = np.rint(np.tile(row, (height, 1))).astype(np.uint8)
    cv2.imwrite(str(path), cv2.cvtColor(grey, cv2.COLOR_GRAY2BGR))
    return path


def texture(path: Path, width: int, height: int, seed: int = 0) -> Path:
    """Soft coloured noise: something to see everywhere."""
    noise = np.random.default_rng(seed).integers(0, 255, (height, width, 3), dtype=np.uint8)
    cv2.imwrite(str(path), cv2.normalize(cv2.GaussianBlur(noise, (0, 0), 2.0), None, 20, 235, cv2.NORM_MINMAX))
    return path


def ramp_luma(frame: int, frames: int, fmt: FilmFormat = SMALL) -> float:
    """The mean luma (16..235) of the ramp's frame, worked out from the camera's way alone."""
    window = window_at(ACROSS, progress(frame, frames, fmt.fps), (640, 180), fmt.aspect)
    middle = (window.left + window.width / 2 - 0.5) / 639
    return 16 + (DARKEST + (BRIGHTEST - DARKEST) * middle) * 219 / 255


def decoded_luma(video: Path) -> list[tuple[float, float]]:
    """(time, mean luma) of every frame, in the order shown."""
    with av.open(str(video)) as container:
        stream = container.streams.video[0]
        width = stream.width
        return [
            (frame.time, float(frame.to_ndarray()[: frame.height, :width].mean())) for frame in container.decode(stream)
        ]


def decoded_sound(path: Path) -> NDArray[np.float32]:
    """The first channel as a player gives it out: edit lists and priming applied."""
    command = [imageio_ffmpeg.get_ffmpeg_exe(), "-v", "error", "-i", str(path), "-ac", "1", "-f", "f32le", "-"]
    return np.frombuffer(subprocess.run(command, capture_output=True, check=True).stdout, np.float32)


def ffmpeg_complaints(path: Path) -> str:
    """What ffmpeg finds wrong when it decodes all of a file; nothing, if all is well."""
    command = [imageio_ffmpeg.get_ffmpeg_exe(), "-v", "warning", "-xerror", "-i", str(path), "-f", "null", "-"]
    return subprocess.run(command, capture_output=True, check=False, text=True).stderr


@dataclass(frozen=True)
class SmallFilm:
    """A film of ramps with a tone in every scene, and what it was made of."""

    path: Path
    timeline: FilmTimeline
    kinds: tuple[TransitionKind, ...]
    segments: tuple[Path, ...]
    sound: Path
    cues: tuple[Cue, ...]


def make_small_film(folder: Path, kinds: tuple[TransitionKind, ...], fmt: FilmFormat = SMALL) -> SmallFilm:
    """One scene more than `kinds`, each with a short tone."""
    picture = ramp(folder / "ramp.png")
    seconds = [0.4 + 0.2 * index for index in range(len(kinds) + 1)]
    voices = [write_wav(folder / f"voice{i}.wav", tone(length)) for i, length in enumerate(seconds)]
    frames = [scene_frames(length, None, fmt) for length in seconds]
    ends: list[StillShot | None] = [None, *(StillShot(picture, ACROSS, count) for count in frames), None]
    segments: list[Path] = []
    for index, kind in enumerate(("cut", *kinds, "cut")):
        segments.append(folder / f"joint{index}.mp4")
        make_joint(ends[index], ends[index + 1], kind, fmt, segments[-1])
        if index < len(frames):
            segments.append(folder / f"clip{index}.mp4")
            make_clip(StillShot(picture, ACROSS, frames[index]), voices[index], fmt, segments[-1])
    timeline = film_timeline(frames, fmt)
    placed = [PlacedVoice(voice, span.voice_onset) for voice, span in zip(voices, timeline.scenes, strict=True)]
    mix_sound(placed, None, timeline.frames, fmt, folder / "sound.wav")
    cues = (Cue(start=0.7, end=1.9, text="{\\an8}<i>One & two</i>"), Cue(start=2.5, end=4.0, text="Three\nfour"))
    chapters = [
        Chapter(title=f"Ramp {number}", start=span.start, end=later.start if later else timeline.frames)
        for number, (span, later) in enumerate(zip_longest(timeline.scenes, timeline.scenes[1:]), 1)
    ]
    make_film(segments, folder / "sound.wav", cues, "Ramps", "en", fmt, folder / "film.mp4", chapters)
    return SmallFilm(folder / "film.mp4", timeline, kinds, tuple(segments), folder / "sound.wav", cues)
