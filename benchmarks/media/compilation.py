"""Five minutes upright, cut from eight sources of ten minutes: how long the composition takes."""

import subprocess
import sys
from pathlib import Path

import imageio_ffmpeg

from benchmarks.media.figures import Rounds, repeated, show
from benchmarks.media.inputs import cache, film_inputs
from benchmarks.media.usage import measured

SCENES = 50
"""Of six seconds each."""

UNIQUE_SECONDS, TIMES_OVER = 30, 20
PICTURES = (
    "testsrc2=size=1920x1080:rate=30",
    "mandelbrot=size=640x360:rate=30:start_scale=2.5,scale=1920:1080",
    "gradients=size=1920x1080:rate=30:n=6:speed=0.02",
    "life=size=320x180:rate=30:mold=20:ratio=0.1:death_color=#803020:life_color=#40c080,scale=1920:1080",
    "cellauto=size=320x180:rate=30:rule=110,scale=1920:1080:flags=bicubic",
    "smptehdbars=size=1920x1080:rate=30,hue=H=t",
    "zoneplate=size=1920x1080:rate=30:kt2=2",
    "sierpinski=size=960x540:rate=30,scale=1920:1080",
)
"""Moving pictures of every kind, at 1080p30, as busy as footage is (0.5 to 8 Mbit/s)."""


def sources() -> list[Path]:
    """The eight sources: half a minute of pictures and a tone each, twenty times over by packet copy."""
    folder = cache() / "sources"
    folder.mkdir(exist_ok=True)
    return [_source(folder / f"source{at}.mp4", picture, 220 * (at + 2)) for at, picture in enumerate(PICTURES)]


def compare(times: int) -> None:
    """At 720 x 1280 and at 1080 x 1920."""
    given, film = [str(source) for source in sources()], film_inputs()
    voice = min((scene.voice for scene in film.scenes), key=lambda path: Path(path).stat().st_size)
    rounds = Rounds("Compilation of five minutes from eight sources", "720 x 1280")

    def once(folder: Path) -> None:
        for size in ("720x1280", "1080x1920"):
            command = [
                "-m",
                "benchmarks.media.ways.compilation",
                str(SCENES),
                size,
                voice,
                film.music,
                str(folder / "film.mp4"),
                *given,
            ]
            rounds.add(size.replace("x", " x "), measured([sys.executable, *command]))

    repeated(times, once)
    show(rounds)


def _source(to: Path, picture: str, pitch: int) -> Path:
    if to.exists():
        return to
    once = to.with_suffix(".once.mp4")
    sound = f"sine=frequency={pitch}:sample_rate=48000,volume=0.3"
    inputs = ["-f", "lavfi", "-i", picture, "-f", "lavfi", "-i", sound, "-t", str(UNIQUE_SECONDS)]
    coded = "-c:v libx264 -preset veryfast -crf 26 -maxrate 8M -bufsize 16M -g 150 -pix_fmt yuv420p -c:a aac -b:a 128k"
    _ffmpeg(*inputs, *coded.split(), once)
    _ffmpeg("-stream_loop", str(TIMES_OVER - 1), "-i", once, "-c", "copy", to)
    once.unlink()
    return to


def _ffmpeg(*arguments: object) -> None:
    subprocess.run([imageio_ffmpeg.get_ffmpeg_exe(), "-v", "error", "-y", *map(str, arguments)], check=True)
