"""What we put where: noted before it is put, so that nothing of ours is ever there unknown."""

from sqlalchemy import Connection, Engine, delete, insert, select

from pixora_pipeline.model.value import Value
from pixora_pipeline.store.tables import PublicationRow
from pixora_pipeline.store.transactions import clock, in_transaction

_TABLE = PublicationRow.__table__


class Put(Value):
    """A film that we put at a destination. `age` is in seconds."""

    destination: str
    video_id: str
    hash: str
    age: float


class Publications:
    """The publications table."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def note(self, destination: str, video_id: str, hash: str) -> None:
        """Note that a film is about to be put, in the place of what was noted of it before."""

        def write(connection: Connection) -> None:
            connection.execute(delete(_TABLE).where(*_named(destination, video_id)))
            row = {"destination": destination, "video_id": video_id, "hash": hash, "put_at": clock(connection)}
            connection.execute(insert(_TABLE).values(**row))

        in_transaction(self._engine, write)

    def forget(self, destination: str, video_id: str) -> None:
        """Note that a film is not there any more."""
        in_transaction(
            self._engine, lambda connection: connection.execute(delete(_TABLE).where(*_named(destination, video_id)))
        )

    def all(self) -> list[Put]:
        """Everything, oldest first."""
        with self._engine.connect() as connection:
            now = clock(connection)
            rows = connection.execute(select(_TABLE).order_by(_TABLE.c.put_at)).all()
        return [
            Put(destination=row.destination, video_id=row.video_id, hash=row.hash, age=now - row.put_at) for row in rows
        ]


def _named(destination: str, video_id: str) -> tuple:
    return _TABLE.c.destination == destination, _TABLE.c.video_id == video_id
