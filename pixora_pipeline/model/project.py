"""A project: what somebody asked for, and how far it has come."""

from datetime import datetime
from typing import Literal, get_args

from pydantic import Field

from pixora_pipeline.model.captions import CaptionStyle
from pixora_pipeline.model.frame import Aspect, Fps, Resolution
from pixora_pipeline.model.overlay import Overlay
from pixora_pipeline.model.requests import Kind
from pixora_pipeline.model.script import Mood
from pixora_pipeline.model.sound import SoundWishes
from pixora_pipeline.model.value import Value

ProjectStatus = Literal[
    "queued",
    "generating_initial_explanation",
    "refining_explanation",
    "generating_script",
    "script_review",
    "validating_script",
    "generating_assets",
    "rendering_video",
    "uploading_to_s3",
    "completed",
    "failed",
]
Approval = Literal["not_needed", "waiting", "approved"]
AssetGenerationStatus = Literal["missing", "current", "stale", "failed"]

KINDS: tuple[Kind, ...] = get_args(Kind)

PUBLISHED = "published"
"""The trait of a project whose film is published."""

TEXT_LIMITS = (10, 200_000)
"""Fewest and most characters of a prompt or text."""
SECONDS_LIMITS = (20, 600)
"""Shortest and longest film one may ask for."""


class Models(Value):
    """Which provider makes each kind of thing, by its name in the catalogue.

    `refinement` is who refines an explanation, None who wrote it; `animation` who writes its scenes' Manim scripts.
    Whatever ends in `_instead` is asked where the chosen one fails for good, and changes nothing about what is made
    already. None is nobody, but for what a service refuses to draw or to move: that is done by what is built in, unless
    it is `nobody`.
    """

    text: str = "embedded"
    text_instead: str | None = None
    refinement: str | None = None
    refinement_instead: str | None = None
    animation: str = "embedded"
    animation_instead: str | None = None
    image: str = "embedded"
    image_instead: str | None = None
    speech: str = "embedded"
    speech_instead: str | None = None
    music: str = "embedded"
    music_instead: str | None = None
    motion: str = "embedded"
    motion_instead: str | None = None


INSTEAD = "_instead"
"""How the fields of `Models` end that name a stand-in."""

BUILT_IN = "embedded"
"""The maker of each kind of thing that is built in."""

NOBODY = "nobody"
"""The stand-in where none is wanted."""


class FootageWishes(Value):
    """What a compilation is to be cut from. `without` are sources that it must not show.

    `fit` says how a picture of another shape comes into the film: its edges cut off, or whole with black beside it.
    """

    context: str = ""
    collection: str | None = None
    tags: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    fit: Literal["crop", "pad"] = "crop"


Narrate = Literal["initial", "refined"]
"""Which of an explainer's two explanations is spoken."""

NARRATE: tuple[Narrate, ...] = get_args(Narrate)


class Preferences(Value):
    """How the film is wished. `voice` None is the language's default voice; `seconds` None is as long as it takes.

    `music` None lets the music follow the moods of the scenes. `budget_usd` is the most that may be spent on the
    project in all; None is no limit.
    """

    aspect: Aspect = "16:9"
    resolution: Resolution = "1080p"
    fps: Fps = 30
    captions: CaptionStyle = "none"
    style: str = "auto"
    voice: str | None = None
    language: str = "en"
    seconds: float | None = Field(default=None, ge=SECONDS_LIMITS[0], le=SECONDS_LIMITS[1])
    character_consistency: bool = True
    music: Mood | None = None
    sound: SoundWishes = SoundWishes()
    narrate: Narrate = "initial"
    footage: FootageWishes = FootageWishes()
    budget_usd: float | None = Field(default=None, ge=0)
    models: Models = Models()


class Takes(Value):
    """The takes of one artifact: which is used, and how many were ever asked for."""

    used: int = 1
    asked: int = 1


class Project(Value):
    """A row of the projects table: all that people asked for. `revision` grows by one with every change to it.

    `takes` is keyed by the artifact's place, such as `scene_image@s03` or `music`. `publish_to` is no column: it is
    where this installation publishes its films, None where it does not.
    """

    id: str
    owner: str
    kind: Kind
    title: str | None
    text: str
    preferences: Preferences
    overlay: Overlay = Overlay()
    takes: dict[str, Takes] = Field(default_factory=dict)
    approval: Approval = "not_needed"
    revision: int
    created_at: datetime
    publish_to: str | None = None

    @property
    def traits(self) -> tuple[str, ...]:
        """What decides which artifacts of a project there are: its kind, and `published` where it is to be."""
        return (self.kind, PUBLISHED) if self.publish_to else (self.kind,)

    def take_of(self, place: str) -> int:
        """The take that is used of an artifact."""
        return self.takes[place].used if place in self.takes else 1


class AssetGeneration(Value):
    """How one artifact of a project stands: `scene` is None where it belongs to the whole project.

    `cause` says why it is to be made, or why it failed; `note` what was otherwise than asked for when it was made.
    """

    artifact: str
    scene: str | None
    status: AssetGenerationStatus
    cause: str | None = None
    note: str | None = None
    provider: str | None = None
    model: str | None = None
    cost_usd: float | None = None
    path: str | None = None
