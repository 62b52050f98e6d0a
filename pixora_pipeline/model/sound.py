"""How the parts of a film's sound stand to each other. Decibels and seconds."""

from pydantic import Field

from pixora_pipeline.model.value import Value


class SoundWishes(Value):
    """`loudness` of the film in LUFS; `ducking`: decibels that the music steps back under the voice.

    `footage` is how much is heard of filmed scenes' own sound, from 0, not at all, to 1, as it was recorded; it steps
    back under the voice as the music does. The film's sound comes up over `fade_in` seconds and is gone over its last
    `fade_out` seconds.
    """

    loudness: float = Field(default=-14.0, ge=-28.0, le=-12.0)
    ducking: float = Field(default=9.0, ge=0.0, le=24.0)
    footage: float = Field(default=0.0, ge=0.0, le=1.0, exclude_if=lambda share: share == 0)
    fade_in: float = Field(default=0.0, ge=0.0, le=10.0)
    fade_out: float = Field(default=0.8, ge=0.0, le=10.0)
