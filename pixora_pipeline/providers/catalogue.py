"""Which providers there are for each capability. Data; a provider's code is imported when it is first asked for."""

from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import Any, Literal

from pixora_pipeline.errors import UserError

Capability = Literal["text", "image", "speech", "music", "motion"]

_EMBEDDED = "pixora_pipeline.providers.embedded"


@dataclass(frozen=True)
class Offer:
    """A provider's model for a capability. `model` carries its version, so that a new one makes old work stale."""

    capability: Capability
    provider: str
    model: str
    code: str

    @property
    def id(self) -> str:
        """How briefs and sidecars name it, such as `embedded/writer@1`."""
        return f"{self.provider}/{self.model}"


OFFERS: tuple[Offer, ...] = (
    Offer("text", "embedded", "writer@1", f"{_EMBEDDED}.writer.writer:EmbeddedWriter"),
    Offer("image", "embedded", "artist@2", f"{_EMBEDDED}.artist.artist:EmbeddedArtist"),
    Offer("speech", "embedded", "speaker@1", f"{_EMBEDDED}.speaker.speaker:EmbeddedSpeaker"),
    Offer("music", "embedded", "composer@1", f"{_EMBEDDED}.composer.composer:EmbeddedComposer"),
    Offer("motion", "embedded", "camera@2", f"{_EMBEDDED}.camera:EmbeddedCamera"),
)


def offer(capability: Capability, name: str) -> Offer:
    """The offer with that id, or the first of the provider with that name. Raises `UserError`."""
    offers = [each for each in OFFERS if each.capability == capability]
    for each in offers:
        if name in (each.id, each.provider):
            return each
    choices = ", ".join(each.id for each in offers)
    raise UserError(f"Nobody called {name!r} makes {capability}. Choose one of: {choices}.")


@cache
def engage(capability: Capability, id: str) -> Any:
    """The provider itself, ready to work; one instance a process."""
    module, _, name = offer(capability, id).code.partition(":")
    return getattr(import_module(module), name)()
