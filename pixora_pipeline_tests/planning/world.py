"""A project in a real store and database, what may happen to it, and two ways of bringing it up to date."""

import shutil
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from types import SimpleNamespace

from hypothesis import strategies as st

from pixora_pipeline.assets.graph import WaveOf, graph_in
from pixora_pipeline.assets.next_run import next_run, values_along
from pixora_pipeline.assets.progress import Progress, watching
from pixora_pipeline.assets.project_plan import current_plan
from pixora_pipeline.assets.recorded import address_of
from pixora_pipeline.assets.shelf import StoreShelf
from pixora_pipeline.assets.takes import ask_for_takes, use_take
from pixora_pipeline.assets.wave import InputLost, Wave
from pixora_pipeline.errors import UserError
from pixora_pipeline.model.overlay import SceneEdit, apply_overlay
from pixora_pipeline.model.project import Project
from pixora_pipeline.model.script import ScriptBreakdown
from pixora_pipeline.planning import editing
from pixora_pipeline.planning.plan import Plan, make_plan
from pixora_pipeline.planning.records import Place, Record, Records
from pixora_pipeline.runner import make_current
from pixora_pipeline.store.artifacts import SIDECAR, ArtifactStore
from pixora_pipeline_tests.conftest import Bench
from pixora_pipeline_tests.planning.cheap import cheap_waves

DRAFT: Place = ("script_draft", None)
FILM: Place = ("final_video", None)
WAVES = cheap_waves()
GRAPH = graph_in(WAVES)
RETAKEN = tuple(
    name
    for name, recipe in GRAPH.items()
    if recipe.retakes and recipe.applies("story" if recipe.scope == "project" else "drawn")
)


@dataclass
class World:
    """A project and its records. Subclasses say how it is planned and made."""

    bench: Bench
    id: str
    store: ArtifactStore
    damaged: set[Place] = field(default_factory=set)

    @property
    def project(self) -> Project:
        return self.bench.studio.projects.get(self.id)

    def plan(self) -> tuple[Plan, Records]:
        raise NotImplementedError

    def make(self) -> None:
        raise NotImplementedError

    def change(self, **columns: object) -> None:
        self.bench.studio.projects.change(self.project, **columns)

    @property
    def draft(self) -> ScriptBreakdown:
        text = StoreShelf(self.store, self.id).text(DRAFT, self.plan()[1].get(DRAFT).fingerprint)
        return ScriptBreakdown.model_validate_json(text)

    @property
    def script(self) -> ScriptBreakdown:
        return apply_overlay(self.draft, self.project.overlay)

    def bring_up(self) -> None:
        """Make what is stale, and hold the plan to what was done."""
        heard: list[Progress] = []
        before, _ = self.plan()
        with watching(heard.append):
            self.make()
        made = [each.place for each in heard if each.state == "made"]
        assert self.plan()[0].steps == ()
        check_exact(before, made, self.damaged)
        self.damaged.clear()

    def read_everything(self) -> None:
        """Read every artifact of the film, so that nothing corrupt stays unseen."""
        for place, record in self.plan()[1].by_place.items():
            self.store.find(address_of(self.id, place, record.fingerprint))

    def content(self) -> dict[Place, tuple[str, str]]:
        """What the film and all it is made from are, by fingerprint and content."""
        plan, records = self.plan()
        assert plan.steps == ()
        there = {place for recipe in GRAPH.values() for place in plan.layout.places(recipe)}
        return {place: (records.get(place).fingerprint, records.get(place).data_version) for place in there}


def check_exact(plan: Plan, made: list[Place], damaged: set[Place]) -> None:
    """Nothing was made that the plan did not name, and all was made that it was certain of, once."""
    assert len(made) == len(set(made)), "something was made twice"
    # While the script has still to be written, scenes that it may bring can't be named.
    nameable = {place for place in made if DRAFT not in plan.places or place[1] is None or place[1] in plan.slots}
    assert nameable - plan.places - damaged == set(), "more was made than the plan said"
    certain = {step.place for step in plan.steps if step.action == "make" and step.certain}
    assert certain - set(made) == set(), "what was certain was left out"
    reused = {step.place for step in plan.steps if step.action == "reuse"}
    assert reused & set(made) - damaged == set(), "what was in the store was made again"
    assert all(step.certain for step in plan.steps if step.action in ("reuse", "note"))
    _check_marks(plan)


