"""The embedded writer: a prompt or a text in, a script out."""

from pixora_pipeline.errors import UserError
from pixora_pipeline.model.requests import ScriptRequest
from pixora_pipeline.model.script import ScriptBreakdown
from pixora_pipeline.providers.embedded.writer.condensing import condense
from pixora_pipeline.providers.embedded.writer.direction import direct
from pixora_pipeline.providers.embedded.writer.lines import lines_of
from pixora_pipeline.providers.embedded.writer.manuscript import read_manuscript
from pixora_pipeline.providers.embedded.writer.scenes import group_scenes
from pixora_pipeline.providers.embedded.writer.storyboard import is_bare_prompt, storyboard

SHORTEST_TEXT = 10
LONGEST_TEXT = 200_000
"""Characters a text may have."""

USUAL_SECONDS = 180.0
"""A text that takes no longer is told whole; a longer one is condensed to this."""

SHORTEST_FILM, LONGEST_FILM = 20.0, 900.0
"""Seconds that may be asked for."""


class EmbeddedWriter:
    """Makes a script out of the sentences it is given, without a model. Pure: it keeps no state."""

    version = "writer@3"

    def write(self, request: ScriptRequest) -> ScriptBreakdown:
        """The script. UserError when the text is too short, too long or has no sentence to tell."""
        _check(request)
        if is_bare_prompt(request.text, request.language):
            return storyboard(request)
        manuscript = read_manuscript(request.text)
        lines = lines_of(manuscript, request.language)
        if not lines:
            raise UserError(
                "The text has no sentence to tell: it is only code, tables, images or signs. Add some prose."
            )
        told = condense(lines, request.seconds or USUAL_SECONDS, request.language)
        return direct(request, manuscript, group_scenes(told, request.language))


def _check(request: ScriptRequest) -> None:
    length = len(request.text.strip())
    if length < SHORTEST_TEXT:
        raise UserError(f"The text has {length} characters; give at least {SHORTEST_TEXT}, better a few sentences.")
    if length > LONGEST_TEXT:
        raise UserError(f"The text has {length} characters; the most is {LONGEST_TEXT}. Split it into several films.")
    if request.seconds is not None and not SHORTEST_FILM <= request.seconds <= LONGEST_FILM:
        raise UserError(
            f"A film of {request.seconds:g} s is out of range: choose {SHORTEST_FILM:g} to {LONGEST_FILM:g} s."
        )
