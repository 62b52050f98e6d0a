"""What Dagster's UI shows and does, asked through its GraphQL on the real webserver."""

import json
import re
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from pixora_pipeline.assets.graph import GRAPH
from pixora_pipeline.assets.next_run import next_run
from pixora_pipeline.assets.operations import REQUESTED_BY
from pixora_pipeline.assets.recorded import asset_key, partition_key
from pixora_pipeline.definitions import build_defs
from pixora_pipeline.model.overlay import Overlay, SceneEdit
from pixora_pipeline.model.project import Project
from pixora_pipeline.model.script import scene_number
from pixora_pipeline.planning.records import Place, Records
from pixora_pipeline.settings import CHECKOUT
from pixora_pipeline.store.studio_address import media_address
from pixora_pipeline_tests.conftest import Bench, close_bench, made_once, open_copy
from pixora_pipeline_tests.daemon import code_server, free_port, kill, listens, open_studio, start, wait_until

pytestmark = pytest.mark.slow

TEXT = "A red boat left the quiet harbour. A storm rose over the sea. Snow fell on the mountains in the night."


@dataclass(frozen=True)
class Site:
    """A finished film, and the webserver that shows it. There is no daemon: nothing follows by itself."""

    bench: Bench
    project: Project
    url: str

    def ask(self, query: str) -> dict:
        body = json.dumps({"query": query}).encode()
        request = urllib.request.Request(f"{self.url}/graphql", body, {"Content-Type": "application/json"})
        with urllib.request.urlopen(request) as answer:
            found = json.loads(answer.read())
        assert "errors" not in found, found
        return found["data"]

    def stale(self) -> set[Place]:
        """Everything that the UI calls stale."""
        found: set[Place] = set()
        layout = self.bench.plan(self.project).layout
        for recipe in GRAPH.values():
            if not (places := list(layout.places(recipe))):
                continue
            keys = [partition_key(self.project.id, place) for place in places]
            fields = " ".join(f'p{n}: staleStatus(partition: "{key}")' for n, key in enumerate(keys))
            path = json.dumps(asset_key(recipe.name).path)
            node = self.ask(f"{{assetNodeOrError(assetKey: {{path: {path}}}) {{... on AssetNode {{ {fields} }}}}}}")
            status = node["assetNodeOrError"]
            found |= {place for n, place in enumerate(places) if status[f"p{n}"] != "FRESH"}
        return found


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """The home in which the film was made, to be copied, and the film's project."""
    return made_once(tmp_path_factory, "film-to-click-on", TEXT)


@pytest.fixture(scope="module")
def site(made: tuple[Path, str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    bench = open_copy(made[0], tmp_path_factory.mktemp("site") / "home")
    project, home, port = bench.studio.projects.get(made[1]), bench.studio.settings.home, free_port()
    with code_server(home) as code_port:
        server = start(home, "pixora_pipeline.gateway", str(port), str(code_port))
        wait_until(lambda: listens(port))
        yield Site(bench, project, f"http://127.0.0.1:{port}")
        kill(server)
    close_bench(bench)


def test_a_finished_film_is_fresh_all_the_way(site: Site) -> None:
    assert site.bench.plan(site.project).steps == ()
    assert site.stale() == set()


def test_after_a_click_the_ui_calls_stale_what_the_plan_has_one_hop_down(site: Site) -> None:
    slot = site.bench.slots(site.project)[1]
    before = site.bench.records(site.project)
    click(site, "scene_image", slot)
    expected = one_hop_below(site, before)
    assert ("scene_clip", slot) in expected
    assert expected <= site.bench.plan(now(site)).places
    assert site.stale() == expected
    site.bench.make(now(site))
    assert site.stale() == set()


def test_after_an_edit_the_ui_follows_the_plan_run_by_run(site: Site) -> None:
    slot = site.bench.slots(site.project)[0]
    project = now(site)
    edit = {slot: SceneEdit(narration="Nobody saw it leave.")}
    site.bench.studio.projects.change(project, overlay=Overlay(scenes=edit))
    before = site.bench.records(project)
    following = next_run(now(site), site.bench.plan(now(site)))
    tags = {**following.tags, REQUESTED_BY: "test"}
    run(site, following.job, following.partition, list(following.assets), tags)
    expected = one_hop_below(site, before)
    assert expected == {("final_video", None)}
    assert site.bench.plan(now(site)).places == expected
    assert site.stale() == expected
    site.bench.make(now(site))
    assert site.stale() == set()


def now(site: Site) -> Project:
    return site.bench.studio.projects.get(site.project.id)


def click(site: Site, artifact: str, slot: str) -> None:
    """What *Materialize* does: a run that nobody requested on the project's behalf."""
    run(site, "make_scenes", partition_key(site.project.id, (artifact, slot)), [asset_key(artifact)], {})


def run(site: Site, job: str, partition: str | None, assets: list, tags: dict[str, str]) -> None:
    definitions = build_defs(studio=site.bench.studio).resolve_job_def(job)
    definitions.execute_in_process(
        instance=site.bench.instance, partition_key=partition, asset_selection=assets, tags=tags
    )


def one_hop_below(site: Site, before: Records) -> set[Place]:
    """What reads anything whose content is another than before, and was not made since."""
    after, layout = site.bench.records(site.project), site.bench.plan(site.project).layout
    changed = {p for p, each in after.by_place.items() if each.data_version != before.by_place[p].data_version}
    return {
        place
        for place, each in after.by_place.items()
        if each.storage_id == before.by_place[place].storage_id
        and changed & set(layout.inputs(GRAPH, GRAPH[place[0]], place[1]))
    }


def test_the_example_makes_a_picture_anew_and_clip_and_film_follow(made: tuple[Path, str], tmp_path: Path) -> None:
    bench = open_copy(made[0], tmp_path / "home")
    try:
        project = bench.studio.projects.get(made[1])
        place = ("scene_image", bench.slots(project)[1])
        before = bench.records(project)
        with open_studio(bench.studio.settings.home) as url:
            command = [sys.executable, "examples/graphql_remake.py", project.id, "--scene", str(scene_number(place[1]))]
            wait_until(lambda: media_address(bench.studio.settings) == f"{url}/media")
            done = subprocess.run(
                [*command, "--studio", url],
                cwd=CHECKOUT, capture_output=True, text=True, timeout=150, check=False,
            )  # fmt: skip
        assert done.returncode == 0, done.stdout + done.stderr
        assert f"made scene_image of {project.id}|{place[1]}" in done.stdout
        assert re.search(rf"^film: {url}/media/final_video/{project.id}/\w+/film.mp4$", done.stdout, re.MULTILINE)
        after = bench.records(project)
        taken = bench.studio.projects.get(project.id)
        assert taken.take_of(f"scene_image@{place[1]}") == 2
        made = {p for p, each in after.by_place.items() if each.data_version != before.by_place[p].data_version}
        assert made >= {place, ("scene_clip", place[1]), ("final_video", None)}
        assert {slot for _, slot in made} == {place[1], None}
        assert bench.plan(taken).steps == ()
    finally:
        close_bench(bench)
