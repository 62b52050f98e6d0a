"""Whether the sandbox holds on this machine, found out by trying to get out of it."""

import socket
import tempfile
from pathlib import Path

from pixora_pipeline.sandbox.limits import Limits
from pixora_pipeline.sandbox.sandbox import CodeFailed, Sandbox

_RUN = "pixora_pipeline.sandbox.script:run"
_QUICK = Limits(wall_seconds=10)


def try_to_get_out(sandbox: Sandbox) -> list[str]:
    """What got out, in words; empty when nothing did. CodeFailed when not even honest code runs."""
    with sandbox.job() as folder:
        sandbox.run(_RUN, folder, _QUICK, source="result = 1")
    with tempfile.NamedTemporaryFile(prefix="pixora-canary-") as secret, socket.create_server(("127.0.0.1", 0)) as ear:
        attempts = _attempts(Path(secret.name), ear.getsockname()[1])
        return [what for what, code in attempts.items() if _succeeds(sandbox, code)]


def _attempts(secret: Path, port: int) -> dict[str, str]:
    return {
        "a file of ours was read": f"open({str(secret)!r})",
        "a file of ours was written": f"open({str(secret)!r}, 'w')",
        "the network was reached": f"import socket\nsocket.create_connection(('127.0.0.1', {port}))",
        "a program was started": "import os\nassert os.system('true') == 0",
        "a process was started": "import os\nif os.fork() == 0: os._exit(0)",
        "a link was made": "import os\nos.symlink('/etc/passwd', 'link')",
    }


def _succeeds(sandbox: Sandbox, code: str) -> bool:
    with sandbox.job() as folder:
        try:
            sandbox.run(_RUN, folder, _QUICK, source=code)
        except CodeFailed:
            return False
    return True
