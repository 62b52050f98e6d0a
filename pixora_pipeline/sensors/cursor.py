"""What a sensor remembers between ticks: how far it has read the changes of a table, and which rows are not settled."""

from typing import Protocol

from pixora_pipeline.model.value import Value

# On Postgres a change may become visible after one with a higher number: the last few are read again.
_LOOK_BACK = 200


class Table(Protocol):
    """The projects, or the sources."""

    def changed_since(self, cursor: int) -> list[tuple[int, str]]:
        """Changes after that number, oldest first, each as its number and its row."""


class Cursor(Value):
    """`seen` are the numbers of the latest changes, `unsettled` the rows to look at, the longest waiting first."""

    seen: tuple[int, ...] = ()
    unsettled: tuple[str, ...] = ()

    @classmethod
    def read(cls, text: str | None) -> "Cursor":
        """The cursor of the tick before; an empty one at first."""
        return cls.model_validate_json(text) if text else cls()

    def after_changes(self, table: Table) -> "Cursor":
        """The cursor with all that has changed meanwhile."""
        since = max(self.seen, default=0) - _LOOK_BACK
        changes = [(number, id) for number, id in table.changed_since(since) if number not in self.seen]
        unsettled = dict.fromkeys((*self.unsettled, *(id for _, id in changes)))
        newest = sorted({*self.seen, *(number for number, _ in changes)})[-_LOOK_BACK:]
        return Cursor(seen=tuple(newest), unsettled=tuple(unsettled))

    def settle(self, settled: set[str], looked_at: list[str]) -> "Cursor":
        """Without the settled rows; those that were looked at wait behind the others."""
        waiting = [id for id in self.unsettled if id not in looked_at]
        again = [id for id in looked_at if id not in settled]
        return Cursor(seen=self.seen, unsettled=(*waiting, *again))
