"""Who makes it: a worker process for what is built in, a service on an order for the rest.

A picture whose words are refused is asked for once more in gentler ones; refused again, somebody else draws it and the
scene says so.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

from pydantic import JsonValue

from pixora_pipeline.assets.stand_ins import have_in_turn
from pixora_pipeline.assets.work import Work
from pixora_pipeline.model.requests import MusicRequest, PictureRequest
from pixora_pipeline.model.results import Music, Picture
from pixora_pipeline.model.script import scene_number
from pixora_pipeline.providers.catalogue import Capability, engage, offer
from pixora_pipeline.providers.draw import compose, draw
from pixora_pipeline.providers.faults import Refused
from pixora_pipeline.providers.order import Order
from pixora_pipeline.providers.protocols import TextModel
from pixora_pipeline.providers.softening import soften
from pixora_pipeline.providers.standing_in import FOR_GOOD, StandIn


def orders_for(work: Work, capability: Capability, model: str, name: str | None = None) -> tuple[Order, ...]:
    """What to engage the model with: an order to a service, nothing where it is built in."""
    return () if offer(capability, model).embedded else (work.order(name),)


Softened = TypeVar("Softened")


@dataclass(frozen=True)
class Drawn:
    """A picture and how it came about: by whom, which orders were paid for it, and what had to be said otherwise."""

    picture: Picture
    model: str
    title: str | None = None
    orders: tuple[Order, ...] = ()
    note: dict[str, JsonValue] | None = None
    stood_in: StandIn | None = None


class RefusedTwice(Refused):
    """Refused in gentler words too, or because nothing in it could be put more gently: `how` says which."""

    def __init__(self, refusal: Refused, what: str, how: str, remedy: str) -> None:
        super().__init__(refusal.service, refusal.detail)
        self.what, self.how, self.remedy = what, how, f"Describe it otherwise: {remedy}"

    def __str__(self) -> str:
        because = f": {self.detail}" if self.detail else ""
        return f"{self.service} refuses {self.what}, {self.how}{because}. {self.remedy}"


def have_drawn(work: Work, model: str, request: PictureRequest, to: Path, name: str | None = None) -> Drawn:
    """The picture, by whoever the model is or stands in for it. `name` is of a part that is kept by itself."""
    drawn, stood_in = have_in_turn(work, "image", model, lambda each: _drawn_by(work, each, request, to, name))
    return replace(drawn, stood_in=stood_in)


def _drawn_by(work: Work, model: str, request: PictureRequest, to: Path, name: str | None) -> Drawn:
    orders = orders_for(work, "image", model, name)
    if not orders:
        return Drawn(work.workers.run(draw, model, request, to), model, request.title)
    try:
        return Drawn(engage("image", model, *orders).draw(request, to), model, request.title, orders)
    except Refused as refusal:
        return _drawn_gently(work, model, request, to, orders[0], refusal)


def _drawn_gently(work: Work, model: str, request: PictureRequest, to: Path, first: Order, refusal: Refused) -> Drawn:
    gentler = in_gentler_words(work, first, lambda writer: soften(request, refusal.detail, writer))
    again = gentler_order(first)
    if gentler is None:
        raise _flag(work, refusal, request, "and nothing in it could be put more gently") from None
    try:
        picture = engage("image", model, again).draw(gentler, to)
    except Refused as second:
        raise _flag(work, second, request, "in gentler words too") from None
    note: dict[str, JsonValue] = {"refused": refusal.detail, "drawn_from": gentler.description}
    return Drawn(picture, model, request.title, (first, again), note)


def gentler_order(first: Order) -> Order:
    """The order for what is asked in gentler words."""
    return replace(first, key=f"{first.key}/gentler", folder=first.folder / "gentler", receipts=[])


def in_gentler_words(work: Work, order: Order, say: Callable[[TextModel | None], Softened]) -> Softened:
    """What `say` makes of it with the film's text model, or by rule where there is none or it can't."""
    chosen = offer("text", work.project.preferences.models.text)
    try:
        return say(None if chosen.embedded else engage("text", chosen.id, order))
    except FOR_GOOD:
        return say(None)


def _flag(work: Work, refusal: Refused, request: PictureRequest, how: str) -> RefusedTwice:
    if work.slot is None:
        what, remedy = f"the portrait of {request.title}", f"--character '{request.title}' --look '...'"
    else:
        scene = scene_number(work.slot)
        what, remedy = f"the picture of scene {scene}", f"--scene {scene} --picture '...'"
    return RefusedTwice(refusal, what, how, f"pixora edit {work.project.id} {remedy}")


def have_composed(work: Work, model: str, request: MusicRequest, to: Path) -> tuple[Music, tuple[Order, ...]]:
    """The music, by whoever the model is."""
    orders = orders_for(work, "music", model)
    if not orders:
        return work.workers.run(compose, model, request, to), ()
    return engage("music", model, *orders).compose(request, to), orders
