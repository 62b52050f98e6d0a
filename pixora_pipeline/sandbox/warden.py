"""The process that generated code is forked from: it has the libraries loaded, begins jobs, watches and stops them.

It reads requests as lines of JSON on standard input and answers each with one line on standard output. It runs nothing
that is generated: its children do, after they have locked themselves in.
"""

import importlib
import json
import os
import resource
import select
import signal
import sys
import time
import traceback
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from pixora_pipeline.sandbox.limits import Limits
from pixora_pipeline.sandbox.locks import lock

RESULT, PRINTED = ".result.json", ".printed.txt"
"""What a job's function gave back, and what it printed, in the job's folder."""

_BETWEEN_LOOKS = 0.05
_DEEPEST = 64


@dataclass
class Job:
    """A child at work. `stopped` says why it was killed, if it was."""

    id: str
    pid: int
    folder: Path
    limits: Limits
    began: float = field(default_factory=time.monotonic)
    stopped: str = ""
    processor_seconds: float = 0.0


def serve(preload: list[str], readable: list[Path]) -> None:
    """Load what is wanted, say so, and serve until standard input is closed."""
    for name in preload:
        importlib.import_module(name)
    answer({"ready": True, "processor_seconds": round(time.process_time(), 3)})
    jobs: dict[int, Job] = {}
    buffer, open_input = b"", True
    while open_input or jobs:
        ready = select.select([0] if open_input else [], [], [], _BETWEEN_LOOKS if jobs else 1.0)[0]
        if ready:
            chunk = os.read(0, 65536)
            open_input, buffer = bool(chunk), buffer + chunk
            *lines, buffer = buffer.split(b"\n")
            for line in lines:
                job = begin(json.loads(line), readable)
                jobs[job.pid] = job
        if not open_input:
            for job in jobs.values():
                stop(job, "the studio was closed")
        for job in list(jobs.values()):
            watch(job)
        for job in ended(jobs):
            answer({"id": job.id, **job_outcome(job)})


def begin(request: dict, readable: list[Path]) -> Job:
    """Fork a child for a request."""
    folder, limits = Path(request["folder"]), Limits.model_validate(request["limits"])
    pid = os.fork()
    if pid == 0:
        try:
            _live(request, folder, readable, limits)
        except BaseException:
            traceback.print_exc()
            sys.stderr.flush()
        os._exit(70)
    return Job(request["id"], pid, folder, limits)


def _live(request: dict, folder: Path, readable: list[Path], limits: Limits) -> None:
    """The child: cut every tie, lock, run the function, leave its result."""
    os.setsid()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, signal.SIG_DFL)
    nothing = os.open(os.devnull, os.O_RDONLY)
    printed = os.open(folder / PRINTED, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    for number, target in ((0, nothing), (1, printed), (2, printed)):
        os.dup2(target, number)
    os.closerange(3, resource.getrlimit(resource.RLIMIT_NOFILE)[0])
    os.chdir(folder)
    os.environ["TMPDIR"] = os.environ["HOME"] = str(folder)
    module, _, name = request["function"].partition(":")
    function = getattr(importlib.import_module(module), name)
    if request["locked"]:
        lock(folder, readable, limits, programs=request["programs"])
    try:
        result = {"value": function(**request["arguments"])}
    except BaseException as error:
        result = {"error": "".join(traceback.format_exception_only(error)).strip(), "trace": traceback.format_exc()}
    (folder / RESULT).write_text(json.dumps(result), "utf-8")
    sys.stdout.flush()
    os._exit(0)


def watch(job: Job) -> None:
    """Stop a job that uses more than it may."""
    limits = job.limits
    if time.monotonic() - job.began > limits.wall_seconds:
        stop(job, f"it took longer than {limits.wall_seconds:g} s")
        return
    printed = _size(job.folder / PRINTED)
    if printed > limits.printed_bytes:
        stop(job, f"it printed more than {limits.printed_bytes:,} bytes")
    elif excess := too_much(job.folder, limits):
        stop(job, f"it wrote {excess}")


def stop(job: Job, why: str) -> None:
    """Kill a job for a reason; the first reason stands."""
    if not job.stopped:
        job.stopped = why
        os.killpg(job.pid, signal.SIGKILL)


def end_rest(pid: int) -> None:
    """Kill what a job has begun and left; none of it could leave the job's group."""
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(pid, signal.SIGKILL)


def too_much(folder: Path, limits: Limits) -> str | None:
    """What there is too much of below a folder: bytes, files or folders in folders. No link is followed."""
    size = files = 0
    waiting = [(str(folder), 0)]
    while waiting:
        path, depth = waiting.pop()
        if depth > _DEEPEST:
            return f"folders more than {_DEEPEST} deep"
        for entry in _entries(path):
            files, size = files + 1, size + _size(entry)
            if entry.is_dir(follow_symlinks=False):
                waiting.append((entry.path, depth + 1))
            if size > limits.output_bytes:
                return f"more than {limits.output_bytes:,} bytes"
            if files > limits.files:
                return f"more than {limits.files:,} files"
    return None


def _entries(path: str) -> list[os.DirEntry]:
    try:
        return list(os.scandir(path))
    except OSError:  # gone meanwhile
        return []


def _size(file: Path | os.DirEntry) -> int:
    try:
        return file.stat(follow_symlinks=False).st_size
    except OSError:
        return 0


def ended(jobs: dict[int, Job]) -> Iterator[Job]:
    """Jobs that have ended, each once, with how in `stopped`."""
    while jobs and (found := os.waitid(os.P_ALL, 0, os.WEXITED | os.WNOHANG | os.WNOWAIT)):
        # Until it is waited for, nobody else can have its number.
        end_rest(found.si_pid)
        pid, status, usage = os.wait4(found.si_pid, 0)
        if job := jobs.pop(pid, None):
            job.processor_seconds = usage.ru_utime + usage.ru_stime
            if not job.stopped and status:
                job.stopped = _how(status)
            yield job


def _how(status: int) -> str:
    code = os.waitstatus_to_exitcode(status)
    if code == -signal.SIGXCPU:
        return "it used more processor time than it may"
    if code == -signal.SIGXFSZ:
        return "it wrote a larger file than it may"
    return f"it ended with signal {signal.Signals(-code).name}" if code < 0 else f"it ended with code {code}"


def job_outcome(job: Job) -> dict:
    """How a job ended, for the one who asked."""
    taken = round(time.monotonic() - job.began, 3)
    return {"stopped": job.stopped, "seconds": taken, "processor_seconds": round(job.processor_seconds, 3)}


def answer(message: dict) -> None:
    """One line on standard output."""
    os.write(1, json.dumps(message).encode() + b"\n")


if __name__ == "__main__":
    given = json.loads(sys.argv[1])
    serve(given["preload"], [Path(path) for path in given["readable"]])
