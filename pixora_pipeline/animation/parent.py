"""The warm parent: a process that has imported Manim once, and forks a child for every scene it is asked to render.

It reads a request a line from stdin and answers each with a line on stdout, in the order they finish; it ends, and its
children with it, when stdin closes. Run as `python -m pixora_pipeline.animation.parent`.
"""

import json
import os
import selectors
import signal
import sys
import time
from pathlib import Path
from typing import Any

LONGEST_RENDER = 600.0
"""Seconds after which a child is killed."""


def warm() -> None:
    """Import what every child needs, and set a line so that fonts are read."""
    import pixora_pipeline.animation.recording
    import pixora_pipeline.animation.templates  # noqa: F401
    from pixora_pipeline.animation.notation import set_formula
    from pixora_pipeline.animation.typesetting import set_sheet

    set_sheet('#"Warm"', 0.5)
    set_formula(("a^2 + b^2",), 1.0)


def render(request: dict[str, Any]) -> dict[str, Any]:
    """Play the request's script; the answer holds the facts or the error."""
    from pixora_pipeline.animation.playing import play_script
    from pixora_pipeline.errors import PixoraError

    try:
        facts = play_script(Path(request["script"]), Path(request["to"]), tuple(request["size"]), request["fps"])
        return {"facts": facts.model_dump(mode="json")}
    except PixoraError as error:
        return {"error": str(error)}
    except Exception as error:
        return {"error": f"The scene could not be rendered: {type(error).__name__}: {error}"}


class Parent:
    """The children under way, by the pipe that each answers through."""

    def __init__(self) -> None:
        self.children: dict[int, tuple[str, int, float, bytes]] = {}
        self.selector = selectors.DefaultSelector()
        self.pending = b""

    def run(self) -> None:
        """Until stdin closes."""
        self.selector.register(0, selectors.EVENT_READ)
        while True:
            for key, _ in self.selector.select(timeout=1.0):
                if key.fd != 0:
                    self._hear(key.fd)
                elif not self._requests():
                    return self._kill_all()
            self._kill_late()

    def _requests(self) -> bool:
        data = os.read(0, 1 << 16)
        *lines, self.pending = (self.pending + data).split(b"\n")
        for line in lines:
            self._fork(json.loads(line))
        return bool(data)

    def _fork(self, request: dict[str, Any]) -> None:
        reading, writing = os.pipe()
        child = os.fork()
        if child == 0:
            os.close(reading)
            _be_child(request, writing)
        os.close(writing)
        self.selector.register(reading, selectors.EVENT_READ)
        self.children[reading] = (request["id"], child, time.monotonic(), b"")

    def _hear(self, pipe: int) -> None:
        id, child, began, heard = self.children[pipe]
        data = os.read(pipe, 1 << 16)
        if data:
            self.children[pipe] = (id, child, began, heard + data)
            return
        self.selector.unregister(pipe)
        os.close(pipe)
        del self.children[pipe]
        _, status = os.waitpid(child, 0)
        died = {"died": os.waitstatus_to_exitcode(status)}
        answer = json.loads(heard) if heard.endswith(b"\n") else died
        os.write(1, json.dumps({"id": id, **answer}).encode() + b"\n")

    def _kill_late(self) -> None:
        for _, child, began, _ in self.children.values():
            if time.monotonic() - began > LONGEST_RENDER:
                os.kill(child, signal.SIGKILL)

    def _kill_all(self) -> None:
        for _, child, _, _ in self.children.values():
            os.kill(child, signal.SIGKILL)


def _be_child(request: dict[str, Any], writing: int) -> None:
    """Render, answer, and be gone without any of the parent's business."""
    try:
        _die_with_parent()
        # What a script prints is nobody's answer.
        null = os.open(os.devnull, os.O_RDWR)
        os.dup2(null, 0)
        os.dup2(null, 1)
        answer = json.dumps(render(request)).encode() + b"\n"
        while answer:
            answer = answer[os.write(writing, answer) :]
    finally:
        os._exit(0)


def _die_with_parent() -> None:
    import ctypes

    libc = ctypes.CDLL(None, use_errno=True)
    if hasattr(libc, "prctl"):
        libc.prctl(1, signal.SIGKILL)  # PR_SET_PDEATHSIG


if __name__ == "__main__":
    warm()
    sys.stdout.flush()
    Parent().run()
