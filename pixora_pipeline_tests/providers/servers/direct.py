"""Paid calls made at once and kept in memory: what a journal does, without a journal."""

import threading
import time
from collections.abc import Callable, Sequence

from pixora_pipeline.providers.calls import Answer, Call, Credential, Job

_PAUSE = 0.01


class DirectCalls:
    """Calls with the credential of the service. The same call again is answered from memory."""

    def __init__(self, credential: Callable[[str], Credential]) -> None:
        self.credential = credential
        self.made: list[Call] = []
        self._kept: dict[tuple[str, str], Answer | Job] = {}
        self._begun: dict[tuple[str, str], str] = {}
        self._lock = threading.Lock()

    def once(self, call: Call, send: Callable[[Credential], Answer]) -> Answer:
        name = (call.key, call.part)
        if name not in self._kept:
            self._note(call)
            # What is kept has been through JSON, as it would be in a database.
            self._kept[name] = Answer.model_validate_json(send(self.credential(call.service)).model_dump_json())
        return self._kept[name]

    def job(
        self,
        call: Call,
        submit: Callable[[Credential], str],
        look: Callable[[Credential, str], Job],
        find: Callable[[Credential, float], Sequence[str]] | None = None,
    ) -> Job:
        name, credential = (call.key, call.part), self.credential(call.service)
        if name in self._kept:
            return self._kept[name]
        if name not in self._begun:
            self._note(call)
            self._begun[name] = submit(credential)
        while (job := look(credential, self._begun[name])).state == "running":
            time.sleep(_PAUSE)
        self._kept[name] = Job.model_validate_json(job.model_dump_json())
        return self._kept[name]

    def _note(self, call: Call) -> None:
        with self._lock:
            self.made.append(Call.model_validate_json(call.model_dump_json()))
