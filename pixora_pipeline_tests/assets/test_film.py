"""A text becomes a film, and every artifact on the way can be traced."""

import av
from dagster import AssetKey, AssetRecordsFilter, DagsterInstance, EventLogRecord, MultiPartitionKey
from PIL import Image

from pixora_pipeline.assets.graph import GRAPH
from pixora_pipeline.assets.recorded import asset_key, partition_key
from pixora_pipeline.definitions import build_defs
from pixora_pipeline.model.project import Project
from pixora_pipeline.model.script import ScriptBreakdown
from pixora_pipeline_tests.conftest import STORY, Bench


def events_of(instance: DagsterInstance, artifact: str) -> list[EventLogRecord]:
    return list(instance.fetch_materializations(AssetRecordsFilter(asset_key(artifact)), limit=500).records)


def test_the_film_plays_with_picture_sound_and_subtitles(film: tuple[Bench, Project]) -> None:
    bench, project = film
    stored = bench.stored(project, "final_video")
    with av.open(str(stored.path)) as container:
        # The last holds the chapters' titles.
        assert [stream.type for stream in container.streams] == ["video", "audio", "subtitle", "data"]
        video, audio = container.streams.video[0], container.streams.audio[0]
        assert (video.width, video.height, video.average_rate) == (426, 240, 30)
        assert abs(float(video.duration * video.time_base) - float(audio.duration * audio.time_base)) < 0.04
    assert "Anna kept a red boat" in " ".join((stored.folder / "film.srt").read_text("utf-8").split())


def test_the_film_has_chapters_a_poster_and_thumbnails(film: tuple[Bench, Project]) -> None:
    bench, project = film
    stored = bench.stored(project, "final_video")
    script = ScriptBreakdown.model_validate_json(bench.stored(project, "script_breakdown").path.read_bytes())
    with av.open(str(stored.path)) as container:
        assert [each["metadata"]["title"] for each in container.chapters()] == [each.title for each in script.scenes]
        assert container.chapters()[0]["start"] == 0
    with Image.open(stored.folder / "poster.jpg") as poster:
        assert poster.size == (426, 240)
    assert (stored.folder / "thumbnails.vtt").read_text("utf-8").startswith("WEBVTT")
    assert (stored.folder / "thumbnails.jpg").is_file()


def test_the_film_passes_every_check(film: tuple[Bench, Project]) -> None:
    bench, project = film
    findings = bench.stored(project, "final_video").sidecar.findings
    assert len(findings) >= 10
    assert [finding.message for finding in findings if not finding.passed] == []


def test_the_voice_says_the_text_and_nothing_else(film: tuple[Bench, Project]) -> None:
    bench, project = film
    slots = bench.slots(project)
    said = [word["text"] for slot in slots for word in bench.stored(project, "voice_over", slot).sidecar.facts["words"]]
    body = " ".join(STORY.split("\n", 1)[1].split())
    assert " ".join(said).endswith(body)


def test_making_it_again_makes_nothing(film: tuple[Bench, Project]) -> None:
    bench, project = film
    assert bench.plan(project).steps == ()
    assert bench.make(project) == 0


def test_every_materialisation_says_who_made_it_and_what_it_cost(film: tuple[Bench, Project]) -> None:
    bench, _ = film
    for name in GRAPH:
        for record in events_of(bench.instance, name):
            metadata = record.asset_materialization.metadata
            assert {"preview", "provider", "size (bytes)", "cost (USD)", "fingerprint", "file"} <= set(metadata), name


def test_pictures_and_films_are_previewed_inline(film: tuple[Bench, Project]) -> None:
    bench, _ = film
    for name in ("scene_image", "voice_over", "music", "scene_clip", "final_video"):
        for record in events_of(bench.instance, name):
            assert "data:image/webp;base64," in record.asset_materialization.metadata["preview"].value, name


