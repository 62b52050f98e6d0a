"""What a provider is asked for: one request per capability, in the words of the script.

Everything that may change a result is in its request, so that a request and a seed name a result completely.
"""

from pathlib import Path
from typing import Literal

from pixora_pipeline.model.figures import Figure
from pixora_pipeline.model.script import CharacterProfile, Mood, SceneRole
from pixora_pipeline.model.value import Value

Kind = Literal["story", "explainer", "compilation"]


class ScriptRequest(Value):
    """Write a script. `text` is a prompt or a whole text (Markdown allowed); `seconds` the wished length, if any."""

    text: str
    kind: Kind = "story"
    title: str | None = None
    language: str = "en"
    seconds: float | None = None
    seed: int = 0


class ReferencePicture(Value):
    """A picture of somebody that another picture keeps to: its file, named by its content's hash."""

    name: str
    content: str
    path: Path


class PictureRequest(Value):
    """Draw one picture of `width` x `height` pixels.

    `palette_seed` is the same for all pictures of a film, so that their colours belong together.
    `caption` and `subcaption` are words to set on the picture; they stay inside its middle 80 %. `references` show how
    characters look.
    """

    description: str
    title: str = ""
    mood: Mood = "calm"
    role: SceneRole | Literal["portrait"] = "story"
    style: str = "auto"
    characters: tuple[CharacterProfile, ...] = ()
    caption: str | None = None
    subcaption: str | None = None
    width: int = 2160
    height: int = 1216
    seed: int = 0
    palette_seed: int = 0
    references: tuple[ReferencePicture, ...] = ()


class SpeechRequest(Value):
    """Speak `text` with `voice` (an id from the provider's own list), which speaks `language` (BCP 47)."""

    text: str
    voice: str
    language: str
    speed: float = 1.0


class MusicSection(Value):
    """A stretch of music in one mood."""

    mood: Mood
    seconds: float


class MusicRequest(Value):
    """Compose one piece that moves through `sections` and ends."""

    sections: tuple[MusicSection, ...]
    prompt: str = ""
    seed: int = 0


class MotionRequest(Value):
    """Set a still in motion for about `seconds`, in the film's shape of `width` x `height` pixels."""

    prompt: str
    seconds: float
    width: int
    height: int
    seed: int = 0


class AnimationRequest(Value):
    """Write the Manim script of a scene that shows `figure`, in the look of `style`.

    `says` is the narration, about `seconds` long; the frame is `width` x `height` of Manim's units.
    """

    figure: Figure
    style: str
    says: str = ""
    seconds: float = 0.0
    language: str = "en"
    width: float = 14.2
    height: float = 8.0
