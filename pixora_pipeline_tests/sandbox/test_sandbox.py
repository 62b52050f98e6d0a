"""What honest code can do in the sandbox, and how its end is told."""

import threading
from pathlib import Path

import pytest

from pixora_pipeline.errors import TryAgain, UserError
from pixora_pipeline.sandbox.canaries import try_to_get_out
from pixora_pipeline.sandbox.collecting import collect
from pixora_pipeline.sandbox.limits import MIB, Limits
from pixora_pipeline.sandbox.sandbox import CodeFailed, Sandbox

RUN = "pixora_pipeline.sandbox.script:run"


def test_code_computes_and_its_result_comes_back(sandbox: Sandbox) -> None:
    with sandbox.job() as folder:
        assert sandbox.run(RUN, folder, source="result = sum(range(10))") == 45


def test_code_reads_and_writes_in_its_own_folder(sandbox: Sandbox, tmp_path: Path) -> None:
    with sandbox.job() as folder:
        (folder / "in.txt").write_text("given")
        code = "import os\nos.mkdir('out')\nopen('out/made.txt', 'w').write(open('in.txt').read().upper())"
        sandbox.run(RUN, folder, source=code)
        collect(folder, "out/made.txt", tmp_path / "made.txt", MIB)
    assert (tmp_path / "made.txt").read_text() == "GIVEN"
    assert not folder.exists()


def test_code_may_use_threads(sandbox: Sandbox) -> None:
    code = """
from concurrent.futures import ThreadPoolExecutor
with ThreadPoolExecutor(4) as threads:
    result = sum(threads.map(abs, [-1, -2, -3]))
"""
    with sandbox.job() as folder:
        assert sandbox.run(RUN, folder, source=code) == 6


def test_libraries_can_be_loaded_after_locking(sandbox: Sandbox) -> None:
    with sandbox.job() as folder:
        assert sandbox.run(RUN, folder, source="import numpy\nresult = float(numpy.eye(3).sum())") == 3.0


def test_jobs_run_side_by_side(sandbox: Sandbox) -> None:
    results: dict[int, object] = {}

    def one(number: int) -> None:
        with sandbox.job() as folder:
            results[number] = sandbox.run(RUN, folder, source=f"import time\ntime.sleep(0.2)\nresult = {number}")

    threads = [threading.Thread(target=one, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert results == {number: number for number in range(8)}


def test_an_error_tells_its_line_and_what_was_printed(sandbox: Sandbox) -> None:
    with sandbox.job() as folder, pytest.raises(CodeFailed, match="ZeroDivisionError: division by zero") as failed:
        sandbox.run(RUN, folder, source="print('so far')\n1 / 0")
    assert 'File "script.py", line 2' in failed.value.trace
    assert failed.value.printed == "so far\n"


@pytest.mark.parametrize(
    ("code", "limits", "why"),
    [
        ("while True: pass", Limits(wall_seconds=0.5), "it took longer than 0.5 s"),
        ("while True: pass", Limits(cpu_seconds=1), "processor time"),
        ("while True: print('x' * 1000)", Limits(printed_bytes=20_000), "it printed more than 20,000 bytes"),
        ("import time\nfor n in range(99999): open(str(n), 'w'); time.sleep(0.0002)", Limits(files=100), "100 files"),
        ("for n in range(9999): open(str(n), 'wb').write(bytes(10**6))", Limits(output_bytes=30 * MIB), "bytes"),
        ("open('big', 'wb').write(bytes(40 * 2**20))", Limits(output_bytes=30 * MIB), "30|too large|31,457,280"),
        ("import os, time\nfor n in range(9999): os.mkdir('d'); os.chdir('d'); time.sleep(0.0002)", Limits(), "deep"),
        ("import os\nos._exit(3)", Limits(), "it ended with code 3"),
        ("import ctypes\nctypes.string_at(0)", Limits(), "SIGSEGV"),
    ],
)  # fmt: skip
def test_what_uses_too_much_is_stopped_and_told(sandbox: Sandbox, code: str, limits: Limits, why: str) -> None:
    with sandbox.job() as folder, pytest.raises(CodeFailed, match=why):
        sandbox.run(RUN, folder, limits, source=code)
    with sandbox.job() as folder:
        assert sandbox.run(RUN, folder, source="result = 'the next one works'")


def test_memory_is_capped(sandbox: Sandbox) -> None:
    with sandbox.job() as folder, pytest.raises(CodeFailed, match="MemoryError"):
        sandbox.run(RUN, folder, Limits(memory_bytes=600 * MIB), source="x = bytearray(800 * 2**20)")


def test_a_warden_that_dies_is_told_and_replaced(sandbox: Sandbox) -> None:
    with sandbox.job() as folder:
        sandbox.run(RUN, folder, source="result = 1")
        threading.Timer(0.3, sandbox._warden.kill).start()
        with pytest.raises(TryAgain, match="sandbox ended"):
            sandbox.run(RUN, folder, source="import time\ntime.sleep(20)")
    with sandbox.job() as folder:
        assert sandbox.run(RUN, folder, source="result = 2") == 2


def test_the_canaries_find_a_sandbox_that_holds_and_one_that_does_not(sandbox: Sandbox) -> None:
    assert try_to_get_out(sandbox) == []
    open_field = Sandbox(walls="none", unsafe=True)
    assert len(try_to_get_out(open_field)) == 6
    open_field.close()


def test_without_any_walls_nothing_runs_unless_it_is_said_to_be_trusted() -> None:
    with pytest.raises(UserError, match="no sandbox"):
        Sandbox(walls="none")
    trusting = Sandbox(walls="none", unsafe=True)
    with trusting.job() as folder:
        assert trusting.run(RUN, folder, source="result = 1") == 1
    trusting.close()


def test_a_job_that_may_run_programs_has_them_locked_in_too(sandbox: Sandbox, tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("canary")
    code = f"""
import subprocess
def out(*command):
    return subprocess.run(command, capture_output=True, text=True, timeout=5).stdout
result = [out("echo", "said"), out("cat", {str(secret)!r}), out("touch", {str(tmp_path / "touched")!r})]
result.append(out("python3", "-c", "import socket; socket.socket(); print('out')"))
result.append(out("ln", "-s", "/etc/passwd", "link"))
subprocess.Popen(["sleep", "30"])
"""
    with sandbox.job() as folder:
        assert sandbox.run(RUN, folder, programs=True, source=code) == ["said\n", "", "", "", ""]
        assert not (folder / "link").is_symlink()
    assert not (tmp_path / "touched").exists()
