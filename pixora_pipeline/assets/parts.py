"""Parts of artifacts that are worth keeping by themselves, so that an artifact made anew re-makes few of its parts.

A joint between two scenes, the film's sound, a character's portrait, a voice's recording and a preview's clip are such
parts: no assets of their own, but stored alike.
"""

from collections.abc import Callable
from pathlib import Path

from pydantic import JsonValue

from pixora_pipeline.assets.work import Work
from pixora_pipeline.model.content import hash_value
from pixora_pipeline.planning.recipe import Facts
from pixora_pipeline.store.artifacts import Address, Stored, describe_files
from pixora_pipeline.store.sidecar import Sidecar


def keep_part(work: Work, kind: str, made_from: JsonValue, file: str, make: Callable[[Path], Facts | None]) -> Stored:
    """The part made from exactly that: the one in the store, else what `make` writes to the path it is given.

    What `make` returns are the facts about it.
    """
    if stored := find_part(work, kind, made_from):
        return stored
    address = _address(work, kind, made_from)
    with work.store.writing() as draft:
        facts = make(draft / file)
        sidecar = Sidecar(
            artifact=kind,
            partition=address.partition,
            fingerprint=address.fingerprint,
            inputs={},
            files=describe_files(draft, [file]),
            facts=facts or {},
        )
        return work.store.commit(draft, address, sidecar)


def find_part(work: Work, kind: str, made_from: JsonValue) -> Stored | None:
    """The part made from exactly that, where the store has it."""
    return work.store.find(_address(work, kind, made_from))


def _address(work: Work, kind: str, made_from: JsonValue) -> Address:
    return Address(kind, work.project.id, hash_value(made_from))
