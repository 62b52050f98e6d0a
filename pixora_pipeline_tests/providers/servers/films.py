"""Tiny films in which everything is made by the services of a street, and how each of them ended."""

import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from dagster import DagsterInstance

from pixora_pipeline.assets.project_plan import current_plan
from pixora_pipeline.assets.studio import Studio
from pixora_pipeline.instance import open_instance
from pixora_pipeline.model.project import Models, Preferences
from pixora_pipeline.partitions import new_project_id
from pixora_pipeline.runner import RunFailed, make_current
from pixora_pipeline.settings import Settings
from pixora_pipeline_tests.providers.servers.journaled import calls_of

ATTEMPTS = 3
"""How often a project is taken up before it is left alone, as the sensor does."""

WISHES = Preferences(
    resolution="240p",
    language="en-US",
    models=Models(
        text="openai/gpt-6-luna",
        text_instead="anthropic/claude-haiku-4-5",
        image="openai/gpt-image-2.5-flare",
        speech="polly/neural",
        music="replicate/musicgen",
        motion="replicate/kling-v1.6-standard",
    ),
)


@dataclass(frozen=True)
class Told:
    """How a film ended: what went wrong at each attempt, and whether it is finished."""

    number: int
    finished: bool
    seconds: float
    failures: tuple[str, ...]


@contextmanager
def open_company(home: Path) -> Iterator[tuple[Studio, DagsterInstance]]:
    """A studio in that home, which other processes may share, with accounts that it was given."""
    settings = Settings(home=home, workers=1)
    studio, instance = Studio(settings), open_instance(settings)
    studio.paid_calls = calls_of(studio)
    try:
        yield studio, instance
    finally:
        studio.close()
        instance.dispose()


def make_films(studio: Studio, instance: DagsterInstance, numbers: Iterable[int]) -> Iterator[Told]:
    """Make the films of these numbers, one after another. Each has a text of its own: see `story.script_of`."""
    for number in numbers:
        yield _make_film(studio, instance, number)


def _make_film(studio: Studio, instance: DagsterInstance, number: int) -> Told:
    project = studio.projects.add(new_project_id(), f"The story of film-{number:04}.", preferences=WISHES)
    began, failures = time.monotonic(), []
    for _ in range(ATTEMPTS):
        try:
            make_current(studio, instance, project)
            break
        except RunFailed as failed:
            failures.append(str(failed))
    finished = current_plan(instance, studio, project)[0].steps == ()
    return Told(number, finished, time.monotonic() - began, tuple(failures))
