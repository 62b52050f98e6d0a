"""The script of a film: what is told, shown and heard, scene by scene."""

from typing import Any, Literal, get_args

from pydantic import Field

from pixora_pipeline.model.camera import CameraChoice
from pixora_pipeline.model.figures import Figure
from pixora_pipeline.model.value import Value

Mood = Literal["calm", "hopeful", "joyful", "curious", "mysterious", "tense", "sad", "epic"]
SceneRole = Literal["title", "story"]
TransitionKind = Literal["cut", "crossfade", "fade_through_black", "wipe", "slide", "push", "zoom", "circle"]
TransitionChoice = Literal["auto", TransitionKind]
"""How a scene is entered; `auto` leaves it to the script around the joint."""

TRANSITIONS: tuple[TransitionChoice, ...] = get_args(TransitionChoice)

Pictured = Literal["drawn", "animated", "filmed"]
"""How a scene gets its picture: a drawn still under a camera, a Manim animation, or footage."""


def unless_false() -> Any:
    """A field that is False unless it says so; where it is, it leaves the fingerprint as it was without it."""
    return Field(default=False, exclude_if=lambda value: not value)


def drawn() -> Any:
    """A field that says how a scene is pictured. Drawn goes without saying, so drawn scenes keep their fingerprints."""
    return Field(default="drawn", exclude_if=lambda pictured: pictured == "drawn")


class CharacterProfile(Value):
    """Somebody who appears in the film. `look` is a plain description that every picture of them keeps to."""

    name: str
    look: str


class Clip(Value):
    """A stretch of footage a scene shows, in seconds of its source, and the words that are said in it.

    `told` is the part of the scene's narration that a model wrote for it.
    """

    source: str
    start: float
    end: float
    words: str = Field(default="", exclude_if=lambda words: not words)
    told: str = Field(default="", exclude_if=lambda told: not told)


class Scene(Value):
    """One scene. `slot` ("s01".."s60") is its identity and never changes when scenes are reordered.

    `description` says what the picture shows, `narration` what the voice says, `caption` the words that stand
    on the picture, if any, and `lower_third` those that pass at its foot as the scene begins. An animated scene shows
    its `figure`, or its narration where it has none. `estimated_seconds` is the writer's guess; the spoken voice
    decides. `volume` multiplies the voice: 1 is as spoken, 0 is silent. `begins_chapter` where a heading of the text
    stands above it: its title is the chapter's.
    """

    slot: str
    title: str
    description: str
    narration: str
    estimated_seconds: float
    mood: Mood
    role: SceneRole = "story"
    caption: str | None = None
    characters: tuple[str, ...] = ()
    clips: tuple[Clip, ...] = ()
    transition: TransitionChoice = "auto"
    camera: CameraChoice = "auto"
    lower_third: str | None = None
    volume: float = 1.0
    minimum_seconds: float | None = None
    pictured: Pictured = drawn()
    begins_chapter: bool = unless_false()
    figure: Figure | None = Field(default=None, exclude_if=lambda figure: figure is None)


class MusicPrompt(Value):
    """Music for a run of scenes: the mood in one word and in a sentence."""

    scenes: tuple[str, ...]
    mood: Mood
    prompt: str


def scene_number(slot: str) -> int:
    """What people call the scene in that slot."""
    return int(slot[1:])


class ScriptBreakdown(Value):
    """The whole script. The order of `scenes` is the order of the film."""

    title: str
    language: str
    scenes: tuple[Scene, ...] = Field(min_length=1, max_length=60)
    characters: tuple[CharacterProfile, ...] = ()
    music: tuple[MusicPrompt, ...] = ()

    def scene(self, slot: str) -> Scene | None:
        """The scene in that slot, or None when the script has none there."""
        return next((scene for scene in self.scenes if scene.slot == slot), None)
