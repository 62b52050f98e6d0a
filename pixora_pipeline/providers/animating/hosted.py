"""A text model as a writer of Manim scripts. What is wrong with a script goes back to it with line and reason."""

from collections.abc import Sequence
from importlib.metadata import version
from importlib.resources import files

from pydantic import Field

from pixora_pipeline.model.requests import AnimationRequest
from pixora_pipeline.model.value import Value
from pixora_pipeline.providers.animating.library import figures_told
from pixora_pipeline.providers.writing.hosted import HostedText, Turn


class ManimScript(Value):
    """What the model answers."""

    script: str = Field(min_length=1)


class HostedAnimationWriter:
    """Asks a text model. Every turn is a paid request of its own."""

    def __init__(self, model: HostedText) -> None:
        self.model = model

    def write(self, request: AnimationRequest) -> str:
        """The script as it first comes. Raises a `Fault`."""
        return self._ask([Turn(role="user", text=_question(request))], "animation")

    def mend(self, request: AnimationRequest, script: str, faults: Sequence[str], turn: int) -> str:
        """The script once more, without what was wrong with the last one. Raises a `Fault`."""
        turns = [
            Turn(role="user", text=_question(request)),
            Turn(role="assistant", text=ManimScript(script=script).model_dump_json()),
            Turn(role="user", text=_complaint(faults)),
        ]
        return self._ask(turns, f"animation, repair {turn}")

    def _ask(self, turns: list[Turn], part: str) -> str:
        return self.model.converse(_instructions(), turns, ManimScript, part).script


def _instructions() -> str:
    told = files(__package__).joinpath("instructions.md").read_text("utf-8")
    return told.replace("VERSION", version("manim")).replace("FIGURES", figures_told())


def _question(request: AnimationRequest) -> str:
    return "\n".join(
        [
            f"Style: {request.style}",
            f"Frame: {request.width:.2f} x {request.height:.2f} units",
            f"Language: {request.language}",
            f"Narration, about {request.seconds:.0f} seconds:",
            "",
            request.says,
            "",
            f"The figure otherwise: {type(request.figure).__name__}",
            request.figure.model_dump_json(exclude_defaults=True),
        ]
    )


def _complaint(faults: Sequence[str]) -> str:
    return "\n".join(["The script can't be used:", *(f"- {fault}" for fault in faults), "Give the whole script again."])
