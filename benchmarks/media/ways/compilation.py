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
    from pixora_pipeline.media.joint import make_joint
    from pixora_pipeline.media.sound import PlacedVoice, Score, mix_sound

    workers, plan = Workers(), film_timeline([scene.frames for scene in scenes], fmt)
    with tempfile.TemporaryDirectory() as scratch, ThreadPoolExecutor(8) as threads:
        folder = Path(scratch)

        def clip(at: int) -> None:
            original = folder / f"sound{at}.wav"
            workers.run(write_reel_sound, scenes[at], fmt, original)
            workers.run(make_footage_clip, scenes[at], None, original, fmt, folder / f"clip{at}.mp4")

        def joint(at: int) -> None:
            ends = [scenes[one] if 0 <= one < len(scenes) else None for one in (at - 1, at)]
            workers.run(make_joint, *ends, "crossfade", fmt, folder / f"joint{at}.mp4")

        jobs = [threads.submit(clip, at) for at in range(len(scenes))]
        jobs += [threads.submit(joint, at) for at in range(len(scenes) + 1)]
        for job in jobs:
            job.result()
        heard = [
            PlacedVoice(folder / f"sound{at}.wav", span.start * fmt.samples_per_frame)
            for at, span in enumerate(plan.scenes)
        ]
        score = Score(music, _music(music))
        workers.run(mix_sound, heard, score, plan.frames, fmt, folder / "sound.wav")
        segments = [folder / f"joint{0}.mp4"]
        for at in range(len(scenes)):
            segments += [folder / f"clip{at}.mp4", folder / f"joint{at + 1}.mp4"]
        make_film(segments, folder / "sound.wav", (), "Compilation", "en", fmt, to)
    workers.close()


def _music(path: Path) -> Music:
    from pixora_pipeline.media.wav import wav_seconds

    seconds = wav_seconds(path)
    return Music(seconds=seconds, loop_start=seconds / 3, loop_end=seconds * 2 / 3)


if __name__ == "__main__":
    count, size, music, to, *given = sys.argv[1:]
    made = reels([Path(one) for one in given], int(count))
    make(made, Path(music), FilmFormat(*map(int, size.split("x"))), Path(to))