def _check_marks(plan: Plan) -> None:
    # A step is uncertain exactly when it reads, at whatever distance, something that is to be made.
    marks = {step.place: step for step in plan.steps}
    for step in plan.steps:
        if step.action == "make":
            needs = [
                marks.get((name, slot)) for name in GRAPH[step.place[0]].inputs for slot in _reads(step, name, plan)
            ]
            unknown = [each for each in needs if each and (each.action == "make" or not each.certain)]
            assert step.certain == (not unknown), step


def _reads(step, name: str, plan: Plan) -> Iterable[str | None]:
    if GRAPH[name].scope == "project":
        return (None,)
    return (step.place[1],) if step.place[1] else plan.slots


class WaveWorld(World):
    """Made by waves alone, with records in memory: quick enough for many examples. Its film is published too."""

    records: Records = Records()

    @property
    def project(self) -> Project:
        return super().project.model_copy(update={"publish_to": "file:///films"})

    def plan(self) -> tuple[Plan, Records]:
        shelf = StoreShelf(self.store, self.id)
        return make_plan(GRAPH, self.project, self.records, shelf, lambda _recipe, _source: 0.0), self.records

    def make(self) -> None:
        for _ in range(30):
            plan, _ = self.plan()
            following = next_run(self.project, plan, WAVES)
            if following is None:
                return
            self._run(next(wave for wave in WAVES if following.job == f"make_{wave.name}"), plan)
        raise AssertionError("it never ends")

    def _run(self, wave: WaveOf, plan: Plan) -> None:
        names = {recipe.name for recipe in wave.recipes}
        places = values_along(plan, GRAPH, wave.recipes)
        places += [step.place for step in plan.steps if step.place[0] in names]
        own = self.bench.studio
        studio = SimpleNamespace(store=self.store, workers=None, settings=own.settings, spending=own.spending)
        for outcome in Wave(GRAPH, studio, self.project, self.records, places, plan.layout).run():
            if outcome.error and not isinstance(outcome.error, InputLost):
                raise outcome.error
            if outcome.stored:
                made = outcome.stored.sidecar
                record = Record(made.fingerprint, made.data_version, GRAPH[outcome.place[0]].version)
                self.records = self.records.with_record(outcome.place, record)


class DagsterWorld(World):
    """Made as `pixora make` does it: operations, events and records of a real instance."""

    def plan(self) -> tuple[Plan, Records]:
        return current_plan(self.bench.instance, self.bench.studio, self.project, GRAPH)

    def make(self) -> None:
        make_current(self.bench.studio, self.bench.instance, self.project, WAVES)


Happening = Callable[[World], None]
_TEXTS = st.sampled_from(["The tide came in.", "Nobody slept.", "Ein Sturm zog auf.", "日が昇った。"])
_PLACES = st.integers(0, 9)


def _slot(world: World, number: int) -> str:
    scenes = world.script.scenes
    return scenes[number % len(scenes)].slot


def _field(name: str, number: int, value: object) -> Happening:
    def happen(world: World) -> None:
        edit = SceneEdit(**{name: value})
        overlay = editing.edit_scene(world.project.overlay, world.script, _slot(world, number), edit)
        world.change(overlay=overlay)

    return _named(f"{name} of {number} is {value}", happen)


def _wish(name: str, value: object) -> Happening:
    def happen(world: World) -> None:
        world.change(preferences=world.project.preferences.model_copy(update={name: value}))

    return _named(f"{name} is {value}", happen)


def _dress(who: str, look: str) -> Happening:
    def happen(world: World) -> None:
        world.change(overlay=editing.dress(world.project.overlay, world.script, who, look))

    return _named(f"{who} is {look}", happen)


def _move(number: int, to: int) -> Happening:
    def happen(world: World) -> None:
        script = world.script
        position = to % len(script.scenes) + 1
        world.change(overlay=editing.move_scene(world.project.overlay, script, _slot(world, number), position))

    return _named(f"move {number} to {to}", happen)


