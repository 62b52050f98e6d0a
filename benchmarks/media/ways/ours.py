"""The media engine: clips and joints encoded once on all cores, one sound pass, a film by packet copy.

With `--parts FOLDER` segments are kept there by what they are made from, and only new ones are encoded.
"""

import argparse
import hashlib
import json
import tempfile
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict
from pathlib import Path

from benchmarks.media.inputs import FilmInputs, SceneInputs, load, move_of, near_of
from pixora_pipeline.assets.joints import runs
from pixora_pipeline.assets.workers import Workers
from pixora_pipeline.media.timing import film_timeline
from pixora_pipeline.model.results import Music


def make(film: FilmInputs, parts: Path, to: Path) -> None:
    """Make the film, with the segments that `parts` does not hold yet."""
    workers, sound = Workers(), to.with_suffix(".m4a")
    segments = [_segment(film, parts, at) for at in range(2 * len(film.scenes) + 1)]
    with ThreadPoolExecutor() as threads:
        jobs = [threads.submit(workers.run, mix, film, sound)]
        for run in runs(_missing(segments[::2])):
            ends = [None, *film.scenes, None][run.start : run.stop + 1]
            jobs.append(threads.submit(workers.run, joints, film, ends, segments[::2][run]))
        for scene, to_make, path in zip(film.scenes, _missing(segments[1::2]), segments[1::2], strict=True):
            if to_make:
                jobs.append(threads.submit(workers.run, clip, film, scene, path))
        for job in jobs:
            job.result()
        threads.submit(workers.run, join, film, segments, sound, to).result()
    sound.unlink()
    workers.close()


def mix(film: FilmInputs, to: Path) -> None:
    """The film's sound."""
    from pixora_pipeline.media.sound import PlacedVoice, Score, mix_sound

    plan = film_timeline([scene.frames for scene in film.scenes], film.format)
    placed = zip(film.scenes, plan.scenes, strict=True)
    voices = [PlacedVoice(Path(scene.voice), span.voice_onset) for scene, span in placed]
    mix_sound(voices, Score(Path(film.music), Music.model_validate(film.score)), plan.frames, film.format, to)


def clip(film: FilmInputs, scene: SceneInputs, to: Path) -> None:
    """A scene's body."""
    from pixora_pipeline.media.clip import make_clip

    make_clip(shot(scene), Path(scene.voice), film.format, to)


def joints(film: FilmInputs, scenes: list[SceneInputs | None], to: list[Path]) -> None:
    """The frames between scenes that follow each other."""
    from pixora_pipeline.media.joint import make_joints

    make_joints([scene and shot(scene) for scene in scenes], ["crossfade"] * len(to), film.format, to)


def shot(scene: SceneInputs):
    """A scene's still under its camera."""
    from pixora_pipeline.media.shot import StillShot

    return StillShot(Path(scene.picture), move_of(scene), scene.frames, near_of(scene))


def join(film: FilmInputs, segments: list[Path], sound: Path, to: Path) -> None:
    """The film itself."""
    from pixora_pipeline.media.film import make_film

    make_film(segments, sound, (), "Benchmark", "en", film.format, to)


def _segment(film: FilmInputs, parts: Path, at: int) -> Path:
    """Where segment `at` of joint, clip, joint, ..., joint will be: it is named by what it is made from."""
    before, after = _scene(film, at // 2 - 1), _scene(film, at // 2)
    made_from = [asdict(after)] if at % 2 else [before and asdict(before), after and asdict(after)]
    return parts / f"{hashlib.sha256(json.dumps(made_from).encode()).hexdigest()[:16]}.mp4"


def _missing(paths: list[Path]) -> list[bool]:
    """Which of them are not there yet; of two alike, the first."""
    return [not path.exists() and path not in paths[:at] for at, path in enumerate(paths)]


def _scene(film: FilmInputs, at: int) -> SceneInputs | None:
    return film.scenes[at] if 0 <= at < len(film.scenes) else None


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("film", type=Path)
    parser.add_argument("to", type=Path)
    parser.add_argument("--parts", type=Path)
    asked = parser.parse_args()
    # Worker processes know this module by its own name, not as the program that was started.
    from benchmarks.media.ways.ours import make as make_in_workers

    with tempfile.TemporaryDirectory() as scratch:
        make_in_workers(load(asked.film), asked.parts or Path(scratch), asked.to)
