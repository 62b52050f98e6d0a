"""A source taken apart: each value from the store or made, and its moments put into the index.

Whatever has the wanted fingerprint is not made again, so adding a file twice or tagging it anew costs next to nothing.
"""

import time
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from pixora_pipeline.assets.library import STEPS, LibraryStep, LibraryWork
from pixora_pipeline.assets.library_services import VECTORS
from pixora_pipeline.assets.library_values import address_of, made_of, versions_of
from pixora_pipeline.assets.studio import Studio
from pixora_pipeline.assets.work import provenance_of
from pixora_pipeline.model.footage import FootageIndex, VideoSource
from pixora_pipeline.model.project import BUILT_IN
from pixora_pipeline.model.value import Value
from pixora_pipeline.planning.foresight import value_text
from pixora_pipeline.planning.plan import VALUE
from pixora_pipeline.providers.catalogue import offer
from pixora_pipeline.providers.standing_in import in_turn
from pixora_pipeline.store.artifacts import Address, Stored, describe_files
from pixora_pipeline.store.sidecar import Provenance, Sidecar

LAST = STEPS[-1].name


@dataclass(frozen=True)
class TakenApart:
    """A source, and what was made of it by the names of the steps: in the store, and as values."""

    source: VideoSource
    stored: dict[str, Stored] = field(default_factory=dict)
    values: dict[str, Value] = field(default_factory=dict)


def take_apart(studio: Studio, source: VideoSource) -> TakenApart:
    """Make what is missing of a source."""
    taken = TakenApart(source)
    for step in STEPS:
        address = address_of(source, step, taken.stored)
        found = studio.store.find(address) or _make(studio, taken, step, address)
        taken.stored[step.name] = found
        taken.values[step.name] = step.value.model_validate_json(found.path.read_bytes())
    return taken


def put_into_index(studio: Studio, taken: Sequence[TakenApart]) -> None:
    """Have the index hold exactly the moments of these sources. It is opened once: that takes longer than a source."""
    from pixora_pipeline.footage.library import open_index
    from pixora_pipeline.footage.meanings import LEXICON, HostedMeaning

    placed = []
    for each in taken:
        index, folder = each.values[LAST], each.stored[LAST].folder
        assert isinstance(index, FootageIndex)
        if (folder / VECTORS).is_file():
            import numpy as np

            meaning = HostedMeaning(offer("embedding", index.embedding))
            vectors = np.load(folder / VECTORS, allow_pickle=False)
        else:
            meaning, vectors = LEXICON, LEXICON.of_moments(index.moments)
        placed.append((each.source.id, index.moments, meaning, vectors))
    with open_index(studio.settings) as opened:
        for source, moments, meaning, vectors in placed:
            opened.by(meaning).replace(source, moments, vectors)


def put_back(studio: Studio, sources: Sequence[VideoSource]) -> int:
    """Put what was made of these sources into the index again; how many moments that is."""
    known = [taken for source in sources if (taken := _made_before(studio, source))]
    put_into_index(studio, known)
    indexes = [each.values[LAST] for each in known]
    return sum(len(index.moments) for index in indexes if isinstance(index, FootageIndex))


def _made_before(studio: Studio, source: VideoSource) -> TakenApart | None:
    found = {step.name: stored for step, stored in made_of(source, lambda _, address: studio.store.find(address))}
    if LAST not in found:
        return None
    index = STEPS[-1].value.model_validate_json(found[LAST].path.read_bytes())
    return TakenApart(source, found, {LAST: index})


def _make(studio: Studio, taken: TakenApart, step: LibraryStep, address: Address) -> Stored:
    began = time.monotonic()
    source = taken.source
    with studio.store.writing() as draft:
        key = step.key(source, address.fingerprint)
        work, value = _made_by_turns(step, LibraryWork(source, studio, taken.values, draft, key, step.maker(source)))
        (draft / VALUE).write_text(value_text(value), encoding="utf-8")
        sidecar = Sidecar(
            artifact=step.name,
            partition=source.id,
            fingerprint=address.fingerprint,
            inputs=versions_of(step, taken.stored),
            files=describe_files(draft, [VALUE, *work.files]),
            provenance=_provenance(step, work),
            seconds_to_make=round(time.monotonic() - began, 3),
        )
        kept = studio.store.commit(draft, address, sidecar)
    for order in work.orders:
        order.let_go()
    return kept


def _made_by_turns(step: LibraryStep, work: LibraryWork) -> tuple[LibraryWork, Value]:
    """The value, and the work with whoever made it in the end."""

    def make(maker: str) -> tuple[LibraryWork, Value]:
        work.told.clear()
        by = replace(work, maker=None if maker == BUILT_IN else maker)
        return by, step.make(by)

    (by, value), stood_in = in_turn(work.maker or BUILT_IN, step.others(work.source), make)
    if stood_in:
        work.told.update(instead_of=stood_in.instead_of, because=stood_in.because)
    return by, value


def _provenance(step: LibraryStep, work: LibraryWork) -> Provenance:
    if not work.orders:
        return Provenance(provider="embedded", model=f"{step.name}@{step.version}")
    if work.maker:
        made_by = provenance_of(step.capability, work.maker, *work.orders, **work.told)
    else:
        made_by = Provenance(provider="embedded", model=f"{step.name}@{step.version}", parameters=work.told)
    # By the journal, which knows the requests of earlier, interrupted tries as well.
    return made_by.model_copy(update={"cost_usd": work.studio.spending.of_work(work.key).total})
