"""A change re-makes exactly what depends on it: executed steps and provider calls are counted on a real instance."""

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from dagster import AssetRecordsFilter

from pixora_pipeline.assets.graph import GRAPH
from pixora_pipeline.assets.progress import Progress, watching
from pixora_pipeline.assets.recorded import asset_key
from pixora_pipeline.assets.takes import ask_for_takes, use_take
from pixora_pipeline.assets.workers import Workers
from pixora_pipeline.model.overlay import Overlay, SceneEdit, apply_overlay
from pixora_pipeline.model.project import Project
from pixora_pipeline.model.results import CameraMove
from pixora_pipeline.model.script import ScriptBreakdown
from pixora_pipeline.model.sound import SoundWishes
from pixora_pipeline.planning import editing
from pixora_pipeline.providers.embedded.camera import EmbeddedCamera
from pixora_pipeline.providers.embedded.speaker.speaker import EmbeddedSpeaker
from pixora_pipeline.providers.embedded.writer.writer import EmbeddedWriter
from pixora_pipeline_tests.conftest import Bench, close_bench, made_once, open_bench, open_copy

TWELVE = """# Twelve Evenings

## The Harbour

Old Tobias walked to the harbour at dusk. The boats were coming home.

## The Yellow Coat

Nell saw the lighthouse on the cliff. Tobias gave Nell his yellow coat.

## The Storm

A storm rose over the black sea. Rain beat on every window of the house.

## The Forest

The forest behind the village was dark. Tobias lit a lantern for Nell.

## The Bridge

They crossed the old bridge over the river. The water ran high and fast.

## The Castle

In the castle the great fire burned. Somebody had left bread on the table.

## The Snow

Snow fell on the mountains in the night. The road was white and silent.

## The Flowers

Morning came over the fields. Nell picked flowers beside the road.

## The City

The city stood on the horizon. Its towers shone like glass in the sun.

## The Clock

Tobias found the old clock. Its wheels turned again after forty years.

## The Letter

They read the letter by the window. It spoke of the stars and of the sea.
"""


class Counted:
    """A finished film whose changes are counted: what was made, by artifact and scene."""

    def __init__(self, bench: Bench, id: str) -> None:
        self.bench = bench
        self.id = id
        self.calls: Counter[str] = Counter()
        self.runs = 0

    @property
    def project(self) -> Project:
        return self.bench.studio.projects.get(self.id)

    @property
    def script(self) -> ScriptBreakdown:
        draft = self.bench.stored(self.project, "script_draft")
        return apply_overlay(ScriptBreakdown.model_validate_json(draft.path.read_bytes()), self.project.overlay)

    def edit(self, overlay: Overlay) -> None:
        self.bench.studio.projects.change(self.project, overlay=overlay)

    def made(self) -> Counter[str]:
        """Bring the film up to date and count what was really made (not derived, not taken from the store)."""
        heard: list[Progress] = []
        planned = {step.place for step in self.bench.plan(self.project).steps}
        with watching(heard.append), provider_calls() as self.calls:
            self.runs = self.bench.make(self.project)
        done = [each.place for each in heard if each.state == "made"]
        assert {place for place in done if place not in planned} == set(), "more was made than the plan said"
        assert self.bench.plan(self.project).steps == ()
        return Counter(artifact for artifact, _ in done if GRAPH[artifact].derive is None)


@contextmanager
def provider_calls() -> Iterator[Counter[str]]:
    """Count what providers are asked for meanwhile."""
    calls: Counter[str] = Counter()
    in_workers = Workers.run

    def run(workers: Workers, function, *arguments):
        calls.update({function.__name__} & {"draw", "compose"})
        return in_workers(workers, function, *arguments)

    def noted(method):
        def call(provider, *arguments):
            calls[method.__name__] += 1
            return method(provider, *arguments)

        return call

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Workers, "run", run)
        for provider, name in ((EmbeddedSpeaker, "speak"), (EmbeddedWriter, "write"), (EmbeddedCamera, "move")):
            patch.setattr(provider, name, noted(getattr(provider, name)))
        yield calls


