"""A video is taken in once, taken apart as assets, and found; what changes about it changes exactly its points."""

import json
import shutil
from pathlib import Path

import pytest
from dagster import DagsterInstance, DagsterRun, DagsterRunStatus, build_sensor_context
from dagster._core.definitions.partitions.context import partition_loading_context
from dagster._core.definitions.sensor_definition import SensorExecutionData
from dagster._core.utils import make_new_run_id
from sqlalchemy import text

from pixora_pipeline.assets.intake import add_video, check_tags, remove_sources, videos_in
from pixora_pipeline.assets.library import STEPS, glances_file
from pixora_pipeline.assets.library_batches import MOST_SOURCES
from pixora_pipeline.assets.library_making import put_back
from pixora_pipeline.assets.library_run import is_current
from pixora_pipeline.assets.library_values import values_of
from pixora_pipeline.assets.recorded import asset_key, read_partition
from pixora_pipeline.assets.studio import Studio
from pixora_pipeline.definitions import build_defs
from pixora_pipeline.errors import NotFound, UserError
from pixora_pipeline.footage.library import open_index
from pixora_pipeline.model.footage import VideoSource
from pixora_pipeline.partitions import new_source_id, sources
from pixora_pipeline.runner import make_findable
from pixora_pipeline.sensors import library
from pixora_pipeline.settings import Settings
from pixora_pipeline.store.database import open_database
from pixora_pipeline_tests.conftest import Bench
from pixora_pipeline_tests.footage.library import fill
from pixora_pipeline_tests.footage.material import Take, srt_text


def records(bench: Bench, id: str) -> dict:
    return {step.name: read_partition(bench.instance, step.name, id) for step in STEPS}


def counts(bench: Bench, id: str) -> dict[str, int]:
    with open_index(bench.studio.settings) as index:
        return {name: len(ids) for name, ids in index.ids(id).items() if ids}


def test_a_source_is_taken_in_once(bench: Bench, three_shots: tuple[Path, Take]) -> None:
    video, _ = three_shots
    (first,) = fill(bench, [video], tags=("neck", "core"))
    before = records(bench, first.id)
    (again,) = fill(bench, [video])
    assert again.id == first.id and again.tags == ("neck", "core")
    assert len(list(bench.studio.videos.root.iterdir())) == 2  # the video and its subtitles
    assert {name: r.fingerprint for name, r in records(bench, first.id).items()} == {
        name: r.fingerprint for name, r in before.items()
    }
    assert bench.instance.get_dynamic_partitions(sources.name) == [first.id]
    assert is_current(bench.studio, bench.instance, again)

    # People know a video by its name and its picture, not by the id that is its partition.
    event = bench.instance.get_latest_materialization_event(asset_key("shots")).asset_materialization
    assert event.metadata["video"].value == "three shots" and event.metadata["path"].value == str(video)
    assert event.metadata["preview"].value.startswith("![preview](data:image/webp;base64,UklGR")

    # Tagged anew, only the index is made again, and with the same points.
    points = counts(bench, first.id)
    tagged = bench.studio.sources.retag(first.id, ("calm",), "fitness")
    assert not is_current(bench.studio, bench.instance, tagged)
    make_findable(bench.studio, bench.instance, first.id)
    changed = {n for n, r in records(bench, first.id).items() if r.fingerprint != before[n].fingerprint}
    assert changed == {"footage_index"}
    assert counts(bench, first.id) == points | {"fitness": sum(points.values())}

    # Lost, the index is filled again from what was made.
    with open_index(bench.studio.settings) as index:
        index.remove(first.id)
    assert put_back(bench.studio, [bench.studio.sources.get(first.id)]) == sum(points.values())
    assert counts(bench, first.id) == points | {"fitness": sum(points.values())}

    # Gone, nothing of it is left but the records.
    remove_sources(bench.studio, bench.instance, [first.id])
    assert counts(bench, first.id) == {}
    assert not bench.instance.get_dynamic_partitions(sources.name)
    assert list(bench.studio.videos.root.iterdir()) == []
    assert list(glances_file(bench.studio, "any").parent.iterdir()) == []
    with pytest.raises(NotFound, match="footage list"):
        bench.studio.sources.get(first.id)


