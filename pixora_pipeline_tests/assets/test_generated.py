"""An explainer whose text and animations are a model's, through the journal: used, mended, replaced, locked in."""

import json
import socket
import threading
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from pixora_pipeline.animation.rendering import Animators
from pixora_pipeline.cli.notices import notices_of
from pixora_pipeline.cli.session import Session
from pixora_pipeline.model.project import Models, Preferences, Project
from pixora_pipeline.model.script import ScriptBreakdown
from pixora_pipeline.partitions import new_project_id
from pixora_pipeline_tests.conftest import Bench, close_bench, open_bench
from pixora_pipeline_tests.providers.servers.journaled import Counted, open_account_with_all
from pixora_pipeline_tests.providers.servers.street import Street, open_street

pytestmark = pytest.mark.slow

WRITER, REFINER, ANIMATOR = "openai/gpt-6-luna", "openai/gpt-5.6-sol", "openai/gpt-5"
WISHES = Preferences(
    resolution="240p", language="en-US", models=Models(text=WRITER, refinement=REFINER, animation=ANIMATOR)
)
SECRET = "canary-51f6a2"

INITIAL = """# Echoes

## Going out

You shout at a cliff, and the sound runs out over the valley. It needs three seconds for a kilometre.

## Coming back

The cliff is hard, so it throws the sound back at you. What comes back is the echo.

## How far it is

Count the seconds until you hear the echo and halve them. That tells you how far the cliff is.

## Under water

A ship sends a click to the ground of the sea and waits. The water's depth is in the pause.

## Bats

Bats call and listen in the dark. They hear where the moth is.
"""


def section(heading: str, prose: str) -> str:
    figure = json.dumps({"template": "bullets", "points": [heading, "It is so"]})
    return f"## {heading}\n\n{prose}\n\n```figure\n{figure}\n```\n"


REFINED = "# Echoes\n\n" + "\n".join(
    (
        section("Going out", "A shout runs over the valley, a kilometre in three seconds."),
        section("Coming back", "The hard cliff throws it back: the echo."),
        section("How far", "Half the seconds until the echo tell how far the cliff is."),
        section("Under water", "A ship's click measures the depth of the sea."),
        section("Bats", "Bats hear in the dark where the moth is."),
    )
)

HEAD = "from manim import *\nfrom pixora_pipeline.animation.scene import ExplainerScene\n"
GOOD = (
    HEAD
    + """
class Scene1(ExplainerScene):
    def construct(self):
        rings = VGroup(*[Circle(radius=0.4 * n, color=self.theme.accent(n)) for n in range(1, 4)])
        label = MathTex("v", "=", r"\\frac{s}{t}", color=self.theme.ink).next_to(rings, DOWN)
        self.step("the sound runs out")
        self.play(LaggedStart(*[Create(ring) for ring in rings], lag_ratio=0.3), run_time=0.5)
        self.play(FadeIn(label), run_time=0.3)
"""
)
BROKEN = (
    HEAD
    + """
class Scene1(ExplainerScene):
    def construct(self):
        wall = Rectangle(width=1, height=3, colour=RED)
        self.play(ShowCreation(wall))
"""
)
CROWDED = (
    HEAD
    + """
class Scene1(ExplainerScene):
    def construct(self):
        one, two = Text("Count the seconds"), Text("Halve them")
        self.play(FadeIn(one), FadeIn(two), run_time=0.3)
"""
)
HOSTILE = (
    HEAD
    + """
import manim
import numpy as np
os = manim.utils.file_ops.os
bring = manim.utils.module_ops.importlib.import_module
tries = [
    lambda: Text(np.fromfile("HIDDEN", "uint8").tobytes().decode()),
    lambda: Text(os.read(os.open("HIDDEN", os.O_RDONLY), 99).decode()),
    lambda: Text(str(os.environ["PIXORA_TEST_SECRET"])),
    lambda: 1 / (os.system("touch TOUCHED") == 0),
    lambda: 1 / (np.ctypeslib.ctypes.CDLL(None).system(b"touch TOUCHED") == 0),
    lambda: os.fork() == 0 or Text("a process"),
    lambda: bring("socket").create_connection(("127.0.0.1", PORT)).sendall(b"out"),
    lambda: os.symlink("HIDDEN", "animation.mp4"),
]

class Scene1(ExplainerScene):
    def construct(self):
        got = VGroup()
        for attempt in tries:
            try:
                found = attempt()
                got.add(found if isinstance(found, Text) else Text("out"))
            except Exception:
                pass
        self.play(FadeIn(Dot()), FadeIn(got), run_time=0.3)
"""
)

TWO_FACED = (
    HEAD
    + """
class Scene1(ExplainerScene):
    def construct(self):
        if not self.renderer._original_skipping_status:
            raise ValueError("not this time")
        self.play(FadeIn(Dot()), run_time=0.3)
"""
)


