"""Which models there are for each capability: data, in `catalogue.toml`. Code is imported when a model is engaged.

A model is named `service/model`. One that the catalogue does not list may be named too, of any service whose format is
spoken: new models and local servers need no change here, and what they cost is unknown.
"""

from collections.abc import Mapping
from datetime import date
from difflib import get_close_matches
from functools import cache
from importlib import import_module
from importlib.resources import files
from tomllib import loads
from typing import Any, Literal, get_args

from pydantic import Field

from pixora_pipeline.errors import UserError
from pixora_pipeline.model.value import Value
from pixora_pipeline.providers.faults import ModelGone
from pixora_pipeline.providers.order import Order
from pixora_pipeline.providers.services import find_service, service_names

Capability = Literal[
    "text", "image", "speech", "music", "motion", "embedding", "transcription", "vision", "explanation", "animation"
]
Status = Literal["available", "leaving", "gone", "not listed"]

CAPABILITIES: tuple[Capability, ...] = get_args(Capability)

_HERE = "pixora_pipeline.providers"

_CODE: Mapping[str, Mapping[str, str]] = {
    "embedded": {
        "text": "embedded.writer.writer:EmbeddedWriter",
        "explanation": "embedded.explainer.explainer:EmbeddedExplainer",
        "animation": "embedded.templates:EmbeddedTemplates",
        "image": "embedded.artist.artist:EmbeddedArtist",
        "speech": "embedded.speaker.speaker:EmbeddedSpeaker",
        "music": "embedded.composer.composer:EmbeddedComposer",
        "motion": "embedded.camera:EmbeddedCamera",
    },
    "openai": {
        "text": "openai.text:OpenAIText",
        "image": "openai.image:OpenAIArtist",
        "speech": "openai.speech:OpenAISpeaker",
        "embedding": "openai.embedding:OpenAIEmbedder",
        "transcription": "openai.transcription:OpenAITranscriber",
        "vision": "openai.text:OpenAIText",
    },
    "anthropic": {"text": "anthropic.text:AnthropicText", "vision": "anthropic.text:AnthropicText"},
    "bedrock": {"text": "bedrock.text:BedrockText"},
    "polly": {"speech": "polly.speech:PollySpeaker"},
    "replicate": {
        "speech": "replicate.speech:ReplicateSpeaker",
        "music": "replicate.music:ReplicateComposer",
        "motion": "replicate.motion:ReplicateAnimator",
    },
    "seedream": {"image": "gateway.seedream:SeedreamArtist"},
    "gemini": {"image": "gateway.gemini:GeminiArtist"},
    "veo": {"motion": "gateway.veo:VeoAnimator"},
}
"""What speaks a wire format, by capability."""

_ASKING: Mapping[str, str] = {
    "explanation": "explaining.hosted:HostedExplainer",
    "animation": "animating.hosted:HostedAnimationWriter",
}
"""What any text model can do, by who asks it."""


class Price(Value):
    """US dollars for `per` of each thing that is counted; nothing to pay where `usd` is empty."""

    usd: dict[str, float]
    per: float = 1.0
    date: date
    source: str

    def of(self, usage: Mapping[str, float]) -> float | None:
        """What that usage costs, None when something that is paid for was not counted."""
        if any(counted not in usage for counted in self.usd):
            return None
        return sum(usd * usage[counted] for counted, usd in self.usd.items()) / self.per


class Offer(Value):
    """A model of a service for a capability.

    `requests` is how many requests a piece of work takes, `typical` what one usually uses where that does not follow
    from the work. `options` are for the adapter. `voices` are by language, `mul` for any.
    """

    id: str
    capability: Capability
    wire: str
    price: Price | None = None
    typical: dict[str, float] = Field(default_factory=dict)
    requests: int = 1
    shutdown: date | None = None
    gone: bool = False
    successor: str | None = None
    aliases: tuple[str, ...] = ()
    options: dict[str, str] = Field(default_factory=dict)
    voices: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    listed: bool = True

    @property
    def provider(self) -> str:
        """The service."""
        return self.id.partition("/")[0]

    @property
    def model(self) -> str:
        """The model as the service calls it. The embedded ones carry their version: a new one makes old work stale."""
        return self.id.partition("/")[2]

    @property
    def embedded(self) -> bool:
        """Whether it is built in."""
        return self.provider == "embedded"

    def status(self, today: date) -> Status:
        """Whether it can be used: on a day its shutdown is known for, it is leaving, and from then on gone."""
        if self.gone or (self.shutdown and self.shutdown <= today):
            return "gone"
        return "leaving" if self.shutdown else "available" if self.listed else "not listed"

    def expected(self, usage: Mapping[str, float]) -> float | None:
        """What work of that usage is expected to cost in all its requests, None when that is not known."""
        usd = self.price.of({**usage, **self.typical}) if self.price else None
        return None if usd is None else usd * self.requests


