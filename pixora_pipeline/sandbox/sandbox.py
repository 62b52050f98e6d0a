"""Where generated code runs: a warden with its libraries loaded, and a locked-in process for every job."""

import json
import secrets
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import Future
from contextlib import contextmanager
from pathlib import Path

from pydantic import JsonValue

from pixora_pipeline.errors import Defect, PixoraError, TryAgain, UserError
from pixora_pipeline.sandbox import walls as around
from pixora_pipeline.sandbox.collecting import read_text
from pixora_pipeline.sandbox.limits import MIB, Limits
from pixora_pipeline.sandbox.warden import PRINTED, RESULT

_LONGEST_RESULT = 4 * MIB


class CodeFailed(PixoraError):
    """Generated code raised or was stopped. The message says why in a line, `trace` where, `printed` what it said."""

    def __init__(self, message: str, trace: str = "", printed: str = "") -> None:
        super().__init__(message)
        self.trace = trace
        self.printed = printed


class Sandbox:
    """Runs functions on generated code. Call it from any thread; jobs run side by side.

    `preload` names modules to load once, before the first job. UserError where this machine has no way to lock a
    process in, unless `unsafe` says that the code is to be trusted.
    """

    def __init__(self, preload: Sequence[str] = (), *, unsafe: bool = False, walls: around.Walls | None = None) -> None:
        self.walls = walls or around.walls()
        if self.walls == "none" and not unsafe:
            raise UserError(
                "Generated code is not run: this machine has no sandbox (Landlock and seccomp). "
                "`pixora doctor` says what is missing."
            )
        self._preload = list(preload)
        self._lock = threading.Lock()
        self.processor_seconds = 0.0
        """What the warden and its jobs have taken so far: walls hide it from whoever counts their children."""
        self._waiting: dict[str, Future] = {}
        """Who waits for the warden that is there now."""
        self._warden: subprocess.Popen | None = None
        self._spool = Path(tempfile.mkdtemp(prefix="pixora-sandbox-"))

    @contextmanager
    def job(self) -> Iterator[Path]:
        """A folder for one job: put in what it reads, run it, take out what it wrote. It is gone afterwards."""
        folder = self._spool / secrets.token_hex(8)
        folder.mkdir(mode=0o700)
        try:
            yield folder
        finally:
            _remove(folder)

    def run(
        self,
        function: str,
        folder: Path,
        limits: Limits | None = None,
        *,
        programs: bool = False,
        **arguments: JsonValue,
    ) -> JsonValue:
        """Call `module:function` with these arguments, locked into a folder from `job`; what it returns.

        With `programs`, a function of ours may run the system's programs, locked in as well. Raises `CodeFailed` when
        it raises or is stopped, `TryAgain` when the warden dies.
        """
        allowed, id = limits or Limits(), folder.name
        request = {"id": id, "function": function, "folder": str(folder), "arguments": arguments}
        done: Future = Future()
        locks = {"limits": allowed.model_dump(), "locked": self.walls != "none", "programs": programs}
        self._send(request | locks, id, done)
        outcome = done.result()
        printed = read_text(folder, PRINTED, allowed.printed_bytes) or ""
        if outcome["stopped"]:
            raise CodeFailed(f"The code was stopped: {outcome['stopped']}.", printed=printed)
        return _value(read_text(folder, RESULT, _LONGEST_RESULT), printed)

    def close(self) -> None:
        """End all jobs and the warden."""
        with self._lock:
            warden, self._warden = self._warden, None
        if warden:
            warden.stdin.close()
            try:
                warden.wait(10)
            except subprocess.TimeoutExpired:
                warden.kill()
        _remove(self._spool)

    def _send(self, request: dict, id: str, done: Future) -> None:
        with self._lock:
            if self._warden is None or self._warden.poll() is not None:
                self._waiting = {}
                self._warden = self._begin()
            self._waiting[id] = done
            try:
                self._warden.stdin.write(json.dumps(request).encode() + b"\n")
                self._warden.stdin.flush()
            except OSError as error:
                self._waiting.pop(id, None)
                raise TryAgain("The sandbox is gone. Run the same command again; `pixora doctor` tries it.") from error

    def _begin(self) -> subprocess.Popen:
        self._spool.mkdir(exist_ok=True)
        # Finding its C library runs a program, which a locked process can not.
        preload = [*(["pyseccomp"] if self.walls != "none" else []), *self._preload]
        given = {"preload": preload, "readable": [str(path) for path in around.readable()]}
        command = [sys.executable, "-m", "pixora_pipeline.sandbox.warden", json.dumps(given)]
        if self.walls == "bubblewrap and locks":
            command = around.wrapped(command, self._spool)
        warden = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=around.environment(),
            cwd=self._spool,
            start_new_session=True,
        )
        threading.Thread(target=self._listen, args=(warden, self._waiting), name="sandbox", daemon=True).start()
        return warden

    def _listen(self, warden: subprocess.Popen, waiting: dict[str, Future]) -> None:
        for line in warden.stdout:
            message = json.loads(line)
            self.processor_seconds += message.get("processor_seconds", 0.0)
            if done := waiting.pop(message.get("id", ""), None):
                done.set_result(message)
        code = warden.wait()
        for id in list(waiting):
            died = TryAgain(
                f"The sandbox ended with code {code}. Run the same command again; `pixora doctor` tries it."
            )
            waiting.pop(id).set_exception(died)


def _remove(folder: Path) -> None:
    # A hostile tree may be deeper than Python's own way of removing one can go.
    subprocess.run(["rm", "-rf", "--one-file-system", str(folder)], check=False, capture_output=True)


def _value(result: str | None, printed: str) -> JsonValue:
    if result is None:
        raise CodeFailed("The code left no result.", printed=printed)
    try:
        read = json.loads(result)
    except ValueError as error:
        raise CodeFailed("The code left a result that is not JSON.", printed=printed) from error
    if not isinstance(read, dict) or not read.keys() & {"value", "error"}:
        raise Defect(f"A job's result is {str(read)[:100]!r}.")
    if "error" in read:
        raise CodeFailed(str(read["error"]), str(read.get("trace", "")), printed)
    return read["value"]
