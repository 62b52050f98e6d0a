"""The real journal and key pool in front of the services on loopback, impatient, and counting what is really sent."""

import threading
from collections import Counter
from collections.abc import Callable, Sequence

from pixora_pipeline.assets.studio import Studio
from pixora_pipeline.providers.calls import Answer, Call, Credential, Job, PaidCalls
from pixora_pipeline.providers.jobs import Pace
from pixora_pipeline.providers.paid import JournaledCalls
from pixora_pipeline.providers.pool import KeyPool
from pixora_pipeline.store.database import open_database
from pixora_pipeline.store.heartbeat import Heartbeat
from pixora_pipeline.store.rota import Rota
from pixora_pipeline_tests.providers.servers.street import Street

_QUICK = Pace(first_look=0.05, slowest_look=0.2, finding=0.05, settled_after=0.2, unit=0.02)
SERVICES = ("openai", "anthropic", "bedrock", "polly", "replicate", "gateway")


class Counted:
    """Passes calls on and counts the requests that are really sent, by what they are for."""

    def __init__(self, calls: PaidCalls) -> None:
        self._calls = calls
        self._lock = threading.Lock()
        self.sent: Counter[str] = Counter()

    def once(self, call: Call, send: Callable[[Credential], Answer]) -> Answer:
        return self._calls.once(call, lambda credential: self._count(call, send, credential))

    def job(
        self,
        call: Call,
        submit: Callable[[Credential], str],
        look: Callable[[Credential, str], Job],
        find: Callable[[Credential, float], Sequence[str]] | None = None,
    ) -> Job:
        return self._calls.job(call, lambda credential: self._count(call, submit, credential), look, find)

    def _count(self, call: Call, send: Callable, credential: Credential):
        with self._lock:
            self.sent[call.capability] += 1
        return send(credential)


def open_account_with_all(studio: Studio, street: Street) -> Counted:
    """Have the studio call the services of the street, each by an account of its own."""
    for service in SERVICES:
        own = street.credential(service)
        studio.accounts.put(service, own.alias, own.secret, base_url=own.base_url, options=own.options)
    return Counted(calls_of(studio))


def calls_of(studio: Studio) -> JournaledCalls:
    """What makes the studio's paid calls, impatient."""
    engine = open_database(studio.settings.database)
    return JournaledCalls(studio.journal, KeyPool(studio.accounts, Rota(engine)), Heartbeat(engine), pace=_QUICK)
