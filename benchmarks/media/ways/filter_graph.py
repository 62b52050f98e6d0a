"""One ffmpeg command, as it is commonly written: zoompan, a chain of xfades, amix, sidechaincompress, loudnorm."""

import subprocess
import sys
from pathlib import Path

import imageio_ffmpeg

from benchmarks.media.inputs import FilmInputs, load
from pixora_pipeline.media.timing import SAMPLE_RATE, film_timeline

FADE = 0.5


def graph(film: FilmInputs) -> str:
    """The filter graph; inputs are the pictures, then the voices, then the music."""
    fmt, count = film.format, len(film.scenes)
    plan = film_timeline([scene.frames for scene in film.scenes], fmt)
    parts: list[str] = []
    for at, scene in enumerate(film.scenes):
        zoom = f"zoompan=z='1+0.125*on/{scene.frames}':x='iw/2-iw/zoom/2':y='ih/2-ih/zoom/2'"
        parts.append(f"[{at}:v]{zoom}:d={scene.frames}:s={fmt.width}x{fmt.height}:fps={fmt.fps},format=yuv420p[v{at}]")
    last = "v0"
    for at in range(1, count):
        offset = plan.scenes[at].start / fmt.fps
        parts.append(f"[{last}][v{at}]xfade=transition=fade:duration={FADE}:offset={offset}[x{at}]")
        last = f"x{at}"
    length = plan.frames / fmt.fps
    parts.append(f"[{last}]fade=in:d={FADE},fade=out:st={length - FADE}:d={FADE}[video]")
    for at, span in enumerate(plan.scenes):
        parts.append(f"[{count + at}:a]adelay={span.voice_onset * 1000 // SAMPLE_RATE}:all=1[a{at}]")
    voices = "".join(f"[a{at}]" for at in range(count))
    parts.append(
        f"{voices}amix=inputs={count}:normalize=0,apad=whole_dur={length},aformat=channel_layouts=stereo[said]"
    )
    parts.append("[said]asplit[voice][key]")
    parts.append(f"[{2 * count}:a]atrim=duration={length},volume=0.4[music]")
    parts.append("[music][key]sidechaincompress=threshold=0.03:ratio=8:attack=200:release=1000[ducked]")
    parts.append(f"[voice][ducked]amix=inputs=2:normalize=0,loudnorm=I=-14:TP=-1.5,aresample={SAMPLE_RATE}[sound]")
    return ";".join(parts)


def command(film: FilmInputs, to: Path) -> list[str]:
    """The whole command line."""
    inputs = [scene.picture for scene in film.scenes] + [scene.voice for scene in film.scenes]
    given = [argument for path in inputs for argument in ("-i", path)]
    encoded = "-c:v libx264 -preset veryfast -crf 20 -pix_fmt yuv420p -g 60 -c:a aac -b:a 192k -movflags +faststart"
    return [
        *(imageio_ffmpeg.get_ffmpeg_exe(), "-v", "error", "-y", *given, "-stream_loop", "-1", "-i", film.music),
        *("-filter_complex", graph(film), "-map", "[video]", "-map", "[sound]", *encoded.split(), "-shortest", str(to)),
    ]


if __name__ == "__main__":
    subprocess.run(command(load(Path(sys.argv[1])), Path(sys.argv[2])), check=True)
