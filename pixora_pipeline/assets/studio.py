"""What every step works with: the store, the rows and the workers, as one Dagster resource."""

from functools import cached_property
from typing import TYPE_CHECKING

from pixora_pipeline.assets.workers import Workers
from pixora_pipeline.settings import Settings, settings
from pixora_pipeline.store.artifacts import ArtifactStore

if TYPE_CHECKING:
    from pixora_pipeline.store.makers import Makers
    from pixora_pipeline.store.projects import ProjectTable


class Studio:
    """Opened where it is first used: assembling the graph touches neither disk nor database."""

    def __init__(self, chosen: Settings | None = None) -> None:
        self.settings = chosen or settings()

    @cached_property
    def store(self) -> ArtifactStore:
        """The artifact store."""
        return ArtifactStore(self.settings.store)

    @cached_property
    def projects(self) -> "ProjectTable":
        """The projects table."""
        # SQLAlchemy takes half a second, and Dagster imports the graph in every process.
        from pixora_pipeline.store.database import open_database
        from pixora_pipeline.store.projects import ProjectTable

        return ProjectTable(open_database(self.settings.database))

    @cached_property
    def makers(self) -> "Makers":
        """Who makes which project right now."""
        from pixora_pipeline.store.database import open_database
        from pixora_pipeline.store.makers import open_makers

        return open_makers(open_database(self.settings.database), self.settings.home / "makers")

    @cached_property
    def workers(self) -> Workers:
        """The worker processes."""
        return Workers(self.settings.workers)

    def close(self) -> None:
        """Let the worker processes go."""
        if "workers" in self.__dict__:
            self.workers.close()
