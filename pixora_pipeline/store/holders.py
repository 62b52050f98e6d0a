"""Who holds a call or an account: a process, known by what tells it from every other, and whether it is still there."""

import os
import socket
from functools import cache
from pathlib import Path

from pixora_pipeline.model.content import hash_value

_PROC = Path("/proc")


def this_process() -> str:
    """The name of this process as a holder."""
    return _name_of(os.getpid())


def is_gone(holder: str) -> bool:
    """Whether that process has certainly ended. Of another machine's nothing is known: its lease must expire."""
    found = _look_up(holder)
    return found is not None and found[0] != found[1]


def is_at_work(holder: str) -> bool:
    """Whether that process certainly runs, here and now."""
    found = _look_up(holder)
    return found is not None and found[0] == found[1]


def _look_up(holder: str) -> tuple[str, str] | None:
    """When the holder began, and when the process that has its number now did; None where it is not of here."""
    machine, _, rest = holder.partition(":")
    pid, _, since = rest.partition(":")
    return (since, began(int(pid))) if machine == _machine() and pid.isdigit() and since else None


@cache
def _name_of(pid: int) -> str:
    return f"{_machine()}:{pid}:{began(pid)}"


@cache
def _machine() -> str:
    # A container shares its host's boot and counts its processes by itself.
    marks = [socket.gethostname(), boot()]
    try:
        marks.append(str((_PROC / "self/ns/pid").readlink()))
    except OSError:
        marks.append("")
    return hash_value(marks)[:12]


def boot() -> str:
    """What tells this boot of the machine from every other."""
    return _read(_PROC / "sys/kernel/random/boot_id")


def began(pid: int) -> str:
    """When the process began, in ticks since the boot; empty when there is none, or where nobody can say."""
    status = _read(_PROC / str(pid) / "stat").rpartition(")")[2].split()
    if len(status) < 20:
        return ""
    return "" if status[0] in "ZX" else status[19]


def _read(path: Path) -> str:
    try:
        return path.read_text("ascii", "replace").strip()
    except OSError:
        return ""
