"""What the store has of a source: every value under the fingerprint that its row asks for."""

from collections.abc import Callable, Iterator, Sequence

from pixora_pipeline.assets.library import STEPS, LibraryStep
from pixora_pipeline.assets.studio import Studio
from pixora_pipeline.model.content import hash_value
from pixora_pipeline.model.footage import VideoSource
from pixora_pipeline.model.value import Value
from pixora_pipeline.store.artifacts import Address, Stored


def value_of(studio: Studio, source: VideoSource, name: str) -> Value | None:
    """A value of a source as its row asks for it, None while it is not made."""
    return values_of(studio, source, (name,)).get(name)


def values_of(studio: Studio, source: VideoSource, names: Sequence[str]) -> dict[str, Value]:
    """Those of the values named that are made of a source as its row asks for them."""
    values: dict[str, Value] = {}

    def look(step: LibraryStep, address: Address) -> Stored | None:
        return studio.store.peek_value(address) if step.name in names else studio.store.peek(address)

    for step, stored in made_of(source, look):
        if step.name in names:
            values[step.name] = step.value.model_validate_json(stored.path.read_bytes())
        if len(values) == len(names):
            break
    return values


def made_of(
    source: VideoSource, look: Callable[[LibraryStep, Address], Stored | None]
) -> Iterator[tuple[LibraryStep, Stored]]:
    """What `look` finds of a source, step by step; what is made of something missing is not looked for."""
    found: dict[str, Stored] = {}
    for step in STEPS:
        if set(step.inputs) <= found.keys() and (stored := look(step, address_of(source, step, found))):
            found[step.name] = stored
            yield step, stored


def address_of(source: VideoSource, step: LibraryStep, stored: dict[str, Stored]) -> Address:
    """Where the store keeps what a step makes of a source, given what was made before."""
    named = {"artifact": step.name, "version": step.version, "row": step.row(source)}
    named |= {"maker": maker} if (maker := step.maker(source)) else {}
    return Address(step.name, source.id, hash_value({**named, "inputs": versions_of(step, stored)}))


def versions_of(step: LibraryStep, stored: dict[str, Stored]) -> dict[str, str]:
    """The data versions of what a step reads."""
    return {name: stored[name].sidecar.data_version for name in step.inputs}
