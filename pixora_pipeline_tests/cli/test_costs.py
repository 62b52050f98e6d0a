"""What a project cost is told by artifact and scene, and its budget can be set where a film is asked for."""

import pytest

from pixora_pipeline.cli.costs import Costs, Expected, said, summary
from pixora_pipeline.cli.session import Session
from pixora_pipeline.model.cost import Cost
from pixora_pipeline.model.project import Models, Preferences, Project
from pixora_pipeline_tests.cli.conftest import Desk
from pixora_pipeline_tests.conftest import Bench

TEXT = "Tell a story about a lighthouse."


def test_a_film_of_embedded_makers_cost_nothing(studio: Desk, film: tuple[Bench, Project]) -> None:
    _, project = film
    told = studio.pixora("costs", project.id, "--json").json
    assert (told["spent"]["usd"], told["spent"]["requests"], told["artifacts"]) == (0.0, 0, {})
    assert told["expected"] == {"usd": 0.0, "unknown": 0}
    assert "Spent: $0.00. Expected to come: $0.00." in studio.pixora("costs", project.id).told
    assert "Spent: $0.00." in studio.pixora("show", project.id).told
    assert studio.pixora("show", project.id, "--json").json["costs"]["spent"]["usd"] == 0.0


@pytest.mark.parametrize(
    ("cost", "words"),
    [
        (Cost(), "$0.00"),
        (Cost(usd=1.5, requests=3), "$1.50"),
        (Cost(unknown=1, requests=1), "unknown (1 request)"),
        (Cost(usd=0.004, unknown=2, requests=3), "$0.0040 and 2 requests of unknown price"),
    ],
)
def test_what_is_unknown_is_said_to_be(cost: Cost, words: str) -> None:
    assert said(cost) == words


def test_the_summary_names_all_that_is_known() -> None:
    told = Costs(
        project="p",
        spent=Cost(usd=1.0, reserved=0.5, requests=4, lost=1),
        artifacts={},
        scenes={},
        expected=Expected(usd=2.0, unknown=3),
        budget_usd=5.0,
    )
    assert summary(told) == (
        "Spent: $1.00. Under way: $0.50. 1 of the requests were lost on the way and may not have been charged. "
        "Expected to come: $2.00 and 3 artifacts of unknown price. Budget: $5.00."
    )


def test_who_stands_in_is_no_part_of_the_film(desk: Desk) -> None:
    with Session() as session:
        first = session.project_for(TEXT, "story", None, Preferences())
        models = Models(speech_instead="polly/neural")
        more = session.project_for(TEXT, "story", None, Preferences(models=models))
        assert (more.id, more.preferences.models.speech_instead) == (first.id, "polly/neural")
        other = session.project_for(TEXT, "story", None, Preferences(models=Models(speech="polly/neural")))
        assert other.id != first.id


def test_the_budget_is_no_part_of_the_film(desk: Desk) -> None:
    with Session() as session:
        first = session.project_for(TEXT, "story", None, Preferences())
        more = session.project_for(TEXT, "story", None, Preferences(budget_usd=5.0))
        assert (more.id, more.preferences.budget_usd) == (first.id, 5.0)
        assert session.project_for(TEXT, "story", None, Preferences(budget_usd=5.0)).revision == more.revision
        edited = desk.pixora("edit", first.id, "--budget", "7.50", "--json")
        assert edited.code == 0
        assert session.project(first.id).preferences.budget_usd == 7.5
        assert desk.pixora("revert", first.id, "1").code in (0, 2)
        assert session.project(first.id).preferences.budget_usd == 7.5
        assert desk.pixora("edit", first.id, "--budget", "none").code == 0
        assert session.project(first.id).preferences.budget_usd is None


@pytest.mark.parametrize("budget", ["-1", "a lot", "nan", "inf"])
def test_what_is_no_budget_is_refused(desk: Desk, budget: str) -> None:
    with Session() as session:
        project = session.project_for(TEXT, "story", None, Preferences())
    refused = desk.pixora("edit", project.id, "--budget", budget)
    assert refused.code == 2
    assert "--budget" in refused.told
    made = desk.pixora("make", TEXT, f"--budget={budget}")
    assert made.code == 2
    assert "--budget" in made.told