def _remove(number: int) -> Happening:
    def happen(world: World) -> None:
        if len(world.script.scenes) > 1:
            world.change(overlay=editing.remove_scene(world.project.overlay, world.script, _slot(world, number)))

    return _named(f"remove {number}", happen)


def _add(text: str, number: int) -> Happening:
    def happen(world: World) -> None:
        overlay = world.project.overlay
        world.change(overlay=editing.add_scene(overlay, world.draft, world.script, text, _slot(world, number))[0])

    return _named(f"add {text} behind {number}", happen)


def _take(artifact: str, number: int) -> Happening:
    def happen(world: World) -> None:
        slot = _slot(world, number) if GRAPH[artifact].scope == "scene" else None
        ask_for_takes(world.bench.studio, world.project, GRAPH, [(artifact, slot)])

    return _named(f"another take of {artifact} {number}", happen)


def _go_back(number: int, take: int) -> Happening:
    def happen(world: World) -> None:
        known = sorted(world.project.takes)
        if known:
            name, _, slot = known[number % len(known)].partition("@")
            try:
                use_take(world.bench.studio, world.project, (name, slot or None), take)
            except UserError:
                return

    return _named(f"use take {take} of the {number}th that has takes", happen)


def _revert(number: int) -> Happening:
    def happen(world: World) -> None:
        rows = world.bench.studio.projects.revisions(world.id)
        row = rows[number % len(rows)]
        world.change(preferences=row.preferences, overlay=row.overlay)

    return _named(f"revert to {number}", happen)


def harm(number: int, how: str) -> Happening:
    def happen(world: World) -> None:
        records = world.plan()[1].by_place
        place = sorted(records, key=str)[number % len(records)]
        folder = address_of(world.id, place, records[place].fingerprint).under(world.store.root)
        files = sorted(folder.glob("*")) if folder.exists() else []
        if not files:
            return
        world.damaged.add(place)
        _HARMS[how](folder, files[number % len(files)])

    return _named(f"{how} the {number}th artifact", happen)


def _flip(_folder, file) -> None:
    data = bytearray(file.read_bytes())
    if data:
        data[len(data) // 2] ^= 0x04
        file.write_bytes(data)


_HARMS = {
    "flip a byte of": _flip,
    "delete a file of": lambda _, file: file.unlink(),
    "cut": lambda _, file: file.write_bytes(file.read_bytes()[:-1]),
    "delete": lambda folder, _: shutil.rmtree(folder),
    "lose the sidecar of": lambda folder, _: (folder / SIDECAR).unlink(missing_ok=True),
}


def _up() -> Happening:
    return _named("bring it up", lambda world: world.bring_up())


def _named(name: str, happen: Happening) -> Happening:
    class Named:
        def __call__(self, world: World) -> None:
            happen(world)

        def __repr__(self) -> str:
            return name

    return Named()


EDITS = st.one_of(
    st.builds(_field, st.sampled_from(["narration", "description", "title"]), _PLACES, _TEXTS),
    st.builds(_field, st.just("minimum_seconds"), _PLACES, st.sampled_from([5.0, 8.0])),
    st.builds(_wish, st.just("voice"), st.sampled_from([None, "en-gb", "en-us"])),
    st.builds(_wish, st.just("style"), st.sampled_from(["auto", "ink"])),
    st.builds(_wish, st.just("music"), st.sampled_from([None, "epic"])),
    st.builds(_wish, st.just("character_consistency"), st.booleans()),
    st.builds(_dress, st.sampled_from(["Nell", "Tobias"]), _TEXTS),
    st.builds(_move, _PLACES, _PLACES),
    st.builds(_remove, _PLACES),
    st.builds(_add, _TEXTS, _PLACES),
)
TAKES = st.builds(_take, st.sampled_from(RETAKEN), _PLACES) | st.builds(_go_back, _PLACES, st.integers(1, 3))
HARMS = st.builds(harm, st.integers(0, 60), st.sampled_from(sorted(_HARMS)))
HAPPENINGS = st.one_of(EDITS, EDITS, TAKES, st.builds(_revert, _PLACES), HARMS, st.builds(_up))
