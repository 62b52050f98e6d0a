"""The projects table as values: add, fetch, list, change."""

from collections.abc import Callable, Mapping
from typing import Any

from pydantic import ValidationError
from sqlalchemy import Engine, select, update
from sqlalchemy.orm import Session

from pixora_pipeline.errors import Conflict, NotFound, UserError
from pixora_pipeline.model.project import Approval, Preferences, Project
from pixora_pipeline.store.tables import ChangeRow, ProjectRow, RevisionRow


class ProjectTable:
    """The requests of everybody. `publish_to` is where this installation publishes the films of all of them."""

    def __init__(self, engine: Engine, publish_to: str | None = None) -> None:
        self._engine = engine
        self._publish_to = publish_to

    def add(
        self,
        id: str,
        text: str,
        *,
        kind: str = "story",
        title: str | None = None,
        preferences: Preferences | None = None,
        approval: Approval = "not_needed",
    ) -> Project:
        """Insert a row and return it as stored. Without preferences its models are those that its owner prefers."""
        chosen = _plain(preferences) if preferences else {}
        row = ProjectRow(id=id, text=text, kind=kind, title=title, preferences=chosen, approval=approval)
        with Session(self._engine) as session, session.begin():
            session.add(row)
        return self.get(id)

    def get(self, id: str) -> Project:
        """The project with that id. Raises `NotFound`."""
        with Session(self._engine) as session:
            row = session.get(ProjectRow, id)
        if row is None:
            raise NotFound(f"There is no project {id!r}. `pixora list` shows those there are.")
        return self._project(row)

    def newest(self, limit: int = 1000, on_broken: Callable[[UserError], None] | None = None) -> list[Project]:
        """The newest projects first. A row that can't be read is told to `on_broken` and left out."""
        newest = select(ProjectRow).order_by(ProjectRow.created_at.desc(), ProjectRow.id).limit(limit)
        with Session(self._engine) as session:
            rows = session.scalars(newest).all()
        projects = []
        for row in rows:
            try:
                projects.append(self._project(row))
            except UserError as error:
                if on_broken:
                    on_broken(error)
        return projects

    def alike(self, text: str) -> list[Project]:
        """The projects of that very text, newest first."""
        same = select(ProjectRow).where(ProjectRow.text == text).order_by(ProjectRow.created_at.desc())
        with Session(self._engine) as session:
            rows = session.scalars(same).all()
        return [self._project(row) for row in rows]

    def change(self, project: Project, **columns: Any) -> Project:
        """Set columns of a project that still is as `project` says. Raises `Conflict` when it has moved on."""
        values = {name: _plain(value) for name, value in columns.items()}
        unmoved = (ProjectRow.id == project.id, ProjectRow.revision == project.revision)
        with Session(self._engine) as session, session.begin():
            done = session.execute(update(ProjectRow).where(*unmoved).values(**values))
        now = self.get(project.id)
        if done.rowcount != 1:
            raise Conflict(
                f"{project.id} is at revision {now.revision} and you changed revision {project.revision}. "
                f"Nothing was changed. Look at `pixora history {project.id}` and try again."
            )
        return now

    def revisions(self, id: str) -> list[RevisionRow]:
        """Every revision of a project, oldest first."""
        kept = select(RevisionRow).where(RevisionRow.project_id == id).order_by(RevisionRow.revision)
        with Session(self._engine, expire_on_commit=False) as session:
            return list(session.scalars(kept).all())

    def touch(self, id: str) -> None:
        """Have the sensor look at a project although its row is as it was."""
        with Session(self._engine) as session, session.begin():
            session.add(ChangeRow(project_id=id))

    def changed_since(self, cursor: int, limit: int = 2000) -> list[tuple[int, str]]:
        """Changes after a cursor, oldest first, each as its number and its project."""
        later = select(ChangeRow.id, ChangeRow.project_id).where(ChangeRow.id > cursor).order_by(ChangeRow.id)
        with Session(self._engine) as session:
            return [(number, project) for number, project in session.execute(later.limit(limit))]

    def _project(self, row: ProjectRow) -> Project:
        return _project(row).model_copy(update={"publish_to": self._publish_to})


def _project(row: ProjectRow) -> Project:
    columns = ("id", "owner", "kind", "title", "text", "preferences", "overlay", "takes", "approval", "revision")
    try:
        return Project.model_validate({name: getattr(row, name) for name in (*columns, "created_at")})
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(map(str, first["loc"]))
        raise UserError(f"Project {row.id}: {field} is {first['input']!r}: {first['msg']}. Mend the row.") from error


def _plain(value: Any) -> Any:
    if isinstance(value, Preferences):
        # Models are said outright, as the database fills in what a new row leaves open.
        wishes = value.model_dump(mode="json", exclude_defaults=True)
        return wishes | {"models": value.models.model_dump(mode="json")}
    if hasattr(value, "model_dump"):
        return value.model_dump(mode="json", exclude_defaults=True)
    if isinstance(value, Mapping):
        return {name: _plain(each) for name, each in value.items()}
    return value
