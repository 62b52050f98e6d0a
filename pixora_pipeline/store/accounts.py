"""The accounts at services: added, listed, removed, their secrets sealed."""

from collections.abc import Collection

from pydantic import Field, SecretStr
from sqlalchemy import Connection, Engine, delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from pixora_pipeline.errors import NotFound
from pixora_pipeline.model.value import Value
from pixora_pipeline.store.account_tables import AccountRow, HourRow, UseRow
from pixora_pipeline.store.sealing import Keyring
from pixora_pipeline.store.transactions import in_transaction

STORED, ENVIRONMENT = "stored", "environment"


class Limits(Value):
    """What an account may be asked: requests a minute, requests a day, requests at once. None is no limit."""

    per_minute: int | None = Field(default=None, ge=1)
    per_day: int | None = Field(default=None, ge=1)
    at_once: int | None = Field(default=None, ge=1)


class Account(Value):
    """An account as it stands, without its secret."""

    id: int
    service: str
    alias: str
    source: str
    base_url: str | None
    options: dict[str, str]
    limits: Limits
    state: str
    reason: str | None
    resting_until: float


class AccountTable:
    """The accounts of everybody who works with this database."""

    def __init__(self, engine: Engine, keyring: Keyring) -> None:
        self._engine = engine
        self._keyring = keyring

    def put(
        self,
        service: str,
        alias: str,
        secret: SecretStr | None,
        *,
        base_url: str | None = None,
        options: dict[str, str] | None = None,
        limits: Limits | None = None,
        source: str = STORED,
    ) -> bool:
        """Add an account, or give the one of that name another key and a fresh start. Whether it is new."""
        sealed = self._keyring.seal(secret, owner(service, alias)) if secret is not None else None
        values = {
            "source": source,
            "secret": sealed,
            "base_url": base_url,
            "options": options or {},
            **(limits or Limits()).model_dump(),
            **_FRESH,
        }

        def write(connection: Connection) -> bool:
            named = (AccountRow.service == service, AccountRow.alias == alias)
            if connection.execute(update(AccountRow).where(*named).values(values)).rowcount:
                return False
            connection.execute(insert(AccountRow).values(service=service, alias=alias, **values))
            return True

        try:
            return in_transaction(self._engine, write)
        except IntegrityError:  # on Postgres another process may add it between the two statements
            return in_transaction(self._engine, write)

    def remove(self, service: str, alias: str) -> None:
        """Forget an account, its key and its uses. Raises `NotFound`."""

        def write(connection: Connection) -> None:
            account = self._row(connection, service, alias)
            for table in (UseRow, HourRow):
                connection.execute(delete(table).where(table.account_id == account.id))
            connection.execute(delete(AccountRow).where(AccountRow.id == account.id))

        in_transaction(self._engine, write)

    def wake(self, service: str, alias: str) -> None:
        """Have an account that was found dead, or that rests, work again. Raises `NotFound`."""

        def write(connection: Connection) -> None:
            account = self._row(connection, service, alias)
            connection.execute(update(AccountRow).where(AccountRow.id == account.id).values(_FRESH))

        in_transaction(self._engine, write)

    def find(self, service: str, alias: str) -> Account | None:
        """The account of that name."""
        return next((each for each in self.all(service) if each.alias == alias), None)

    def all(self, service: str | None = None) -> list[Account]:
        """Every account, or every one of a service."""
        wanted = select(AccountRow.__table__).order_by(AccountRow.service, AccountRow.id)
        with self._engine.connect() as connection:
            rows = connection.execute(wanted.where(AccountRow.service == service) if service else wanted).all()
        return [as_account(row) for row in rows]

    def secret(self, account: Account) -> SecretStr:
        """The secret of a stored account; an empty one where none is needed."""
        with self._engine.connect() as connection:
            sealed = connection.execute(select(AccountRow.secret).where(AccountRow.id == account.id)).scalar()
        return self._keyring.open(sealed, owner(account.service, account.alias)) if sealed else SecretStr("")

    def rotate(self) -> int:
        """Seal everything with a new master key and forget the old one. How many secrets that were."""
        self._keyring.begin_rotation()
        count = in_transaction(self._engine, self._reseal)
        self._keyring.end_rotation()
        return count

    def _reseal(self, connection: Connection) -> int:
        sealed = select(AccountRow.__table__).where(AccountRow.secret.is_not(None)).with_for_update()
        rows = connection.execute(sealed).all()
        for row in rows:
            named = owner(row.service, row.alias)
            again = self._keyring.seal(self._keyring.open(row.secret, named), named)
            connection.execute(update(AccountRow).where(AccountRow.id == row.id).values(secret=again))
        return len(rows)

    def _row(self, connection: Connection, service: str, alias: str):
        named = (AccountRow.service == service, AccountRow.alias == alias)
        row = connection.execute(select(AccountRow.__table__).where(*named)).one_or_none()
        if row is None:
            raise NotFound(f"{service} has no account {alias!r}. `pixora keys list` shows those there are.")
        return row


_FRESH = {"state": "ready", "reason": None, "resting_until": 0.0, "strikes": 0, "proven_at": 0.0}


def owner(service: str, alias: str) -> str:
    """What a secret is sealed for: a row that was moved to another account does not open."""
    return f"{service}/{alias}"


def as_account(row) -> Account:
    """A row as a value."""
    plain = ("id", "service", "alias", "source", "base_url", "options", "state", "reason", "resting_until")
    limits = Limits(per_minute=row.per_minute, per_day=row.per_day, at_once=row.at_once)
    return Account(limits=limits, **{name: getattr(row, name) for name in plain})


def usable(accounts: Collection[Account], here: Collection[str]) -> list[Account]:
    """The accounts this process can call as: those stored, and those whose keys are in its own environment."""
    return [each for each in accounts if each.source == STORED or each.alias in here]
