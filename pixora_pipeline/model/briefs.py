"""The row and the script, cut by concern, so that a change reaches only what reads it."""

from pixora_pipeline.model.frame import Aspect, Resolution
from pixora_pipeline.model.requests import Kind
from pixora_pipeline.model.script import CharacterProfile, Mood, Pictured, SceneRole, TransitionKind, drawn
from pixora_pipeline.model.value import Value


class StoryBrief(Value):
    """What the script writer needs of the row."""

    text: str
    kind: Kind
    title: str | None
    language: str
    seconds: float | None
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
    """A place in the film: which scene, how it is entered, and how it is pictured."""

    slot: str
    title: str
    transition: TransitionKind
    pictured: Pictured = drawn()


class Timeline(Value):
    """The order of the film."""

    title: str
    language: str
    aspect: Aspect
    resolution: Resolution
    scenes: tuple[TimelineScene, ...]


class NarrationBrief(Value):
    """What the voice of one scene says, and whose voice it is."""

    text: str
    voice: str
    language: str
    model: str


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
    motion_model: str


class ClipBrief(Value):
    """The frame of one scene's clip, how long it lasts at least (seconds), and what its picture is made of."""

    aspect: Aspect
    resolution: Resolution
    minimum_seconds: float | None
    pictured: Pictured = drawn()
