"""A scene's words, softened once when a service refused them: by a text model if one is chosen, else by rule."""

import re
from functools import cache
from importlib.resources import files
from tomllib import loads

from pydantic import Field

from pixora_pipeline.model.requests import PictureRequest
from pixora_pipeline.model.value import Value
from pixora_pipeline.providers.protocols import TextModel

INSTRUCTIONS = """\
An image service refused to draw a description because of its content policy. Describe the same scene so that it will be
drawn: the same place, people, light and mood. Hint at violence, injury, nudity and crime or leave them out. Put what
they look like for the names of real people, brands and other people's characters. One picture, one or two sentences,
in English.
"""


class Softened(Value):
    """The same picture in words that pass."""

    description: str = Field(min_length=1)


def soften(request: PictureRequest, reason: str, writer: TextModel | None) -> PictureRequest | None:
    """The request in other words, None when nothing in it could be said otherwise."""
    told = soften_words(request.description, reason, writer)
    people = tuple(
        person.model_copy(update={"name": f"person {number}", "look": soften_by_rule(person.look)})
        for number, person in enumerate(request.characters, 1)
    )
    softened = request.model_copy(update={"description": told, "characters": people})
    return None if softened == request else softened


def soften_words(text: str, reason: str, writer: TextModel | None) -> str:
    """The same said more gently."""
    if writer is None:
        return soften_by_rule(text)
    question = f"The description: {text}\nWhy it was refused: {reason}"
    return writer.answer(INSTRUCTIONS, question, Softened, "soften").description


def soften_by_rule(text: str) -> str:
    """The text with what is usually refused said more gently."""
    pattern, gentle = _lexicon()
    return pattern.sub(lambda found: gentle[found.group(0).lower()], text)


@cache
def _lexicon() -> tuple[re.Pattern[str], dict[str, str]]:
    data = loads(files(__package__).joinpath("softening.toml").read_text("utf-8"))
    gentle = {**data["words"], **data["names"]}
    longest_first = sorted(gentle, key=len, reverse=True)
    return re.compile(rf"\b({'|'.join(map(re.escape, longest_first))})\b", re.IGNORECASE), gentle
