"""The media engine: clips and joints encoded once on all cores, one sound pass, a film by packet copy.

With `--parts FOLDER` segments are kept there by what they are made from, and only new ones are encoded.
"""

import argparse
import hashlib
import json
import tempfile
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import asdict
from pathlib import Path

from benchmarks.media.inputs import FilmInputs, SceneInputs, load, move_of
from pixora_pipeline.assets.workers import Workers
from pixora_pipeline.media.timing import film_timeline
from pixora_pipeline.model.results import Music


def make(film: FilmInputs, parts: Path, to: Path) -> None:
    """Make the film, with the segments that `parts` does not hold yet."""
    from pixora_pipeline.media.film import make_film
    from pixora_pipeline.media.sound import PlacedVoice, Score, mix_sound

    workers, fmt = Workers(), film.format
    plan = film_timeline([scene.frames for scene in film.scenes], fmt)
    voices = [
        PlacedVoice(Path(scene.voice), span.voice_onset) for scene, span in zip(film.scenes, plan.scenes, strict=True)
    ]
    score = Score(Path(film.music), Music.model_validate(film.score))
    sound = to.with_suffix(".wav")
    with ThreadPoolExecutor() as threads:
        mixed = threads.submit(workers.run, mix_sound, voices, score, plan.frames, fmt, sound)
        jobs: dict[Path, Future] = {}
        segments = [_segment(threads, workers, film, parts, jobs, at) for at in range(2 * len(film.scenes) + 1)]
        for job in (mixed, *jobs.values()):
            job.result()
    make_film(segments, sound, (), "Benchmark", "en", fmt, to)
    sound.unlink()
    workers.close()


def _segment(
    threads: ThreadPoolExecutor, workers: Workers, film: FilmInputs, parts: Path, jobs: dict[Path, Future], at: int
) -> Path:
    """Where segment `at` of joint, clip, joint, ..., joint will be. Its making, if need be, is added to `jobs`."""
    from pixora_pipeline.media.clip import make_clip
    from pixora_pipeline.media.joint import make_joint

    before, after = _scene(film, at // 2 - 1), _scene(film, at // 2)
    made_from = [asdict(after)] if at % 2 else [before and asdict(before), after and asdict(after)]
    path = parts / f"{hashlib.sha256(json.dumps(made_from).encode()).hexdigest()[:16]}.mp4"
    if path in jobs or path.exists():
        return path
    if at % 2:
        job = (make_clip, Path(after.picture), move_of(after), Path(after.voice), after.frames, film.format, path)
    else:
        job = (make_joint, _end(before), _end(after), "crossfade", film.format, path)
    jobs[path] = threads.submit(workers.run, *job)
    return path


def _scene(film: FilmInputs, at: int) -> SceneInputs | None:
    return film.scenes[at] if 0 <= at < len(film.scenes) else None


def _end(scene: SceneInputs | None):
    from pixora_pipeline.media.joint import SceneEnd

    return SceneEnd(Path(scene.picture), move_of(scene), scene.frames) if scene else None


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("film", type=Path)
    parser.add_argument("to", type=Path)
    parser.add_argument("--parts", type=Path)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        make(load(asked.film), asked.parts or Path(scratch), asked.to)