@dataclass
class Model:
    """Answers by what it is asked, and remembers what it was told was wrong."""

    hostile: str
    asked: Counter[str] = field(default_factory=Counter)
    told: dict[str, list[str]] = field(default_factory=dict)

    def __call__(self, request: dict[str, Any]) -> str:
        wanted = set(request["response_format"]["json_schema"]["schema"]["properties"])
        said = [message["content"] for message in request["messages"]]
        if wanted == {"markdown"}:
            self.asked[request["model"]] += 1
            return json.dumps({"markdown": INITIAL if request["model"] == "gpt-6-luna" else REFINED})
        assert wanted == {"script"} and request["model"] == "gpt-5"
        scene = next((name for name in SCENES if name in said[1]), "title")
        self.asked[scene] += 1
        if len(said) > 2:
            self.told.setdefault(scene, []).append(said[-1])
        return json.dumps({"script": self._script(scene, repaired=len(said) > 2)})

    def _script(self, scene: str, repaired: bool) -> str:
        if scene == "Coming back":
            return GOOD if repaired else BROKEN
        return {"How far": CROWDED, "Under water": self.hostile, "Bats": TWO_FACED}.get(scene, GOOD)


SCENES = ("Going out", "Coming back", "How far", "Under water", "Bats")


@dataclass
class Explained:
    bench: Bench
    street: Street
    calls: Counted
    model: Model
    heard: list[bytes]
    touched: Path
    id: str

    @property
    def project(self) -> Project:
        return self.bench.studio.projects.get(self.id)


@pytest.fixture(scope="module")
def explained(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Explained]:
    folder = tmp_path_factory.mktemp("generated")
    secret, touched, heard = folder / "secret.txt", folder / "touched", list[bytes]()
    secret.write_text(SECRET)
    server = socket.create_server(("127.0.0.1", 0))
    threading.Thread(target=_listen, args=(server, heard), daemon=True).start()
    port = str(server.getsockname()[1])
    hostile = HOSTILE.replace("HIDDEN", str(secret)).replace("TOUCHED", str(touched)).replace("PORT", port)
    with open_street() as street, pytest.MonkeyPatch.context() as patch:
        patch.setenv("PIXORA_TEST_SECRET", SECRET)
        street.openai.answers = model = Model(hostile)
        bench = open_bench(folder / "home")
        bench.studio.paid_calls = calls = open_account_with_all(bench.studio, street)
        project = bench.studio.projects.add(
            new_project_id(), "Explain how echoes work", kind="explainer", preferences=WISHES
        )
        bench.make(project)
        yield Explained(bench, street, calls, model, heard, touched, project.id)
        close_bench(bench)
    server.close()


def _listen(server: socket.socket, heard: list[bytes]) -> None:
    while True:
        try:
            heard.append(server.accept()[0].recv(100))
        except OSError:
            return


def test_the_film_is_made_and_passes_its_checks(explained: Explained) -> None:
    findings = explained.bench.stored(explained.project, "final_video").sidecar.findings
    assert [finding.message for finding in findings if not finding.passed] == []
    assert explained.bench.plan(explained.project).steps == ()


def test_each_stage_is_its_own_models(explained: Explained) -> None:
    initial = explained.bench.stored(explained.project, "initial_explanation")
    refined = explained.bench.stored(explained.project, "refined_explanation")
    assert (initial.sidecar.provenance.model, refined.sidecar.provenance.model) == ("gpt-6-luna", "gpt-5.6-sol")
    assert initial.path.read_text("utf-8") == INITIAL and refined.path.read_text("utf-8") == REFINED


def test_the_first_explanation_is_spoken_whole_over_the_refined_scenes(explained: Explained) -> None:
    draft = explained.bench.stored(explained.project, "script_draft").path.read_bytes()
    scenes = ScriptBreakdown.model_validate_json(draft).scenes
    assert [scene.title for scene in scenes[1:]] == list(SCENES)
    assert scenes[2].narration.startswith("The cliff is hard") and scenes[2].narration.endswith("is the echo.")
    said = " ".join(scene.narration for scene in scenes[1:])
    assert said == " ".join(line for line in INITIAL.splitlines() if line and not line.startswith("#"))


def test_a_good_script_is_used_as_it_came_and_paid_once(explained: Explained) -> None:
    stored = explained.bench.stored(explained.project, "manim_script", "s02")
    assert stored.path.read_text("utf-8") == GOOD
    made_by = stored.sidecar.provenance
    assert (made_by.provider, made_by.model, made_by.account) == ("openai", "gpt-5", "openai-1")
    assert made_by.cost_usd and made_by.parameters["repairs"] == 0
    assert explained.model.asked["Going out"] == 1


