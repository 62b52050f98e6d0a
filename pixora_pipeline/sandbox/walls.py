"""The walls around the warden: bubblewrap's namespaces where they can be had. Every job is locked in either way."""

import shutil
import subprocess
import sys
import sysconfig
from functools import cache
from pathlib import Path
from typing import Literal

from pixora_pipeline.sandbox import landlock

Walls = Literal["bubblewrap and locks", "locks", "none"]

_PACKAGE = Path(__file__).resolve().parents[1]
_SYSTEM = ("/usr", "/lib", "/lib64", "/lib32", "/bin", "/sbin", "/etc/fonts", "/etc/ld.so.cache", "/etc/alternatives",
           "/etc/texmf", "/var/lib/texmf")  # fmt: skip


@cache
def walls() -> Walls:
    """What this machine can do, found out by doing it."""
    if not _locks_work():
        return "none"
    return "bubblewrap and locks" if _bubblewrap_works() else "locks"


def readable() -> list[Path]:
    """What generated code may read: the system's libraries, Python, and this package."""
    folders = [Path(path) for path in _SYSTEM]
    folders += [Path(sys.prefix), Path(sys.base_prefix), _PACKAGE, Path("/dev/null"), Path("/dev/urandom")]
    folders += [Path(sysconfig.get_paths()[name]) for name in ("stdlib", "platstdlib", "purelib", "platlib")]
    return list(dict.fromkeys(folder for folder in folders if folder.exists()))


def wrapped(command: list[str], spool: Path) -> list[str]:
    """The command inside bubblewrap: no network, no other process, of the disk only libraries and the spool."""
    sealed = ["bwrap", "--unshare-all", "--die-with-parent", "--new-session", "--clearenv", "--hostname", "pixora"]
    sealed += ["--proc", "/proc", "--dev", "/dev", "--tmpfs", "/tmp", "--cap-drop", "ALL"]
    for folder in readable():
        if folder.parts[1] == "dev":
            continue
        if folder.is_symlink():
            sealed += ["--symlink", str(folder.readlink()), str(folder)]
        else:
            sealed += ["--ro-bind", str(folder), str(folder)]
    sealed += ["--bind", str(spool), str(spool), "--chdir", str(spool)]
    for name, value in environment().items():
        sealed += ["--setenv", name, value]
    return [*sealed, "--", *command]


def environment() -> dict[str, str]:
    """All the environment there is inside."""
    return {
        "PATH": "/usr/bin:/bin",
        "LANG": "C.UTF-8",
        "HOME": "/tmp",
        "PYTHONPATH": str(_PACKAGE.parent),
        "PYTHONDONTWRITEBYTECODE": "1",
        "OMP_NUM_THREADS": "1",
        "OPENBLAS_NUM_THREADS": "1",
    }


def _locks_work() -> bool:
    if sys.platform != "linux" or landlock.version() < 1:
        return False
    try:
        import pyseccomp  # noqa: F401
    except (ImportError, RuntimeError, OSError):
        return False
    return True


def _bubblewrap_works() -> bool:
    if not shutil.which("bwrap"):
        return False
    command = ["bwrap", "--unshare-all", "--ro-bind", "/", "/", "--proc", "/proc", "--dev", "/dev", "/bin/true"]
    return subprocess.run(command, capture_output=True, timeout=20).returncode == 0
