"""The graph as Dagster shows it: a change here is a change of the product, and is meant to be seen in review."""

from collections.abc import Mapping

import pytest
from dagster import (
    AssetKey,
    DagsterInstance,
    DefaultScheduleStatus,
    DefaultSensorStatus,
    Definitions,
    MultiPartitionsDefinition,
)
from dagster._core.definitions.assets.graph.asset_graph import AssetGraph, AssetNode

from pixora_pipeline import partitions
from pixora_pipeline.definitions import build_defs
from pixora_pipeline.planning.recipe import graph_of

# asset                     | group    | kinds          | made from
GRAPH = """
project_brief/animator      | brief    | json           |
project_brief/cut           | brief    | json           |
project_brief/footage       | brief    | json           |
project_brief/look          | brief    | json           |
project_brief/music         | brief    | json           |
project_brief/refinement    | brief    | json           |
project_brief/sound         | brief    | json           |
project_brief/story         | brief    | json           |
project_brief/telling       | brief    | json           |
project_brief/voice         | brief    | json           |
final_video                 | film     | ffmpeg, video  | manim_render, music, project_brief/sound, scene_clip, scene_footage, scene_image, scene_motion, script_breakdown/timeline, voice_over
preview_video               | film     | ffmpeg, video  | manim_render, music, project_brief/sound, scene_brief/clip, scene_footage, scene_image, scene_motion, script_breakdown/timeline, voice_over
published_video             | film     | s3, video      | final_video, initial_explanation, project_brief/story, refined_explanation, script_breakdown/timeline
scene_clip                  | film     | ffmpeg, video  | manim_render, scene_brief/clip, scene_footage, scene_image, scene_motion, voice_over
footage_index               | footage  | json, qdrant   | scene_descriptions, transcript
scene_descriptions          | footage  | json           | shots, transcript
shot_focus                  | footage  | json           | shots
shots                       | footage  | json           | source_video
source_video                | footage  | video          |
transcript                  | footage  | json           | source_video
character_images            | pictures | image          | project_brief/look, script_breakdown/characters
manim_render                | pictures | manim, video   | manim_script, scene_brief/animation
manim_script                | pictures | python         | project_brief/animator, scene_brief/animation, scene_brief/spoken
scene_footage               | pictures | video          | scene_brief/footage
scene_image                 | pictures | image          | scene_brief/picture
scene_motion                | pictures | json           | scene_brief/camera, scene_image
clip_plan                   | script   | json           | footage_matches, project_brief/story, search_queries, shot_focus
footage_matches             | script   | json, qdrant   | footage_index, project_brief/footage, search_queries
initial_explanation         | script   | markdown, text | project_brief/story
refined_explanation         | script   | markdown, text | initial_explanation, project_brief/refinement, project_brief/story
scene_brief/animation       | script   | json           | project_brief/cut, project_brief/look, script_breakdown
scene_brief/camera          | script   | json           | project_brief/look, script_breakdown
scene_brief/clip            | script   | json           | project_brief/cut, project_brief/look, script_breakdown
scene_brief/footage         | script   | json           | clip_plan, project_brief/footage, script_breakdown
scene_brief/narration       | script   | json           | project_brief/voice, script_breakdown
scene_brief/picture         | script   | json           | character_images, project_brief/look, script_breakdown
scene_brief/spoken          | script   | json           | project_brief/animator, script_breakdown, script_draft
script_breakdown            | script   | json           | clip_plan, script_draft
script_breakdown/characters | script   | json           | script_breakdown
script_breakdown/cues       | script   | json           | script_draft
script_breakdown/timeline   | script   | json           | project_brief/cut, project_brief/look, script_breakdown
script_draft                | script   | json, text     | clip_plan, initial_explanation, project_brief/refinement, project_brief/story, project_brief/telling, refined_explanation
search_queries              | script   | json           | project_brief/footage
music                       | sound    | audio          | project_brief/music, script_breakdown/cues
voice_over                  | sound    | audio          | scene_brief/narration
"""  # noqa: E501

SCENE_ASSETS = (
    "manim_render manim_script scene_brief/animation scene_brief/camera scene_brief/clip scene_brief/narration "
    "scene_brief/footage scene_brief/picture scene_brief/spoken scene_clip scene_footage scene_image scene_motion "
    "voice_over"
)

LIBRARY = "footage_index scene_descriptions shot_focus shots source_video transcript"
"""A source's own: no project's artifact is made from them but by searching."""

