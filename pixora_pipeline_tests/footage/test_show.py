"""What `pixora footage show` tells of a video."""

import pytest

from pixora_pipeline.model.project import Project
from pixora_pipeline_tests.cli.keyboard import in_process, living_in
from pixora_pipeline_tests.conftest import Bench


def test_a_video_is_shown_with_every_moment(
    compiled: tuple[Bench, Project], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    bench, _ = compiled
    source = next(each for each in bench.studio.sources.all() if each.name == "neck rolls")
    with living_in(bench.studio.settings.home, monkeypatch):
        run = in_process(capsys, monkeypatch)
        told, shown = run("footage", "show", source.id, "--json").json, run("footage", "show", source.id)
    assert (told["name"], told["collection"], told["facts"]["codec"]) == ("neck rolls", "fitness", "h264")
    assert [each["kind"] for each in told["moments"]].count("transcript") >= 2
    assert "Bring your shoulders up to your ears" in shown.told
