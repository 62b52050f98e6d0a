"""The row and the script, cut by concern, so that a change reaches only what reads it."""

from pydantic import Field

from pixora_pipeline.model.camera import CameraChoice
from pixora_pipeline.model.captions import CaptionStyle
from pixora_pipeline.model.figures import Figure
from pixora_pipeline.model.frame import Aspect, Fps, Resolution
from pixora_pipeline.model.project import Narrate
from pixora_pipeline.model.requests import Kind
from pixora_pipeline.model.script import (
    CharacterProfile,
    Mood,
    Pictured,
    SceneRole,
    TransitionKind,
    drawn,
    unless_false,
)
from pixora_pipeline.model.value import Value


class StoryBrief(Value):
    """What the script writer needs of the row."""

    text: str
    kind: Kind
    title: str | None
    language: str
    seconds: float | None
    model: str


class RefinementBrief(Value):
    """Who refines an explanation."""

    model: str


class TellingBrief(Value):
    """Which explanation is spoken. `clips` is how a model is asked to tell those of a compilation."""

    narrate: Narrate
    clips: str = Field(default="", exclude_if=lambda clips: not clips)


class AnimatorBrief(Value):
    """Who writes the scripts of animated scenes."""

    model: str


class LookBrief(Value):
    """What pictures and motion need of the row. `palette_seed` holds the film's colours together."""

    style: str
    aspect: Aspect
    resolution: Resolution
    palette_seed: int
    character_consistency: bool
    image_model: str
    motion_model: str


class CutBrief(Value):
    """How the film is cut together: frames a second, and the style of the captions burned into it."""

    fps: Fps
    captions: CaptionStyle


class VoiceBrief(Value):
    """What the narrator needs of the row."""

    voice: str
    language: str
    model: str


class MusicBrief(Value):
    """What the composer needs of the row. `mood` None follows the scenes."""

    model: str
    mood: Mood | None


class CharacterSheet(Value):
    """Everybody who appears."""

    characters: tuple[CharacterProfile, ...]


class MusicCue(Value):
    """Music for a stretch of the film, `seconds` long by the writer's estimate."""

    mood: Mood
    prompt: str
    seconds: float


class CueSheet(Value):
    """The film's music, in order."""

    cues: tuple[MusicCue, ...]


class TimelineScene(Value):
    """A place in the film: which scene, how it is entered and pictured, and how loud its voice is (1 as spoken).

    Its title is a chapter's where it `begins_chapter`.
    """

    slot: str
    title: str
    transition: TransitionKind
    volume: float = 1.0
    pictured: Pictured = drawn()
    begins_chapter: bool = unless_false()


class Timeline(Value):
    """The order of the film."""

    title: str
    language: str
    aspect: Aspect
    resolution: Resolution
    fps: Fps = 30
    scenes: tuple[TimelineScene, ...]


class Beat(Value):
    """That the word of that number, counted from 0, belongs to what is shown from that second of its scene on."""

    word: int
    at: float


class NarrationBrief(Value):
    """What the voice of one scene says, and whose voice it is.

    `beats` are where it goes on to the scene's next clips, which last `shown` seconds in all.
    """

    text: str
    voice: str
    language: str
    model: str
    beats: tuple[Beat, ...] = Field(default=(), exclude_if=lambda beats: not beats)
    shown: float = Field(default=0.0, exclude_if=lambda shown: not shown)


class Reference(Value):
    """A character as a picture of a scene has to keep it. `picture` is the content hash of the character's image."""

    profile: CharacterProfile
    picture: str | None


class PictureBrief(Value):
    """What one scene shows."""

    title: str
    description: str
    mood: Mood
    role: SceneRole
    caption: str | None
    references: tuple[Reference, ...]
    style: str
    aspect: Aspect
    resolution: Resolution
    palette_seed: int
    image_model: str


class CameraBrief(Value):
    """How the camera moves over one scene's picture. Scenes next to each other have other turns, for variety.

    `shows` is what the picture shows, for services that set it in motion itself.
    """

    kind: CameraChoice
    turn: int
    aspect: Aspect
    motion_model: str
    shows: str | None = Field(default=None, exclude_if=lambda shows: shows is None)


class AnimationBrief(Value):
    """What one animated scene shows, in what look, and its frame."""

    figure: Figure
    style: str
    aspect: Aspect
    resolution: Resolution
    fps: Fps


class SpokenBrief(Value):
    """What is said over an animated scene as its script was drafted, and about how long that takes, in seconds.

    Empty where nobody but our own templates reads it, so that other words leave the animation alone.
    """

    says: str = ""
    seconds: float = 0.0
    language: str = ""


class ClipBrief(Value):
    """The frame of one scene's clip, how long it lasts at least (seconds), and what its picture is made of.

    `captions` is the style of the burned captions, `at_head` whether they stand at the frame's head because the
    picture has words or people at its foot. `off_action`: what is written keeps off what moves low in the footage.
    """

    aspect: Aspect
    resolution: Resolution
    fps: Fps
    captions: CaptionStyle
    at_head: bool
    lower_third: str | None
    minimum_seconds: float | None
    pictured: Pictured = drawn()
    off_action: bool = unless_false()
