"""A film in which every kind of thing is made by a service, on the services' own formats, through the journal."""

import zlib
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import pytest
from dagster import AssetKey, AssetRecordsFilter, MetadataValue
from dagster._serdes import serialize_value
from sqlalchemy import select

from pixora_pipeline.assets.graph import GRAPH, WAVES
from pixora_pipeline.cli.notices import notices_of
from pixora_pipeline.cli.session import Session
from pixora_pipeline.cli.standing import Standing, standing
from pixora_pipeline.model.compilation import Notice
from pixora_pipeline.model.overlay import SceneEdit, apply_overlay
from pixora_pipeline.model.project import Models, Preferences, Project
from pixora_pipeline.model.script import ScriptBreakdown
from pixora_pipeline.planning import editing
from pixora_pipeline.runner import RunFailed, make_current
from pixora_pipeline.store.account_tables import CallRow
from pixora_pipeline.store.database import open_database
from pixora_pipeline_tests.conftest import Bench, close_bench, open_bench
from pixora_pipeline_tests.providers.servers import aws_format, openai_format
from pixora_pipeline_tests.providers.servers.journaled import Counted, open_account_with_all
from pixora_pipeline_tests.providers.servers.street import KEY, Street, open_street

pytestmark = pytest.mark.slow

MODELS = Models(
    text="openai/gpt-6-luna",
    image="openai/gpt-image-2.5-flare",
    speech="polly/neural",
    music="replicate/musicgen",
    motion="replicate/kling-v1.6-standard",
)
WISHES = Preferences(resolution="240p", language="en-US", models=MODELS)
PROMPT = "A story about a red boat, a storm and a lighthouse."


@dataclass
class Hired:
    """A studio that calls services, and the services."""

    bench: Bench
    street: Street
    calls: Counted
    id: str

    @property
    def project(self) -> Project:
        return self.bench.studio.projects.get(self.id)

    def paid(self) -> Counter[str]:
        """What was asked of services since the last time, by what it was for."""
        sent, self.calls.sent = self.calls.sent, Counter()
        return sent

    def standing(self) -> Standing:
        """How it is shown to people."""
        session = Session()
        session.studio, session.instance = self.bench.studio, self.bench.instance
        return standing(session, self.project)

    def notices(self) -> tuple[Notice, ...]:
        """What people are told was otherwise than asked."""
        session = Session()
        session.studio, session.instance = self.bench.studio, self.bench.instance
        script = self.bench.stored(self.project, "script_breakdown").path.read_bytes()
        return notices_of(session, self.project, ScriptBreakdown.model_validate_json(script))

    def metadata(self, artifact: str, slot: str) -> Mapping[str, MetadataValue]:
        """What Dagster's UI shows of a version."""
        wanted = AssetRecordsFilter(AssetKey(artifact), asset_partitions=[f"{self.id}|{slot}"])
        (event,) = self.bench.instance.fetch_materializations(wanted, limit=1).records
        return event.asset_materialization.metadata

    def edit(self, slot: str, **fields: str) -> None:
        draft = ScriptBreakdown.model_validate_json(self.bench.stored(self.project, "script_draft").path.read_bytes())
        script = apply_overlay(draft, self.project.overlay)
        overlay = editing.edit_scene(self.project.overlay, script, slot, SceneEdit(**fields))
        self.bench.studio.projects.change(self.project, overlay=overlay)


@pytest.fixture(scope="module")
def hired(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hired]:
    with open_street() as street:
        bench = open_bench(tmp_path_factory.mktemp("hired"))
        bench.studio.paid_calls = calls = open_account_with_all(bench.studio, street)
        opened = Hired(bench, street, calls, bench.project(PROMPT, WISHES).id)
        bench.make(opened.project)
        yield opened
        close_bench(bench)


def test_the_film_is_made_and_passes_its_checks(hired: Hired) -> None:
    stored = hired.bench.stored(hired.project, "final_video")
    assert [finding.message for finding in stored.sidecar.findings if not finding.passed] == []
    assert "Anna kept a red boat" in " ".join((stored.folder / "film.srt").read_text("utf-8").split())
    assert hired.bench.plan(hired.project).steps == ()


