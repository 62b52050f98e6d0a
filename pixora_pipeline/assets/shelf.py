"""The store as the planner sees it: the versions of one project, read once each."""

from functools import cache

from pixora_pipeline.assets.recorded import address_of
from pixora_pipeline.planning.plan import VALUE
from pixora_pipeline.planning.recipe import Facts
from pixora_pipeline.planning.records import Place
from pixora_pipeline.store.artifacts import ArtifactStore, Stored


class StoreShelf:
    """A `Shelf` over the artifact store. Files are looked at by size; their content is checked when they are read.

    Values are read here, so that a corrupt one is found by the plan and not by whatever it would have led to.
    """

    def __init__(self, store: ArtifactStore, project: str) -> None:
        self.store = store
        self.project = project
        self._peek = cache(self._look)

    def has(self, place: Place, fingerprint: str) -> bool:
        """Whether the version is there, its files of their right sizes."""
        stored: Stored | None = self._peek(place, fingerprint)
        return stored is not None and stored.is_whole()

    def data_version(self, place: Place, fingerprint: str) -> str | None:
        """Its data version, None when it is not there."""
        stored = self._peek(place, fingerprint)
        return stored.sidecar.data_version if stored else None

    def text(self, place: Place, fingerprint: str) -> str | None:
        """A value's JSON, None when it is not there."""
        stored = self._peek(place, fingerprint)
        try:
            return stored.path.read_text("utf-8") if stored and stored.path.name == VALUE else None
        except OSError:
            return None

    def facts(self, place: Place, fingerprint: str) -> Facts | None:
        """The facts about a file, None when it is not there."""
        stored = self._peek(place, fingerprint)
        return stored.sidecar.facts if stored else None

    def was_corrupt(self, place: Place, fingerprint: str) -> bool:
        """Whether it was there and was found corrupt."""
        return self.store.was_quarantined(address_of(self.project, place, fingerprint))

    def _look(self, place: Place, fingerprint: str) -> Stored | None:
        address = address_of(self.project, place, fingerprint)
        stored = self.store.peek(address)
        return self.store.peek_value(address) if stored and stored.path.name == VALUE else stored
