"""On whose behalf an adapter calls: through what, for which work, and where the files that come back are kept.

What a service answers with a file is written to the order's folder, which outlives the step: a retry finds the answer
in the journal and the file in the folder. Where the file is gone, the request is made again, under another part.
"""

import shutil
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pydantic import JsonValue

from pixora_pipeline.model.content import hash_file
from pixora_pipeline.model.value import Value
from pixora_pipeline.providers.calls import Answer, Call, Credential, Job, PaidCalls
from pixora_pipeline.providers.faults import BadOutput

_ATTEMPTS = 3
"""How often a part is asked for: a file may be lost, a job may fail, and neither may go on for ever."""

_MADE, _ACCOUNT, _SECONDS, _FILES = "made", "account", "seconds", "files"


class Receipt(Value):
    """One paid request: what it was for, who made it by which account, how long it took and what it cost."""

    part: str
    service: str
    model: str
    account: str | None
    seconds: float | None
    usage: dict[str, float]
    usd: float | None


class Asked(Value):
    """What an adapter asks of a model: see `Call`. `units` is what it is expected to use."""

    part: str
    service: str
    model: str
    capability: str
    request: dict[str, JsonValue]
    expected_usd: float | None = None


@dataclass
class Order:
    """A piece of work that somebody pays for. `receipts` tell what was asked for it so far."""

    calls: PaidCalls
    key: str
    folder: Path
    project: str | None = None
    receipts: list[Receipt] = field(default_factory=list)

    def once(self, asked: Asked, send: Callable[[Credential], Answer], files: tuple[str, ...] = ()) -> Any:
        """The body of the answer to a request that is answered at once; `files` are those that `send` writes."""

        def timed(credential: Credential) -> Answer:
            began = time.monotonic()
            answer = send(credential)
            return answer.model_copy(update={"body": self._envelope(answer.body, credential, began, files)})

        for part in _parts(asked.part):
            answer = self.calls.once(self._call(asked, part), timed)
            if self._has_files(answer.body):
                self._note(asked, part, answer.body, answer.usage, answer.usd)
                return answer.body[_MADE]
        raise BadOutput(asked.service, "its files were lost each time")

    def job(
        self,
        asked: Asked,
        submit: Callable[[Credential], str],
        look: Callable[[Credential, str], Job],
        files: tuple[str, ...] = (),
        find: Callable[[Credential, float], Sequence[str]] | None = None,
    ) -> Any:
        """The body of a job that succeeded; `files` are those that `look` writes when it has. Raises `BadOutput`.

        `find` looks for jobs like it whose id was lost: see `PaidCalls`.
        """
        began, fresh = time.monotonic(), set[str]()

        def watched(credential: Credential, id: str) -> Job:
            job = look(credential, id)
            if job.state == "running":
                return job
            fresh.add(id)
            kept = files if job.state == "succeeded" else ()
            return job.model_copy(update={"body": self._envelope(job.body, credential, began, kept)})

        for part in _parts(asked.part):
            fresh.clear()
            job = self.calls.job(self._call(asked, part), submit, watched, find)
            if job.state == "succeeded" and self._has_files(job.body):
                self._note(asked, part, job.body, job.usage, job.usd)
                return job.body[_MADE]
            if fresh:
                raise BadOutput(asked.service, job.reason or f"the job was {job.state}", usd=job.usd, usage=job.usage)
            # It failed, or its file was lost, at an earlier run: this one may try anew.
        raise BadOutput(asked.service, f"{asked.model} failed {_ATTEMPTS} times")

    def file(self, name: str) -> Path:
        """Where a file that comes back is kept; its folder is made."""
        self.folder.mkdir(parents=True, exist_ok=True)
        return self.folder / name

    def let_go(self) -> None:
        """Remove the files that came back: what was made of them is in a safe place."""
        shutil.rmtree(self.folder, ignore_errors=True)

    @property
    def cost_usd(self) -> float | None:
        """What the work cost so far, None when that is not known of one of its requests."""
        costs = [receipt.usd for receipt in self.receipts]
        return None if None in costs else round(sum(cost or 0.0 for cost in costs), 9)

    def _call(self, asked: Asked, part: str) -> Call:
        return Call(**asked.model_dump(exclude={"part"}), key=self.key, part=part, project=self.project)

    def _envelope(self, body: JsonValue, credential: Credential, began: float, files: tuple[str, ...]) -> JsonValue:
        return {
            _MADE: body,
            _ACCOUNT: credential.alias,
            _SECONDS: round(time.monotonic() - began, 3),
            _FILES: {name: hash_file(self.file(name)) for name in files},
        }

    def _has_files(self, body: Any) -> bool:
        hashes: Mapping[str, str] = body[_FILES]
        return all((self.folder / n).is_file() and hash_file(self.folder / n) == h for n, h in hashes.items())

    def _note(self, asked: Asked, part: str, body: Any, usage: dict[str, float], usd: float | None) -> None:
        who = {"account": body[_ACCOUNT], "seconds": body[_SECONDS]}
        self.receipts.append(Receipt(part=part, service=asked.service, model=asked.model, usage=usage, usd=usd, **who))


def _parts(part: str) -> Iterator[str]:
    yield part
    yield from (f"{part}, again {number}" for number in range(2, _ATTEMPTS + 1))
