"""What is there of a film that could not be finished."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from pixora_pipeline.model.project import Project
from pixora_pipeline.runner import RunFailed

if TYPE_CHECKING:
    from pixora_pipeline.cli.session import Session


@contextmanager
def partial_results_told(session: "Session", project: Project) -> Iterator[None]:
    """When the film comes to nothing, say which scenes are finished and where their clips are."""
    try:
        yield
    except RunFailed as error:
        clips = finished_clips(session, project)
        if not clips:
            raise
        kept = "\n".join(f"  {clip}" for clip in clips)
        raise RunFailed(f"{error}\n{len(clips)} scenes are finished and kept:\n{kept}", error.exit_code) from error


def finished_clips(session: "Session", project: Project) -> list[Path]:
    """The clips of the scenes that are on record and whole, in the film's order."""
    plan, records = session.plan(project)
    found = (session.stored(project, ("scene_clip", slot), records) for slot in plan.slots)
    return [stored.path for stored in found if stored]
