"""The daemon and its code server as processes, to be ended as rudely as a machine does it."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

LONGEST = 300.0


def environment(home: Path, **settings: str) -> dict[str, str]:
    """What a process needs to know to live in that home."""
    ours = {"PIXORA_HOME": str(home), "PIXORA_WORKERS": "2", "DAGSTER_HOME": str(home / "dagster"), **settings}
    return {name: value for name, value in os.environ.items() if not name.startswith("PIXORA_")} | ours


@contextmanager
def code_server(home: Path, **settings: str) -> Iterator[int]:
    """A server of the graph; its port."""
    port = free_port()
    module = ["-m", "pixora_pipeline.definitions", "--location-name", "pixora", "--log-level", "warning"]
    server = start(home, "dagster", "api", "grpc", "-p", str(port), *module, **settings)
    try:
        wait_until(lambda: listens(port))
        yield port
    finally:
        kill(server)


@contextmanager
def daemon(home: Path, code_port: int, alone: bool = False, **settings: str) -> Iterator[subprocess.Popen]:
    """A daemon that reads that server's graph, killed in the end: alone, or with everything it began."""
    where = ["--grpc-port", str(code_port), "--grpc-host", "localhost", "--log-level", "error"]
    process = start(home, "pixora_pipeline.daemon", "run", *where, **settings)
    try:
        yield process
    finally:
        kill(process, alone)


def start(home: Path, *module: str, **settings: str) -> subprocess.Popen:
    """A Python process in a group of its own."""
    log = (home / "processes.log").open("a")
    command = [sys.executable, "-m", *module]
    return subprocess.Popen(command, env=environment(home, **settings), stdout=log, stderr=log, start_new_session=True)


def kill(process: subprocess.Popen, alone: bool = False) -> None:
    """Kill -9 a process, with everything it began unless alone."""
    with suppress(ProcessLookupError):
        os.kill(process.pid, signal.SIGKILL) if alone else os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def wait_until(holds: Callable[[], object], longest: float = LONGEST) -> None:
    """Look again and again until it holds."""
    deadline = time.monotonic() + longest
    while not holds():
        assert time.monotonic() < deadline, "it did not come about"
        time.sleep(0.1)


def children(pid: int) -> list[int]:
    """The processes that a process began."""
    return [int(each) for each in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def runs(pid: int) -> bool:
    """Whether a process is there, and is not one that nobody has waited for."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] not in "ZX"
    except OSError:
        return False


def listens(port: int) -> bool:
    """Whether somebody listens on that port."""
    with socket.socket() as probe:
        return probe.connect_ex(("localhost", port)) == 0


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("localhost", 0))
        return probe.getsockname()[1]


@contextmanager
def open_studio(home: Path, **settings: str) -> Iterator[str]:
    """`pixora up`, as people start it and end it; its URL."""
    port = free_port()
    process = start(home, "pixora_pipeline.cli", "up", "--port", str(port), **settings)
    try:
        wait_until(lambda: listens(port) or process.poll() is not None)
        assert process.poll() is None, (home / "processes.log").read_text("utf-8")[-3000:]
        yield f"http://127.0.0.1:{port}"
    finally:
        # What it began stands in sessions of its own, which it alone can end.
        process.send_signal(signal.SIGINT)
        process.wait(60)
