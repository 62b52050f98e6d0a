"""What is to be made for one project, why, and what it costs: the same answer for the CLI, the sensor and the UI."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Literal

from pixora_pipeline.model.briefs import Timeline
from pixora_pipeline.model.content import hash_text
from pixora_pipeline.model.project import Project
from pixora_pipeline.planning.causes import Cause, cause_of
from pixora_pipeline.planning.fingerprint import fingerprint, place_name
from pixora_pipeline.planning.foresight import Foreseen, NotKnownYet, Outlook, Shelf, file_version, value_text
from pixora_pipeline.planning.layout import Layout, layout_of
from pixora_pipeline.planning.recipe import Graph, Recipe, Source
from pixora_pipeline.planning.records import Place, Record, Records

TIMELINE = ("script_breakdown/timeline", None)
VALUE = "value.json"

Pricing = Callable[[Recipe, Source], float | None]
"""What making an artifact is expected to cost, as far as what it is made from is known; None when that is not known."""

Action = Literal["make", "reuse", "derive", "note"]
"""Make it; take it from the store; derive a value that changes; note a value that stays as it is."""

VALUES: frozenset[Action] = frozenset({"derive", "note"})
"""What is done about values, which takes no time."""


@dataclass(frozen=True)
class Step:
    """One artifact to bring up to date. `certain` is False where what it reads may turn out unchanged.

    `usd` is the expected price, None when it is not known.
    """

    place: Place
    action: Action
    cause: Cause
    certain: bool
    usd: float | None = 0.0


@dataclass(frozen=True)
class Plan:
    """Everything stale, each step after what it reads; empty when the film is current."""

    steps: tuple[Step, ...]
    layout: Layout
    current: int = 0

    @property
    def slots(self) -> tuple[str, ...]:
        """The scenes in the film's order."""
        return self.layout.slots

    @property
    def places(self) -> frozenset[Place]:
        """The places of all steps."""
        return frozenset(step.place for step in self.steps)

    @property
    def work(self) -> tuple[Step, ...]:
        """The steps that make or change anything, without those that only note that a value stayed as it was."""
        return tuple(step for step in self.steps if step.action != "note")


def make_plan(graph: Graph, project: Project, records: Records, shelf: Shelf, price: Pricing) -> Plan:
    """Compare what is wanted with what is on record, as far as the script is known.

    Where the script has still to be written, the scenes are those of the script on record, if there is one.
    """
    planner = _Planner(graph, project, records, shelf, price)
    for recipe in graph.values():
        for _, slot in planner.layout().places(recipe):
            planner.look_at(recipe, slot)
    return Plan(tuple(planner.steps.values()), planner.layout(), planner.current)


class _Planner:
    def __init__(
        self,
        graph: Graph,
        project: Project,
        records: Records,
        shelf: Shelf,
        price: Pricing,
    ) -> None:
        self.graph, self.project, self.records, self.shelf, self.price = graph, project, records, shelf, price
        self.outlook = Outlook(project)
        self.steps: dict[Place, Step] = {}
        self.current = 0

    def layout(self) -> Layout:
        """The scenes of the film, by the timeline foreseen or else on record."""
        text = self.outlook.at(TIMELINE).text
        record = self.records.get(TIMELINE)
        if text is None and record:
            text = self.shelf.text(TIMELINE, record.fingerprint)
        return layout_of(self.project, Timeline.model_validate_json(text) if text else None)

    def look_at(self, recipe: Recipe, slot: str | None) -> None:
        """Decide about one artifact."""
        place = (recipe.name, slot)
        needs = self.layout().inputs(self.graph, recipe, slot)
        self.outlook = replace(self.outlook, slot=slot)
        versions = self.outlook.version(needs)
        wanted = self._fingerprint(recipe, slot, versions) if versions is not None else None
        record = self.records.get(place)
        step, foreseen = (self._value if recipe.derive else self._file)(recipe, place, needs, record, wanted)
        self.outlook.by_place[place] = foreseen
        if step:
            self.steps[place] = step
        else:
            self.current += 1

    def _fingerprint(self, recipe: Recipe, slot: str | None, versions: dict[Place, str]) -> str:
        return fingerprint(recipe, self.project, slot, {place_name(need): each for need, each in versions.items()})

    def _value(
        self, recipe: Recipe, place: Place, needs: list[Place], record: Record | None, wanted: str | None
    ) -> tuple[Step | None, Foreseen]:
        old = self.shelf.text(place, record.fingerprint) if record else None
        try:
            text = value_text(recipe.derive(self.outlook))
        except NotKnownYet:
            return self._step(recipe, place, needs, record, "derive", old, None, certain=False), Foreseen(None)
        foreseen = Foreseen(file_version({VALUE: hash_text(text)}, {}), text)
        if record and old is not None and record.fingerprint == wanted:
            return None, foreseen
        action = "note" if text == old else "derive"
        return self._step(recipe, place, needs, record, action, old, text, certain=True), foreseen

    def _file(
        self, recipe: Recipe, place: Place, needs: list[Place], record: Record | None, wanted: str | None
    ) -> tuple[Step | None, Foreseen]:
        is_done = not recipe.outward or (record is not None and record.fingerprint == wanted)
        if wanted and is_done and self.shelf.has(place, wanted):
            there = self._stored(place, wanted)
            if record and record.fingerprint == wanted:
                return None, there
            return self._step(recipe, place, needs, record, "reuse", certain=True), there
        step = self._step(recipe, place, needs, record, "make", certain=wanted is not None)
        return step, Foreseen(None, facts=self._facts_that_stay(recipe, place, record))

    def _stored(self, place: Place, wanted: str) -> Foreseen:
        shelf = self.shelf
        return Foreseen(shelf.data_version(place, wanted), shelf.text(place, wanted), shelf.facts(place, wanted))

    def _facts_that_stay(self, recipe: Recipe, place: Place, record: Record | None):
        facts = self.shelf.facts(place, record.fingerprint) if record else {}
        if recipe.foresee is None or facts is None:
            return None
        try:
            return recipe.foresee(self.outlook, facts)
        except NotKnownYet:
            return None

    def _step(
        self,
        recipe: Recipe,
        place: Place,
        needs: list[Place],
        record: Record | None,
        action: Action,
        old: str | None = None,
        new: str | None = None,
        *,
        certain: bool,
    ) -> Step:
        upstream = [self.steps[need] for need in needs if need in self.steps and self.steps[need].action != "note"]
        corrupt = record is not None and self.shelf.was_corrupt(place, record.fingerprint)
        missing = record is not None and not self.shelf.has(place, record.fingerprint)
        causes = [each.cause for each in upstream]
        cause = cause_of(recipe, place, self.project, record, causes, old, new, missing, corrupt)
        return Step(place, action, cause, certain, self.price(recipe, self.outlook) if action == "make" else 0.0)
