"""What every step works with: the store, the rows, the workers and the services, as one Dagster resource."""

from typing import TYPE_CHECKING

from pixora_pipeline.assets.workers import Workers
from pixora_pipeline.once import once
from pixora_pipeline.providers.calls import PaidCalls
from pixora_pipeline.settings import Settings, settings
from pixora_pipeline.store.artifacts import ArtifactStore

if TYPE_CHECKING:
    from pixora_pipeline.model.project import Project
    from pixora_pipeline.planning.plan import Plan
    from pixora_pipeline.planning.records import Records
    from pixora_pipeline.store.accounts import AccountTable
    from pixora_pipeline.store.destinations.destination import Destination
    from pixora_pipeline.store.generated_videos import GeneratedVideos
    from pixora_pipeline.store.journal import Journal
    from pixora_pipeline.store.makers import Makers
    from pixora_pipeline.store.projects import ProjectTable
    from pixora_pipeline.store.publications import Publications
    from pixora_pipeline.store.sources import SourceTable
    from pixora_pipeline.store.spending import Spending
    from pixora_pipeline.store.user_models import UserModels
    from pixora_pipeline.store.videos import VideoShelf


class Studio:
    """Opened where it is first used: assembling the graph touches neither disk nor database."""

    def __init__(self, chosen: Settings | None = None, paid_calls: PaidCalls | None = None) -> None:
        self.settings = chosen or settings()
        self._paid_calls = paid_calls
        self._destinations: dict[str, Destination] = {}
        self.requested: tuple[Project, Plan, Records] | None = None
        """What a run was requested by that this process is about to begin: see `project_plan.plan_of_run`."""

    @once
    def store(self) -> ArtifactStore:
        """The artifact store."""
        if self.settings.storage_url:
            from pixora_pipeline.store.shared import SharedStore

            return SharedStore(self.settings.store, self.settings)
        return ArtifactStore(self.settings.store)

    @once
    def projects(self) -> "ProjectTable":
        """The projects table."""
        # SQLAlchemy takes half a second, and Dagster imports the graph in every process.
        from pixora_pipeline.store.database import open_database
        from pixora_pipeline.store.projects import ProjectTable

        return ProjectTable(open_database(self.settings.database), self.settings.publish_url)

    @once
    def makers(self) -> "Makers":
        """Who makes which project right now."""
        from pixora_pipeline.store.database import open_database
        from pixora_pipeline.store.makers import open_makers

        return open_makers(open_database(self.settings.database), self.settings.home / "makers")

    @once
    def accounts(self) -> "AccountTable":
        """The accounts at services."""
        from pixora_pipeline.store.accounts import AccountTable
        from pixora_pipeline.store.database import open_database
        from pixora_pipeline.store.sealing import Keyring

        keyring = Keyring(self.settings.master_key_file, self.settings.master_key)
        return AccountTable(open_database(self.settings.database), keyring)

    @once
    def journal(self) -> "Journal":
        """The journal of paid calls."""
        from pixora_pipeline.store.database import open_database
        from pixora_pipeline.store.journal import Journal

        return Journal(open_database(self.settings.database))

    @once
    def paid_calls(self) -> PaidCalls:
        """What makes paid requests."""
        if self._paid_calls is not None:
            return self._paid_calls
        from pixora_pipeline.providers.paid import JournaledCalls
        from pixora_pipeline.providers.pool import KeyPool
        from pixora_pipeline.providers.services import wants_no_key
        from pixora_pipeline.store.database import open_database
        from pixora_pipeline.store.heartbeat import Heartbeat
        from pixora_pipeline.store.rota import Rota

        engine = open_database(self.settings.database)
        pool = KeyPool(self.accounts, Rota(engine, choice=self.settings.key_choice), keyless=wants_no_key)
        return JournaledCalls(self.journal, pool, Heartbeat(engine))

    @once
    def user_models(self) -> "UserModels":
        """The models that users prefer."""
        from pixora_pipeline.store.database import open_database
        from pixora_pipeline.store.user_models import UserModels

        return UserModels(open_database(self.settings.database))

    @once
    def spending(self) -> "Spending":
        """What was spent."""
        from pixora_pipeline.store.database import open_database
        from pixora_pipeline.store.spending import Spending

        return Spending(open_database(self.settings.database))

    @once
    def sources(self) -> "SourceTable":
        """The sources table: the footage library's videos."""
        from pixora_pipeline.store.database import open_database
        from pixora_pipeline.store.sources import SourceTable

        return SourceTable(open_database(self.settings.database))

    @once
    def videos(self) -> "VideoShelf":
        """The files of those videos."""
        if self.settings.storage_url:
            from pixora_pipeline.store.shared_videos import SharedShelf

            return SharedShelf(self.settings.videos, self.settings)
        from pixora_pipeline.store.videos import VideoShelf

        return VideoShelf(self.settings.videos)

    @once
    def publications(self) -> "Publications":
        """What was published where."""
        from pixora_pipeline.store.database import open_database
        from pixora_pipeline.store.publications import Publications

        return Publications(open_database(self.settings.database))

    @once
    def generated_videos(self) -> "GeneratedVideos":
        """The records of finished films."""
        from pixora_pipeline.store.database import open_database
        from pixora_pipeline.store.generated_videos import GeneratedVideos

        return GeneratedVideos(open_database(self.settings.database))

    def destination(self, url: str) -> "Destination":
        """A place that films are published at."""
        from pixora_pipeline.store.destinations.destination import open_destination

        if url not in self._destinations:
            self._destinations[url] = open_destination(self.settings, url)
        return self._destinations[url]

    @once
    def workers(self) -> Workers:
        """The worker processes."""
        return Workers(self.settings.workers, unsafe_code=self.settings.unsafe_code)

    def dismiss_workers(self) -> None:
        """Let the worker processes end while the rest is done: what is called afterwards needs none."""
        if "workers" in self.__dict__:
            self.workers.dismiss()

    def close(self) -> None:
        """Let the worker processes go."""
        if "workers" in self.__dict__:
            self.workers.close()
