"""START HERE: the whole graph in one screen.

A project is a row. Its artifacts are made in three waves, each one operation and one run: what belongs to the whole
film (`script`), what belongs to a scene (`scenes`), and the film (`film`), or where one is asked for a small `preview`.
Values that an earlier wave would only derive are taken along by the next wave's run.
What an artifact is made from and how is declared by its recipe, in `pixora_pipeline.assets`; what is stale is worked
out by `pixora_pipeline.planning`.

Footage is a library beside the projects: a video is a row as well, and is taken apart by one operation, `library`.
"""

from collections.abc import Iterator, Sequence

from dagster import Definitions, ResourceDefinition, define_asset_job, definitions, in_process_executor

from pixora_pipeline.assets.graph import PREVIEW, WAVES, WaveOf, graph_in
from pixora_pipeline.assets.library_run import library_assets
from pixora_pipeline.assets.operations import wave_assets
from pixora_pipeline.assets.studio import Studio
from pixora_pipeline.sensors.housekeeping import clean_up_job, clean_up_schedule
from pixora_pipeline.sensors.library import library_sensor
from pixora_pipeline.sensors.reconciler import reconciler


def build_defs(*, studio: Studio | None = None, waves: Sequence[WaveOf] = (*WAVES, PREVIEW)) -> Definitions:
    """The graph, assembled alike for the CLI, the UI, the daemon and the tests."""
    graph = graph_in(waves)
    assets = [wave_assets(wave.name, wave.description, graph, wave.recipes, wave.partitions) for wave in waves]
    jobs = [
        define_asset_job(f"make_{wave.name}", selection=[made], description=wave.description)
        for wave, made in zip(waves, assets, strict=True)
    ]
    wanted = [job for job in jobs if job.name != f"make_{PREVIEW.name}"]
    library = library_assets()
    take_apart = define_asset_job("make_library", selection=[library], description="A source video made findable.")
    tidy = clean_up_job()
    return Definitions(
        assets=[*assets, library],
        jobs=[*jobs, take_apart, tidy],
        sensors=[reconciler(wanted), library_sensor(take_apart)],
        schedules=[clean_up_schedule(tidy)],
        resources={"studio": ResourceDefinition(_own_studio if studio is None else lambda _: studio)},
        # A process for each step would cost seconds a step; what is heavy runs in worker processes.
        executor=in_process_executor,
    )


def _own_studio(_context) -> Iterator[Studio]:
    opened = Studio()
    yield opened
    # A process that still has workers would never end.
    opened.close()


@definitions
def defs() -> Definitions:
    """What Dagster loads. Commands build the graph with a studio of their own, and have no use for this one."""
    return build_defs()
