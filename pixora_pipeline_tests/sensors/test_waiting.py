"""The sensor waits for a project that a command is making, and not for a command that was killed."""

import pytest
from dagster import DagsterRunStatus

from pixora_pipeline.assets.operations import COMMAND, REQUESTED_BY
from pixora_pipeline.store.database import open_database
from pixora_pipeline.store.makers import open_makers
from pixora_pipeline_tests.conftest import Bench
from pixora_pipeline_tests.sensors.test_reconciler import ID, Ticks, insert, run_of


@pytest.fixture
def ticks(bench: Bench) -> Ticks:
    return Ticks(bench)


def test_nothing_is_requested_while_somebody_makes_the_project(bench: Bench, ticks: Ticks) -> None:
    insert(bench)
    settings = bench.studio.settings
    with open_makers(open_database(settings.database), settings.home / "makers").hold(ID, "a command"):
        assert [ticks.requests() for _ in range(3)] == [[], [], []]
        insert(bench, "p-bbbbbbbbbb")
        assert ticks.settle().partition_key == "p-bbbbbbbbbb"
    assert ID in {request.partition_key for _ in range(2) for request in ticks.requests()}


def test_a_killed_command_is_not_waited_for_although_its_run_never_ended(bench: Bench, ticks: Ticks) -> None:
    insert(bench)
    request = ticks.settle()
    left = request._replace(tags={**request.tags, REQUESTED_BY: COMMAND})
    run_of(bench.instance, left, DagsterRunStatus.STARTED, bench)
    assert ticks.settle().partition_key == ID
