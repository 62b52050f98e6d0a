"""What every adapter of a service has: the model, the order it works for, and where the service is."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TypeVar

from pydantic import JsonValue

from pixora_pipeline.errors import UserError
from pixora_pipeline.model.content import hash_file
from pixora_pipeline.providers.calls import Answer, Credential, Job
from pixora_pipeline.providers.catalogue import Offer
from pixora_pipeline.providers.faults import BadOutput
from pixora_pipeline.providers.order import Asked, Order
from pixora_pipeline.providers.services import Service, service

Facts = TypeVar("Facts")

_DOWNLOADS = 4


class Hosted:
    """A model of a service, engaged for one piece of work."""

    def __init__(self, offer: Offer, order: Order) -> None:
        self.offer = offer
        self.order = order

    @property
    def service(self) -> Service:
        """Who is talked to."""
        return service(self.offer.provider)

    def asked(self, part: str, request: Mapping[str, JsonValue], units: Mapping[str, float]) -> Asked:
        """A request as the journal keeps it; `units` is what it is expected to use."""
        price = self.offer.price
        return Asked(
            part=part,
            service=self.offer.provider,
            model=self.offer.model,
            capability=self.offer.capability,
            request=dict(request),
            expected_usd=price.of({**units, **self.offer.typical}) if price else None,
        )

    def answered(self, body: JsonValue, usage: Mapping[str, float]) -> Answer:
        """An answer with its price."""
        return Answer(body=body, usage=dict(usage), usd=self.cost(usage))

    def ended(self, body: JsonValue, usage: Mapping[str, float]) -> Job:
        """A job that succeeded, with its price."""
        return Job(state="succeeded", body=body, usage=dict(usage), usd=self.cost(usage))

    def cost(self, usage: Mapping[str, float]) -> float | None:
        """What that usage costs, None when that is not known."""
        return self.offer.price.of(usage) if self.offer.price else None

    def fetch(self, credential: Credential, address: str, to: Path) -> None:
        """Fetch an output from wherever the service put it. Raises `Unreachable` or `BadOutput`."""
        from pixora_pipeline.providers.received.download import download

        download(self.offer.provider, address, to, self.base_url(credential))

    def fetch_whole(self, credential: Credential, address: str, to: Path, check: Callable[[str, Path], Facts]) -> Facts:
        """Fetch an output, and again where it does not pass the check: what that says of it.

        Half a file may be the fault of whoever passes it on; the same half once more is the file. Raises `BadOutput`.
        """
        halves = set[str]()
        for _ in range(_DOWNLOADS):
            self.fetch(credential, address, to)
            try:
                return check(self.offer.provider, to)
            except BadOutput as error:
                bad = error
            if (half := hash_file(to)) in halves:
                break
            halves.add(half)
        raise bad

    def base_url(self, credential: Credential) -> str:
        """Where the service is: the account's own address, else the settings', else the catalogue's."""
        found = credential.base_url or self.service.base_url
        if not found:
            name = self.service.name
            raise UserError(f"Where {name} is, is not known. Set PIXORA_SERVICES__{name.upper()}__BASE_URL.")
        return found
