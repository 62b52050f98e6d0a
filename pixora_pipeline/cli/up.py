"""`pixora up`: the UI, the daemon and its sensor, as one group of processes that ends together."""

import ctypes
import os
import signal
import socket
import subprocess
import sys
import time
from functools import partial
from typing import Annotated

import typer

from pixora_pipeline.cli.output import console
from pixora_pipeline.errors import Conflict, TryAgain

_GRACE = 10.0
"""Seconds a process has to end by itself."""

_BOOT = 120.0

_PR_SET_PDEATHSIG = 1


def up(
    port: Annotated[
        int | None, typer.Option(help="Where the UI listens; 3000 unless PIXORA_WEBSERVER_PORT says.")
    ] = None,
) -> None:
    """Run the studio: Dagster's UI, its daemon, and the sensor that makes films of new projects. Ctrl-C ends it."""
    from pixora_pipeline.instance import prepare_home
    from pixora_pipeline.settings import settings
    from pixora_pipeline.store.database import open_database
    from pixora_pipeline.store.studio_address import studio_open_at

    chosen = settings()
    port = port or chosen.webserver_port
    _check_free(port)
    prepare_home(chosen)
    open_database(chosen.database)
    os.environ["PIXORA_WEBSERVER_PORT"] = str(port)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    # Begun in the background of a script, Python would leave Ctrl-C unheard.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    processes: list[subprocess.Popen] = []
    try:
        _start_all(processes, port)
        with studio_open_at(chosen.home, url := f"http://127.0.0.1:{port}"):
            console.print(f"[bold green]✓[/] The studio is open: [bold]{url}[/]  (Ctrl-C closes it)")
            _watch(processes)
    except KeyboardInterrupt:
        pass
    finally:
        console.print("Closing ...")
        for process in reversed(processes):
            _end(process)


def _start_all(processes: list[subprocess.Popen], port: int) -> None:
    code_port = _free_port()
    python = [sys.executable, "-m"]
    module = ["-m", "pixora_pipeline.definitions", "--location-name", "pixora"]
    quiet = ["--log-level", "warning"]
    processes.append(_start([*python, "dagster", "api", "grpc", "-p", str(code_port), *module, *quiet]))
    with console.status("Loading the graph ..."):
        _await(code_port, processes)
    daemon = ["pixora_pipeline.daemon", "run", "--grpc-port", str(code_port), "--grpc-host", "localhost", *quiet]
    processes.append(_start([*python, *daemon]))
    processes.append(_start([*python, "pixora_pipeline.gateway", str(port), str(code_port)]))
    with console.status("Opening the studio ..."):
        _await(port, processes)


def _start(command: list[str]) -> subprocess.Popen:
    # A session of its own: Ctrl-C reaches us alone, and we end each with everything it began.
    return subprocess.Popen(command, start_new_session=True, preexec_fn=partial(_end_with, os.getpid()))


def _end_with(parent: int) -> None:
    """Have the kernel end this process when its parent is killed, which can't do it then."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
        if os.getppid() != parent:
            os._exit(1)


def _await(port: int, processes: list[subprocess.Popen]) -> None:
    deadline = time.monotonic() + _BOOT
    while time.monotonic() < deadline:
        _check_alive(processes)
        with socket.socket() as probe:
            if probe.connect_ex(("localhost", port)) == 0:
                return
        time.sleep(0.2)
    raise TryAgain(f"Nothing listens on port {port} after {_BOOT:.0f} s. The log above may say why.")


def _watch(processes: list[subprocess.Popen]) -> None:
    while True:
        _check_alive(processes)
        time.sleep(1)


def _check_alive(processes: list[subprocess.Popen]) -> None:
    for process in processes:
        if process.poll() is not None:
            raise TryAgain(f"{' '.join(process.args[1:4])} ended with code {process.returncode}; its log is above.")


def _end(process: subprocess.Popen) -> None:
    for number in (signal.SIGTERM, signal.SIGKILL):
        try:
            os.killpg(process.pid, number)
            process.wait(_GRACE)
        except ProcessLookupError:
            return
        except subprocess.TimeoutExpired:
            continue


def _check_free(port: int) -> None:
    with socket.socket() as probe:
        if probe.connect_ex(("127.0.0.1", port)) == 0:
            raise Conflict(
                f"Port {port} is in use, perhaps by another studio. Choose another: pixora up --port {port + 1}"
            )


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("localhost", 0))
        return probe.getsockname()[1]
