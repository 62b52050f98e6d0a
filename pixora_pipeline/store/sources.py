"""The sources table as values: register, fetch, list, change, remove."""

from collections.abc import Callable
from pathlib import Path

from sqlalchemy import Engine, delete, select
from sqlalchemy.orm import Session

from pixora_pipeline.errors import NotFound
from pixora_pipeline.model.footage import FootageModels, VideoSource
from pixora_pipeline.model.value import Value
from pixora_pipeline.store.tables import SourceChangeRow, SourceRow


class SourceTable:
    """The footage library's videos, without their content."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def register(
        self,
        new_id: Callable[[], str],
        *,
        name: str,
        path: str,
        video: str,
        sidecar: str | None,
        models: FootageModels,
        **wishes,
    ) -> VideoSource:
        """The source of that content or, where the content is new, of that path; else a new one.

        A file that was moved keeps its id, and so does one whose content was replaced; a copy of one that is still
        there leaves it its name. `models` are for a new one;
        `wishes` are `tags` and `collection`: None leaves them as they are.
        """
        with Session(self._engine) as session, session.begin():
            row = self._known(session, path, video)
            if row is None:
                row = SourceRow(id=new_id(), name=name, path=path, video=video, sidecar=sidecar, tags=[], revision=1)
                session.add(row)
                _set(row, {"models": models} | wishes)
            else:
                # A copy elsewhere that has no words beside it says nothing about those of the first.
                words = row.sidecar if sidecar is None and row.path != path else sidecar
                kept = row.path != path and row.video == video and Path(row.path).is_file()
                called = {} if kept else {"name": name, "path": path}
                changes = {**called, "video": video, "sidecar": words} | wishes
                row.revision += _set(row, changes)
            id = row.id
        return self.get(id)

    def get(self, id: str) -> VideoSource:
        """The source with that id. Raises `NotFound`."""
        with Session(self._engine) as session:
            row = session.get(SourceRow, id)
        if row is None:
            raise NotFound(f"There is no source {id!r}. `pixora footage list` shows those there are.")
        return _source(row)

    def all(self) -> list[VideoSource]:
        """Every source, oldest first."""
        with Session(self._engine) as session:
            return [_source(row) for row in session.scalars(select(SourceRow).order_by(SourceRow.created_at))]

    def embeddings(self) -> list[str]:
        """The models by which the moments of sources are placed, each once."""
        with Session(self._engine) as session:
            models = session.scalars(select(SourceRow.models))
            return list(dict.fromkeys(FootageModels.model_validate(each).embedding for each in models))

    def retag(
        self,
        id: str,
        tags: tuple[str, ...] | None = None,
        collection: str | None = None,
        models: FootageModels | None = None,
    ) -> VideoSource:
        """Give a source other tags, another collection or other makers; None leaves it as it is."""
        self.get(id)
        with Session(self._engine) as session, session.begin():
            row = session.get_one(SourceRow, id)
            row.revision += _set(row, {"tags": tags, "collection": collection, "models": models})
        return self.get(id)

    def remove(self, id: str) -> None:
        """Take a source out of the table."""
        with Session(self._engine) as session, session.begin():
            session.execute(delete(SourceRow).where(SourceRow.id == id))

    def changed_since(self, cursor: int, limit: int = 2000) -> list[tuple[int, str]]:
        """Changes after a cursor, oldest first, each as its number and its source."""
        changes = select(SourceChangeRow.id, SourceChangeRow.source_id).where(SourceChangeRow.id > cursor)
        with Session(self._engine) as session:
            found = session.execute(changes.order_by(SourceChangeRow.id).limit(limit))
            return [(number, source) for number, source in found]

    def _known(self, session: Session, path: str, video: str) -> SourceRow | None:
        for same in (SourceRow.video == video, SourceRow.path == path):
            if row := session.scalars(select(SourceRow).where(same).limit(1)).first():
                return row
        return None


def _set(row: SourceRow, changes: dict) -> int:
    """Set what differs; 1 if anything did. A sidecar may be taken away; everything else keeps its value for None."""
    changed = 0
    for name, value in changes.items():
        value = list(value) if isinstance(value, tuple) else value
        value = value.model_dump() if isinstance(value, Value) else value
        if (value is not None or name == "sidecar") and getattr(row, name) != value:
            setattr(row, name, value)
            changed = 1
    return changed


def _source(row: SourceRow) -> VideoSource:
    return VideoSource.model_validate({name: getattr(row, name) for name in VideoSource.model_fields})
