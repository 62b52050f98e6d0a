"""What a film had to do without, gathered from its artifacts."""

from typing import TYPE_CHECKING

from pixora_pipeline.assets.notices import OF_FILM, OF_SCENES, notices_on
from pixora_pipeline.model.compilation import Notice
from pixora_pipeline.model.project import Project
from pixora_pipeline.model.script import ScriptBreakdown

if TYPE_CHECKING:
    from pixora_pipeline.cli.session import Session


def notices_of(session: "Session", project: Project, script: ScriptBreakdown) -> tuple[Notice, ...]:
    """Every notice on the artifacts of a film."""
    records = session.records(project, *OF_FILM, *OF_SCENES)
    return notices_on(lambda place: session.peek(project, place, records), [scene.slot for scene in script.scenes])
