"""`pixora models`: who can make what, at what price, until when."""

from datetime import date
from typing import Annotated

import typer
from rich.markup import escape
from rich.table import Table

from pixora_pipeline.cli.output import console, print_json
from pixora_pipeline.errors import UserError
from pixora_pipeline.model.project import INSTEAD, NOBODY, Models
from pixora_pipeline.providers.catalogue import CAPABILITIES, Capability, Offer, offers, offers_for, usable
from pixora_pipeline.providers.services import find_service

_UNITS = {
    "input": "in",
    "output": "out",
    "image": "pictures in",
    "images": "a picture",
    "seconds": "a second",
    "minutes": "a minute",
    "gpu_seconds": "a GPU second",
}
CHOSEN = tuple(name for name in Models.model_fields if not name.endswith(INSTEAD))
"""What `--model` chooses a maker of."""

# What is chosen for itself and done by the models of something else.
_ROLES = {"refinement": "explanation"}
_COLOURS = {"available": "green", "leaving": "yellow", "gone": "red"}


def models(
    capability: Annotated[
        str | None, typer.Argument(metavar="[CAPABILITY]", help=f"Only those for one of {', '.join(CAPABILITIES)}.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one list on stdout.")] = False,
) -> None:
    """List the models that can be chosen with `--model`. Any other of a service can be named too, as SERVICE/MODEL.

    Prices are in US dollars; /M is for a million (tokens of text, or characters of speech).
    """
    if capability is not None and capability not in CAPABILITIES:
        raise UserError(f"There are no models for {capability!r}. Choose one of {', '.join(CAPABILITIES)}.")
    today = date.today()
    found = offers_for(capability) if capability else list(offers())
    if as_json:
        print_json([_as_json(each, today) for each in found])
        return
    for of in CAPABILITIES:
        if able := [each for each in found if each.capability == of]:
            console.print(f"[bold]{of}[/]")
            console.print(_table(able, today))


def chosen_models(pairs: list[str], before: Models | None = None, option: str = "--model") -> Models:
    """The models named as `CAPABILITY=MODEL`, the others as before; `CAPABILITY=MODEL,OTHER` names a stand-in too.

    Raises `UserError`.
    """
    chosen = (before or Models()).model_dump()
    for pair in pairs:
        capability, _, name = pair.partition("=")
        if capability not in CHOSEN or not name:
            raise UserError(
                f"{option} is {pair!r}; say what and who, such as image=openai/gpt-image-2.5-flare. "
                f"What is one of {', '.join(CHOSEN)}."
            )
        first, comma, other = name.partition(",")
        if comma and (not other or "," in other):
            raise UserError(f"{option} is {pair!r}; there is one stand-in, as {capability}=MODEL,OTHER.")
        chosen[capability] = _id_of(capability, first)
        chosen[f"{capability}{INSTEAD}"] = _stand_in(capability, other) if comma else None
    return Models(**chosen)


def chosen_in(models: Models) -> list[tuple[str, str]]:
    """What is chosen for what, without those that nobody is chosen for."""
    chosen = models.model_dump(exclude_none=True)
    return [(what, model) for what, model in chosen.items() if model != NOBODY]


def capability_of(what: str) -> Capability:
    """What a model must be able to do that is chosen for this: a field of `Models`."""
    name = what.removesuffix(INSTEAD)
    return _ROLES.get(name, name)


def _stand_in(what: str, name: str) -> str:
    return NOBODY if name == NOBODY else _id_of(what, name)


def _id_of(what: str, name: str) -> str:
    found = usable(capability_of(what), name)
    return "embedded" if found.embedded else found.id


def _table(able: list[Offer], today: date) -> Table:
    table = Table(box=None, padding=(0, 1), show_header=False)
    # A name that is cut short can't be typed.
    table.add_column(no_wrap=True, min_width=max(len(each.id) for each in able))
    table.add_column(overflow="fold")
    for each in able:
        as_of = f" [dim]({each.price.source}, {each.price.date})[/]" if each.price and each.price.usd else ""
        table.add_row(escape(each.id), f"{_status(each, today)}; {_price(each)}{as_of}")
    return table


def _price(each: Offer) -> str:
    if each.price is None:
        return "price unknown"
    per = "/M" if each.price.per == 1_000_000 else ""
    return ", ".join(f"${usd:g}{per} {_UNITS.get(name, name)}" for name, usd in each.price.usd.items()) or "free"


def _status(each: Offer, today: date) -> str:
    status = each.status(today)
    words = {
        "leaving": f"until {each.shutdown}, then {each.successor}",
        "gone": f"shut down, {each.successor} succeeds it",
    }.get(status, status)
    return f"[{_COLOURS[status]}]{words}[/]"


def _as_json(each: Offer, today: date) -> dict:
    service = find_service(each.provider)
    price = each.price.model_dump(mode="json") if each.price else None
    return {
        "id": each.id,
        "capability": each.capability,
        "provider": each.provider,
        "provider_title": service.title if service else each.provider,
        "model": each.model,
        "status": each.status(today),
        "shutdown": str(each.shutdown) if each.shutdown else None,
        "successor": each.successor,
        "price": price,
        "voices": {language: list(voices) for language, voices in each.voices.items()},
        "needs_key": service.needs_key if service else True,
    }