def test_a_damaged_value_counts_as_absent_and_is_made_again(bench: Bench, three_shots: tuple[Path, Take]) -> None:
    (source,) = fill(bench, [three_shots[0]])
    before = values_of(bench.studio, source, [step.name for step in STEPS])
    assert len(before) == len(STEPS)
    (shots,) = bench.studio.store.versions("shots", source.id)
    shots.path.write_text("{")
    assert set(values_of(bench.studio, source, [step.name for step in STEPS])) == {"source_video", "transcript"}
    assert not is_current(bench.studio, bench.instance, source)
    make_findable(bench.studio, bench.instance, source.id)
    assert values_of(bench.studio, source, [step.name for step in STEPS]) == before


def test_a_source_from_before_a_value_was_known_is_found_all_the_same(
    bench: Bench, three_shots: tuple[Path, Take]
) -> None:
    (source,) = fill(bench, [three_shots[0]])
    (focus,) = bench.studio.store.versions("shot_focus", source.id)
    shutil.rmtree(focus.folder)
    known = values_of(bench.studio, source, [step.name for step in STEPS])
    assert {step.name for step in STEPS} - known.keys() == {"shot_focus"}
    assert put_back(bench.studio, [source]) == len(known["footage_index"].moments)
    make_findable(bench.studio, bench.instance, source.id)
    assert len(list(bench.studio.store.versions("shot_focus", source.id))) == 1


def test_new_words_beside_a_video_change_what_is_said_and_not_its_shots(
    bench: Bench, three_shots: tuple[Path, Take], tmp_path: Path
) -> None:
    video, take = three_shots
    copy = tmp_path / video.name
    copy.write_bytes(video.read_bytes())
    (source,) = fill(bench, [copy])
    assert counts(bench, source.id) == {"video_scene_descriptions": 3}
    before = records(bench, source.id)
    copy.with_suffix(".srt").write_text(srt_text(take.lines), "utf-8")
    (again,) = fill(bench, [copy])
    assert again.id == source.id
    after = records(bench, source.id)
    kept = {name for name in after if after[name].fingerprint == before[name].fingerprint}
    assert kept == {"source_video", "shots", "shot_focus"}
    assert counts(bench, source.id)["video_transcript_segments"] >= 3


def test_a_copy_without_words_beside_it_leaves_the_video_its_words(
    bench: Bench, three_shots: tuple[Path, Take], tmp_path: Path
) -> None:
    first, copy = tmp_path / "first.mp4", tmp_path / "copy.mp4"
    for each in (first, copy):
        each.write_bytes(three_shots[0].read_bytes())
    first.with_suffix(".srt").write_text(srt_text(three_shots[1].lines), "utf-8")
    add = (bench.studio, bench.instance)
    source, again = (add_video(*add, each, None, None) for each in (first, copy))
    assert again.id == source.id and again.sidecar == source.sidecar is not None
    assert (again.name, again.path) == ("first", str(first)), "a copy takes nobody's name"
    first.with_suffix(".srt").unlink()
    assert add_video(*add, first, None, None).sidecar is None
    first.unlink()
    assert add_video(*add, copy, None, None).name == "copy", "what is left of the two has its own"


def test_what_is_no_video_is_not_taken_in(bench: Bench, tmp_path: Path) -> None:
    (tmp_path / "a.mp4").write_text("#EXTM3U\nfile:///etc/passwd\n")
    with pytest.raises(UserError, match="not a video"):
        add_video(bench.studio, bench.instance, tmp_path / "a.mp4", None, None)
    assert bench.studio.sources.all() == []
    assert not bench.studio.videos.root.exists()


