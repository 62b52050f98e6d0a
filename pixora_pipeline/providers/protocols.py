"""What each capability asks of a provider. A provider that meets a protocol can take the place of any other.

A provider writes its file to the path it is given and returns facts about it. It raises `UserError` when the request
can't be met as it stands, `TryAgain` when the cause may pass.
"""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Protocol, TypeVar

from pydantic import BaseModel

from pixora_pipeline.model.camera import CameraChoice
from pixora_pipeline.model.requests import (
    AnimationRequest,
    MotionRequest,
    MusicRequest,
    PictureRequest,
    ScriptRequest,
    SpeechRequest,
)
from pixora_pipeline.model.results import CameraMove, Embeddings, MovingPicture, Music, Picture, Speech, Transcript
from pixora_pipeline.model.script import ScriptBreakdown

Output = TypeVar("Output", bound=BaseModel)


class Writer(Protocol):
    """Turns a prompt or a text into a script."""

    def write(self, request: ScriptRequest) -> ScriptBreakdown:
        """The script, its scenes in slots s01, s02, ... in order."""


class Explainer(Protocol):
    """Explains, in two stages: a first explanation, and a refined one.

    Explanations are Markdown; a fenced block called `figure` holds a figure's fields as TOML or JSON.
    """

    def explain(self, request: ScriptRequest) -> str:
        """The first explanation. Its sentences are what is said, unless somebody wishes otherwise."""

    def refine(self, request: ScriptRequest, explanation: str) -> str:
        """The same, clearer and in order, each part with its figure."""


class AnimationWriter(Protocol):
    """Writes the Manim scripts of animated scenes."""

    def write(self, request: AnimationRequest) -> str:
        """The script: one scene derived from `ExplainerScene`."""


class Artist(Protocol):
    """Draws pictures."""

    def draw(self, request: PictureRequest, to: Path) -> Picture:
        """Write a PNG of the size asked for."""


class Speaker(Protocol):
    """Speaks text."""

    def speak(self, request: SpeechRequest, to: Path) -> Speech:
        """Write a WAV of the text spoken."""


class Composer(Protocol):
    """Makes music."""

    def compose(self, request: MusicRequest, to: Path) -> Music:
        """Write a WAV of the piece."""


class Camera(Protocol):
    """Sets a still in motion."""

    def move(
        self, picture: Picture, aspect: float, seed: int, kind: CameraChoice = "auto", turn: int | None = None
    ) -> CameraMove:
        """The camera's way over the picture, for a film of that width to height.

        Where the kind is left to the camera, neighbouring turns get moves of different kinds.
        """


class TextModel(Protocol):
    """A hosted writer is one of these too: it answers any question in any shape, one for `vision` of pictures too."""

    def answer(
        self,
        instructions: str,
        question: str,
        output: type[Output],
        part: str = "answer",
        *,
        pictures: Sequence[Path] = (),
        check: Callable[[Output], str | None] | None = None,
    ) -> Output:
        """The answer as a value of that type. `part` tells the questions of one piece of work apart.

        What `check` complains of is sent back once; what comes then is taken as it is.
        """


class Animator(Protocol):
    """Sets a still in motion by making a video of it."""

    def animate(self, request: MotionRequest, picture: Path, to: Path) -> MovingPicture:
        """Write an MP4 that begins with the picture."""


class Transcriber(Protocol):
    """Listens."""

    def transcribe(self, sound: Path, language: str | None = None) -> Transcript:
        """What is said in a recording, with the time of every word."""


class Embedder(Protocol):
    """Places texts by what they mean."""

    def embed(self, texts: Sequence[str]) -> Embeddings:
        """A vector for each text."""
