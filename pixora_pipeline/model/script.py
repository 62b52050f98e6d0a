"""The script of a film: what is told, shown and heard, scene by scene."""

from typing import Any, Literal

from pydantic import Field

from pixora_pipeline.model.value import Value

Mood = Literal["calm", "hopeful", "joyful", "curious", "mysterious", "tense", "sad", "epic"]
SceneRole = Literal["title", "story"]
TransitionKind = Literal["cut", "crossfade", "fade_through_black"]
Pictured = Literal["drawn", "animated", "filmed"]
"""How a scene gets its picture: a drawn still under a camera, a Manim animation, or footage."""


def drawn() -> Any:
    """A field that says how a scene is pictured. Drawn goes without saying, so drawn scenes keep their fingerprints."""
    return Field(default="drawn", exclude_if=lambda pictured: pictured == "drawn")


class CharacterProfile(Value):
    """Somebody who appears in the film. `look` is a plain description that every picture of them keeps to."""

    name: str
    look: str


class Clip(Value):
    """A stretch of footage a scene shows, in seconds of its source."""

    source: str
    start: float
    end: float


class Scene(Value):
    """One scene. `slot` ("s01".."s60") is its identity and never changes when scenes are reordered.

    `description` says what the picture shows, `narration` what the voice says, `caption` the words that stand
    on the picture, if any. `estimated_seconds` is the writer's guess; the spoken voice decides.
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
    transition: TransitionKind = "crossfade"
    minimum_seconds: float | None = None
    pictured: Pictured = drawn()


class MusicPrompt(Value):
    """Music for a run of scenes: the mood in one word and in a sentence."""

    scenes: tuple[str, ...]
    mood: Mood
    prompt: str


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
