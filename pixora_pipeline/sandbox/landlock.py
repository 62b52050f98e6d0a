"""Landlock: which folders this process and its threads may read and write from now on. See landlock(7).

There is no kept package for it, and it is three system calls.
"""

import ctypes
import os
from collections.abc import Iterable
from pathlib import Path

_CREATE, _ADD, _RESTRICT = 444, 445, 446
_ABI_OF_KERNEL, _PATH_BENEATH = 1, 1

_EXECUTE, _WRITE_FILE, _READ_FILE, _READ_DIR = 1 << 0, 1 << 1, 1 << 2, 1 << 3
_READ = _EXECUTE | _READ_FILE | _READ_DIR
_ON_FILES = _EXECUTE | _WRITE_FILE | _READ_FILE | (1 << 14)
_MAKE_NODES = sum(1 << bit for bit in (6, 9, 10, 11, 12))  # devices, sockets, FIFOs, symbolic links
# Rights by the version of the interface that brought them: renaming across folders, truncating, ioctl on devices.
_RIGHTS = {1: (1 << 13) - 1, 2: 1 << 13, 3: 1 << 14, 5: 1 << 15}
_ALL_TCP, _ALL_SCOPES = 0b11, 0b11

_libc = ctypes.CDLL(None, use_errno=True)


class _Ruleset(ctypes.Structure):
    _fields_ = (("files", ctypes.c_uint64), ("network", ctypes.c_uint64), ("scopes", ctypes.c_uint64))


class _Beneath(ctypes.Structure):
    _pack_ = 1
    _fields_ = (("rights", ctypes.c_uint64), ("folder", ctypes.c_int32))


def version() -> int:
    """The version of the interface, 0 where the kernel has none."""
    return max(0, _libc.syscall(_CREATE, None, 0, _ABI_OF_KERNEL))


def restrict(readable: Iterable[Path], writable: Iterable[Path]) -> None:
    """Deny every file outside these folders, TCP, and signals and abstract sockets to others. OSError when refused.

    `no_new_privs` has to be set before.
    """
    abi = version()
    handled = sum(rights for since, rights in _RIGHTS.items() if abi >= since)
    rules = _Ruleset(handled, _ALL_TCP if abi >= 4 else 0, _ALL_SCOPES if abi >= 6 else 0)
    size = 24 if abi >= 6 else 16 if abi >= 4 else 8
    ruleset = _call(_CREATE, ctypes.byref(rules), size, 0)
    for folder in readable:
        _allow(ruleset, folder, _READ & handled)
    for folder in writable:
        _allow(ruleset, folder, handled & ~_MAKE_NODES & ~_EXECUTE)
    _call(_RESTRICT, ruleset, 0)
    os.close(ruleset)


def _allow(ruleset: int, folder: Path, rights: int) -> None:
    try:
        opened = os.open(folder, os.O_PATH | os.O_CLOEXEC)
    except FileNotFoundError:
        return
    rights = rights if folder.is_dir() else rights & _ON_FILES
    _call(_ADD, ruleset, _PATH_BENEATH, ctypes.byref(_Beneath(rights, opened)), 0)
    os.close(opened)


def _call(number: int, *arguments: object) -> int:
    result = _libc.syscall(number, *arguments)
    if result < 0:
        code = ctypes.get_errno()
        raise OSError(code, f"Landlock: {os.strerror(code)}")
    return result
