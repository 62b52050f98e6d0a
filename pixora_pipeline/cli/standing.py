"""How a project stands: its status and every artifact's, a view over the plan and the records."""

from pixora_pipeline.assets.graph import GRAPH
from pixora_pipeline.assets.next_run import next_run
from pixora_pipeline.cli.session import FILM, Session
from pixora_pipeline.model.project import AssetGeneration, Project, ProjectStatus
from pixora_pipeline.model.script import ScriptBreakdown
from pixora_pipeline.model.value import Value
from pixora_pipeline.planning.plan import Plan, Step
from pixora_pipeline.planning.records import Place, Records


class Standing(Value):
    """A project, its script if it has one, and its artifacts. `reason` says why it failed."""

    project: Project
    title: str | None
    status: ProjectStatus
    reason: str | None
    script: ScriptBreakdown | None
    artifacts: tuple[AssetGeneration, ...]


def standing(session: Session, project: Project) -> Standing:
    """Look it up."""
    plan, records = session.plan(project)
    stored = session.stored(project, ("script_breakdown", None), records)
    script = ScriptBreakdown.model_validate_json(stored.path.read_bytes()) if stored else None
    reason = session.why_failed(project) if plan.steps else None
    return Standing(
        project=project,
        title=project.title or (script.title if script else None),
        status="failed" if reason else _status(project, plan, records),
        reason=reason,
        script=script,
        artifacts=tuple(_artifacts(session, project, plan, records)),
    )


def _status(project: Project, plan: Plan, records: Records) -> ProjectStatus:
    if not plan.steps:
        return "completed"
    if project.approval == "waiting" and next_run(project, plan) is None:
        return "script_review"
    if not records.by_place:
        return "queued"
    if ("script_breakdown", None) in plan.places:
        return "generating_script"
    return "rendering_video" if plan.places == {FILM} else "generating_assets"


def _artifacts(session: Session, project: Project, plan: Plan, records: Records):
    steps = {step.place: step for step in plan.work}
    for recipe in GRAPH.values():
        for place in plan.layout.places(recipe):
            yield _artifact(session, project, place, records, steps.get(place))


def _artifact(session: Session, project: Project, place: Place, records: Records, step: Step | None) -> AssetGeneration:
    record = records.get(place)
    stored = session.peek(project, place, records) if record and step is None else None
    status = "missing" if record is None else "stale" if step else "current"
    made_by = stored.sidecar.provenance if stored else None
    return AssetGeneration(
        artifact=place[0],
        scene=place[1],
        status=status,
        cause=str(step.cause) if step else None,
        provider=made_by.provider if made_by else None,
        model=made_by.model if made_by else None,
        cost_usd=made_by.cost_usd if made_by else None,
        path=str(stored.path) if stored else None,
    )
