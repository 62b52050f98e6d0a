"""The plan of a project as things stand now: its row, the records and the store brought together."""

from dagster import DagsterInstance

from pixora_pipeline.assets.graph import GRAPH
from pixora_pipeline.assets.recorded import read_records
from pixora_pipeline.assets.shelf import StoreShelf
from pixora_pipeline.assets.studio import Studio
from pixora_pipeline.model.project import Project
from pixora_pipeline.planning.expected import expected_price
from pixora_pipeline.planning.plan import Plan, make_plan
from pixora_pipeline.planning.recipe import Graph
from pixora_pipeline.planning.records import Records


def plan_of_run(instance: DagsterInstance, studio: Studio, project: Project, graph: Graph) -> tuple[Plan, Records]:
    """The current plan for a run that is about to follow it: the one it was requested by, where this process did.

    Who requests runs in its own process is the project's maker already, so that only the row can have changed.
    """
    requested, studio.requested = studio.requested, None
    if requested and requested[0] == project:
        return requested[1], requested[2]
    return current_plan(instance, studio, project, graph)


def current_plan(
    instance: DagsterInstance, studio: Studio, project: Project, graph: Graph = GRAPH
) -> tuple[Plan, Records]:
    """What is stale, and the records it was judged by."""
    records = read_records(instance, graph, project.id)
    price = expected_price(project, lambda: studio.sources.embeddings())
    plan = make_plan(graph, project, records, StoreShelf(studio.store, project.id), price)
    return plan, records
