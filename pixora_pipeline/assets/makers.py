"""Who makes it: a worker process for what is built in, a service on an order for the rest.

A picture whose words are refused is asked for once more in gentler ones; refused again, its scene says so.
"""

from dataclasses import dataclass, replace
from pathlib import Path

from pydantic import JsonValue

from pixora_pipeline.assets.work import Work
from pixora_pipeline.errors import UserError
from pixora_pipeline.model.requests import MusicRequest, PictureRequest
from pixora_pipeline.model.results import Music, Picture
from pixora_pipeline.model.script import scene_number
from pixora_pipeline.providers.catalogue import Capability, engage, offer
from pixora_pipeline.providers.draw import compose, draw
from pixora_pipeline.providers.faults import Refused
from pixora_pipeline.providers.order import Order
from pixora_pipeline.providers.protocols import TextModel
from pixora_pipeline.providers.softening import soften


def orders_for(work: Work, capability: Capability, model: str, name: str | None = None) -> tuple[Order, ...]:
    """What to engage the model with: an order to a service, nothing where it is built in."""
    return () if offer(capability, model).embedded else (work.order(name),)


@dataclass(frozen=True)
class Drawn:
    """A picture and how it came about: the orders that were paid for it, and what had to be said otherwise."""

    picture: Picture
    title: str | None = None
    orders: tuple[Order, ...] = ()
    note: dict[str, JsonValue] | None = None


def have_drawn(work: Work, model: str, request: PictureRequest, to: Path, name: str | None = None) -> Drawn:
    """The picture, by whoever the model is. `name` is of a part that is kept by itself. Raises `UserError`."""
    orders = orders_for(work, "image", model, name)
    if not orders:
        return Drawn(work.workers.run(draw, model, request, to), request.title)
    try:
        return Drawn(engage("image", model, *orders).draw(request, to), request.title, orders)
    except Refused as refusal:
        return _drawn_gently(work, model, request, to, orders[0], refusal)


def _drawn_gently(work: Work, model: str, request: PictureRequest, to: Path, first: Order, refusal: Refused) -> Drawn:
    gentler = soften(request, refusal.detail, _text_model(work, first))
    again = replace(first, key=f"{first.key}/gentler", folder=first.folder / "gentler", receipts=[])
    if gentler is None:
        raise _flag(work, refusal, request, "and nothing in it could be put more gently") from None
    try:
        picture = engage("image", model, again).draw(gentler, to)
    except Refused as second:
        raise _flag(work, second, request, "in gentler words too") from None
    return Drawn(picture, request.title, (first, again), {"refused": refusal.detail, "drawn_from": gentler.description})


def _text_model(work: Work, order: Order) -> TextModel | None:
    chosen = offer("text", work.project.preferences.models.text)
    return None if chosen.embedded else engage("text", chosen.id, order)


def _flag(work: Work, refusal: Refused, request: PictureRequest, how: str) -> UserError:
    because = f": {refusal.detail}" if refusal.detail else ""
    if work.slot is None:
        what, remedy = f"the portrait of {request.title}", f"--character '{request.title}' --look '...'"
    else:
        scene = scene_number(work.slot)
        what, remedy = f"the picture of scene {scene}", f"--scene {scene} --picture '...'"
    return UserError(
        f"{refusal.service} refuses {what}, {how}{because}. "
        f"Describe it otherwise: pixora edit {work.project.id} {remedy}"
    )


def have_composed(work: Work, model: str, request: MusicRequest, to: Path) -> tuple[Music, tuple[Order, ...]]:
    """The music, by whoever the model is."""
    orders = orders_for(work, "music", model)
    if not orders:
        return work.workers.run(compose, model, request, to), ()
    return engage("music", model, *orders).compose(request, to), orders
