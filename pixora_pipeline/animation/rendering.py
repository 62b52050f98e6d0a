"""Rendering scenes side by side, each in a job of the sandbox. Whoever asks sees one call: a script in, facts out.

All scripts go the same way. Where this machine has no sandbox, our own templates are played all the same; a script that
a model wrote is refused, unless somebody has said that generated code is to be trusted here.
"""

import shutil
import threading
from functools import cached_property
from pathlib import Path
from typing import Any

from pydantic import JsonValue, TypeAdapter, ValidationError

from pixora_pipeline.animation.checking.fault import ScriptFault
from pixora_pipeline.animation.checking.reading import read_script
from pixora_pipeline.animation.playing import RECORDING, SCRIPT, ScriptFailed
from pixora_pipeline.errors import UserError
from pixora_pipeline.model.results import Animation
from pixora_pipeline.sandbox.collecting import collect
from pixora_pipeline.sandbox.limits import MIB, Limits
from pixora_pipeline.sandbox.sandbox import CodeFailed, Sandbox
from pixora_pipeline.sandbox.walls import Walls

LIMITS = Limits(wall_seconds=600, cpu_seconds=900, output_bytes=1024 * MIB)
UNSAFE = "PIXORA_UNSAFE_CODE is set: a model's code ran on this machine with nothing around it."
MOST_FAULTS = 8
"""Faults that are told at once: more would only be read as noise."""
_PRELOAD = ("pixora_pipeline.animation.warm",)
_TRY = "pixora_pipeline.animation.checking.trial:try_job"
_TRIAL = Limits(wall_seconds=90, cpu_seconds=90, output_bytes=256 * MIB)
_FAULTS = TypeAdapter(list[ScriptFault])
_PLAY = "pixora_pipeline.animation.playing:play_job"


class Animators:
    """Plays scripts, at most `most` at once. Call it from threads: each call waits for its own result.

    `unsafe` is somebody's word that generated code may run where there is no sandbox.
    """

    def __init__(self, most: int, *, unsafe: bool = False, walls: Walls | None = None) -> None:
        self._places = threading.Semaphore(most)
        self._lock = threading.Lock()
        self._unsafe, self._walls = unsafe, walls

    @cached_property
    def sandbox(self) -> Sandbox:
        """Where scripts are played, begun when it is first needed."""
        return Sandbox(_PRELOAD, unsafe=True, walls=self._walls)

    @property
    def walls(self) -> Walls:
        """What is around the scripts that are played."""
        with self._lock:
            return self.sandbox.walls

    @property
    def exposed(self) -> bool:
        """Whether generated code that is played here has nothing around it."""
        return self.walls == "none"

    def render(self, script: Path, to: Path, size: tuple[int, int], fps: int, *, generated: bool = False) -> Animation:
        """Record the script's scene in a video at `to`.

        `generated` says that a model wrote it. Raises `ScriptFailed` where the script fails, `UserError` where it may
        not be played, `TryAgain` where the sandbox broke off.
        """
        with self.job(generated) as folder:
            shutil.copyfile(script, folder / SCRIPT)
            answer = self._ask(_PLAY, folder, LIMITS, width=size[0], height=size[1], fps=fps)
            collect(folder, RECORDING, to, LIMITS.output_bytes)
        return _believed(answer.get("facts"), to, size, fps)

    def try_out(self, source: str, size: tuple[int, int], fps: int, seconds: float) -> list[ScriptFault]:
        """What is wrong with a model's script, which is spoken over for so many seconds. Raises as `render` does."""
        if faults := read_script(source):
            return faults[:MOST_FAULTS]
        with self.job(generated=True) as folder:
            (folder / SCRIPT).write_text(source, encoding="utf-8")
            try:
                arguments = {"width": size[0], "height": size[1], "fps": fps, "seconds": seconds}
                found = self._ask(_TRY, folder, _TRIAL, **arguments).get("faults")
                return _FAULTS.validate_python(found)[:MOST_FAULTS]
            except ScriptFailed as failed:
                return [ScriptFault(reason=failed.reason, line=failed.line)]
            except ValidationError:
                return [ScriptFault(reason="it did not come to its end.")]

    def job(self, generated: bool) -> Any:
        """A folder for one job, as the sandbox gives it. Raises `UserError` for generated code without a sandbox."""
        if generated:
            self.check_allowed()
        with self._lock:
            return self.sandbox.job()

    def check_allowed(self) -> None:
        """Raise `UserError` where a model's code may not be played."""
        if self.exposed and not self._unsafe:
            raise UserError(
                "Manim code that a model writes is not run: this machine has no sandbox (Landlock and seccomp). "
                "`pixora doctor` says what is missing; `--model animation=embedded` uses the built-in templates."
            )

    def _ask(self, function: str, folder: Path, limits: Limits, **arguments: JsonValue) -> dict[str, Any]:
        with self._places:
            try:
                answer = self.sandbox.run(function, folder, limits, **arguments)
            except CodeFailed as error:
                raise ScriptFailed(str(error)) from error
        if not isinstance(answer, dict):
            raise ScriptFailed("it left no facts.")
        if "reason" in answer:
            line = answer.get("line")
            raise ScriptFailed(str(answer["reason"])[:500], line if isinstance(line, int) else None)
        return answer

    def close(self) -> None:
        """Let the processes go; the next call begins new ones."""
        with self._lock:
            sandbox = self.__dict__.pop("sandbox", None)
        if sandbox:
            sandbox.close()


def _believed(told: Any, recording: Path, size: tuple[int, int], fps: int) -> Animation:
    """The facts, once the recording bears them out: a script could have left anything. Raises `ScriptFailed`."""
    try:
        facts = Animation.model_validate(told)
    except ValidationError as error:
        raise ScriptFailed("its facts are not those of a recording.") from error
    ends = [0, *(stretch.first + stretch.frames for stretch in facts.stretches)]
    joined = all(stretch.first == end for stretch, end in zip(facts.stretches, ends, strict=False))
    sound = joined and ends[-1] == facts.frames and all(s.frames > 0 and s.hold >= 0 for s in facts.stretches)
    wanted = (facts.width, facts.height, facts.fps, facts.frames)
    if not sound or wanted != (*size, fps, facts.frames) or _probed(recording) != (*size, facts.frames):
        raise ScriptFailed("its recording is not what it says.")
    return facts


def _probed(recording: Path) -> tuple[int, int, int] | None:
    """Width, height and frames of a recording of ours; None where it is anything else."""
    import av

    try:
        options = {"protocol_whitelist": "file"}
        with av.open(f"file:{recording}", format="mp4", options=options) as container:
            (stream,) = container.streams
            if stream.type != "video" or stream.codec_context.name != "h264":
                return None
            return stream.width, stream.height, stream.frames
    except (ValueError, OSError):
        return None
