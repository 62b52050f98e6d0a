"""What has to do with money: accounts at services, the requests made with them, and what those cost."""

from functools import cached_property

from pixora_pipeline.providers.paid import JournaledCalls
from pixora_pipeline.providers.pool import KeyPool
from pixora_pipeline.settings import Settings
from pixora_pipeline.store.accounts import AccountTable
from pixora_pipeline.store.database import open_database
from pixora_pipeline.store.heartbeat import Heartbeat
from pixora_pipeline.store.journal import Journal
from pixora_pipeline.store.rota import Rota
from pixora_pipeline.store.sealing import Keyring
from pixora_pipeline.store.spending import Spending


class Money:
    """The app database's side of it, for one installation."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._engine = open_database(settings.database)

    @cached_property
    def accounts(self) -> AccountTable:
        """The accounts at services."""
        return AccountTable(self._engine, Keyring(self._settings.master_key_file, self._settings.master_key))

    @cached_property
    def journal(self) -> Journal:
        """The journal of paid calls."""
        return Journal(self._engine)

    @cached_property
    def calls(self) -> JournaledCalls:
        """What makes paid requests."""
        pool = KeyPool(self.accounts, Rota(self._engine, choice=self._settings.key_choice))
        return JournaledCalls(self.journal, pool, Heartbeat(self._engine))

    @cached_property
    def spending(self) -> Spending:
        """What was spent."""
        return Spending(self._engine)
