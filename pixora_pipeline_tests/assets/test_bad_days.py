"""Films by services on bad days are finished, nothing is paid twice without need, and no scene waits for another."""

from dataclasses import replace
from pathlib import Path

import pytest

from pixora_pipeline.assets import picture, scene_brief, voice
from pixora_pipeline.assets.graph import WAVES
from pixora_pipeline.runner import make_current
from pixora_pipeline.store.database import open_database
from pixora_pipeline_tests.providers.servers.audit import audit
from pixora_pipeline_tests.providers.servers.films import WISHES, make_films, open_company
from pixora_pipeline_tests.providers.servers.journaled import open_account_with_all
from pixora_pipeline_tests.providers.servers.street import open_street
from pixora_pipeline_tests.providers.servers.weather import darken

pytestmark = pytest.mark.slow

FILMS, SCENES = 6, 12

BEFORE_CLIPS = (
    WAVES[0],
    replace(WAVES[1], recipes=(*scene_brief.RECIPES, *voice.RECIPES, *picture.RECIPES)),
)
"""All that services make, and nothing that is encoded."""


def test_films_are_finished_although_one_request_in_ten_goes_wrong(tmp_path: Path) -> None:
    # benchmarks/providers makes two hundred.
    with open_street() as street, open_company(tmp_path) as (studio, instance):
        open_account_with_all(studio, street)
        darken(street, 0.1, seed=3)
        told = list(make_films(studio, instance, range(FILMS)))
        found = audit(street, open_database(studio.settings.database))
    assert [each for each in told if not each.finished] == []
    assert (found.jobs_twice, found.jobs_lost, found.answers_twice) == (0, 0, 0)
    assert found.jobs >= 3 * FILMS and found.weather.total() > 0, "the weather was fine"


def test_the_pictures_of_all_scenes_are_asked_for_at_once(tmp_path: Path) -> None:
    with open_street() as street, open_company(tmp_path) as (studio, instance):
        open_account_with_all(studio, street)
        project = studio.projects.add("p-aaaaaaaaaa", f"The story of film-1 in {SCENES} scenes.", preferences=WISHES)
        make_current(studio, instance, project, BEFORE_CLIPS[:1])
        street.openai.most_at_once, street.openai.together = 0, SCENES + 1
        make_current(studio, instance, project, BEFORE_CLIPS)
    assert street.openai.most_at_once == SCENES + 1
