"""One command's hold on the studio: rows, instance, store, opened when needed and let go at the end.

Dagster, which takes a second to import, is left to those who ask what is made.
"""

import hashlib
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING

from pixora_pipeline.assets.studio import Studio
from pixora_pipeline.errors import NotFound
from pixora_pipeline.model.overlay import Overlay
from pixora_pipeline.model.project import INSTEAD, Preferences, Project
from pixora_pipeline.once import once
from pixora_pipeline.planning.plan import Plan
from pixora_pipeline.planning.records import FILM, Place, Record, Records
from pixora_pipeline.store.artifacts import Address, Stored
from pixora_pipeline.store.makers import this_process

if TYPE_CHECKING:
    from dagster import DagsterInstance

MAKER = "`pixora make`"
PREVIEW_FILM: Place = ("preview_video", None)


class Session:
    """A context manager; on leaving it the worker processes are let go."""

    def __init__(self) -> None:
        self.studio = Studio()

    def __enter__(self) -> "Session":
        return self

    def __exit__(self, *_: object) -> None:
        self.studio.close()
        if "instance" in self.__dict__:
            self.instance.dispose()

    @once
    def instance(self) -> "DagsterInstance":
        """Dagster's instance."""
        from pixora_pipeline.instance import open_instance

        return open_instance(self.studio.settings)

    def is_project(self, text: str) -> bool:
        """Whether the text is meant as a project's id."""
        from pixora_pipeline.partitions import is_project_id

        return is_project_id(text)

    def project(self, id: str) -> Project:
        """The project with that id. Raises `NotFound`."""
        return self.studio.projects.get(id)

    def project_for(
        self, text: str, kind: str, title: str | None, wishes: Preferences, review: bool = False
    ) -> Project:
        """The project that asks for exactly this and was not changed since: the one there is, else a new one.

        Another budget or stand-in is no other film: the project that there is gets it.
        """
        # Of two that ask for the same at once, the second finds the first one's.
        with self.studio.makers.hold(_request_name(text), this_process(MAKER)):
            return self._found_or_added(text, kind, title, wishes, review)

    def _found_or_added(self, text: str, kind: str, title: str | None, wishes: Preferences, review: bool) -> Project:
        from pixora_pipeline.partitions import new_project_id

        for each in self.studio.projects.alike(text):
            as_asked = _with_means_of(each.preferences, wishes)
            if (each.kind, each.title, as_asked) == (kind, title, wishes) and self._is_as_made(each):
                return each if as_asked == each.preferences else self._with(each, as_asked)
        approval = "waiting" if review else "not_needed"
        return self.studio.projects.add(
            new_project_id(), text, kind=kind, title=title, preferences=wishes, approval=approval
        )

    def making(self, project: Project) -> AbstractContextManager[None]:
        """Be the project's maker meanwhile. Raises `Conflict` when another process is."""
        return self.studio.makers.hold(project.id, this_process(MAKER))

    def _with(self, project: Project, wishes: Preferences) -> Project:
        return self.studio.projects.change(project, preferences=wishes)

    def _is_as_made(self, project: Project) -> bool:
        """Whether nothing but its budget and its stand-ins ever changed."""
        if project.revision == 1:
            return True
        first = self.studio.projects.revisions(project.id)[0]
        then = _with_means_of(Preferences.model_validate(first.preferences), project.preferences)
        unchanged = (then, first.approval) == (project.preferences, project.approval)
        return unchanged and project.overlay == Overlay() and not project.takes

    def make_current(self, project: Project, preview: bool = False) -> None:
        """Make what is stale of the film, or of its preview."""
        from pixora_pipeline.assets.graph import PREVIEW_WAVES, WAVES
        from pixora_pipeline.runner import make_current

        make_current(self.studio, self.instance, project, PREVIEW_WAVES if preview else WAVES)

    def plan(self, project: Project) -> tuple[Plan, Records]:
        """What is stale, and the records it was judged by."""
        from pixora_pipeline.assets.project_plan import current_plan

        return current_plan(self.instance, self.studio, project)

    def records(self, project: Project, *artifacts: str) -> Records:
        """What is on record of these artifacts, for who asks after nothing else."""
        from pixora_pipeline.assets.graph import GRAPH
        from pixora_pipeline.assets.recorded import read_records

        return read_records(self.instance, {name: GRAPH[name] for name in artifacts}, project.id)

    def stored(self, project: Project, place: Place, records: Records) -> Stored | None:
        """The version of a place that is on record, if its files are sound."""
        address = self._address(project, place, records.get(place))
        return self.studio.store.find(address) if address else None

    def peek(self, project: Project, place: Place, records: Records) -> Stored | None:
        """The same by its sidecar alone, without reading its files."""
        address = self._address(project, place, records.get(place))
        return self.studio.store.peek(address) if address else None

    def _address(self, project: Project, place: Place, record: Record | None) -> Address | None:
        from pixora_pipeline.assets.recorded import address_of

        return address_of(project.id, place, record.fingerprint) if record else None

    def has_film(self, project: Project) -> bool:
        """Whether the film is made and current, whatever else is to be done with it."""
        plan, records = self.plan(self.project(project.id))
        return records.get(FILM) is not None and FILM not in plan.places

    def film(self, project: Project) -> Stored:
        """The finished film. Raises `NotFound`."""
        film = self.stored(project, FILM, self.records(project, "final_video"))
        if film is None:
            raise NotFound(f"Project {project.id} has no film yet. Run `pixora make {project.id}`.")
        return film

    def preview(self, project: Project) -> Stored:
        """The film's preview. Raises `NotFound`."""
        from pixora_pipeline.assets.recorded import read_partition

        record = read_partition(self.instance, PREVIEW_FILM[0], project.id)
        address = self._address(project, PREVIEW_FILM, record)
        stored = self.studio.store.find(address) if address else None
        if stored is None:
            raise NotFound(f"Project {project.id} has no preview yet. Run `pixora make {project.id} --preview`.")
        return stored


def _request_name(text: str) -> str:
    return f"request-{hashlib.sha256(text.encode(errors='surrogatepass')).hexdigest()[:16]}"


def _with_means_of(wishes: Preferences, other: Preferences) -> Preferences:
    """The wishes with the budget and the stand-ins of another: what decides about no film that is made."""
    others = {name: value for name, value in other.models if name.endswith(INSTEAD)}
    models = wishes.models.model_copy(update=others)
    return wishes.model_copy(update={"budget_usd": other.budget_usd, "models": models})
