"""Making a set of artifacts side by side, each as soon as what it reads is there. One failure loses no other's work."""

import time
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass

from pixora_pipeline.assets.progress import Progress, announce
from pixora_pipeline.assets.recorded import address_of, partition_key
from pixora_pipeline.assets.studio import Studio
from pixora_pipeline.assets.work import Made, Work
from pixora_pipeline.errors import NotFound, TryAgain
from pixora_pipeline.model.cost import work_key
from pixora_pipeline.model.project import Project
from pixora_pipeline.planning.fingerprint import fingerprint, place_name
from pixora_pipeline.planning.layout import Layout
from pixora_pipeline.planning.recipe import Graph, Recipe
from pixora_pipeline.planning.records import Place, Record, Records
from pixora_pipeline.store.artifacts import Stored, describe_files
from pixora_pipeline.store.sidecar import Provenance, Sidecar

# Enough for every scene's provider call to be under way at once; what keeps a core busy goes to the workers.
_THREADS = 32
# Values are made in a moment: many at once would only keep those from beginning who wait for the first of them.
_THREADS_FOR_VALUES = 4


class InputLost(TryAgain):
    """What an artifact reads is no longer sound. Another run makes it; the same one can't."""

    again_by_itself = False


@dataclass(frozen=True)
class Outcome:
    """How one place went. `reused` means that the store had it; `stored` is None where it failed or was current."""

    place: Place
    stored: Stored | None = None
    reused: bool = False
    error: Exception | None = None


class Wave:
    """The places to bring up to date in one run. `forced` places are made even if the store has them."""

    def __init__(
        self,
        graph: Graph,
        studio: Studio,
        project: Project,
        records: Records,
        places: Sequence[Place],
        layout: Layout,
        forced: bool = False,
    ) -> None:
        self.graph = graph
        self.studio = studio
        self.project = project
        self.records = records
        self.places = list(places)
        self.layout = layout
        self.forced = forced

    def run(self) -> Iterator[Outcome]:
        """Yield each outcome as it comes, what is read always before what reads it."""
        waiting, running, done = list(self.places), {}, deque()
        failed: set[Place] = set()
        self._threads = ThreadPoolExecutor(_THREADS, thread_name_prefix="wave")
        self._threads_for_values = ThreadPoolExecutor(_THREADS_FOR_VALUES, thread_name_prefix="values")
        try:
            self._start(waiting, running, failed)
            while running or done:
                # What has become possible is under way while others are reported. Values come first: they are made in
                # a moment, and make most of it possible.
                may_report = done and not self._derives(running)
                finished, _ = wait(running, timeout=0 if may_report else None, return_when=FIRST_COMPLETED)
                in_order = sorted(finished, key=lambda each: self.places.index(running[each]))
                done.extend(self._settle(running.pop(future), future, failed) for future in in_order)
                if finished:
                    self._start(waiting, running, failed)
                if done and not self._derives(running):
                    yield done.popleft()
        finally:
            # Who is interrupted waits for what is under way, and not for all that was still to come.
            self._threads_for_values.shutdown(cancel_futures=True)
            self._threads.shutdown(cancel_futures=True)

    def _derives(self, running: dict[Future, Place]) -> bool:
        return any(self.graph[name].derive for name, _ in running.values())

    def _start(self, waiting: list[Place], running: dict[Future, Place], failed: set[Place]) -> None:
        for place in list(waiting):
            needs = self.needs(place)
            if any(need in failed for need in needs):
                failed.add(place)
                waiting.remove(place)
            elif not any(need in waiting or need in running.values() for need in needs):
                waiting.remove(place)
                threads = self._threads_for_values if self.graph[place[0]].derive else self._threads
                running[threads.submit(self._make, place, self.records)] = place

    def _settle(self, place: Place, future: Future, failed: set[Place]) -> Outcome:
        try:
            outcome = future.result()
        except Exception as error:
            failed.add(place)
            announce(Progress(place, "failed"))
            return Outcome(place, error=error)
        if outcome.stored:
            sidecar = outcome.stored.sidecar
            self.records = self.records.with_record(place, Record(sidecar.fingerprint, sidecar.data_version))
        return outcome

    def needs(self, place: Place) -> list[Place]:
        """The places that this one reads."""
        return self.layout.inputs(self.graph, self.graph[place[0]], place[1])

    def _make(self, place: Place, records: Records) -> Outcome:
        inputs = {need: self._read(need, records) for need in self.needs(place)}
        versions = {place_name(need): stored.sidecar.data_version for need, stored in inputs.items()}
        wanted = fingerprint(self.graph[place[0]], self.project, place[1], versions)
        address = address_of(self.project.id, place, wanted)
        record = records.get(place)
        current = record is not None and record.fingerprint == wanted
        is_new = self.forced or (self.graph[place[0]].outward and not current)
        stored = None if is_new else self.studio.store.find(address)
        if stored:
            announce(Progress(place, "current" if current else "reused"))
            return Outcome(place, None if current else stored, reused=True)
        return Outcome(place, self._create(place, inputs, versions, wanted))

    def _read(self, need: Place, records: Records) -> Stored:
        record = records.get(need)
        if record is None:
            raise NotFound(f"{place_name(need)} is not made yet. Materialise it first, or run `pixora make`.")
        stored = self.studio.store.find(address_of(self.project.id, need, record.fingerprint))
        if stored is None:
            raise InputLost(f"The stored {place_name(need)} is missing or corrupt. It has to be made again first.")
        return stored

    def _create(self, place: Place, inputs: dict[Place, Stored], versions: dict[str, str], wanted: str) -> Stored:
        recipe, store, began = self.graph[place[0]], self.studio.store, time.monotonic()
        announce(Progress(place, "begun"))
        with store.writing() as draft:
            received = self.studio.settings.home / "received"
            work = Work(
                recipe, self.project, place[1], inputs, draft, self.studio.workers, store, wanted,
                lambda: self.studio.paid_calls, received, self.studio,
            )  # fmt: skip
            made: Made = work.keep(recipe.derive(work)) if recipe.derive else recipe.make(work)
            sidecar = Sidecar(
                artifact=recipe.name,
                partition=partition_key(self.project.id, place),
                fingerprint=wanted,
                inputs=versions,
                files=describe_files(draft, made.files),
                facts=made.facts,
                provenance=made.provenance if recipe.derive else self._with_cost(made.provenance, place, wanted),
                findings=_verify(recipe, work, made),
                seconds_to_make=round(time.monotonic() - began, 3),
            )
            stored = store.commit(draft, address_of(self.project.id, place, wanted), sidecar)
        if recipe.make:
            work.let_go()
        announce(Progress(place, "made", sidecar.seconds_to_make))
        return stored

    def _with_cost(self, provenance: Provenance, place: Place, wanted: str) -> Provenance:
        # By the journal, which knows the requests of earlier, interrupted tries as well.
        cost = self.studio.spending.of_work(work_key(self.project.id, place_name(place), wanted))
        return provenance.model_copy(update={"cost_usd": cost.total}) if cost.requests else provenance


def _verify(recipe: Recipe, work: Work, made: Made) -> tuple:
    return tuple(recipe.verify(work, made)) if recipe.verify else ()
