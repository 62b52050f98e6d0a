"""The plan as Dagster's UI shows it: on the run as a tag, and as an observation of the film it is for."""

from dagster import AssetObservation, MetadataValue

from pixora_pipeline.assets.recorded import asset_key
from pixora_pipeline.model.project import Project
from pixora_pipeline.planning.causes import called
from pixora_pipeline.planning.plan import Plan, Step

_HOW = {"reuse": "from the store", "derive": "from the script", "make": "make"}
_LONGEST = 200


def why_in_short(plan: Plan) -> str:
    """The causes of everything that is to be made, each once."""
    words = "; ".join(dict.fromkeys(step.cause.words for step in plan.work)) or "what it is made from was noted anew"
    return words if len(words) <= _LONGEST else words[: _LONGEST - 3] + "..."


def plan_observation(project: Project, plan: Plan) -> AssetObservation:
    """The whole plan of a project, on its film's page."""
    known = sum(step.usd or 0.0 for step in plan.work)
    unknown = sum(step.usd is None for step in plan.work)
    return AssetObservation(
        asset_key=asset_key("final_video"),
        partition=project.id,
        description=f"Planned for revision {project.revision}: {why_in_short(plan)}",
        metadata={
            "plan": MetadataValue.md(_table(plan)),
            "price (USD)": round(known, 4),
            **({"of unknown price": unknown} if unknown else {}),
            "to make": sum(step.action == "make" for step in plan.work),
            "stay as they are": plan.current,
        },
    )


def _table(plan: Plan) -> str:
    rows = ["| artifact | why | how | price |", "|---|---|---|---|"]
    rows += [f"| {called(step.place)} | {step.cause} | {_how(step)} | {_price(step)} |" for step in plan.work]
    return "\n".join(rows)


def _how(step: Step) -> str:
    return _HOW.get(step.action, step.action) if step.certain else "make, if that changes it"


def _price(step: Step) -> str:
    return "unknown" if step.usd is None else f"${step.usd:.2f}"
