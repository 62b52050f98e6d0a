"""The projects table as values: add, fetch, list."""

from pydantic import ValidationError
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from pixora_pipeline.errors import NotFound, UserError
from pixora_pipeline.model.project import Preferences, Project
from pixora_pipeline.store.tables import ProjectRow


class ProjectTable:
    """The requests of everybody."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def add(
        self,
        id: str,
        text: str,
        *,
        kind: str = "story",
        title: str | None = None,
        preferences: Preferences | None = None,
    ) -> Project:
        """Insert a row and return it as stored."""
        chosen = (preferences or Preferences()).model_dump(exclude_defaults=True)
        with Session(self._engine) as session, session.begin():
            session.add(ProjectRow(id=id, text=text, kind=kind, title=title, preferences=chosen))
        return self.get(id)

    def get(self, id: str) -> Project:
        """The project with that id. Raises `NotFound`."""
        with Session(self._engine) as session:
            row = session.get(ProjectRow, id)
        if row is None:
            raise NotFound(f"There is no project {id!r}. `pixora list` shows those there are.")
        return _project(row)

    def list(self, limit: int = 1000) -> list[Project]:
        """The newest projects first."""
        with Session(self._engine) as session:
            rows = session.scalars(select(ProjectRow).order_by(ProjectRow.created_at.desc()).limit(limit)).all()
        return [_project(row) for row in rows]


def _project(row: ProjectRow) -> Project:
    try:
        return Project(
            id=row.id,
            owner=row.owner,
            kind=row.kind,
            title=row.title,
            text=row.text,
            preferences=Preferences.model_validate(row.preferences),
            revision=row.revision,
            created_at=row.created_at,
        )
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(map(str, first["loc"]))
        raise UserError(f"Project {row.id}: {field} is {first['input']!r}: {first['msg']}. Mend the row.") from error