def test_a_bad_script_is_mended_by_what_the_model_is_told(explained: Explained) -> None:
    stored = explained.bench.stored(explained.project, "manim_script", "s03")
    assert stored.path.read_text("utf-8") == GOOD
    (told,) = explained.model.told["Coming back"]
    assert "line 6: Rectangle(): it takes no colour; did you mean color?" in told
    assert "line 7: ShowCreation is not defined: in this Manim it is Create" in told
    one = explained.bench.stored(explained.project, "manim_script", "s02").sidecar.provenance.cost_usd
    assert stored.sidecar.provenance.parameters["repairs"] == 1
    assert stored.sidecar.provenance.cost_usd == pytest.approx(2 * one)


def test_a_script_that_is_never_right_is_replaced_and_told(explained: Explained) -> None:
    stored = explained.bench.stored(explained.project, "manim_script", "s04")
    assert "show(self, Bullets(" in stored.path.read_text("utf-8")
    assert explained.model.asked["How far"] == 4, "three repairs"
    assert "'Count the seconds' and the text 'Halve them' stand on each other" in explained.model.told["How far"][0]
    made_by = stored.sidecar.provenance
    assert (made_by.provider, made_by.model) == ("embedded", "templates@1")
    assert made_by.cost_usd and made_by.parameters["tried"] == ANIMATOR


def test_the_film_says_which_scenes_were_replaced(explained: Explained) -> None:
    session = Session.__new__(Session)
    session.studio, session.instance = explained.bench.studio, explained.bench.instance
    draft = explained.bench.stored(explained.project, "script_breakdown").path.read_bytes()
    notices = notices_of(session, explained.project, ScriptBreakdown.model_validate_json(draft))
    crowded, two_faced = [notice.message for notice in notices]
    instead = f"shows the built-in animation instead of the one by {ANIMATOR}:"
    assert crowded.startswith(f"Scene 4 {instead} after 3 repairs") and "stand on each other" in crowded
    assert two_faced.startswith(f"Scene 6 {instead} it could not be rendered.") and "not this time" in two_faced
    film = explained.bench.stored(explained.project, "final_video").sidecar
    assert film.provenance.parameters["notices"] == [crowded, two_faced]


def test_a_hostile_script_gets_nothing_out(explained: Explained) -> None:
    stored = explained.bench.stored(explained.project, "manim_script", "s05")
    assert "os.system" in stored.path.read_text("utf-8"), "it was played, as harmless as it was"
    assert explained.heard == [] and not explained.touched.exists()
    home = explained.bench.studio.settings.home
    assert [path for path in home.rglob("*") if path.is_file() and SECRET.encode() in path.read_bytes()] == []
    assert not any(SECRET.encode() in seen.body for seen in explained.street.openai.log)
    render = explained.bench.stored(explained.project, "manim_render", "s05").sidecar
    assert render.provenance.parameters["locked_in_by"] != "none"
    # Had anything been found, it would stand in the frame.
    shown = explained.bench.stored(explained.project, "manim_render", "s05").folder / "animation.mp4"
    assert _ink(shown) < 0.002


def test_the_refined_words_are_spoken_where_that_is_wished(explained: Explained) -> None:
    explained.calls.sent.clear()
    wishes = WISHES.model_copy(update={"narrate": "refined"})
    planned = explained.bench.plan(explained.bench.studio.projects.change(explained.project, preferences=wishes))
    made = {place[0] for place in planned.places}
    assert "script_draft" in made and not made & {"initial_explanation", "refined_explanation"}


def test_a_models_code_without_a_sandbox_is_told_on_its_scenes_and_its_film(tmp_path: Path) -> None:
    with open_street() as street:
        street.openai.answers = lambda request: json.dumps({"script": GOOD})
        bench = open_bench(tmp_path / "home")
        bench.studio.paid_calls = open_account_with_all(bench.studio, street)
        bench.studio.workers.__dict__["animators"] = Animators(1, walls="none", unsafe=True)
        wishes = Preferences(resolution="240p", models=Models(animation=ANIMATOR))
        text = "# Bees\n\nBees dance on the comb."
        project = bench.studio.projects.add(new_project_id(), text, kind="explainer", preferences=wishes)
        bench.make(project)
        unsafe = [f"Scene {n}: PIXORA_UNSAFE_CODE was set: " for n in (1, 2)]
        for slot, words in zip(("s01", "s02"), unsafe, strict=True):
            parameters = bench.stored(project, "manim_render", slot).sidecar.provenance.parameters
            assert parameters["locked_in_by"] == "none" and parameters["notices"][0].startswith(words)
        told = bench.stored(project, "final_video").sidecar.provenance.parameters["notices"]
        assert [each.startswith(words) for each, words in zip(told, unsafe, strict=True)] == [True, True]
        close_bench(bench)


def _ink(film: Path) -> float:
    """The share of a film's last picture that is not its ground."""
    import av

    with av.open(str(film)) as container:
        last = [frame.to_ndarray(format="gray") for frame in container.decode(video=0)][-1].astype(int)
    return float((abs(last - last[0, 0]) > 40).mean())
