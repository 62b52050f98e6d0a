"""The options about a film's sound, alike for `make` and `edit`."""

from typing import Annotated

import typer

Loudness = Annotated[float | None, typer.Option(help="The film's loudness in LUFS, -28 to -12; else -14.")]
Ducking = Annotated[float | None, typer.Option(help="Decibels the music steps back under the voice, 0 to 24; else 9.")]
FootageSound = Annotated[
    float | None, typer.Option(help="How much is heard of the footage's own sound, 0 to 1; else 0.")
]
FadeIn = Annotated[float | None, typer.Option(help="Seconds the sound takes to come up, 0 to 10; else 0.")]
FadeOut = Annotated[float | None, typer.Option(help="Seconds the sound takes to go at the end, 0 to 10; else 0.8.")]