@pytest.fixture(scope="session")
def twelve_home(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """The home in which the film of twelve scenes was made, to be copied."""
    return made_once(tmp_path_factory, "twelve-scenes", TWELVE)


@pytest.fixture
def twelve(twelve_home: tuple[Path, str], tmp_path: Path) -> Iterator[Counted]:
    """The finished film of twelve scenes, to do anything with."""
    bench = open_copy(twelve_home[0], tmp_path / "home")
    yield Counted(bench, twelve_home[1])
    close_bench(bench)


def test_editing_one_narration_makes_one_voice_one_clip_and_the_film(twelve: Counted) -> None:
    assert len(twelve.script.scenes) == 12
    change = SceneEdit(narration="A storm rose, and nobody slept.")
    twelve.edit(editing.edit_scene(twelve.project.overlay, twelve.script, "s04", change))
    assert twelve.made() == {"voice_over": 1, "scene_clip": 1, "final_video": 1}
    assert twelve.calls == {"speak": 1}
    # The script is a value: the run of the scenes takes it along.
    assert twelve.runs == 2
    # The film's page says what somebody did, and not that something before it was made anew.
    film = twelve.bench.instance.fetch_materializations(asset_key("final_video"), limit=1).records[0]
    assert film.asset_materialization.metadata["why"].value == "narration of scene 4 was edited"


def test_editing_one_picture_makes_one_picture_one_clip_and_the_film(twelve: Counted) -> None:
    change = SceneEdit(description="A red balloon over the desert at noon.")
    twelve.edit(editing.edit_scene(twelve.project.overlay, twelve.script, "s05", change))
    assert twelve.made() == {"scene_image": 1, "scene_motion": 1, "scene_clip": 1, "final_video": 1}
    assert twelve.calls == {"draw": 1, "move": 1}


def test_a_new_take_of_a_picture_makes_one_picture_one_clip_and_the_film(twelve: Counted) -> None:
    ask_for_takes(twelve.bench.studio, twelve.project, GRAPH, [("scene_image", "s02")])
    assert twelve.made() == {"scene_image": 1, "scene_motion": 1, "scene_clip": 1, "final_video": 1}
    assert twelve.calls == {"draw": 1, "move": 1}


def test_going_back_to_the_first_take_makes_nothing(twelve: Counted) -> None:
    before = twelve.bench.stored(twelve.project, "final_video").sidecar.data_version
    ask_for_takes(twelve.bench.studio, twelve.project, GRAPH, [("scene_image", "s03")])
    twelve.made()
    use_take(twelve.bench.studio, twelve.project, ("scene_image", "s03"), 1)
    assert twelve.made() == {}
    assert twelve.calls == {}
    assert twelve.bench.stored(twelve.project, "final_video").sidecar.data_version == before


def test_other_music_makes_the_music_and_the_film(twelve: Counted) -> None:
    wishes = twelve.project.preferences.model_copy(update={"music": "epic"})
    twelve.bench.studio.projects.change(twelve.project, preferences=wishes)
    assert twelve.made() == {"music": 1, "final_video": 1}
    assert twelve.calls == {"compose": 1}


def joints(twelve: Counted) -> set[str]:
    """The joints there are in the store, by the names of what they are made from."""
    return {path.name for path in (twelve.bench.studio.store.root / "joint").glob("*/*")}


def test_another_transition_makes_one_joint_and_the_film(twelve: Counted) -> None:
    before = joints(twelve)
    twelve.edit(editing.edit_scene(twelve.project.overlay, twelve.script, "s05", SceneEdit(transition="wipe")))
    causes = {step.place: str(step.cause) for step in twelve.bench.plan(twelve.project).work}
    assert causes[("final_video", None)] == "transition of scene 5 was edited"
    assert twelve.made() == {"final_video": 1}
    assert len(joints(twelve) - before) == 1


def test_another_camera_move_makes_one_clip_and_the_film(twelve: Counted) -> None:
    kind = CameraMove.model_validate_json(twelve.bench.stored(twelve.project, "scene_motion", "s05").path.read_bytes())
    other = "pan_left" if kind.kind != "pan_left" else "rise"
    twelve.edit(editing.edit_scene(twelve.project.overlay, twelve.script, "s05", SceneEdit(camera=other)))
    assert twelve.made() == {"scene_motion": 1, "scene_clip": 1, "final_video": 1}


def test_a_lower_third_makes_one_clip_and_the_film(twelve: Counted) -> None:
    before = joints(twelve)
    twelve.edit(
        editing.edit_scene(twelve.project.overlay, twelve.script, "s05", SceneEdit(lower_third="Nell | a girl"))
    )
    assert twelve.made() == {"scene_clip": 1, "final_video": 1}
    assert joints(twelve) == before


def test_the_volume_of_a_voice_makes_the_film_alone(twelve: Counted) -> None:
    before = joints(twelve)
    twelve.edit(editing.edit_scene(twelve.project.overlay, twelve.script, "s05", SceneEdit(volume=0.5)))
    assert twelve.made() == {"final_video": 1}
    assert joints(twelve) == before


def test_other_ducking_and_loudness_make_the_film_alone(twelve: Counted) -> None:
    wishes = twelve.project.preferences.model_copy(update={"sound": SoundWishes(ducking=12, loudness=-16)})
    twelve.bench.studio.projects.change(twelve.project, preferences=wishes)
    assert twelve.made() == {"final_video": 1}
    findings = {each.name: each for each in twelve.bench.stored(twelve.project, "final_video").sidecar.findings}
    assert findings["loudness"].passed and findings["loudness"].measured == pytest.approx(-16, abs=0.5)


def test_captions_make_clips_and_the_film_and_no_joint_or_picture(twelve: Counted) -> None:
    before = joints(twelve)
    wishes = twelve.project.preferences.model_copy(update={"captions": "karaoke"})
    twelve.bench.studio.projects.change(twelve.project, preferences=wishes)
    told = len(twelve.bench.slots(twelve.project)) - 1
    # The title card shows already what is said there.
    assert twelve.made() == {"scene_clip": told, "final_video": 1}
    assert joints(twelve) == before


def test_reordering_two_scenes_makes_the_film_alone(twelve: Counted) -> None:
    twelve.edit(editing.move_scene(twelve.project.overlay, twelve.script, "s06", 3))
    assert twelve.made() == {"final_video": 1}
    assert twelve.calls == {}


def test_removing_a_scene_makes_the_film_alone(twelve: Counted) -> None:
    twelve.edit(editing.remove_scene(twelve.project.overlay, twelve.script, "s07"))
    assert twelve.made() == {"final_video": 1}
    assert twelve.calls == {}
    assert "s07" not in twelve.bench.slots(twelve.project)


def test_adding_a_scene_makes_that_scene_and_the_film(twelve: Counted) -> None:
    draft = ScriptBreakdown.model_validate_json(twelve.bench.stored(twelve.project, "script_draft").path.read_bytes())
    overlay, slot = editing.add_scene(twelve.project.overlay, draft, twelve.script, "The end came softly.", "s02")
    twelve.edit(overlay)
    assert twelve.made() == {
        "voice_over": 1,
        "scene_image": 1,
        "scene_motion": 1,
        "scene_clip": 1,
        "final_video": 1,
    }
    assert twelve.calls == {"speak": 1, "draw": 1, "move": 1}
    slots = twelve.bench.slots(twelve.project)
    assert slots.index(slot) == slots.index("s02") + 1


def test_an_edit_that_was_undone_leaves_nothing_to_do(twelve: Counted) -> None:
    before = twelve.project.overlay
    twelve.edit(editing.edit_scene(before, twelve.script, "s02", SceneEdit(narration="Something else.")))
    twelve.edit(before)
    assert twelve.bench.plan(twelve.project).steps == ()


def test_another_look_makes_only_the_scenes_the_character_is_in(twelve: Counted) -> None:
    who = twelve.script.characters[0].name
    there = [scene.slot for scene in twelve.script.scenes if who in scene.characters]
    assert 0 < len(there) < len(twelve.script.scenes)
    twelve.edit(
        editing.dress(twelve.project.overlay, twelve.script, who, "a young woman with red hair in a green coat")
    )
    foreseen = {step.place for step in twelve.bench.plan(twelve.project).work if step.place[0] == "scene_image"}
    assert foreseen == {("scene_image", slot) for slot in there}
    made = twelve.made()
    assert made["character_images"] == 1
    assert made["scene_image"] == made["scene_clip"] == len(there)
    assert made["voice_over"] == 0
    assert (twelve.calls["draw"], twelve.calls["speak"]) == (len(there) + 1, 0)


def test_another_voice_makes_voices_clips_and_the_film(twelve: Counted) -> None:
    wishes = twelve.project.preferences.model_copy(update={"voice": "en-gb"})
    twelve.bench.studio.projects.change(twelve.project, preferences=wishes)
    scenes = len(twelve.bench.slots(twelve.project))
    assert twelve.made() == {"voice_over": scenes, "scene_clip": scenes, "final_video": 1}
    assert twelve.calls == {"speak": scenes}


def test_a_flipped_byte_is_found_quarantined_and_made_again_alone(twelve: Counted) -> None:
    clip = twelve.bench.stored(twelve.project, "scene_clip", "s02").path
    data = bytearray(clip.read_bytes())
    data[len(data) // 2] ^= 0xFF
    clip.write_bytes(data)
    # The film reads the clip when something else makes it; here a new title card does.
    twelve.edit(editing.edit_scene(twelve.project.overlay, twelve.script, "s05", SceneEdit(narration="Try once more.")))
    heard: list[Progress] = []
    with watching(heard.append):
        twelve.bench.make(twelve.project)
    made = Counter(each.place for each in heard if each.state == "made" and GRAPH[each.place[0]].derive is None)
    assert made == {
        ("voice_over", "s05"): 1,
        ("scene_clip", "s05"): 1,
        ("scene_clip", "s02"): 1,
        ("final_video", None): 1,
    }
    assert list((twelve.bench.studio.store.root / "quarantine").iterdir())


@pytest.mark.parametrize("artifact", ["script_draft", "script_breakdown/timeline"])
@pytest.mark.parametrize("harm", [lambda text: text[:-1] + "]", lambda text: text.replace("1", "2", 1)])
def test_a_damaged_value_is_found_by_the_plan_and_made_again_alone(
    twelve: Counted, artifact: str, harm: Callable[[str], str]
) -> None:
    value = twelve.bench.stored(twelve.project, artifact).path
    value.write_text(harm(value.read_text("utf-8")), "utf-8")
    causes = {step.place: str(step.cause) for step in twelve.bench.plan(twelve.project).steps}
    assert causes[artifact, None] == "content is corrupt"
    assert twelve.made() == ({artifact: 1} if artifact == "script_draft" else {})


def test_a_plan_names_the_cause_in_words(twelve: Counted) -> None:
    overlay = editing.edit_scene(twelve.project.overlay, twelve.script, "s02", SceneEdit(narration="Another line."))
    twelve.edit(overlay)
    causes = {step.place: str(step.cause) for step in twelve.bench.plan(twelve.project).work}
    assert causes[("voice_over", "s02")] == "narration of scene 2 was edited"
    assert causes[("final_video", None)] == "narration of scene 2 was edited"


def test_each_event_names_what_it_was_made_from(twelve: Counted) -> None:
    events = twelve.bench.instance.fetch_materializations(AssetRecordsFilter(asset_key("scene_clip")), limit=3).records
    for event in events:
        tags = event.asset_materialization.tags or {}
        read = {tag.rpartition("/")[2] for tag in tags if tag.startswith("dagster/input_data_version/")}
        assert {"voice_over", "scene_image", "scene_motion", "clip"} <= read


def test_the_incremental_film_is_the_film_made_from_scratch(own_film: tuple[Bench, Project], tmp_path: Path) -> None:
    counted = Counted(own_film[0], own_film[1].id)
    counted.edit(editing.move_scene(counted.project.overlay, counted.script, "s03", 2))
    counted.made()
    counted.edit(
        editing.edit_scene(counted.project.overlay, counted.script, "s04", SceneEdit(narration="Anna came home."))
    )
    ask_for_takes(counted.bench.studio, counted.project, GRAPH, [("scene_image", "s02"), ("music", None)])
    counted.made()
    fresh = open_bench(tmp_path / "fresh")
    try:
        twin = fresh.studio.projects.add(counted.id, counted.project.text, preferences=counted.project.preferences)
        twin = fresh.studio.projects.change(twin, overlay=counted.project.overlay, takes=counted.project.takes)
        fresh.make(twin)
        ours = counted.bench.stored(counted.project, "final_video").sidecar
        theirs = fresh.stored(twin, "final_video").sidecar
        assert (theirs.fingerprint, theirs.files) == (ours.fingerprint, ours.files)
    finally:
        close_bench(fresh)
