"""Which places a film has follows from its kind and from how its scenes are pictured."""

from pixora_pipeline.assets.graph import GRAPH
from pixora_pipeline.model.briefs import TimelineScene
from pixora_pipeline.planning.layout import Layout

MIXED = Layout("story", {"s02": "drawn", "s01": "filmed", "s03": "animated"})


def test_an_artifact_stands_where_its_scenes_are_pictured_like_that() -> None:
    assert list(MIXED.places(GRAPH["scene_image"])) == [("scene_image", "s02")]
    assert list(MIXED.places(GRAPH["voice_over"])) == [("voice_over", slot) for slot in ("s02", "s01", "s03")]
    assert list(MIXED.places(GRAPH["final_video"])) == [("final_video", None)]


def test_a_scene_reads_of_its_inputs_those_it_has() -> None:
    drawn = [name for name, _ in MIXED.inputs(GRAPH, GRAPH["scene_clip"], "s02")]
    filmed = [name for name, _ in MIXED.inputs(GRAPH, GRAPH["scene_clip"], "s01")]
    assert {"scene_image", "scene_motion"} <= set(drawn)
    assert {"scene_image", "scene_motion"} & set(filmed) == set()
    assert {"scene_brief/clip", "voice_over"} <= set(filmed)


def test_the_film_reads_every_scene_through_what_it_has() -> None:
    read = MIXED.inputs(GRAPH, GRAPH["final_video"], None)
    assert [place for place in read if place[0] == "scene_image"] == [("scene_image", "s02")]
    assert len([place for place in read if place[0] == "scene_clip"]) == 3


def test_a_scene_that_is_not_in_the_film_has_nothing() -> None:
    assert not MIXED.has(GRAPH["scene_clip"], "s09")
    assert list(Layout("story").places(GRAPH["scene_clip"])) == []


def test_drawn_goes_without_saying_so_that_drawn_scenes_keep_their_fingerprints() -> None:
    scene = TimelineScene(slot="s01", title="Dawn", transition="cut")
    assert "pictured" not in scene.model_dump_json()
    animated = scene.model_copy(update={"pictured": "animated"})
    assert TimelineScene.model_validate_json(animated.model_dump_json()) == animated
