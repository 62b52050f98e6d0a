"""START HERE: the whole graph in one screen.

A project is a row. Its artifacts are made in three waves, each one operation and one run: what belongs to the whole
film (`script`), what belongs to a scene (`scenes`), and the film (`film`). What an artifact is made from and how is
declared by its recipe, in `pixora_pipeline.assets`; what is stale is worked out by `pixora_pipeline.planning`.
"""

from dagster import Definitions, ResourceDefinition, define_asset_job, in_process_executor

from pixora_pipeline.assets.graph import GRAPH, WAVES
from pixora_pipeline.assets.operations import wave_assets
from pixora_pipeline.assets.studio import Studio
from pixora_pipeline.sensors.reconciler import reconciler


def build_defs(*, studio: Studio | None = None) -> Definitions:
    """The graph, assembled alike for the CLI, the UI, the daemon and the tests."""
    assets = [wave_assets(wave.name, wave.description, GRAPH, wave.recipes, wave.partitions) for wave in WAVES]
    jobs = [
        define_asset_job(f"make_{wave.name}", selection=[made], description=wave.description)
        for wave, made in zip(WAVES, assets, strict=True)
    ]
    return Definitions(
        assets=assets,
        jobs=jobs,
        sensors=[reconciler(jobs)],
        resources={"studio": ResourceDefinition(lambda _: studio or Studio())},
        # A process for each step would cost seconds a step; what is heavy runs in worker processes.
        executor=in_process_executor,
    )


defs = build_defs()
