"""What a stored version was made from, at whatever distance, by the data versions that its sidecar names.

Exact for that very version, whatever became of the project since.
"""

from collections.abc import Iterator

from pixora_pipeline.assets.recorded import partition_key
from pixora_pipeline.planning.records import Place
from pixora_pipeline.store.artifacts import ArtifactStore, Stored

Ancestry = dict[Place, Stored]


def ancestry(store: ArtifactStore, project: str, version: Stored) -> Ancestry:
    """Every version that this one was made from, by place. What the store has no more is left out."""
    found: Ancestry = {}
    seen: set[Place] = set()
    waiting = list(_reads(version))
    while waiting:
        place, wanted = waiting.pop()
        if place in seen:
            continue
        seen.add(place)
        if stored := _version(store, project, place, wanted):
            found[place] = stored
            waiting += _reads(stored)
    return found


def _reads(version: Stored) -> Iterator[tuple[Place, str]]:
    for name, data_version in version.sidecar.inputs.items():
        artifact, _, slot = name.partition("@")
        yield (artifact, slot or None), data_version


def _version(store: ArtifactStore, project: str, place: Place, data_version: str) -> Stored | None:
    versions = store.versions(place[0], partition_key(project, place))
    return next((each for each in versions if each.sidecar.data_version == data_version), None)
