"""The embedded composer: a request in, a recording out."""

import math
import zlib
from pathlib import Path

from pixora_pipeline.errors import UserError
from pixora_pipeline.model.requests import MusicRequest
from pixora_pipeline.model.results import Music
from pixora_pipeline.providers.embedded.composer.arrangement import Piece
from pixora_pipeline.providers.embedded.composer.form import Form, plan_form
from pixora_pipeline.providers.embedded.composer.mastering import write_wav
from pixora_pipeline.providers.embedded.composer.performance import perform
from pixora_pipeline.providers.embedded.composer.prompt import read_wishes
from pixora_pipeline.providers.embedded.composer.score import RATE, chance
from pixora_pipeline.providers.embedded.composer.synthesis.mixing import mix

LONGEST_SECONDS = 3600.0


class EmbeddedComposer:
    """Composes and plays film music with no model, key or network. The same request gives the same bytes."""

    version = "composer@1"

    def compose(self, request: MusicRequest, to: Path) -> Music:
        """Write the piece as a stereo 16-bit 48 kHz WAV, at least as long as its sections and a few seconds of ending.

        Raises `UserError` when there are no sections, or one of them has no length, or all are longer than an hour.
        """
        _check(request)
        piece, form = plan(request)
        bar = form.meter.bar_samples
        samples = form.bars * bar
        write_wav(mix(perform(piece, form), samples), samples, to)
        first, end = form.loop
        return Music(seconds=samples / RATE, loop_start=first * bar / RATE, loop_end=end * bar / RATE)


def plan(request: MusicRequest) -> tuple[Piece, Form]:
    """The piece's key, beat and form: everything that is decided before a note is written."""
    seed = request.seed << 32 ^ zlib.crc32(request.prompt.encode())
    wishes = read_wishes(request.prompt)
    form = plan_form(request.sections, wishes.pace, chance(seed, "form"))
    tonic = int(chance(seed, "key").integers(12))
    return Piece(seed, form.meter, tonic, wishes), form


def _check(request: MusicRequest) -> None:
    if not request.sections:
        raise UserError("The music request has no sections; ask for at least one mood and its seconds.")
    for section in request.sections:
        if not (math.isfinite(section.seconds) and section.seconds > 0):
            raise UserError(f"A {section.mood} section can't last {section.seconds} seconds; ask for more than 0.")
    total = sum(section.seconds for section in request.sections)
    if total > LONGEST_SECONDS:
        raise UserError(f"{total:.0f} seconds of music are too many; ask for at most {LONGEST_SECONDS:.0f} at a time.")
