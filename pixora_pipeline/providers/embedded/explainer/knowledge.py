"""The topics that are known without being told: Markdown files, each with the words that ask for it."""

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from tomllib import loads

from pixora_pipeline.errors import UserError
from pixora_pipeline.providers.embedded.explainer.document import FRONT_MATTER


@dataclass(frozen=True)
class Topic:
    """A topic: its name, its field, the phrases that ask for it, and its explanation."""

    name: str
    field: str
    asked: tuple[str, ...]
    text: str


@cache
def topics() -> tuple[Topic, ...]:
    """All topics, by name."""
    folder = files(__package__).joinpath("knowledge")
    found = [_read(each.read_text("utf-8")) for each in folder.iterdir() if each.name.endswith(".md")]
    return tuple(sorted(found, key=lambda topic: topic.name))


def find_topic(prompt: str, language: str) -> Topic:
    """The topic that a prompt asks for. Raises `UserError` that says what is known and what to do."""
    words = f" {_plain(prompt)} "
    fitting = [(len(phrase), topic) for topic in topics() for phrase in topic.asked if f" {_plain(phrase)} " in words]
    if fitting and language.partition("-")[0] == "en":
        return max(fitting, key=lambda pair: pair[0])[1]
    known = "; ".join(topic.name for topic in topics())
    why = "It explains them in English only" if fitting else f"It knows nothing about {' '.join(prompt.split())[:80]!r}"
    raise UserError(
        f"The embedded explainer knows these topics: {known}. {why}: give it a text that explains the subject "
        "(a Markdown file), and it makes the film from that."
    )


def _plain(text: str) -> str:
    """Words in lower case, their plurals taken away, signs gone."""
    words = re.findall(r"\w+", text.lower().replace("'s", "").replace("’s", ""))
    return " ".join(
        word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word for word in words
    )


def _read(text: str) -> Topic:
    front = FRONT_MATTER.match(text)
    fields = loads(front.group(1)) if front else {}
    return Topic(fields["name"], fields["field"], tuple(fields["asked"]), FRONT_MATTER.sub("", text))
