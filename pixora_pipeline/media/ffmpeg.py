"""Running the bundled ffmpeg on graphs built with ffmpeg-python. No user's text ever goes into a graph."""

import subprocess
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import ffmpeg
import imageio_ffmpeg

from pixora_pipeline.errors import Defect, TryAgain

SAY_NOTHING_NEEDLESS = ("-hide_banner", "-nostdin", "-nostats")


def file_url(path: Path) -> str:
    """The path as ffmpeg takes it for nothing but a file, whatever its name looks like."""
    return f"file:{path.absolute()}"


def run(graph: Any, fed: Iterable[bytes] | None = None) -> str:
    """Run an ffmpeg-python output node and give back what ffmpeg said.

    `fed` goes to its standard input piece by piece. Raises `Defect` with ffmpeg's last words when it fails.
    """
    command = ffmpeg.compile(graph, cmd=[imageio_ffmpeg.get_ffmpeg_exe(), *SAY_NOTHING_NEEDLESS], overwrite_output=True)
    if fed is None:
        done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, check=False)
        return _checked(done.returncode, done.stderr)
    return _fed(command, fed)


def _fed(command: list[str], fed: Iterable[bytes]) -> str:
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE) as process:
        assert process.stdin is not None and process.stderr is not None
        try:
            for piece in fed:
                process.stdin.write(piece)
            process.stdin.close()
        except BrokenPipeError:
            pass  # it has failed and says why below
        except BaseException:
            process.kill()
            raise
        said = process.stderr.read()
    return _checked(process.returncode, said)


def _checked(code: int, said: bytes) -> str:
    text = said.decode(errors="replace")
    if code == 0:
        return text
    last = "; ".join(text.strip().splitlines()[-3:])
    if "No space left" in text:
        raise TryAgain(f"The disk is full: {last}")
    raise Defect(f"ffmpeg failed with code {code}: {last}")
