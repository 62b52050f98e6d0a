"""A library that an earlier version looked through: what is up to date is used, and one command mends the rest."""

import shutil
from pathlib import Path

import pytest

from pixora_pipeline.assets.graph import GRAPH
from pixora_pipeline.assets.takes import ask_for_takes
from pixora_pipeline.runner import RunFailed
from pixora_pipeline_tests.cli.keyboard import in_process, living_in
from pixora_pipeline_tests.conftest import Bench
from pixora_pipeline_tests.footage.library import fill
from pixora_pipeline_tests.footage.test_compilation import plan_of, script_only


def make_outdated(bench: Bench, *ids: str) -> None:
    """As after an upgrade: what an earlier version made is not what is looked for."""
    for id in ids:
        shutil.rmtree(bench.studio.store.root / "shots" / id)


def test_a_film_is_cut_from_what_is_up_to_date_and_another_take_from_what_was_refreshed(
    takes: list[Path], bench: Bench, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    left, outdated = fill(bench, takes[:2])
    make_outdated(bench, outdated.id)
    project = script_only(bench)
    plan = plan_of(bench, project)
    assert plan.sources == (left.id,)
    (told,) = [notice.message for notice in plan.notices if notice.kind == "outdated"]
    assert told.startswith("1 of 2 videos that fit has to be looked through by this version first: `pixora footage ref")

    with living_in(bench.studio.settings.home, monkeypatch):
        run = in_process(capsys, monkeypatch)
        assert {each["id"]: each["up_to_date"] for each in run("footage", "list", "--json").json} == {
            left.id: True, outdated.id: False,
        }  # fmt: skip
        assert "1 of 2 videos in the library has to be looked through" in run("footage", "list").told
        assert "`pixora footage refresh`" in run("footage", "show", outdated.id).told
        refreshed = run("footage", "refresh", "--json").json
        assert ([each["id"] for each in refreshed["refreshed"]], refreshed["failed"]) == ([outdated.id], [])
        assert "2 of 2 videos are up to date" in run("footage", "refresh").told

    assert f"pixora take {project.id} clip_plan" in told
    project = ask_for_takes(bench.studio, project, GRAPH, [("clip_plan", None)])
    bench.make(project)
    again = plan_of(bench, project)
    assert set(again.sources) == {left.id, outdated.id}
    assert "outdated" not in {notice.kind for notice in again.notices}


def test_where_all_of_it_is_outdated_the_sentence_says_so_and_not_that_there_is_nothing(
    takes: list[Path], bench: Bench
) -> None:
    make_outdated(bench, *(source.id for source in fill(bench, takes[:2])))
    with pytest.raises(RunFailed, match=r"2 of 2 videos that fit have to be looked through .*pixora footage refresh"):
        script_only(bench)
