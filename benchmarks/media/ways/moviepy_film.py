# /// script
# requires-python = ">=3.11"
# dependencies = ["moviepy>=2.2,<3", "imageio-ffmpeg>=0.6"]
# ///
"""The film by MoviePy, in an environment of its own (it asks for an older Pillow): `uv run --script`.

`one-pass` is one composition, written once. `turbo` is how MoneyPrinterTurbo uses MoviePy (app/services/video.py): each
picture zoomed and written as a video, each video read, given its transition and written again, the pieces
concatenated by packet copy, the result read, given its sound and written a third time. Both get our encoder's
settings; MoneyPrinterTurbo itself leaves MoviePy's slower ones. Neither ducks the music nor measures loudness.
"""

import json
import subprocess
import sys
import tempfile
from pathlib import Path

import imageio_ffmpeg
from moviepy import AudioFileClip, CompositeAudioClip, CompositeVideoClip, ImageClip, VideoFileClip, afx, vfx

FPS, SIZE, HANDLE, FADE, LEAD = 30, (1920, 1080), 15, 0.5, 0.7
ENCODER = {"fps": FPS, "codec": "libx264", "preset": "veryfast", "ffmpeg_params": ["-crf", "20"], "logger": None}


def zoomed(scene: dict) -> CompositeVideoClip:
    """The picture, slowly growing, in the film's frame."""
    seconds = scene["frames"] / FPS
    still = ImageClip(scene["picture"]).with_duration(seconds).resized(width=SIZE[0])
    grown = still.resized(lambda t: 1 + 0.125 * t / seconds).with_position("center")
    return CompositeVideoClip([grown], size=SIZE).with_duration(seconds)


def sound(film: dict, starts: list[float], seconds: float) -> CompositeAudioClip:
    """Voices at their places over the music."""
    spoken = [
        AudioFileClip(scene["voice"]).with_start(start + LEAD)
        for scene, start in zip(film["scenes"], starts, strict=True)
    ]
    music = AudioFileClip(film["music"]).with_effects(
        [afx.MultiplyVolume(0.2), afx.AudioLoop(duration=seconds), afx.AudioFadeOut(3)]
    )
    return CompositeAudioClip([*spoken, music])


def one_pass(film: dict, to: Path) -> None:
    """Everything in one composition."""
    starts, at = [], 0.0
    for scene in film["scenes"]:
        starts.append(at)
        at += (scene["frames"] - HANDLE) / FPS
    clips = [
        zoomed(scene).with_start(start).with_effects([vfx.CrossFadeIn(FADE)] if start else [])
        for scene, start in zip(film["scenes"], starts, strict=True)
    ]
    seconds = at + HANDLE / FPS
    whole = CompositeVideoClip(clips, size=SIZE).with_duration(seconds)
    whole = whole.with_audio(sound(film, starts, seconds))
    whole.write_videofile(str(to), audio_codec="aac", audio_bitrate="192k", audio_fps=48_000, threads=2, **ENCODER)


def turbo(film: dict, to: Path) -> None:
    """A file after every step."""
    with tempfile.TemporaryDirectory() as scratch:
        folder, starts, at = Path(scratch), [], 0.0
        for index, scene in enumerate(film["scenes"]):
            zoomed(scene).write_videofile(str(folder / f"zoom{index}.mp4"), **ENCODER)
            starts.append(at)
            seconds = (scene["frames"] - HANDLE) / FPS
            at += seconds
            with VideoFileClip(str(folder / f"zoom{index}.mp4")) as clip:
                piece = clip.subclipped(0, seconds).with_effects([vfx.FadeIn(FADE)])
                piece.write_videofile(str(folder / f"clip{index}.mp4"), **ENCODER)
        listed = "".join(f"file 'clip{index}.mp4'\n" for index in range(len(starts)))
        (folder / "list.txt").write_text(listed)
        joined = folder / "joined.mp4"
        concat = ["-v", "error", "-f", "concat", "-safe", "0", "-i", str(folder / "list.txt"), "-c", "copy"]
        subprocess.run([imageio_ffmpeg.get_ffmpeg_exe(), *concat, str(joined)], check=True)
        with VideoFileClip(str(joined)) as whole:
            final = whole.with_audio(sound(film, starts, whole.duration))
            final.write_videofile(
                str(to), audio_codec="aac", audio_bitrate="192k", audio_fps=48_000, threads=2, **ENCODER
            )


if __name__ == "__main__":
    {"one-pass": one_pass, "turbo": turbo}[sys.argv[1]](json.loads(Path(sys.argv[2]).read_text()), Path(sys.argv[3]))
