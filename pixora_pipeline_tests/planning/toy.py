"""A small graph and a shelf in memory: a row, a draft, a script of scenes, a voice and a clip a scene, a film."""

from dataclasses import dataclass, field

from pixora_pipeline.model.briefs import Timeline, TimelineScene
from pixora_pipeline.model.content import hash_text, hash_value
from pixora_pipeline.model.project import Project
from pixora_pipeline.model.value import Value
from pixora_pipeline.planning.fingerprint import fingerprint, place_name
from pixora_pipeline.planning.foresight import Outlook, file_version, value_text
from pixora_pipeline.planning.plan import TIMELINE, VALUE, Foreseen, Plan, make_plan
from pixora_pipeline.planning.recipe import Facts, Graph, Recipe, Source, graph_of
from pixora_pipeline.planning.records import Place, Record, Records

ID = "p-aaaaaaaaaa"
NARRATIONS = {"s01": "It began.", "s02": "It went on.", "s03": "It ended."}


class Tale(Value):
    """Who tells what."""

    narrations: dict[str, str]
    title: str = ""


class Line(Value):
    """What one scene says, and in which voice."""

    text: str
    voice: str


def _voice(source: Source) -> Line:
    return Line(text="", voice=source.project.preferences.voice or "en-gb")


def _line(source: Source) -> Line:
    text = source.value("tale", Tale).narrations[source.slot]
    return Line(text=text, voice=source.value("wish", Line).voice)


def _tale(source: Source) -> Tale:
    edits = {slot: each.narration for slot, each in source.project.overlay.scenes.items() if each.narration}
    return Tale(narrations={**source.value("draft", Tale).narrations, **edits})


def _timeline(source: Source) -> Timeline:
    slots = source.project.overlay.order or tuple(source.value("tale", Tale).narrations)
    scenes = tuple(TimelineScene(slot=slot, title=slot, transition="cut") for slot in slots)
    return Timeline(title="", language="en", aspect="16:9", resolution="240p", scenes=scenes)


def toy_graph(**versions: str) -> Graph:
    """The graph, with other versions of the recipes that are named."""

    def recipe(name: str, **how) -> Recipe:
        return Recipe(
            name=name, group="toy", description=name, version=versions.get(name.partition("/")[0], "1"), **how
        )

    return graph_of(
        recipe("wish", scope="project", derive=_voice, row=lambda project: project.preferences.voice),
        recipe("draft", scope="project", inputs=("wish",), make=print, retakes=True, capability="text"),
        recipe(
            "tale", scope="project", inputs=("draft",), derive=_tale, row=lambda p: p.overlay.model_dump(mode="json")
        ),
        recipe(TIMELINE[0], scope="project", inputs=("tale",), derive=_timeline, row=lambda p: list(p.overlay.order)),
        recipe("line", scope="scene", inputs=("tale", "wish"), derive=_line),
        recipe("voice", scope="scene", inputs=("line",), make=print, retakes=True, capability="speech"),
        recipe("clip", scope="scene", inputs=("voice",), make=print),
        recipe("film", scope="project", inputs=(TIMELINE[0], "clip"), make=print),
    )


@dataclass
class Kept:
    """A version: its text if it is a value."""

    data_version: str
    text: str | None = None
    facts: Facts = field(default_factory=dict)


@dataclass
class Room:
    """A shelf and records in memory, and the means to make what a plan says."""

    graph: Graph
    project: Project
    narrations: dict[str, str]
    records: Records = field(default_factory=Records)
    kept: dict[tuple[Place, str], Kept] = field(default_factory=dict)
    corrupt: set[tuple[Place, str]] = field(default_factory=set)

    def has(self, place: Place, fingerprint: str) -> bool:
        return (place, fingerprint) in self.kept

    def data_version(self, place: Place, fingerprint: str) -> str | None:
        return self.kept[place, fingerprint].data_version if self.has(place, fingerprint) else None

    def text(self, place: Place, fingerprint: str) -> str | None:
        return self.kept[place, fingerprint].text if self.has(place, fingerprint) else None

    def facts(self, place: Place, fingerprint: str) -> Facts | None:
        return self.kept[place, fingerprint].facts if self.has(place, fingerprint) else None

    def was_corrupt(self, place: Place, fingerprint: str) -> bool:
        return (place, fingerprint) in self.corrupt

    def plan(self, price=lambda recipe, source: 0.0) -> Plan:
        return make_plan(self.graph, self.project, self.records, self, price)

    def causes(self) -> dict[Place, str]:
        return {step.place: str(step.cause) for step in self.plan().work}

    def change(self, **fields: object) -> None:
        self.project = self.project.model_copy(update=fields)

    def lose(self, place: Place, *, corrupt: bool = False) -> None:
        version = self.records.get(place).fingerprint
        del self.kept[place, version]
        if corrupt:
            self.corrupt.add((place, version))

    def make(self) -> None:
        """Make all that is stale; a voice depends on its line's letters, not on its case."""
        for _ in range(99):
            plan = self.plan()
            if not plan.steps:
                return
            self._make(plan.steps[0].place)
        raise AssertionError(f"it never ends: {self.causes()}")

    def _make(self, place: Place) -> None:
        recipe, slot = self.graph[place[0]], place[1]
        needs = self.plan().layout.inputs(self.graph, recipe, slot)
        versions = {place_name(need): self.records.get(need).data_version for need in needs}
        wanted = fingerprint(recipe, self.project, slot, versions)
        made = self.kept.get((place, wanted)) or self._content(recipe, slot, needs, versions)
        self.kept[place, wanted] = made
        self.records = self.records.with_record(place, Record(wanted, made.data_version, recipe.version))

    def _content(self, recipe: Recipe, slot: str | None, needs: list[Place], versions: dict[str, str]) -> Kept:
        text = {need: self.text(need, self.records.get(need).fingerprint) for need in needs}
        if recipe.derive or recipe.name == "draft":
            by_place = {need: Foreseen("", each) for need, each in text.items()}
            source = Outlook(self.project, slot, by_place)
            told = f" ({take})" if (take := self.project.take_of(recipe.name)) > 1 else ""
            draft = Tale(narrations={scene: words + told for scene, words in self.narrations.items()})
            written = value_text(recipe.derive(source) if recipe.derive else draft)
            return Kept(file_version({VALUE: hash_text(written)}, {}), written)
        takes = self.project.take_of(place_name((recipe.name, slot)))
        heard = text[needs[0]].lower() if recipe.name == "voice" else sorted(versions.items())
        return Kept(hash_value([recipe.name, heard, takes]))
