"""A small adapter of the judging service, and processes that call with it and may kill themselves on the way."""

import http.client
import json
import multiprocessing
import os
import time
import urllib.error
import urllib.request
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from pydantic import SecretStr

from pixora_pipeline.model.content import hash_value
from pixora_pipeline.model.cost import work_key
from pixora_pipeline.providers.calls import Answer, Call, Credential, Job
from pixora_pipeline.providers.entries import IDEMPOTENCY_KEY
from pixora_pipeline.providers.environment import EnvironmentAccount
from pixora_pipeline.providers.faults import (
    AnswerLost,
    BadRequest,
    KeyDead,
    OutOfQuota,
    RateLimited,
    Refused,
    ServerFault,
    Unreachable,
)
from pixora_pipeline.providers.jobs import Pace
from pixora_pipeline.providers.paid import JournaledCalls
from pixora_pipeline.providers.pool import KeyPool
from pixora_pipeline.store.accounts import AccountTable, Limits
from pixora_pipeline.store.database import open_database
from pixora_pipeline.store.heartbeat import Heartbeat
from pixora_pipeline.store.journal import Journal
from pixora_pipeline.store.rota import Rota
from pixora_pipeline.store.sealing import Keyring

SERVICE = "judge"
USD = 0.25

PROCESSES = multiprocessing.get_context("forkserver")
PROCESSES.set_forkserver_preload([__name__, "sqlalchemy.dialects.sqlite", "sqlalchemy.dialects.postgresql"])


@dataclass(frozen=True)
class Office:
    """Where paid calls are made from: a database, a master key, a service."""

    database: str
    master_key: Path
    url: str
    lease: float = 30.0
    minute: float = 60.0
    patience: float = 60.0
    settled_after: float = 0.2
    kill_at: str | None = None
    kill_time: int = 1

    def accounts(self) -> AccountTable:
        """The accounts."""
        return AccountTable(open_database(self.database), Keyring(self.master_key))

    def add(self, alias: str, key: str, **limits: int) -> None:
        """Add an account at the service."""
        self.accounts().put(SERVICE, alias, SecretStr(key), base_url=self.url, limits=Limits(**limits))

    def journal(self) -> Journal:
        """The journal."""
        return Journal(open_database(self.database), lease=self.lease)

    def rota(self) -> Rota:
        """The rota."""
        return Rota(open_database(self.database), lease=self.lease, minute=self.minute)

    def calls(self) -> JournaledCalls:
        """Paid calls; the process ends at `kill_at`, the `kill_time`th time it passes there."""
        passed: list[str] = []

        def at(point: str) -> None:
            passed.append(point)
            if point == self.kill_at and passed.count(point) == self.kill_time:
                os._exit(9)

        pool = KeyPool(self.accounts(), self.rota(), patience=self.patience, environment=nobody)
        pace = Pace(first_look=0.02, slowest_look=0.05, finding=0.05, settled_after=self.settled_after, unit=0.02)
        heartbeat = Heartbeat(open_database(self.database), self.lease)
        return JournaledCalls(self.journal(), pool, heartbeat, pace=pace, at=at)

    def dying(self, point: str, time: int = 1) -> "Office":
        """The same, with an end."""
        return replace(self, kill_at=point, kill_time=time)


def nobody(_: str) -> EnvironmentAccount | None:
    """The environment of tests has no keys."""
    return None


def call_of(text: str, part: str = "1", *, project: str | None = "p", usd: float | None = USD) -> Call:
    """A call that asks for a text."""
    return Call(
        key=work_key(project or "p", "voice_over@s01", hash_value(text)),
        part=part,
        service=SERVICE,
        model="m-1",
        capability="speech",
        request={"text": text},
        project=project,
        expected_usd=usd,
    )


def ask(office: Office, text: str, part: str = "1", **options: Any) -> Answer:
    """Ask for a text at once."""
    return office.calls().once(call_of(text, part, **options), lambda credential: send(credential, text))


def send(credential: Credential, text: str) -> Answer:
    """The request itself."""
    body = _post(credential, "/answers", {"text": text})
    return Answer(body=body, usage={"characters": float(len(text))}, usd=USD)


def run_job(
    office: Office, text: str, way: str = "find", part: str = "1", project: str | None = "p", **options: Any
) -> Job:
    """Have a job done by a service that lists jobs (`find`), knows idempotency keys (`repeatable`), or neither."""

    def submit(credential: Credential) -> str:
        name = credential.options.get(IDEMPOTENCY_KEY)
        return _post(credential, "/jobs", {"text": text} | ({"idempotency_key": name} if name else {}))["id"]

    def look(credential: Credential, id: str) -> Job:
        body = _get(credential, f"/jobs/{id}")
        return Job(state=body["state"], body=body, usd=USD if body["state"] == "succeeded" else None)

    def find(credential: Credential, _: float) -> list[str]:
        return [job["id"] for job in _get(credential, "/jobs") if job["text"] == text]

    hook = find if way == "find" else None
    return office.calls().job(
        call_of(text, part, project=project, **options), submit, look, hook, repeatable=way == "repeatable"
    )


def ask_for_all(office: Office, texts: list[str], pause: float = 0.0) -> None:
    """Ask for one text after another."""
    for text in texts:
        ask(office, text)
        time.sleep(pause)


def in_process(function: Any, *arguments: Any) -> multiprocessing.Process:
    """Begin a top-level function in a process of its own."""
    process = PROCESSES.Process(target=function, args=arguments)
    process.start()
    return process


def _post(credential: Credential, path: str, body: dict[str, Any]) -> Any:
    data = json.dumps(body).encode()
    return _open(credential, urllib.request.Request(f"{credential.base_url}{path}", data=data, method="POST"))


def _get(credential: Credential, path: str) -> Any:
    return _open(credential, urllib.request.Request(f"{credential.base_url}{path}"))


def _open(credential: Credential, request: urllib.request.Request) -> Any:
    request.add_header("Authorization", f"Bearer {credential.secret.get_secret_value()}")
    try:
        with urllib.request.urlopen(request, timeout=20) as response:
            return json.loads(response.read())
    except urllib.error.HTTPError as error:
        raise _fault(error.code, error.read().decode(), error.headers.get("Retry-After")) from error
    except (http.client.HTTPException, ConnectionResetError, TimeoutError) as error:
        raise AnswerLost(SERVICE, str(error)) from error
    except urllib.error.URLError as error:
        raise Unreachable(SERVICE, str(error.reason)) from error


def _fault(status: int, words: str, retry_after: str | None) -> Exception:
    if status == 429:
        return RateLimited(SERVICE, words, retry_after=float(retry_after) if retry_after else None)
    kinds = {400: BadRequest, 401: KeyDead, 402: OutOfQuota, 451: Refused}
    return kinds.get(status, ServerFault)(SERVICE, words)