CLIP_CHECKS = "black_picture decode_order frozen_picture length picture_format silence sound_length sound_start"
CHECKS = {
    "script_breakdown": ["grounding"],
    "scene_clip": CLIP_CHECKS.split(),
    "final_video": [*CLIP_CHECKS.split(), "loudness", "subtitles", "true_peak"],
    "preview_video": [*CLIP_CHECKS.split(), "loudness", "subtitles", "true_peak"],
    "published_video": ["reachable"],
}

JOBS = {
    "make_script": """
        character_images clip_plan footage_matches initial_explanation music project_brief/animator project_brief/cut
        project_brief/footage project_brief/look project_brief/music project_brief/refinement project_brief/sound
        project_brief/story project_brief/telling project_brief/voice refined_explanation script_breakdown
        script_breakdown/characters script_breakdown/cues script_breakdown/timeline script_draft search_queries
    """,
    "make_scenes": SCENE_ASSETS,
    "make_film": "final_video published_video",
    "make_preview": "preview_video",
    "make_library": LIBRARY,
    "clean_up": "",
}


@pytest.fixture(scope="module")
def defs() -> Definitions:
    return build_defs()


@pytest.fixture(scope="module")
def graph(defs: Definitions) -> AssetGraph:
    return defs.resolve_asset_graph()


@pytest.fixture(scope="module")
def nodes(graph: AssetGraph) -> Mapping[str, AssetNode]:
    return {key.to_user_string(): graph.get(key) for key in graph.get_all_asset_keys()}


def names_of(keys) -> list[str]:
    return sorted(key.to_user_string() for key in keys)


def row_of(name: str, node: AssetNode) -> tuple[str, ...]:
    return (node.group_name or "", name, ", ".join(sorted(node.kinds)), ", ".join(names_of(node.parent_keys)))


def test_the_definitions_load_whole(defs: Definitions) -> None:
    Definitions.validate_loadable(defs)


def test_the_graph_is_as_shown(nodes: Mapping[str, AssetNode]) -> None:
    cells = (tuple(cell.strip() for cell in line.split("|")) for line in GRAPH.strip().splitlines())
    shown = [(group, name, kinds, needs) for name, group, kinds, needs in cells]
    assert sorted(row_of(name, node) for name, node in nodes.items()) == sorted(shown)


def test_every_asset_says_what_it_is_and_whose(nodes: Mapping[str, AssetNode]) -> None:
    for name, node in nodes.items():
        description = node.description or ""
        assert description.endswith("."), name
        assert "\n" not in description, name
        assert 10 < len(description) <= 120, name
        assert node.owners == ["team:studio"], name
        assert node.code_version, name
        assert node.partitions_def is not None, name


def test_the_checks_are_those_of_clips_and_films(nodes: Mapping[str, AssetNode]) -> None:
    checks = {name: sorted(key.name for key in node.check_keys) for name, node in nodes.items() if node.check_keys}
    assert checks == {name: sorted(names) for name, names in CHECKS.items()}


def test_scene_assets_are_partitioned_by_project_and_scene(nodes: Mapping[str, AssetNode]) -> None:
    by_scene = {name for name, node in nodes.items() if isinstance(node.partitions_def, MultiPartitionsDefinition)}
    assert sorted(by_scene) == sorted(SCENE_ASSETS.split())
    for name, node in nodes.items():
        of_project = partitions.sources if name in LIBRARY.split() else partitions.projects
        assert node.partitions_def == (partitions.scenes if name in by_scene else of_project), name
    dimensions = {each.name: each.partitions_def for each in partitions.scenes.partitions_defs}
    assert dimensions["project"] == partitions.projects
    assert list(dimensions["scene"].get_partition_keys()) == [f"s{number:02}" for number in range(1, 61)]


def test_the_film_follows_from_everything_and_nothing_from_the_film_but_its_publication(graph: AssetGraph) -> None:
    film, published, preview = map(AssetKey, ("final_video", "published_video", "preview_video"))
    assert graph.get_ancestor_asset_keys(film) == graph.get_all_asset_keys() - {film, published, preview}
    assert graph.get(film).child_keys == {published}
    assert graph.get(published).child_keys == graph.get(preview).child_keys == set()


def test_a_preview_follows_from_what_the_film_does_but_its_clips(graph: AssetGraph) -> None:
    film, preview = (graph.get_ancestor_asset_keys(AssetKey(name)) for name in ("final_video", "preview_video"))
    assert film - preview == {AssetKey("scene_clip")}


