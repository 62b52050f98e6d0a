"""Five minutes upright, cut from eight sources of ten minutes: how long the composition takes."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import imageio_ffmpeg

from benchmarks.media.camera import TAKES, write_take
from benchmarks.media.figures import Rounds, repeated, show
from benchmarks.media.inputs import cache, film_inputs
from benchmarks.media.usage import measured

SCENES = 50
"""Of six seconds each."""

SIZES = ("720x1280", "1080x1920")
UNIQUE_SECONDS, TIMES_OVER = 20, 30
PATTERN_SECONDS, PATTERN_TIMES = 30, 20
PATTERNS = (
    "testsrc2=size=1920x1080:rate=30",
    "mandelbrot=size=640x360:rate=30:start_scale=2.5,scale=1920:1080",
    "gradients=size=1920x1080:rate=30:n=6:speed=0.02",
    "life=size=320x180:rate=30:mold=20:ratio=0.1:death_color=#803020:life_color=#40c080,scale=1920:1080",
    "cellauto=size=320x180:rate=30:rule=110,scale=1920:1080:flags=bicubic",
    "smptehdbars=size=1920x1080:rate=30,hue=H=t",
    "zoneplate=size=1920x1080:rate=30:kt2=2",
    "sierpinski=size=960x540:rate=30,scale=1920:1080",
)
"""Moving pictures of every kind, at 1080p30 and 0.2 to 8 Mbit/s: as dear as footage to decode, with harder edges."""


def sources() -> list[Path]:
    """The eight sources: twenty seconds as a camera takes them and a tone each, thirty times over by packet copy."""
    pictures = [scene.picture for scene in film_inputs().scenes]
    folder = _folder("camera")

    def take(at: int, to: Path) -> None:
        write_take(TAKES[at], Path(pictures[at]), Path(pictures[(at + 4) % len(pictures)]), UNIQUE_SECONDS, to)

    return [_source(folder / f"source{at}.mp4", at, take, TIMES_OVER) for at in range(len(TAKES))]


def smaller_sources() -> list[Path]:
    """The same takes at 1280 x 720."""
    large, folder = sources(), _folder("camera-720p")
    coded = (
        "-an -vf scale=1280:720 -c:v libx264 -preset veryfast -crf 22 -maxrate 4M -bufsize 8M -g 150 -pix_fmt yuv420p"
    )

    def shrink(at: int, to: Path) -> None:
        _ffmpeg("-t", UNIQUE_SECONDS, "-i", large[at], *coded.split(), to)

    return [_source(folder / f"source{at}.mp4", at, shrink, TIMES_OVER) for at in range(len(TAKES))]


def patterns() -> list[Path]:
    """Eight sources of half a minute of test patterns, twenty times over."""
    folder = _folder("sources")
    coded = "-c:v libx264 -preset veryfast -crf 26 -maxrate 8M -bufsize 16M -g 150 -pix_fmt yuv420p"

    def draw(at: int, to: Path) -> None:
        _ffmpeg("-f", "lavfi", "-i", PATTERNS[at], "-t", PATTERN_SECONDS, *coded.split(), to)

    return [_source(folder / f"source{at}.mp4", at, draw, PATTERN_TIMES) for at in range(len(PATTERNS))]


def compare(times: int) -> None:
    """At 720 x 1280 and at 1080 x 1920; at 720 x 1280 also from smaller sources, and of test patterns."""
    ways = {size.replace("x", " x "): (size, sources()) for size in SIZES}
    ways["720 x 1280, from 720p"] = (SIZES[0], smaller_sources())
    ways["720 x 1280, test patterns"] = (SIZES[0], patterns())
    film = film_inputs()
    voice = min((scene.voice for scene in film.scenes), key=lambda path: Path(path).stat().st_size)
    rounds = Rounds("Compilation of five minutes from eight sources", "720 x 1280")

    def once(folder: Path) -> None:
        for name, (size, given) in ways.items():
            way = ["-m", "benchmarks.media.ways.compilation", str(SCENES), size, voice, film.music]
            rounds.add(name, measured([sys.executable, *way, str(folder / "film.mp4"), *map(str, given)]))

    repeated(times, once)
    show(rounds)


def _folder(name: str) -> Path:
    folder = cache() / name
    folder.mkdir(exist_ok=True)
    return folder


def _source(to: Path, at: int, picture: Callable[[int, Path], None], times: int) -> Path:
    if to.exists():
        return to
    silent, once = to.with_suffix(".silent.mp4"), to.with_suffix(".once.mp4")
    picture(at, silent)
    sound = f"sine=frequency={220 * (at + 2)}:sample_rate=48000,volume=0.3"
    coded = "-map 1 -map 0 -c:v copy -c:a aac -b:a 128k -shortest"
    _ffmpeg("-f", "lavfi", "-i", sound, "-i", silent, *coded.split(), once)
    _ffmpeg("-stream_loop", times - 1, "-i", once, "-c", "copy", to)
    silent.unlink()
    once.unlink()
    return to


def _ffmpeg(*arguments: object) -> None:
    subprocess.run([imageio_ffmpeg.get_ffmpeg_exe(), "-v", "error", "-y", *map(str, arguments)], check=True)