@cache
def offers() -> tuple[Offer, ...]:
    """Every model that is listed."""
    data = loads(files(__package__).joinpath("catalogue.toml").read_text("utf-8"))
    return tuple(Offer.model_validate({"wire": _wire_of(entry["id"]), **entry}) for entry in data["models"])


def _wire_of(id: str) -> str:
    service = find_service(id.partition("/")[0])
    return service.wire if service else ""


def offers_for(capability: Capability) -> list[Offer]:
    """Every listed model that can do it: text models explain and animate too."""
    own = [each for each in offers() if each.capability == capability]
    texts = [each for each in offers() if each.capability == "text" and not each.embedded]
    return own + texts if capability in _ASKING else own


def offer(capability: Capability, name: str) -> Offer:
    """The model of that id, alias or bare name, or the first of the service of that name. Raises `UserError`.

    Models that are gone are found too, so that what they made can still be explained; `usable` refuses them.
    """
    able = offers_for(capability)
    for each in able:
        if name in (each.id, each.provider, each.model, *each.aliases, *_full_aliases(each)):
            return each
    return _not_listed(capability, name) or _refuse(capability, name, able)


def usable(capability: Capability, name: str) -> Offer:
    """The same, if the model can be used today. Raises `ModelGone` that names the successor."""
    found = offer(capability, name)
    if found.status(date.today()) == "gone":
        raise ModelGone(found.provider, f"{found.model}: it was shut down", successor=found.successor)
    return found


def engage(capability: Capability, id: str, order: Order | None = None) -> Any:
    """The provider itself, ready to work: a service for an order, an embedded one once a process."""
    found = usable(capability, id)
    if found.embedded:
        return _embedded(found.id, capability)
    if order is None:
        raise UserError(f"{found.id} is a service: it can't be asked without somebody who pays. Choose embedded.")
    model = _class_of(found)(found, order)
    return model if found.capability == capability else _named(_ASKING[capability])(model)


@cache
def _embedded(id: str, capability: Capability) -> Any:
    return _class_of(offer(capability, id))()


def _class_of(found: Offer) -> Any:
    return _named(_CODE[found.wire][found.capability])


def _named(place: str) -> Any:
    module, _, name = place.partition(":")
    return getattr(import_module(f"{_HERE}.{module}"), name)


def _full_aliases(each: Offer) -> tuple[str, ...]:
    return tuple(f"{each.provider}/{alias}" for alias in each.aliases)


def _not_listed(capability: Capability, name: str) -> Offer | None:
    provider, _, model = name.partition("/")
    service = find_service(provider)
    if not service or not model or provider == "embedded":
        return None
    kind = _kind(service.wire, capability)
    return Offer(id=name, capability=kind, wire=service.wire, listed=False) if kind else None


def _kind(wire: str, capability: Capability) -> Capability | None:
    """What a model on that wire has to be able to do, in order to do this; None where none there can."""
    needed: Capability = capability if capability in _CODE.get(wire, {}) or capability not in _ASKING else "text"
    return needed if needed in _CODE.get(wire, {}) else None


def _refuse(capability: Capability, name: str, able: list[Offer]) -> Offer:
    service = find_service(name.partition("/")[0])
    if service and service.name != "embedded" and _kind(service.wire, capability) is None:
        makers = ", ".join(dict.fromkeys(each.provider for each in able))
        raise UserError(f"{service.name} makes no {capability} here. Choose a model of one of: {makers}.")
    if service and service.name != "embedded":
        raise UserError(f"Which model of {service.name} is to make {capability}? Name it: {service.name}/MODEL.")
    today = date.today()
    ids = [each.id for each in able if each.status(today) != "gone"]
    near = get_close_matches(name, [*ids, *(id.partition("/")[2] for id in ids)], n=3, cutoff=0.5)
    hint = f"Did you mean {', '.join(near)}? " if near else ""
    raise UserError(
        f"Nobody called {name!r} makes {capability}. {hint}Choose one of: {', '.join(ids)}; or any model of a service, "
        f"as SERVICE/MODEL, of {', '.join(service_names())}."
    )