def test_the_briefs_alone_come_from_nowhere(graph: AssetGraph) -> None:
    assert {key.path[0] for key in graph.root_materializable_asset_keys} == {"project_brief", "source_video"}


@pytest.mark.parametrize(
    ("asset", "unmoved_by"),
    [
        ("scene_image", ["project_brief/voice", "project_brief/music", "scene_brief/narration", "voice_over", "music"]),
        ("voice_over", ["project_brief/look", "project_brief/music", "character_images", "scene_image", "music"]),
        ("music", ["project_brief/look", "project_brief/voice", "script_breakdown", "voice_over", "scene_image"]),
        ("scene_image", ["project_brief/cut", "project_brief/sound", "scene_brief/camera", "scene_brief/clip"]),
        ("script_draft", ["project_brief/look", "project_brief/voice", "project_brief/music"]),
        ("scene_clip", ["music", "project_brief/music", "project_brief/sound", "script_breakdown/timeline"]),
    ],
)
def test_a_change_reaches_only_what_reads_it(graph: AssetGraph, asset: str, unmoved_by: list[str]) -> None:
    reached_by = names_of(graph.get_ancestor_asset_keys(AssetKey(asset.split("/"))))
    assert [name for name in unmoved_by if name in reached_by] == []


@pytest.mark.parametrize(("asset", "parent"), [("scene_image", "scene_brief/picture"), ("scene_clip", "voice_over")])
def test_a_scene_is_made_from_the_same_scene(graph: AssetGraph, asset: str, parent: str) -> None:
    assert upstream(graph, asset, parent, "p-aaaaaaaaaa|s02") == ["p-aaaaaaaaaa|s02"]


def test_a_scene_is_made_from_its_own_project(graph: AssetGraph) -> None:
    assert upstream(graph, "scene_brief/picture", "script_breakdown", "p-aaaaaaaaaa|s02") == ["p-aaaaaaaaaa"]


def test_a_film_is_made_from_the_scenes_of_its_own_project(graph: AssetGraph) -> None:
    scenes = [f"p-aaaaaaaaaa|{slot}" for slot in partitions.SLOTS]
    assert upstream(graph, "final_video", "scene_clip", "p-aaaaaaaaaa") == scenes


def upstream(graph: AssetGraph, asset: str, parent: str, partition: str) -> list[str]:
    """The partitions of a parent that Dagster says a partition is made from."""
    child, source = (graph.get(AssetKey(name.split("/"))) for name in (asset, parent))
    with DagsterInstance.ephemeral() as instance:
        instance.add_dynamic_partitions(partitions.projects.name, ["p-aaaaaaaaaa", "p-bbbbbbbbbb"])
        mapping = graph.get_partition_mapping(child.key, source.key)
        subset = child.partitions_def.empty_subset().with_partition_keys([partition])
        mapped = mapping.get_upstream_mapped_partitions_result_for_partitions(
            subset, child.partitions_def, source.partitions_def, dynamic_partitions_store=instance
        )
        return sorted(mapped.partitions_subset.get_partition_keys())


def test_the_jobs_are_the_waves_the_library_and_the_clean_up(defs: Definitions) -> None:
    made = {
        job.name: names_of(job.asset_layer.executable_asset_keys)
        for job in defs.resolve_all_job_defs()
        if not job.name.startswith("__")
    }
    assert made == {name: sorted(assets.split()) for name, assets in JOBS.items()}


def test_every_asset_belongs_to_one_job(nodes: Mapping[str, AssetNode]) -> None:
    assert sorted(" ".join(JOBS.values()).split()) == sorted(nodes)


def test_the_sensor_runs_unless_it_is_stopped(defs: Definitions) -> None:
    sensor = defs.resolve_sensor_def("project_reconciler")
    assert sensor.default_status == DefaultSensorStatus.RUNNING
    unasked = {"make_library", "make_preview", "clean_up"}
    assert sorted(target.job_name for target in sensor.targets) == sorted(set(JOBS) - unasked)
    assert sensor.description


def test_the_clean_up_comes_every_night_unless_it_is_stopped(defs: Definitions) -> None:
    nightly = defs.resolve_schedule_def("nightly_clean_up")
    assert (nightly.default_status, nightly.job_name) == (DefaultScheduleStatus.RUNNING, "clean_up")


def test_a_recipe_that_reads_what_comes_later_is_refused() -> None:
    from pixora_pipeline.assets.music import RECIPES

    with pytest.raises(ValueError, match=r"music reads .*which must stand before it"):
        graph_of(*RECIPES)
