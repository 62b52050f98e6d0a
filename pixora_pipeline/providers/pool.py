"""The pool of accounts: a credential to call with, waited for where all are busy, and given back with how it went."""

import random
import time
from collections.abc import Callable
from dataclasses import dataclass

from pydantic import SecretStr

from pixora_pipeline.errors import PixoraError
from pixora_pipeline.providers.calls import Credential
from pixora_pipeline.providers.environment import EnvironmentAccount, account_in_environment, variable_for
from pixora_pipeline.providers.faults import NoAccount, OutOfQuota, RateLimited
from pixora_pipeline.store.accounts import ENVIRONMENT, Account, AccountTable
from pixora_pipeline.store.rota import Result, Rota, Taken

_LONGEST_NAP = 2.0


_KEYLESS = EnvironmentAccount(alias="keyless", secret=SecretStr(""))


def _never(_: str) -> bool:
    return False


@dataclass(frozen=True)
class Lease:
    """A credential, ours until it is given back."""

    credential: Credential
    taken: Taken


class KeyPool:
    """Accounts shared by all processes. `patience` is how many seconds a request waits for one to be free.

    A service that is `keyless` can be called by anybody: it has an account without a key.
    """

    def __init__(
        self,
        accounts: AccountTable,
        rota: Rota,
        *,
        patience: float = 600.0,
        environment: Callable[[str], EnvironmentAccount | None] = account_in_environment,
        keyless: Callable[[str], bool] = _never,
    ) -> None:
        self.accounts = accounts
        self._rota = rota
        self._patience = patience
        self._environment = environment
        self._keyless = keyless
        self._known: set[tuple[str, str]] = set()

    def take(self, service: str) -> Lease:
        """An account to call as, waiting for one to be free.

        Raises `NoAccount` when there is nobody to wait for, `OutOfQuota` when the service has sent all accounts away
        for longer than anybody waits, `RateLimited` when it takes too long.
        """
        here = self._introduce(service)
        aliases, began = {here.alias} if here else set(), time.monotonic()
        nap = 0.1
        while True:
            taken = self._rota.take(service, aliases)
            if isinstance(taken, Taken):
                return self._lease(taken, here)
            waited = time.monotonic() - began
            if taken.retry_in is None:
                raise self._nobody(service)
            if taken.rests and taken.retry_in > self._patience:
                raise OutOfQuota(service, taken.reason)
            if waited + min(taken.retry_in, _LONGEST_NAP) > self._patience or taken.retry_in > self._patience:
                raise RateLimited(service, taken.reason, retry_after=taken.retry_in)
            nap = min(nap * 1.5, _LONGEST_NAP)
            # Apart by chance, so that those who wait for the same second do not all ask in it.
            time.sleep(max(min(taken.retry_in, _LONGEST_NAP), nap) * random.uniform(1.0, 1.3))

    def give_back(self, lease: Lease, result: Result) -> None:
        """End the use of an account."""
        self._rota.give_back(lease.taken, result)

    def credential(self, service: str, alias: str) -> Credential:
        """The credential of an account by name, to look after what was begun with it. Raises `NoAccount`."""
        here, account = self._introduce(service), self.accounts.find(service, alias)
        if account is None or (account.source == ENVIRONMENT and (here is None or here.alias != alias)):
            raise NoAccount(
                f"A job at {service} was begun with the account {alias}, which is not here any more. "
                f"Add it again: pixora keys add {service} --alias {alias}"
            )
        return self._credential(account, here)

    def _lease(self, taken: Taken, here: EnvironmentAccount | None) -> Lease:
        try:
            return Lease(self._credential(taken.account, here), taken)
        except PixoraError:
            self._rota.give_back(taken, Result("unused"))
            raise

    def _introduce(self, service: str) -> EnvironmentAccount | None:
        # A key in the environment is counted like any other, so it has a row, without the key.
        here = self._environment(service) or (_KEYLESS if self._keyless(service) else None)
        if here and (service, here.alias) not in self._known:
            if self.accounts.find(service, here.alias) is None:
                self.accounts.put(service, here.alias, None, base_url=here.base_url, source=ENVIRONMENT)
            self._known.add((service, here.alias))
        return here

    def _credential(self, account: Account, here: EnvironmentAccount | None) -> Credential:
        if account.source == ENVIRONMENT and here:
            return Credential(**here.model_dump())
        secret = self.accounts.secret(account)
        return Credential(alias=account.alias, secret=secret, base_url=account.base_url, options=account.options)

    def _nobody(self, service: str) -> NoAccount:
        reasons = [f"{each.alias}: {each.reason}" for each in self.accounts.all(service) if each.state == "dead"]
        add = f"Add one with `pixora keys add {service}` or set {variable_for(service)}"
        if reasons:
            return NoAccount(f"No key of {service} is accepted any more ({'; '.join(reasons)[:300]}). {add}.")
        return NoAccount(f"There is no key for {service}. {add}; the embedded makers need none.")
