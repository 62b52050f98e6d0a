"""A finished film as a record that can be listed, fetched and searched."""

from datetime import datetime

from pixora_pipeline.model.publication import Maker
from pixora_pipeline.model.script import ScriptBreakdown
from pixora_pipeline.model.value import Value


class SceneAudio(Value):
    """What is heard in one scene: who speaks, made by whom, and for how long, in seconds.

    `spoken_seconds` are without the silence in which the voice waits for pictures; None where that was not noted.
    """

    slot: str
    voice: str
    language: str
    provider: str
    model: str | None
    seconds: float
    spoken_seconds: float | None = None


class GenerationDetails(Value):
    """How the film came about. `cost_usd` is of the artifacts it was made from, None where one of them is not known."""

    fps: int
    aspect: str
    loudness: float | None
    cost_usd: float | None
    failed_checks: tuple[str, ...]
    notices: tuple[str, ...]
    provenance: tuple[Maker, ...]


class GeneratedVideo(Value):
    """The record of a project's film, all of it about the version of `final_video` that `fingerprint` names.

    `requirements` is what was asked for, `sources` are the library's videos it shows, `bytes` is the size of its file.
    """

    id: str
    owner: str
    kind: str
    fingerprint: str
    title: str
    description: str
    requirements: str
    script: ScriptBreakdown
    sources: tuple[str, ...]
    audio: tuple[SceneAudio, ...]
    seconds: float
    width: int
    height: int
    bytes: int
    tags: tuple[str, ...]
    details: GenerationDetails

    @property
    def resolution(self) -> str:
        """The shorter side, such as `720p`."""
        return f"{min(self.width, self.height)}p"


class KeptVideo(GeneratedVideo):
    """The same as it is kept: when the first film of the project was recorded, and when this one was."""

    created_at: datetime
    updated_at: datetime


class VideoWish(Value):
    """What is looked for: every word of `text` somewhere in it, every tag, a length in seconds."""

    text: str = ""
    tags: tuple[str, ...] = ()
    min_seconds: float | None = None
    max_seconds: float | None = None
    limit: int = 50
