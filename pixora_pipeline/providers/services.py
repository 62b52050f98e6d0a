"""Who there is to talk to: the services of the catalogue, and those that the settings name. No models, no prices."""

from functools import cache
from importlib.resources import files
from tomllib import loads

from pixora_pipeline.errors import UserError
from pixora_pipeline.model.value import Value
from pixora_pipeline.settings import settings


class Service(Value):
    """A service: the format it speaks, where it is, whether it wants a key and where one gets it."""

    name: str
    title: str
    wire: str
    base_url: str | None = None
    needs_key: bool = True
    keys: str | None = None
    timeout: float = 300.0


def find_service(name: str) -> Service | None:
    """The service of that name, as the settings have it. None when there is none."""
    known, chosen = _listed().get(name), settings().services.get(name)
    if chosen is None:
        return known
    wishes = chosen.model_dump(exclude_none=True)
    if known is None:
        known = Service(name=name, title=name, wire="openai", needs_key=False)
    return known.model_copy(update=wishes)


def service(name: str) -> Service:
    """The service of that name. Raises `UserError`."""
    found = find_service(name)
    if found is None:
        raise UserError(f"There is no service {name!r}. There are: {', '.join(service_names())}.")
    return found


def wants_no_key(name: str) -> bool:
    """Whether anybody may call the service, as those of one's own machine."""
    found = find_service(name)
    return found is not None and not found.needs_key


def service_names() -> list[str]:
    """Every service that can be named, the embedded left out."""
    return [name for name in {**_listed(), **settings().services} if name != "embedded"]


@cache
def _listed() -> dict[str, Service]:
    data = loads(files(__package__).joinpath("catalogue.toml").read_text("utf-8"))
    return {name: Service(name=name, **entry) for name, entry in data["services"].items()}