def test_a_link_stays_within_the_studio_wherever_that_listens(film: tuple[Bench, Project]) -> None:
    bench, project = film
    path = bench.stored(project, "final_video").path.relative_to(bench.studio.store.root)
    metadata = events_of(bench.instance, "final_video")[0].asset_materialization.metadata
    assert metadata["play"].value == f"/media/{path}"
    assert metadata["preview"].value.endswith(f"[play](/media/{path})")


def test_each_scene_has_a_version_of_its_own(film: tuple[Bench, Project]) -> None:
    bench, project = film
    records = bench.records(project)
    versions = {records.get(("scene_clip", slot)).data_version for slot in bench.slots(project)}
    assert len(versions) == len(bench.slots(project))


def test_dagster_agrees_that_nothing_is_stale(film: tuple[Bench, Project]) -> None:
    from dagster._core.definitions.data_version import CachingStaleStatusResolver, StaleStatus
    from dagster._core.loader import LoadingContextForTest

    bench, project = film
    graph = build_defs(studio=bench.studio).resolve_asset_graph()
    resolver = CachingStaleStatusResolver(bench.instance, graph, LoadingContextForTest(bench.instance))
    for place in bench.records(project).by_place:
        key = partition_key(project.id, place)
        assert resolver.get_status(asset_key(place[0]), key) == StaleStatus.FRESH, place


def test_the_same_text_gives_the_same_film(film: tuple[Bench, Project], bench: Bench) -> None:
    twin = bench.project()
    bench.make(twin)
    assert bench.stored(twin, "final_video").sidecar.files == film[0].stored(film[1], "final_video").sidecar.files


def test_a_lost_clip_is_missed_and_made_again_alone(own_film: tuple[Bench, Project]) -> None:
    bench, project = own_film
    bench.stored(project, "scene_clip", "s02").path.unlink()
    assert {step.place for step in bench.plan(project).steps} == {("scene_clip", "s02"), ("final_video", None)}
    before = {name: len(events_of(bench.instance, name)) for name in GRAPH}
    bench.make(project)
    after = {name: len(events_of(bench.instance, name)) for name in GRAPH}
    assert {name: after[name] - before[name] for name in GRAPH if after[name] > before[name]} == {"scene_clip": 1}


def test_a_click_on_one_scene_makes_that_scene_anew(own_film: tuple[Bench, Project]) -> None:
    bench, project = own_film
    job = build_defs(studio=bench.studio).resolve_job_def("make_scenes")
    result = job.execute_in_process(
        instance=bench.instance,
        partition_key=MultiPartitionKey({"project": project.id, "scene": "s02"}),
        asset_selection=[AssetKey("scene_image")],
    )
    made = [event.partition for event in result.get_asset_materialization_events()]
    assert result.success
    assert [str(key) for key in made] == [f"{project.id}|s02"]


def test_a_scene_that_fails_loses_no_other_scene(bench: Bench, monkeypatch) -> None:
    from pixora_pipeline.errors import UserError
    from pixora_pipeline.providers.embedded.speaker.speaker import EmbeddedSpeaker

    whole = EmbeddedSpeaker.speak

    def hoarse(self, request, to):
        if "storm" in request.text:
            raise UserError("The voice is hoarse. Rest.")
        return whole(self, request, to)

    project = bench.project()
    with monkeypatch.context() as patch:
        patch.setattr(EmbeddedSpeaker, "speak", hoarse)
        try:
            bench.make(project)
        except Exception as error:
            assert "The voice is hoarse. Rest." in str(error)
        else:
            raise AssertionError("the failure was swallowed")
    finished = [place for place in bench.records(project).by_place if place[0] == "scene_clip"]
    assert len(finished) == len(bench.slots(project)) - 1
    before = len(events_of(bench.instance, "scene_clip"))
    bench.make(project)
    assert len(events_of(bench.instance, "scene_clip")) == before + 1
    script = ScriptBreakdown.model_validate_json(bench.stored(project, "script_breakdown").path.read_bytes())
    assert bench.stored(project, "final_video").sidecar.facts["scenes"] == len(script.scenes)
