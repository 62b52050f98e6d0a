"""What a recipe's `make` is given and what it gives back."""

import shutil
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pydantic import JsonValue

from pixora_pipeline.assets.studio import Studio
from pixora_pipeline.assets.workers import Workers
from pixora_pipeline.model.compilation import Notice
from pixora_pipeline.model.project import Project
from pixora_pipeline.model.value import Value
from pixora_pipeline.planning.fingerprint import place_name
from pixora_pipeline.planning.foresight import value_text
from pixora_pipeline.planning.plan import VALUE
from pixora_pipeline.planning.recipe import AnyValue, Facts, Recipe
from pixora_pipeline.planning.records import Place
from pixora_pipeline.providers.calls import PaidCalls
from pixora_pipeline.providers.catalogue import offer
from pixora_pipeline.providers.order import Order, Receipt
from pixora_pipeline.store.artifacts import ArtifactStore, Stored
from pixora_pipeline.store.sidecar import NOTICES, Provenance


@dataclass(frozen=True)
class Made:
    """A finished draft: its files, the artifact's own first, and the facts that those who read it may rely on."""

    files: list[str]
    facts: dict[str, JsonValue] = field(default_factory=dict)
    provenance: Provenance = field(default_factory=Provenance)


@dataclass(frozen=True)
class Work:
    """One artifact to make: whose it is, what it may read, and the folder to write in.

    `fingerprint` names the version to be. `paid_calls` gives what makes paid requests; what they bring is kept in
    `received` until the version is in the store.
    """

    recipe: Recipe
    project: Project
    slot: str | None
    inputs: Mapping[Place, Stored]
    folder: Path
    workers: Workers
    store: ArtifactStore
    fingerprint: str
    paid_calls: Callable[[], PaidCalls]
    received: Path
    studio: Studio

    def order(self, name: str | None = None) -> Order:
        """An order for services to work for: this version's own, or that of a part of it with a name of its own."""
        name = name or f"{place_name((self.recipe.name, self.slot))}/{self.fingerprint}"
        key = f"{self.project.id}/{name}"
        return Order(self.paid_calls(), key, self.received / key, self.project.id)

    def let_go(self) -> None:
        """Remove what services brought for this version: the store has what was made of it."""
        folder = self.received / self.project.id / place_name((self.recipe.name, self.slot)) / self.fingerprint
        shutil.rmtree(folder, ignore_errors=True)

    @property
    def take(self) -> int:
        """Which take this is to be, from 1."""
        return self.project.take_of(place_name((self.recipe.name, self.slot)))

    def input(self, artifact: str, slot: str | None = None) -> Stored:
        """A version this work reads: of the scene named, else of its own scene or of the project."""
        for place in ((artifact, slot or self.slot), (artifact, None)):
            if place in self.inputs:
                return self.inputs[place]
        raise KeyError(f"{self.recipe.name} does not read {artifact} of {slot or self.slot}")

    def value(self, artifact: str, type: type[AnyValue], slot: str | None = None) -> AnyValue:
        """An input that is a value."""
        return type.model_validate_json(self.input(artifact, slot).path.read_bytes())

    def facts(self, artifact: str, type: type[AnyValue], slot: str | None = None) -> AnyValue:
        """The facts about an input that is a picture, a sound or a film; what is told about it for people is none."""
        facts = self.input(artifact, slot).sidecar.facts
        return type.model_validate({name: fact for name, fact in facts.items() if name != NOTICES})

    def known(self, artifact: str) -> Facts:
        """The same, as they are stored."""
        return self.input(artifact).sidecar.facts

    def file(self, name: str) -> Path:
        """Where to write a file of the draft."""
        return self.folder / name

    def keep(self, value: Value, provenance: Provenance | None = None) -> Made:
        """Write a value as the artifact."""
        self.file(VALUE).write_text(value_text(value), encoding="utf-8")
        return Made([VALUE], provenance=provenance or Provenance())


def noticed(notices: Iterable[Notice]) -> dict[str, JsonValue]:
    """The fact that says what was asked for and could not be had; none where there is nothing to say."""
    said: list[JsonValue] = [notice.model_dump(mode="json") for notice in notices]
    return {NOTICES: said} if said else {}


def provenance_of(
    capability: Any, model: str, *orders: Order, seed: int | None = None, **parameters: JsonValue
) -> Provenance:
    """Who made it, by the receipts of the orders. What an embedded provider made costs nothing."""
    made_by = offer(capability, model)
    receipts = [receipt for order in orders for receipt in order.receipts]
    costs = [receipt.usd for receipt in receipts]
    accounts = dict.fromkeys(receipt.account for receipt in receipts if receipt.account)
    waited = {"service_seconds": round(sum(each.seconds or 0.0 for each in receipts), 3)} if receipts else {}
    return Provenance(
        provider=made_by.provider,
        model=made_by.model,
        seed=seed,
        cost_usd=None if None in costs else round(sum(cost or 0.0 for cost in costs), 9),
        account=", ".join(accounts) or None,
        usage=total_usage(receipts),
        parameters={**parameters, **waited},
    )


def total_usage(receipts: Sequence[Receipt]) -> dict[str, float]:
    """What was counted in all requests together."""
    total: dict[str, float] = {}
    for receipt in receipts:
        for counted, amount in receipt.usage.items():
            total[counted] = round(total.get(counted, 0.0) + amount, 6)
    return total
