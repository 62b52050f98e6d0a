"""What a stored version was made from, at whatever distance, read off the sidecars alone.

Sidecars name what they read by its content, and equal content may have been made more than once: a scene's narration is
the same under two scripts that differ elsewhere. What fits everything that was made from it is the one meant.
"""

from collections.abc import Iterable, Iterator
from functools import cache
from graphlib import TopologicalSorter

from pixora_pipeline.assets.recorded import address_of, partition_key
from pixora_pipeline.planning.records import Place, Records
from pixora_pipeline.store.artifacts import SIDECAR, ArtifactStore, Stored

Ancestry = dict[Place, Stored]

_ROOT: Place = ("", None)


def ancestry(store: ArtifactStore, project: str, version: Stored) -> Ancestry:
    """Every version that this one was made from, by place. What the store has no more is left out."""
    possible = _possible(store, project, version)
    for place in _readers_first(possible):
        if place != _ROOT:
            _settle(possible, place)
    return {place: _newest(kept) for place, kept in possible.items() if place != _ROOT and kept}


def ancestry_on_record(store: ArtifactStore, project: str, version: Stored, records: Records) -> Ancestry | None:
    """The same of a version that was made just now from what is on record; None where something is not as it was read.

    Looking it up costs no more, however many versions the store has.
    """
    found: Ancestry = {}
    waiting = list(_reads(version))
    while waiting:
        place, content = waiting.pop()
        if place in found:
            continue
        record = records.get(place)
        stored = store.peek(address_of(project, place, record.fingerprint)) if record else None
        if stored is None or record.data_version != content:
            return None
        found[place] = stored
        waiting += _reads(stored)
    return found


def _possible(store: ArtifactStore, project: str, version: Stored) -> dict[Place, list[Stored]]:
    """All versions that may have had a part in it, by place."""

    @cache
    def versions(place: Place) -> tuple[Stored, ...]:
        return tuple(store.versions(place[0], partition_key(project, place)))

    possible: dict[Place, list[Stored]] = {_ROOT: [version]}
    seen: set[tuple[Place, str]] = set()
    waiting = list(_reads(version))
    while waiting:
        place, content = waiting.pop()
        if (place, content) not in seen:
            seen.add((place, content))
            alike = [each for each in versions(place) if each.sidecar.data_version == content]
            possible.setdefault(place, []).extend(alike)
            waiting += [read for each in alike for read in _reads(each)]
    return possible


def _readers_first(possible: dict[Place, list[Stored]]) -> Iterable[Place]:
    order: TopologicalSorter[Place] = TopologicalSorter()
    for reader, versions in possible.items():
        for each in versions:
            for place, _ in _reads(each):
                order.add(place, reader)
    return [place for place in order.static_order() if place in possible]


def _settle(possible: dict[Place, list[Stored]], place: Place) -> None:
    """Keep the content of a place that all its readers can have read, and of the readers those that read it."""
    named = {
        reader: {content for each in versions for other, content in _reads(each) if other == place}
        for reader, versions in possible.items()
    }
    named = {reader: contents for reader, contents in named.items() if contents}
    common = set.intersection(*named.values()) if named else set()
    possible[place] = [each for each in possible[place] if each.sidecar.data_version in common]
    if not possible[place]:
        return
    content = _newest(possible[place]).sidecar.data_version
    possible[place] = [each for each in possible[place] if each.sidecar.data_version == content]
    for reader in named:
        possible[reader] = [each for each in possible[reader] if dict(_reads(each)).get(place, content) == content]


def _reads(version: Stored) -> Iterator[tuple[Place, str]]:
    for name, content in version.sidecar.inputs.items():
        artifact, _, slot = name.partition("@")
        yield (artifact, slot or None), content


def _newest(versions: list[Stored]) -> Stored:
    return max(versions, key=lambda each: ((each.folder / SIDECAR).stat().st_mtime_ns, each.sidecar.fingerprint))
