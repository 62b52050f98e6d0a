"""Nobody looks at a clip twice: what was seen of it goes with it into the film."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from pixora_pipeline.assets.watching import WATCHED, watched_film
from pixora_pipeline.media.facts import Watched
from pixora_pipeline.media.watching import played_in_turn, watch
from pixora_pipeline.model.project import Project
from pixora_pipeline.store.artifacts import Stored
from pixora_pipeline_tests.conftest import Bench


def test_what_is_seen_of_the_film_is_among_its_facts(film: tuple[Bench, Project]) -> None:
    bench, project = film
    stored = bench.stored(project, "final_video")
    known = Watched.model_validate(stored.sidecar.facts[WATCHED])
    assert known.frames == watch(stored.path).frames == stored.sidecar.facts["frames"]


def test_a_clip_that_was_watched_is_not_opened_and_an_older_one_is_watched(film: tuple[Bench, Project]) -> None:
    bench, project = film
    clips = [bench.stored(project, "scene_clip", slot) for slot in bench.slots(project)]
    known = [Watched.model_validate(clip.sidecar.facts[WATCHED]) for clip in clips]
    gone = [replace(clip, folder=Path("/nowhere")) for clip in clips]
    for segments in (gone, [unwatched(clips[0]), *gone[1:]]):
        found = bench_watched(bench, segments)
        assert found == played_in_turn(known)
    with pytest.raises(FileNotFoundError):
        bench_watched(bench, [unwatched(gone[0])])


def bench_watched(bench: Bench, segments: list[Stored]) -> Watched:
    with ThreadPoolExecutor() as threads:
        return Watched.model_validate(watched_film(bench.studio.workers, segments, threads)[WATCHED])


def unwatched(clip: Stored) -> Stored:
    """As clips were stored before anybody watched them."""
    facts = {name: fact for name, fact in clip.sidecar.facts.items() if name != WATCHED}
    return replace(clip, sidecar=clip.sidecar.model_copy(update={"facts": facts}))