def test_each_thing_is_asked_for_once(hired: Hired) -> None:
    scenes, portraits, moods = 3, 1, 2
    assert hired.paid() == {
        "text": 1, "image": scenes + portraits, "speech": 2 * scenes, "music": moods, "motion": scenes,
    }  # fmt: skip


def test_the_artifacts_say_who_made_them_by_which_account_at_what_cost(hired: Hired) -> None:
    expected = {
        ("script_draft", None): ("openai", "gpt-6-luna", "openai-1"),
        ("character_images", None): ("openai", "gpt-image-2.5-flare", "openai-1"),
        ("scene_image", "s02"): ("openai", "gpt-image-2.5-flare", "openai-1"),
        ("voice_over", "s02"): ("polly", "neural", "aws-1"),
        ("music", None): ("replicate", "musicgen", "replicate-1"),
        ("scene_motion", "s02"): ("replicate", "kling-v1.6-standard", "replicate-1"),
    }
    for place, maker in expected.items():
        made_by = hired.bench.stored(hired.project, *place).sidecar.provenance
        assert (made_by.provider, made_by.model, made_by.account) == maker
        assert made_by.cost_usd and made_by.usage, place
    speech = hired.bench.stored(hired.project, "voice_over", "s02").sidecar.provenance
    said = "Anna kept a red boat in the harbour. Every morning she rowed out."
    assert speech.cost_usd == pytest.approx(2 * len(said) * 16e-6)


def test_the_portrait_is_shown_to_the_scene_that_its_character_is_in(hired: Hired) -> None:
    portrait = hired.bench.stored(hired.project, "character_images").path.read_bytes()
    edits = [seen for seen in hired.street.openai.log if seen.path.endswith("/images/edits")]
    assert [seen.form["image[]"] for seen in edits] == [[portrait]]


def test_motion_is_a_video_with_facts(hired: Hired) -> None:
    motion = hired.bench.stored(hired.project, "scene_motion", "s02")
    assert motion.path.suffix == ".mp4" and motion.sidecar.facts["frames"] == 20


def test_what_came_from_services_is_let_go_once_it_is_in_the_store(hired: Hired) -> None:
    received = hired.bench.studio.settings.home / "received" / hired.id
    assert [path for path in received.rglob("*") if path.is_file()] == []


def places_of(key: str, hired: Hired) -> list[str]:
    """Wherever the key stands in what is kept: files, Dagster's events and runs, and the journal's packed answers."""
    home = hired.bench.studio.settings.home
    kept = {str(path): path.read_bytes() for path in home.rglob("*") if path.is_file()}
    for run in hired.bench.instance.get_runs():
        entries = hired.bench.instance.all_logs(run.run_id)
        kept[f"run {run.run_id}"] = serialize_value([run, *entries]).encode()
    with open_database(hired.bench.studio.settings.database).connect() as connection:
        packed = connection.execute(select(CallRow.answer).where(CallRow.answer.is_not(None))).scalars()
        kept |= {f"answer {number}": zlib.decompress(answer) for number, answer in enumerate(packed)}
    assert any(name.endswith("index.db") for name in kept) and any(name.startswith("answer") for name in kept)
    return [name for name, content in kept.items() if key.encode() in content]


def test_no_key_is_written_anywhere(hired: Hired) -> None:
    assert places_of(KEY, hired) == []