def test_a_folder_stands_for_the_videos_below_it(tmp_path: Path) -> None:
    for name in ("b/one.MP4", "a.mkv", "a.txt", ".hidden.mp4", "b/two.webm"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    assert [path.name for path in videos_in(tmp_path)] == ["a.mkv", "one.MP4", "two.webm"]


def test_tags_are_small_words() -> None:
    assert check_tags(" Core, core ,Low  Impact,") == ("core", "low impact")
    with pytest.raises(UserError, match="at most 40"):
        check_tags("x" * 41)


def test_the_sensor_takes_in_what_lies_in_the_folder(
    bench: Bench, three_shots: tuple[Path, Take], tmp_path: Path
) -> None:
    folder = tmp_path / "watched"
    folder.mkdir()
    (folder / "broken.mp4").write_text("no video")
    (folder / "good.mp4").write_bytes(three_shots[0].read_bytes())
    studio = Studio(Settings(**{**bench.studio.settings.model_dump(), "footage_folder": folder}))
    definitions = build_defs(studio=studio)
    sensor, cursor, requested = definitions.resolve_sensor_def("footage_library"), None, []
    for _ in range(3):
        context = build_sensor_context(
            instance=bench.instance, cursor=cursor, definitions=definitions, sensor_name=sensor.name,
            resources={"studio": studio},
        )  # fmt: skip
        with context, partition_loading_context(dynamic_partitions_store=bench.instance):
            result = sensor.evaluate_tick(context)
        cursor, requested = result.cursor, [*requested, *(result.run_requests or [])]
    studio.close()
    (source,) = studio.sources.all()
    assert source.name == "good"
    assert {request.partition_key for request in requested} == {source.id}
    watched = json.loads((studio.settings.footage / "watched.json").read_bytes())
    assert {Path(path).name: state["done"] for path, state in watched.items()} == {"broken.mp4": True, "good.mp4": True}
    assert "good.mp4" not in str(cursor), "a cursor is written at every tick, and does not grow with the folder"


def test_a_tick_looks_at_what_was_changed_and_at_nothing_else(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    looked_at: list[str] = []

    def look(_studio: Studio, _instance: DagsterInstance, source: VideoSource) -> bool:
        looked_at.append(source.name)
        return True

    monkeypatch.setattr(library, "is_current", look)
    ids = [registered(bench, name) for name in ("one", "two", "three")]
    cursor = tick(bench, None)
    assert looked_at == ["one", "two", "three"]
    bench.studio.sources.retag(ids[1], tags=("core",))
    bench.studio.sources.remove(ids[2])
    cursor = tick(bench, tick(bench, cursor))
    assert looked_at == ["one", "two", "three", "two"]
    with open_database(bench.studio.settings.database).begin() as connection:
        connection.execute(text("UPDATE sources SET name = 'uno' WHERE id = :id"), {"id": ids[0]})
    tick(bench, cursor)
    assert looked_at[4:] == ["uno"]


def test_many_new_sources_are_asked_for_by_few_runs_and_a_second_time_each_alone(bench: Bench) -> None:
    ids = [registered(bench, f"clip {n}") for n in range(MOST_SOURCES + 2)]
    requests = evaluated(bench, None).run_requests or []
    assert [len([name for name in each.tags if name.startswith("pixora.source/")]) for each in requests] == [
        MOST_SOURCES, 2,
    ]  # fmt: skip
    assert all(each.partition_key is None and "dagster/asset_partition_range_start" in each.tags for each in requests)
    for number, each in enumerate(requests):
        bench.instance.add_run(
            DagsterRun(job_name="make_library", run_id=make_new_run_id(), tags=dict(each.tags),
                       status=(DagsterRunStatus.STARTED, DagsterRunStatus.FAILURE)[number])
        )  # fmt: skip
    again = evaluated(bench, None).run_requests or []
    assert [each.partition_key for each in again] == ids[MOST_SOURCES:]
    assert not {each.run_key for each in again} & {each.run_key for each in requests}


def registered(bench: Bench, name: str) -> str:
    """A source's row without a file."""
    row = {"id": new_source_id(), "name": name}
    with open_database(bench.studio.settings.database).begin() as connection:
        connection.execute(text("INSERT INTO sources (id, name, path, video) VALUES (:id, :name, :name, :name)"), row)
    return row["id"]


def tick(bench: Bench, cursor: str | None) -> str | None:
    """One look of the library's sensor; its cursor."""
    return evaluated(bench, cursor).cursor


def evaluated(bench: Bench, cursor: str | None) -> SensorExecutionData:
    """One look of the library's sensor."""
    definitions = build_defs(studio=bench.studio)
    sensor = definitions.resolve_sensor_def("footage_library")
    context = build_sensor_context(
        instance=bench.instance, cursor=cursor, definitions=definitions, sensor_name=sensor.name,
        resources={"studio": bench.studio},
    )  # fmt: skip
    with context, partition_loading_context(dynamic_partitions_store=bench.instance):
        return sensor.evaluate_tick(context)
