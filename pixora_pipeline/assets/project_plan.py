"""The plan of a project as things stand now: its row, the records and the store brought together."""

from dagster import DagsterInstance

from pixora_pipeline.assets.graph import GRAPH
from pixora_pipeline.assets.recorded import address_of, read_records
from pixora_pipeline.assets.studio import Studio
from pixora_pipeline.model.project import Project
from pixora_pipeline.planning.plan import Plan, make_plan
from pixora_pipeline.planning.records import Place, Records


def current_plan(instance: DagsterInstance, studio: Studio, project: Project) -> tuple[Plan, Records]:
    """What is stale, and the records it was judged by."""
    records = read_records(instance, GRAPH, studio.store, project.id)

    def is_stored(place: Place, fingerprint: str) -> bool:
        return studio.store.has(address_of(project.id, place, fingerprint))

    return make_plan(GRAPH, project, records, is_stored), records
