"""Footage made for tests: shots that move in different ways, with instructions that are really spoken."""

import subprocess
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import imageio_ffmpeg
import numpy as np

from pixora_pipeline.model.footage import Line
from pixora_pipeline.model.requests import SpeechRequest
from pixora_pipeline.providers.embedded.speaker.speaker import EmbeddedSpeaker

SIZE, FPS = (192, 108), 15
PAUSE = 0.6

PICTURES = (
    "testsrc2=size={size}:rate={fps}",
    "mandelbrot=size={size}:rate={fps}:maxiter=60",
    "gradients=size={size}:rate={fps}:c0=green:c1=blue:c2=white:nb_colors=3:speed=0.2:seed=9",
    "gradients=size={size}:rate={fps}:c0=orange:c1=navy:speed=0.05:seed=3",
    "cellauto=size={size}:rate={fps}:seed=5,format=yuv420p",
    "color=c=darkgreen:size={size}:rate={fps},drawbox=x='mod(40*t,{w})':y=30:w=40:h=40:c=yellow:t=fill",
)


@dataclass(frozen=True)
class Take:
    """A video to make: what is said in each of its shots; each shot has a picture of its own."""

    name: str
    shots: tuple[tuple[str, ...], ...]
    silent_seconds: float = 0.0
    first_picture: int = 0
    with_words: bool = True
    track: bool = False
    lines: list[Line] = field(default_factory=list)
    cuts: list[float] = field(default_factory=list)


def film(take: Take, folder: Path) -> Path:
    """Write the video, and its subtitles beside it or in it; `take.lines` and `take.cuts` are filled in."""
    folder.mkdir(parents=True, exist_ok=True)
    sound, lengths = _speak(take, folder)
    take.cuts[:] = [float(each) for each in np.cumsum(lengths)[:-1]]
    srt = folder / f"{take.name}.srt"
    if take.with_words:
        srt.write_text(srt_text(take.lines), encoding="utf-8")
    video = folder / f"{take.name}.mp4"
    _encode(take, sound, lengths, srt if take.with_words and take.track else None, video)
    sound.unlink()
    if take.track:
        srt.unlink(missing_ok=True)
    return video


def srt_text(lines: Sequence[Line]) -> str:
    """The lines as an SRT file."""
    rows = (f"{n}\n{_clock(line.start)} --> {_clock(line.end)}\n{line.text}\n" for n, line in enumerate(lines, 1))
    return "\n".join(rows)


def _speak(take: Take, folder: Path) -> tuple[Path, list[float]]:
    import wave

    speaker, now, lengths, blocks = EmbeddedSpeaker(), 0.0, [], []
    for number, sentences in enumerate(take.shots):
        began = now
        for sentence in sentences:
            file = folder / f"{take.name}-{number}.wav"
            speaker.speak(SpeechRequest(text=sentence, voice="en-us", language="en"), file)
            with wave.open(str(file)) as spoken:
                samples = np.frombuffer(spoken.readframes(spoken.getnframes()), "<i2")
            file.unlink()
            seconds = len(samples) / 48_000
            take.lines.append(Line(start=round(now, 3), end=round(now + seconds, 3), text=sentence))
            blocks += [samples, np.zeros(round(PAUSE * 48_000), np.int16)]
            now += seconds + PAUSE
        if not sentences:
            blocks.append(np.zeros(round(take.silent_seconds * 48_000), np.int16))
            now += take.silent_seconds
        lengths.append(round((now - began) * FPS) / FPS)
    sound = folder / f"{take.name}.sound.wav"
    with wave.open(str(sound), "wb") as out:
        out.setparams((1, 2, 48_000, 0, "NONE", ""))
        out.writeframes(np.concatenate(blocks).tobytes())
    return sound, lengths


def _encode(take: Take, sound: Path, lengths: list[float], srt: Path | None, to: Path) -> None:
    graph, inputs = [], []
    for number, seconds in enumerate(lengths):
        source = PICTURES[(take.first_picture + number) % len(PICTURES)]
        shown = source.format(size=f"{SIZE[0]}x{SIZE[1]}", fps=FPS, w=SIZE[0] - 40)
        graph.append(f"{shown},trim=duration={seconds},setpts=PTS-STARTPTS,format=yuv420p,setsar=1[v{number}]")
    graph.append("".join(f"[v{n}]" for n in range(len(lengths))) + f"concat=n={len(lengths)}:v=1:a=0[v]")
    inputs += ["-i", str(sound)]
    maps = ["-map", "[v]", "-map", "0:a"]
    if srt:
        inputs += ["-i", str(srt)]
        maps += ["-map", "1:s", "-c:s", "mov_text"]
    subprocess.run(
        [imageio_ffmpeg.get_ffmpeg_exe(), "-y", "-loglevel", "error", *inputs, "-filter_complex", ";".join(graph),
         *maps, "-c:v", "libx264", "-preset", "ultrafast", "-crf", "28", "-c:a", "aac", "-b:a", "64k", str(to)],
        check=True, stdin=subprocess.DEVNULL,
    )  # fmt: skip


def _clock(seconds: float) -> str:
    milli = round(seconds * 1000)
    return f"{milli // 3_600_000:02}:{milli // 60_000 % 60:02}:{milli // 1000 % 60:02},{milli % 1000:03}"
