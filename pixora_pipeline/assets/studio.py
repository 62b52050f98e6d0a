"""What every step works with: the store, the rows and the workers, as one Dagster resource."""

from functools import cached_property
from typing import TYPE_CHECKING

from pixora_pipeline.assets.workers import Workers
from pixora_pipeline.providers.calls import PaidCalls
from pixora_pipeline.settings import Settings, settings
from pixora_pipeline.store.artifacts import ArtifactStore
from pixora_pipeline.store.database import open_database
from pixora_pipeline.store.projects import ProjectTable

if TYPE_CHECKING:
    from pixora_pipeline.assets.money import Money


class Studio:
    """Opened where it is first used: assembling the graph touches neither disk nor database."""

    def __init__(self, chosen: Settings | None = None, paid_calls: PaidCalls | None = None) -> None:
        self.settings = chosen or settings()
        self._paid_calls = paid_calls

    @cached_property
    def store(self) -> ArtifactStore:
        """The artifact store."""
        return ArtifactStore(self.settings.store)

    @cached_property
    def projects(self) -> ProjectTable:
        """The projects table."""
        return ProjectTable(open_database(self.settings.database))

    @cached_property
    def money(self) -> "Money":
        """Accounts, paid requests and costs."""
        # SQLAlchemy and tenacity take their time, and Dagster imports the graph in every process.
        from pixora_pipeline.assets.money import Money

        return Money(self.settings)

    @property
    def paid_calls(self) -> PaidCalls:
        """What makes paid requests."""
        return self._paid_calls or self.money.calls

    @cached_property
    def workers(self) -> Workers:
        """The worker processes."""
        return Workers(self.settings.workers)

    def close(self) -> None:
        """Let the worker processes go."""
        if "workers" in self.__dict__:
            self.workers.close()
