"""A project: what somebody asked for, and how far it has come."""

from datetime import datetime
from typing import Literal, get_args

from pydantic import Field

from pixora_pipeline.model.frame import Aspect, Resolution
from pixora_pipeline.model.requests import Kind
from pixora_pipeline.model.value import Value

ProjectStatus = Literal["queued", "generating_script", "generating_assets", "rendering_video", "completed", "failed"]
AssetGenerationStatus = Literal["missing", "current", "stale", "failed"]

KINDS: tuple[Kind, ...] = get_args(Kind)

TEXT_LIMITS = (10, 200_000)
"""Fewest and most characters of a prompt or text."""
SECONDS_LIMITS = (20, 600)
"""Shortest and longest film one may ask for."""


class Models(Value):
    """Which provider makes each kind of thing, by its name in the catalogue."""

    text: str = "embedded"
    image: str = "embedded"
    speech: str = "embedded"
    music: str = "embedded"
    motion: str = "embedded"


class Preferences(Value):
    """How the film is wished. `voice` None is the language's default voice; `seconds` None is as long as it takes."""

    aspect: Aspect = "16:9"
    resolution: Resolution = "1080p"
    style: str = "auto"
    voice: str | None = None
    language: str = "en"
    seconds: float | None = Field(default=None, ge=SECONDS_LIMITS[0], le=SECONDS_LIMITS[1])
    character_consistency: bool = True
    models: Models = Models()


class Project(Value):
    """A row of the projects table. `revision` grows by one with every change to the row."""

    id: str
    owner: str
    kind: Kind
    title: str | None
    text: str
    preferences: Preferences
    revision: int
    created_at: datetime


class AssetGeneration(Value):
    """How one artifact of a project stands: `scene` is None where it belongs to the whole project."""

    artifact: str
    scene: str | None
    status: AssetGenerationStatus
    cause: str | None = None
    provider: str | None = None
    model: str | None = None
    cost_usd: float | None = None
    path: str | None = None
