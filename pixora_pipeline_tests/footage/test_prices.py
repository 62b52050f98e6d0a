"""What searching the library is expected to cost: by the services that its sources were placed by."""

from datetime import UTC, datetime

import pytest

from pixora_pipeline.assets.graph import GRAPH
from pixora_pipeline.model.compilation import SearchQueries, SearchQuery
from pixora_pipeline.model.footage import FootageModels
from pixora_pipeline.model.project import Preferences, Project
from pixora_pipeline.planning.expected import expected_price
from pixora_pipeline.planning.foresight import Foreseen, Outlook, value_text
from pixora_pipeline_tests.conftest import Bench
from pixora_pipeline_tests.footage.conftest import PLACER

PROJECT = Project(
    id="p-aaaaaaaaaa", owner="local", text="two minutes of mobility", title=None, kind="compilation",
    preferences=Preferences(), revision=1, created_at=datetime(2026, 1, 1, tzinfo=UTC),
)  # fmt: skip
QUERIES = SearchQueries(
    title="Mobility",
    seconds=120,
    queries=tuple(SearchQuery(topic="neck", text="x" * 40, priority=5, seconds=24) for _ in range(5)),
)


def price(outlook: Outlook, *embeddings: str) -> float | None:
    return expected_price(PROJECT, lambda: embeddings)(GRAPH["footage_matches"], outlook)


def test_what_is_built_in_costs_nothing() -> None:
    assert price(Outlook(PROJECT)) == price(Outlook(PROJECT), "embedded") == 0.0


def test_a_service_is_paid_for_what_is_asked() -> None:
    known = Outlook(PROJECT, by_place={("search_queries", None): Foreseen("v", value_text(QUERIES))})
    assert price(known, "embedded", PLACER) == pytest.approx(5 * 10 * 0.02 / 1e6)
    assert price(Outlook(PROJECT), PLACER) == pytest.approx(8 * 40 * 0.02 / 1e6), "before the questions are known"


def test_an_unknown_price_is_unknown() -> None:
    assert price(Outlook(PROJECT), "openai/text-embedding-9", PLACER) is None


def test_a_plan_asks_the_library_by_whom_its_sources_are_placed(bench: Bench) -> None:
    for number, model in enumerate((PLACER, "embedded", PLACER)):
        bench.studio.sources.register(
            lambda number=number: f"v-aaaaaaaaa{number}", name="a", path=str(number), video=str(number), sidecar=None,
            models=FootageModels(embedding=model), tags=None, collection=None,
        )  # fmt: skip
    assert sorted(bench.studio.sources.embeddings()) == ["embedded", PLACER]
    project = bench.studio.projects.add(PROJECT.id, PROJECT.text, kind="compilation")
    (step,) = [each for each in bench.plan(project).steps if each.place[0] == "footage_matches"]
    assert step.usd == pytest.approx(8 * 40 * 0.02 / 1e6)
