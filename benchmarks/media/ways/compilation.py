"""A compilation by the media engine: scenes of two cuts each, with their own sound, under music.

`python -m benchmarks.media.ways.compilation 50 720x1280 music.wav out.mp4 source.mp4 ...`, the first being the scenes.
"""

import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from pixora_pipeline.assets.workers import Workers
from pixora_pipeline.media.reel import Cut, Reel
from pixora_pipeline.media.timing import FilmFormat, film_timeline
from pixora_pipeline.model.results import Music

SCENE_FRAMES = 195


def reels(sources: list[Path], scenes: int) -> list[Reel]:
    """Scenes from all over the sources: neighbours never share one."""
    found = []
    for at in range(scenes):
        cuts = [
            Cut(sources[(2 * at + part) % len(sources)], start, start + 3.25)
            for part, start in enumerate((11.3 * at + 1.7, 588.1 - 11.3 * at))
        ]
        found.append(Reel(tuple(cuts), SCENE_FRAMES))
    return found


def make(scenes: list[Reel], music: Path, fmt: FilmFormat, to: Path) -> None:
    """Clips and joints side by side, one sound pass, a film by packet copy."""
    from pixora_pipeline.media.film import make_film
    from pixora_pipeline.media.footage_clip import make_footage_clip
    from pixora_pipeline.media.footage_sound import write_reel_sound
    from pixora_pipeline.media.handles import HandlesShot
    from pixora_pipeline.media.joint import make_joint
    from pixora_pipeline.media.sound import PlacedVoice, Score, mix_sound

    workers, plan = Workers(), film_timeline([scene.frames for scene in scenes], fmt)
    with tempfile.TemporaryDirectory() as scratch, ThreadPoolExecutor(8) as threads:
        folder = Path(scratch)

        def sound(at: int) -> None:
            workers.run(write_reel_sound, scenes[at], fmt, folder / f"sound{at}.wav")

        def mix() -> None:
            heard = [
                PlacedVoice(folder / f"sound{at}.wav", span.start * fmt.samples_per_frame)
                for at, span in enumerate(plan.scenes)
            ]
            workers.run(mix_sound, heard, Score(music, _music(music)), plan.frames, fmt, folder / "sound.m4a")

        def clip(at: int) -> None:
            heard, handles = folder / f"sound{at}.wav", folder / f"handles{at}.mp4"
            workers.run(make_footage_clip, scenes[at], None, heard, fmt, folder / f"clip{at}.mp4", handles)

        def joint(at: int) -> None:
            ends = [
                HandlesShot(folder / f"handles{one}.mp4", scenes[one].frames) if 0 <= one < len(scenes) else None
                for one in (at - 1, at)
            ]
            workers.run(make_joint, *ends, "crossfade", fmt, folder / f"joint{at}.mp4")

        for work in (sound, clip):
            list(threads.map(work, range(len(scenes))))
            if work is sound:
                mixing = threads.submit(mix)
        list(threads.map(joint, range(len(scenes) + 1)))
        mixing.result()
        segments = [folder / f"joint{0}.mp4"]
        for at in range(len(scenes)):
            segments += [folder / f"clip{at}.mp4", folder / f"joint{at + 1}.mp4"]
        make_film(segments, folder / "sound.m4a", (), "Compilation", "en", fmt, to)
    workers.close()


def _music(path: Path) -> Music:
    from pixora_pipeline.media.wav import wav_seconds

    seconds = wav_seconds(path)
    return Music(seconds=seconds, loop_start=seconds / 3, loop_end=seconds * 2 / 3)


if __name__ == "__main__":
    count, size, music, to, *given = sys.argv[1:]
    made = reels([Path(one) for one in given], int(count))
    make(made, Path(music), FilmFormat(*map(int, size.split("x"))), Path(to))
