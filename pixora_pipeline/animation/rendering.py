"""Rendering scenes side by side in children of a warm parent. Whoever asks sees one call: a script in, facts out."""

import json
import os
import subprocess
import sys
import threading
from concurrent.futures import Future
from functools import cached_property
from itertools import count
from pathlib import Path
from typing import Any

from pixora_pipeline.errors import Defect, TryAgain
from pixora_pipeline.model.results import Animation


class Animators:
    """Renders scripts, at most `most` at once. Call it from threads: each call waits for its own result."""

    def __init__(self, most: int) -> None:
        self._places = threading.Semaphore(most)
        self._lock = threading.Lock()
        self._waiting: dict[str, Future] = {}
        self._numbers = count(1)

    def render(self, script: Path, to: Path, size: tuple[int, int], fps: int) -> Animation:
        """Record the script's scene in a video at `to`. Raises `Defect` where the script fails, else `TryAgain`."""
        request = {"id": str(next(self._numbers)), "script": str(script), "to": str(to), "size": size, "fps": fps}
        with self._places:
            answer = self._ask(request)
        if "facts" in answer:
            return Animation.model_validate(answer["facts"])
        if "error" in answer:
            raise Defect(answer["error"])
        raise TryAgain(f"Rendering {script.name} was broken off: its process ended with {answer['died']}.")

    def close(self) -> None:
        """Let the parent go; the next call begins a new one."""
        with self._lock:
            parent = self.__dict__.pop("_parent", None)
        if parent:
            parent.stdin.close()
            parent.wait()

    def _ask(self, request: dict[str, Any]) -> dict[str, Any]:
        future: Future = Future()
        with self._lock:
            self._waiting[request["id"]] = future
            try:
                self._parent.stdin.write(json.dumps(request).encode() + b"\n")
                self._parent.stdin.flush()
            except OSError as error:
                self._waiting.pop(request["id"], None)
                self.__dict__.pop("_parent", None)
                raise TryAgain("The process that renders scenes is gone. Run the same command again.") from error
        return future.result()

    @cached_property
    def _parent(self) -> subprocess.Popen:
        # Each scene has a core of its own: libraries that spawn threads would only fight over it.
        environment = os.environ | {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}
        parent = subprocess.Popen(
            [sys.executable, "-m", f"{__package__}.parent"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=environment,
            start_new_session=True,
        )
        threading.Thread(target=self._hear, args=(parent,), name="animators", daemon=True).start()
        return parent

    def _hear(self, parent: subprocess.Popen) -> None:
        for line in parent.stdout:
            answer = json.loads(line)
            with self._lock:
                future = self._waiting.pop(answer.pop("id"), None)
            if future:
                future.set_result(answer)
        with self._lock:
            left, self._waiting = self._waiting, {}
            if self.__dict__.get("_parent") is parent:
                self.__dict__.pop("_parent")
        for future in left.values():
            future.set_result({"died": parent.wait()})
