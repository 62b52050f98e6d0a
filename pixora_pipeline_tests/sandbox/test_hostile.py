"""Hostile scripts of every class: what they reach for is not there, and nothing gets out."""

import os
import signal
import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from pixora_pipeline.errors import UserError
from pixora_pipeline.sandbox.collecting import collect, read_text
from pixora_pipeline.sandbox.limits import MIB, Limits
from pixora_pipeline.sandbox.sandbox import CodeFailed, Sandbox

RUN = "pixora_pipeline.sandbox.script:run"
SECRET = "canary-7d1f0c"


@pytest.fixture
def secret(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A secret in a file, and one in our environment."""
    path = tmp_path / "secret.txt"
    path.write_text(SECRET)
    monkeypatch.setenv("PIXORA_TEST_SECRET", SECRET)
    return path


@pytest.fixture
def ear() -> Iterator[tuple[int, list[bytes]]]:
    """A port on which somebody listens, and what was heard."""
    heard: list[bytes] = []
    server = socket.create_server(("127.0.0.1", 0))
    server.settimeout(0.2)
    closing = threading.Event()

    def listen() -> None:
        while not closing.is_set():
            try:
                heard.append(server.accept()[0].recv(100))
            except TimeoutError:
                continue

    listener = threading.Thread(target=listen)
    listener.start()
    yield server.getsockname()[1], heard
    closing.set()
    listener.join()
    server.close()


def attempt(sandbox: Sandbox, code: str, **limits: float) -> object:
    """What the script got, or the error it met."""
    with sandbox.job() as folder:
        try:
            return sandbox.run(RUN, folder, Limits(wall_seconds=limits.pop("wall_seconds", 10), **limits), source=code)
        except CodeFailed as error:
            return error


@pytest.mark.parametrize(
    "code",
    [
        "import socket\nsocket.create_connection(('127.0.0.1', PORT)).sendall(b'out')",
        "import socket\nsocket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b'out', ('127.0.0.1', PORT))",
        "import socket\nsocket.socket(socket.AF_UNIX).connect('\\0pixora')",
        "import socket\nsocket.socketpair()",
        "import urllib.request\nurllib.request.urlopen('http://127.0.0.1:PORT/')",
        "import asyncio\nasyncio.run(asyncio.sleep(0))",
    ],
)
def test_the_network_is_out_of_reach(sandbox: Sandbox, ear: tuple[int, list[bytes]], code: str) -> None:
    port, heard = ear
    failed = attempt(sandbox, code.replace("PORT", str(port)))
    assert isinstance(failed, CodeFailed)
    assert "not permitted" in str(failed).lower() or "PermissionError" in failed.trace
    assert heard == []


@pytest.mark.parametrize(
    "code",
    [
        "result = open('SECRET').read()",
        "import os\nresult = os.read(os.open('SECRET', os.O_RDONLY), 100).decode()",
        "import numpy\nresult = numpy.fromfile('SECRET', 'uint8').tobytes().decode()",
        "import ctypes\nlibc = ctypes.CDLL(None)\nb = ctypes.create_string_buffer(99)\n"
        "f = libc.open(b'SECRET', 0)\nresult = b.raw[:max(0, libc.read(f, b, 99))].decode()",
        "import shutil\nshutil.copy('SECRET', 'stolen')\nresult = open('stolen').read()",
        "import os\nos.chdir('/')\nresult = open('SECRET'.lstrip('/')).read()",
        "import mmap, os\nresult = mmap.mmap(os.open('SECRET', os.O_RDONLY), 0, prot=mmap.PROT_READ)[:].decode()",
    ],
)
def test_files_elsewhere_cannot_be_read(sandbox: Sandbox, secret: Path, code: str) -> None:
    got = attempt(sandbox, code.replace("SECRET", str(secret)))
    assert isinstance(got, CodeFailed) or not got
    assert SECRET not in str(got)


@pytest.mark.parametrize(
    "code",
    [
        "import os\nresult = dict(os.environ)",
        "import glob\nresult = ''.join(open(path).read() for path in glob.glob('/proc/[0-9]*/environ'))",
        "result = open('/proc/self/environ').read()",
        "import ctypes\nlibc = ctypes.CDLL(None)\nlibc.getenv.restype = ctypes.c_char_p\n"
        "result = str(libc.getenv(b'PIXORA_TEST_SECRET'))",
        "result = open('/root/.bashrc').read() + open('/etc/shadow').read()",
        "result = open('/proc/1/cmdline').read()",
    ],
)
def test_neither_environment_nor_other_processes_nor_homes_are_to_be_seen(
    sandbox: Sandbox, secret: Path, code: str
) -> None:
    got = str(attempt(sandbox, code))
    assert SECRET not in got
    assert "root:" not in got


@pytest.mark.parametrize(
    "code",
    [
        "open('SECRET', 'w').write('changed')",
        "import os\nos.unlink('SECRET')",
        "import os\nos.rename('SECRET', 'mine')",
        "import os\nos.truncate('SECRET', 0)",
        "import os\nos.symlink('SECRET', 'mine')\nopen('mine', 'w').write('changed')",
        "import os\nos.link('SECRET', 'mine')\nopen('mine', 'w').write('changed')",
        "import os, pixora_pipeline\nopen(pixora_pipeline.__file__, 'a').write('# changed')",
        "open('/dev/shm/left', 'w').write('x')",
        "open('/tmp/left-by-a-script', 'w').write('x')",
        "import os\nos.mkdir('../another')",
    ],
)
def test_nothing_elsewhere_can_be_written(sandbox: Sandbox, secret: Path, code: str) -> None:
    assert isinstance(attempt(sandbox, code.replace("SECRET", str(secret))), CodeFailed)
    assert secret.read_text() == SECRET
    assert not Path("/dev/shm/left").exists()
    assert not Path("/tmp/left-by-a-script").exists()


@pytest.mark.parametrize(
    "code",
    [
        "import subprocess\nresult = subprocess.check_output(['id'])",
        "import os\nos.system('touch ran')\nresult = os.listdir()\nassert 'ran' in result",
        "import os\nos.fork()",
        "import os\nos.posix_spawn('/bin/true', ['true'], {})",
        "import os\nos.execv('/bin/true', ['true'])",
        "import ctypes\nassert ctypes.CDLL(None).fork() >= 0",
        "import ctypes\nassert ctypes.CDLL(None).syscall(435, 0, 0) >= 0",  # clone3
        "import multiprocessing\nmultiprocessing.get_context('fork').Process(target=print).start()",
        "import ctypes\nassert ctypes.CDLL(None).unshare(0x10000000) == 0",
        "import ctypes\nassert ctypes.CDLL(None).ptrace(0, 0, 0, 0) == 0",
        "import os\nos.setsid()",
        "import os\nos.mkfifo('pipe')",
        "import os\nos.symlink('/etc/passwd', 'link')",
        "import resource\nresource.setrlimit(resource.RLIMIT_CPU, (9, 9))",
        "import ctypes\nassert ctypes.CDLL(None).memfd_create(b'x', 0) >= 0",
        "import ctypes\nassert ctypes.CDLL(None).syscall(425, 8, 0) >= 0",  # io_uring_setup
        "import pixora_pipeline.sandbox.walls as module\nmodule.subprocess.run(['true'], check=True)",
        "import PIL.ImageShow as module\nassert module.os.system('true') == 0",
    ],
)
def test_no_program_no_process_and_no_node_is_made(sandbox: Sandbox, code: str) -> None:
    assert isinstance(attempt(sandbox, code), CodeFailed)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGKILL])
def test_no_signal_reaches_anybody(sandbox: Sandbox, number: int) -> None:
    for target in (1, 0, -1, os.getpid(), "os.getppid()"):
        failed = attempt(sandbox, f"import os\nos.kill({target}, {int(number)})")
        assert isinstance(failed, CodeFailed)
    assert attempt(sandbox, "result = 'the warden lives'") == "the warden lives"


@pytest.mark.parametrize(
    "code",
    [
        "x = []\nwhile True: x.append(bytearray(10**7))",
        "x = 'a'\nwhile True: x += x",
        "import threading, time\nwhile True: threading.Thread(target=time.sleep, args=(60,)).start()",
        "import sys\nsys.setrecursionlimit(10**9)\ndef f(): f()\nf()",
        "import re\nre.match('(a+)+$', 'a' * 60 + 'b')",
        "result = 10 ** (10 ** 9)",
    ],
)
def test_bombs_go_off_inside(sandbox: Sandbox, code: str) -> None:
    assert isinstance(attempt(sandbox, code, wall_seconds=2, memory_bytes=700 * MIB), CodeFailed)
    assert attempt(sandbox, "result = 1") == 1


def test_another_job_is_out_of_reach(sandbox: Sandbox) -> None:
    with sandbox.job() as other:
        (other / "theirs.txt").write_text(SECRET)
        got = attempt(
            sandbox, f"import os\nprint(os.listdir('..'))\nresult = open('../{other.name}/theirs.txt').read()"
        )
        assert isinstance(got, CodeFailed)
        assert SECRET not in str(got) + got.printed
        assert isinstance(attempt(sandbox, "import os\nos.listdir('..')"), CodeFailed)


def test_descriptors_of_the_warden_are_not_inherited(sandbox: Sandbox) -> None:
    code = """
import os, stat
def is_open(number):
    try:
        os.fstat(number)
        return True
    except OSError:
        return False
result = [n for n in range(3, 1024) if is_open(n)]
"""
    assert attempt(sandbox, code) == []


@pytest.mark.parametrize("name", ["link", "folder", "pipe", "hard", "../outside", "/etc/passwd", "missing"])
def test_what_a_job_left_is_taken_only_where_it_is_a_plain_file(tmp_path: Path, name: str) -> None:
    # As a job could leave it on a machine where the locks were of no avail.
    job, outside = tmp_path / "job", tmp_path / "outside"
    job.mkdir()
    outside.write_text(SECRET)
    (job / "link").symlink_to(outside)
    (job / "folder").mkdir()
    os.mkfifo(job / "pipe")
    (job / "hard").hardlink_to(outside)
    with pytest.raises(UserError):
        collect(job, name, tmp_path / "taken", MIB)
    assert not (tmp_path / "taken").exists()
    assert read_text(job, name, 100) is None


def test_a_file_larger_than_allowed_is_not_taken(tmp_path: Path) -> None:
    (tmp_path / "large").write_bytes(bytes(2000))
    with pytest.raises(UserError, match="2,000 bytes; 1,000 are the most"):
        collect(tmp_path, "large", tmp_path / "taken", 1000)
