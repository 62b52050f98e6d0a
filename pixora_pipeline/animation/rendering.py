"""Rendering scenes side by side, each in a job of the sandbox. Whoever asks sees one call: a script in, facts out.

All scripts go the same way. Where this machine has no sandbox, our own templates are played all the same; a script that
a model wrote is refused, unless somebody has said that generated code is to be trusted here.
"""

import shutil
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import JsonValue, TypeAdapter, ValidationError

from pixora_pipeline.animation.checking.fault import ScriptFault
from pixora_pipeline.animation.checking.reading import read_script
from pixora_pipeline.animation.latex import MOST, SET_BEFORE, TexFormula, latex_is_installed
from pixora_pipeline.animation.playing import RECORDING, SCRIPT, ScriptFailed
from pixora_pipeline.errors import UserError
from pixora_pipeline.model.results import Animation
from pixora_pipeline.once import once
from pixora_pipeline.sandbox.collecting import collect
from pixora_pipeline.sandbox.limits import MIB, Limits
from pixora_pipeline.sandbox.sandbox import CodeFailed, Sandbox
from pixora_pipeline.sandbox.walls import Walls

LIMITS = Limits(wall_seconds=600, cpu_seconds=900, output_bytes=1024 * MIB)
UNSAFE = "PIXORA_UNSAFE_CODE was set: a model's code ran on this machine with nothing around it."
MOST_FAULTS = 8
"""Faults that are told at once: more would only be read as noise."""
_PRELOAD = ("pixora_pipeline.animation.warm",)
_TRY = "pixora_pipeline.animation.checking.trial:try_job"
_TRIAL = Limits(wall_seconds=90, cpu_seconds=90, output_bytes=256 * MIB)
_SET = "pixora_pipeline.animation.latex:set_job"
_SETTING = Limits(wall_seconds=120, cpu_seconds=120, output_bytes=64 * MIB)
_LARGEST_FORMULA = 2 * MIB
_FAULTS, _FORMULAS = TypeAdapter(list[ScriptFault]), TypeAdapter(list[TexFormula])
_PLAY = "pixora_pipeline.animation.playing:play_job"


@dataclass(frozen=True)
class Trial:
    """How a script did: what is wrong with it, and the formulas that it asked for."""

    faults: tuple[ScriptFault, ...] = ()
    formulas: tuple[TexFormula, ...] = ()


class Animators:
    """Plays scripts, at most `most` at once. Call it from threads: each call waits for its own result.

    `unsafe` is somebody's word that generated code may run where there is no sandbox.
    """

    def __init__(self, most: int, *, unsafe: bool = False, walls: Walls | None = None) -> None:
        self._places = threading.Semaphore(most)
        self._lock = threading.Lock()
        self._unsafe, self._walls = unsafe, walls

    @once
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
            _copy(sorted(script.parent.glob(SET_BEFORE.format(name="*"))), folder)
            answer = self._ask(_PLAY, folder, LIMITS, width=size[0], height=size[1], fps=fps)
            collect(folder, RECORDING, to, LIMITS.output_bytes)
        return _believed(answer.get("facts"), to, size, fps)

    def try_out(
        self, source: str, size: tuple[int, int], fps: int, seconds: float, formulas: Sequence[Path] = ()
    ) -> Trial:
        """Try a model's script, which is spoken over for so many seconds. Raises as `render` does.

        `formulas` are those that LaTeX has set.
        """
        if faults := read_script(source):
            return Trial(tuple(faults[:MOST_FAULTS]))
        with self.job(generated=True) as folder:
            (folder / SCRIPT).write_text(source, encoding="utf-8")
            _copy(formulas, folder)
            try:
                arguments = {"width": size[0], "height": size[1], "fps": fps, "seconds": seconds}
                found = self._ask(_TRY, folder, _TRIAL, **arguments)
                faults = _FAULTS.validate_python(found.get("faults"))[:MOST_FAULTS]
                return Trial(tuple(faults), tuple(_FORMULAS.validate_python(found.get("formulas"))))
            except ScriptFailed as failed:
                return Trial((ScriptFault(reason=failed.reason, line=failed.line),))
            except ValidationError:
                return Trial((ScriptFault(reason="it did not come to its end."),))

    def set_by_latex(self, formulas: Sequence[TexFormula], to: Path) -> list[Path]:
        """Have LaTeX set formulas, each in a file in the folder `to`; none where it is not installed or not locked in.

        What it can't set is left out.
        """
        if not formulas or self.walls != "bubblewrap and locks" or not latex_is_installed():
            return []
        asked = [each.model_dump() for each in formulas[:MOST]]
        with self.job(generated=True) as folder, self._places:
            try:
                names = self.sandbox.run(_SET, folder, _SETTING, programs=True, formulas=asked)
                found = {str(name) for name in names} if isinstance(names, list) else set()
                files = [SET_BEFORE.format(name=each.name) for each in formulas[:MOST] if each.name in found]
                for file in files:
                    collect(folder, file, to / file, _LARGEST_FORMULA)
            except (CodeFailed, UserError):
                return []
        return [to / file for file in files]

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


def _copy(files: Sequence[Path], folder: Path) -> None:
    for file in files:
        shutil.copyfile(file, folder / file.name)


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