def test_a_key_that_a_service_says_back_is_not_in_dagsters_events_either(
    hired: Hired, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level("DEBUG")
    project = hired.bench.project(f"{PROMPT} With a wrong key.", WISHES)
    hired.street.openai.next(openai_format.error(401, "invalid_api_key", f"Incorrect API key provided: {KEY}."))
    with pytest.raises(RunFailed, match=r"openai does not accept the key: .*\[key\]") as raised:
        make_current(hired.bench.studio, hired.bench.instance, project, WAVES[:1])
    hired.bench.studio.accounts.wake("openai", "openai-1")
    assert KEY not in repr(raised.value) + caplog.text + "".join(capfd.readouterr())
    assert places_of("Incorrect API key provided", hired) != [], "it was looked at"
    assert places_of(KEY, hired) == []


def test_an_edited_narration_is_planned_with_its_price_and_pays_for_one_voice(hired: Hired) -> None:
    hired.paid()
    hired.edit("s03", narration="The lighthouse went dark.")
    (voice,) = [step for step in hired.bench.plan(hired.project).steps if step.place[0] == "voice_over"]
    assert voice.usd == pytest.approx(2 * len("The lighthouse went dark.") * 16e-6)
    hired.bench.make(hired.project)
    assert hired.paid() == {"speech": 2}


def test_a_version_lost_from_the_store_is_paid_for_again_where_only_its_file_is_gone(hired: Hired) -> None:
    import shutil

    hired.paid()
    shutil.rmtree(hired.bench.stored(hired.project, "voice_over", "s02").folder)
    hired.bench.make(hired.project)
    assert hired.paid() == {"speech": 1}, "the words were in the journal, the sound was not"


def test_a_refused_picture_is_asked_for_in_gentler_words(hired: Hired) -> None:
    hired.paid()
    refusal = openai_format.error(400, "moderation_blocked", "Your request was rejected by the safety system.")
    hired.street.openai.next(refusal)
    hired.edit("s03", description="A sea of blood under a dark lighthouse.")
    hired.bench.make(hired.project)
    told = hired.bench.stored(hired.project, "scene_image", "s03").sidecar.provenance.parameters
    assert "rejected by the safety system" in told["refused"]
    assert told["drawn_from"] == "A quiet harbour after the storm, seen from far away."
    assert hired.paid() == {"image": 2, "text": 1, "motion": 1}
    scene = next(each for each in hired.standing().artifacts if each.scene == "s03" and each.artifact == "scene_image")
    assert scene.note and "rejected by the safety system" in scene.note
    assert hired.metadata("scene_image", "s03")["note"].value == scene.note


def test_a_picture_refused_twice_is_drawn_by_what_is_built_in_and_flagged(hired: Hired) -> None:
    hired.paid()
    hired.edit("s03", description="Something nobody may draw, over a dark lighthouse.")
    hired.street.openai.refuses_pictures = True
    hired.bench.make(hired.project)
    hired.street.openai.refuses_pictures = False
    assert hired.paid() == {"image": 2, "text": 1, "motion": 1}
    made_by = hired.bench.stored(hired.project, "scene_image", "s03").sidecar.provenance
    assert (made_by.provider, made_by.parameters["instead_of"]) == ("embedded", MODELS.image)
    (told,) = [notice.message for notice in hired.notices()]
    refused = "openai refuses the picture of scene 3, in gentler words too: Rejected."
    assert told.startswith(f"Scene 3: the picture is by what is built in instead of {MODELS.image}. {refused}")
    assert told.endswith(f"Describe it otherwise: pixora edit {hired.id} --scene 3 --picture '...'")
    film = hired.bench.stored(hired.project, "final_video").sidecar
    assert film.provenance.parameters["notices"] == [told]
    hired.edit("s03", description="A calm sea under a dark lighthouse.")
    hired.bench.make(hired.project)
    assert hired.bench.plan(hired.project).steps == () and hired.notices() == ()


def test_a_picture_refused_twice_waits_for_a_person_where_nobody_is_to_stand_in(hired: Hired) -> None:
    alone = WISHES.model_copy(update={"models": MODELS.model_copy(update={"image_instead": "nobody"})})
    hired.bench.studio.projects.change(hired.project, preferences=alone)
    hired.edit("s03", description="Something that no one may draw, over a dark lighthouse.")
    hired.street.openai.refuses_pictures = True
    with pytest.raises(RunFailed) as raised:
        hired.bench.make(hired.project)
    hired.street.openai.refuses_pictures = False
    told = str(raised.value)
    assert told.startswith("scene_image@s03: openai refuses the picture of scene 3, in gentler words too: Rejected.")
    assert told.endswith(f"Describe it otherwise: pixora edit {hired.id} --scene 3 --picture '...'")
    scene = next(each for each in hired.standing().artifacts if each.scene == "s03" and each.artifact == "scene_image")
    assert scene.status == "failed" and "refuses the picture of scene 3" in (scene.cause or "")
    made = {name for name, each in GRAPH.items() if each.make}
    assert {place[1] for place in hired.bench.plan(hired.project).places if place[0] in made} == {"s03", None}
    hired.edit("s03", description="A calm sea under a dark lighthouse.")
    hired.bench.make(hired.project)
    assert hired.bench.plan(hired.project).steps == ()


_FLAGGED = {"status": "failed", "error": "The input was flagged as sensitive (E005)"}


def test_a_motion_that_is_refused_is_asked_for_in_gentler_words(hired: Hired) -> None:
    hired.paid()
    hired.street.replicate.ends.append(_FLAGGED)
    hired.edit("s03", description="A blade of light over the water.")
    hired.bench.make(hired.project)
    assert hired.paid() == {"image": 1, "text": 1, "motion": 2}
    made_by = hired.bench.stored(hired.project, "scene_motion", "s03").sidecar.provenance
    assert (made_by.provider, made_by.model) == ("replicate", "kling-v1.6-standard")
    assert "E005" in made_by.parameters["refused"] and "quiet harbour" in made_by.parameters["prompt"]


def test_a_motion_refused_twice_is_the_cameras_and_flagged(hired: Hired) -> None:
    hired.street.replicate.ends.extend([_FLAGGED, _FLAGGED])
    hired.edit("s03", description="A blade of light over the cliffs.")
    hired.bench.make(hired.project)
    made_by = hired.bench.stored(hired.project, "scene_motion", "s03").sidecar.provenance
    assert made_by.provider == "embedded" and made_by.parameters["instead_of"] == MODELS.motion
    (told,) = [notice.message for notice in hired.notices()]
    assert "Scene 3: the motion is by what is built in" in told and "pixora edit" in told
    hired.edit("s03", description="A calm sea under a dark lighthouse.")
    hired.bench.make(hired.project)
    assert hired.notices() == ()


def test_voices_and_music_are_by_their_stand_ins_where_services_fail_for_good(hired: Hired) -> None:
    others = {"speech_instead": "embedded", "music_instead": "embedded", "motion": "embedded", "image": "embedded"}
    wishes = WISHES.model_copy(update={"models": MODELS.model_copy(update=others)})
    project = hired.bench.project(f"{PROMPT} Told by others.", wishes)
    hired.street.aws.weather = lambda _: aws_format.error(400, "InvalidSsmlException", "No such text.")
    hired.street.replicate.ends.extend([{"status": "failed", "error": "CUDA out of memory"}] * 8)
    hired.paid()
    hired.bench.make(project)
    hired.street.aws.weather = lambda _: None
    hired.street.replicate.ends.clear()
    music = hired.bench.stored(project, "music").sidecar
    assert (music.provenance.provider, music.provenance.parameters["instead_of"]) == ("embedded", MODELS.music)
    assert hired.paid()["music"] >= 2, "what failed is asked for once more before another is"
    for slot in ("s01", "s02"):
        voice = hired.bench.stored(project, "voice_over", slot).sidecar
        assert (voice.provenance.provider, voice.provenance.parameters["voice"]) == ("embedded", "en-us")
    told = hired.bench.stored(project, "final_video").sidecar.provenance.parameters["notices"]
    assert any("Scene 2: the voice is by what is built in instead of polly/neural" in each for each in told)
    assert hired.bench.plan(project).steps == ()


def test_who_wrote_instead_is_told_on_the_script_and_changes_nothing_else(hired: Hired) -> None:
    models = MODELS.model_copy(update={"text_instead": "anthropic/claude-haiku-4-5"})
    project = hired.bench.project(f"{PROMPT} Told again.", WISHES.model_copy(update={"models": models}))
    hired.street.openai.say(None, refusal="I can't help with that.")
    make_current(hired.bench.studio, hired.bench.instance, project, WAVES[:1])
    made_by = hired.bench.stored(project, "script_draft").sidecar.provenance
    assert (made_by.provider, made_by.model) == ("anthropic", "claude-haiku-4-5")
    assert made_by.parameters["instead_of"] == "openai/gpt-6-luna"
    without = hired.bench.studio.projects.change(project, preferences=WISHES)
    assert ("script_draft", None) not in hired.bench.plan(without).places
