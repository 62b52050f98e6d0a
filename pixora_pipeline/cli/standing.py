"""How a project stands: its status and every artifact's, a view over the plan and the records."""

from collections.abc import Mapping

from pixora_pipeline.assets.graph import GRAPH
from pixora_pipeline.assets.remarks import remark_on
from pixora_pipeline.assets.standing import Published, look_up
from pixora_pipeline.cli.session import Session
from pixora_pipeline.model.project import AssetGeneration, Project, ProjectStatus
from pixora_pipeline.model.script import ScriptBreakdown
from pixora_pipeline.model.value import Value
from pixora_pipeline.planning.fingerprint import place_name
from pixora_pipeline.planning.plan import Plan, Step
from pixora_pipeline.planning.records import Place, Records


class Standing(Value):
    """A project, its script if it has one, and its artifacts.

    `progress` is a percentage, `step` says what is being done, `reason` why it failed.
    """

    project: Project
    title: str | None
    status: ProjectStatus
    progress: int
    step: str | None
    reason: str | None
    published: Published | None
    script: ScriptBreakdown | None
    artifacts: tuple[AssetGeneration, ...]


def standing(session: Session, project: Project) -> Standing:
    """Look it up."""
    found = look_up(session.studio, session.instance, project)
    stored = session.stored(project, ("script_breakdown", None), found.records)
    script = ScriptBreakdown.model_validate_json(stored.path.read_bytes()) if stored else None
    status = found.status
    return Standing(
        project=project,
        title=project.title or (script.title if script else None),
        status=status.status,
        progress=status.progress,
        step=None if status.status == "failed" else status.words,
        reason=status.words if status.status == "failed" else None,
        published=found.published,
        script=script,
        artifacts=tuple(_artifacts(session, project, found.plan, found.records, found.failed)),
    )


def _artifacts(session: Session, project: Project, plan: Plan, records: Records, failed: Mapping[str, str]):
    steps = {step.place: step for step in plan.work}
    for recipe in GRAPH.values():
        for place in plan.layout.places(recipe):
            step = steps.get(place)
            said = failed.get(place_name(place)) if step else None
            yield _artifact(session, project, place, records, step, said)


def _artifact(
    session: Session, project: Project, place: Place, records: Records, step: Step | None, failed: str | None
) -> AssetGeneration:
    record = records.get(place)
    stored = session.peek(project, place, records) if record and step is None else None
    status = "failed" if failed else "missing" if record is None else "stale" if step else "current"
    made_by = stored.sidecar.provenance if stored else None
    return AssetGeneration(
        artifact=place[0],
        scene=place[1],
        status=status,
        cause=failed or (str(step.cause) if step else None),
        note=remark_on(made_by) if made_by else None,
        provider=made_by.provider if made_by else None,
        model=made_by.model if made_by else None,
        cost_usd=made_by.cost_usd if made_by else None,
        path=str(stored.path) if stored else None,
    )
