"""`pixora plan`: what is stale, why, and what making it costs."""

from typing import TYPE_CHECKING, Annotated

import typer
from rich.markup import escape
from rich.table import Table

from pixora_pipeline.cli.output import console, money, print_json
from pixora_pipeline.cli.scenes import alike, scene_numbers
from pixora_pipeline.model.project import Project
from pixora_pipeline.planning.plan import Plan, Step

if TYPE_CHECKING:
    from pixora_pipeline.assets.estimate import Guess


def plan(
    project: Annotated[str, typer.Argument(metavar="PROJECT", help="A project's id.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print one object on stdout.")] = False,
) -> None:
    """Say what `pixora make` would make, why, and what it would cost. Nothing is made."""
    from pixora_pipeline.cli.session import Session

    with Session() as session:
        tell(session, session.project(project), as_json)


def tell(session, project: Project, as_json: bool) -> None:
    """Print the plan of a project as it stands."""
    from pixora_pipeline.assets.estimate import guess_scenes

    found, _ = session.plan(project)
    guess = guess_scenes(project) if _is_unwritten(found) else None
    if as_json:
        print_json(_as_json(project, found) | {"scenes": guess and guess.model_dump(mode="json") | {"usd": guess.usd}})
    elif not found.work:
        console.print(f"{project.id} (revision {project.revision}) is current: nothing to make.")
    else:
        console.print(f"{project.id} (revision {project.revision})")
        console.print(_table(found))
        if guess:
            console.print(_guessed(guess), soft_wrap=True)
        console.print(_summary(project, found), soft_wrap=True)


def _table(found: Plan) -> Table:
    table = Table(box=None, padding=(0, 2))
    for name in ("artifact", "scene", "why", "how", "price"):
        table.add_column(name, no_wrap=name != "why")
    for steps in alike(_shown(found), lambda step: (step.place[0], str(step.cause), _how(step))):
        first, scenes = steps[0], scene_numbers(slot for _, slot in (step.place for step in steps) if slot)
        table.add_row(first.place[0], scenes, escape(str(first.cause)), _how(first), _price(steps))
    return table


def _shown(found: Plan) -> list[Step]:
    """What is made or taken from the store; values follow from the script by themselves, and are counted below."""
    return [step for step in found.work if step.action != "derive"] or list(found.work)


def _how(step: Step) -> str:
    if step.action == "reuse":
        return "from the store"
    if step.action == "derive":
        return "from the script"
    return "make" if step.certain else "maybe"


def _price(steps: list[Step]) -> str:
    return "unknown" if any(step.usd is None for step in steps) else money(sum(step.usd or 0.0 for step in steps))


def _summary(project: Project, found: Plan) -> str:
    known = sum(step.usd for step in found.steps if step.usd is not None)
    unknown = sum(step.usd is None for step in found.steps)
    price = money(known) + (f" and {unknown} of unknown price" if unknown else "")
    whole = "for what is certain before the script is written" if _is_unwritten(found) else "in all"
    lines = [f"{price} {whole}. {found.current} artifacts are current and stay as they are."]
    if any(step.action == "make" and not step.certain for step in found.steps):
        lines.append("maybe: only if what it is made from turns out different.")
    if project.approval == "waiting" and found.slots:
        lines.append(f"The script waits for approval: pixora approve {project.id}")
    else:
        lines.append(f"To make it: pixora make {project.id}")
    return "\n".join(lines)


def _is_unwritten(found: Plan) -> bool:
    """Whether the scenes are not known yet."""
    return any(step.place == ("script_draft", None) and step.action == "make" for step in found.steps) and not any(
        slot for _, slot in found.places
    )


def _guessed(guess: "Guess") -> str:
    shares = ", ".join(f"{each.what} {'unknown' if each.usd is None else money(each.usd)}" for each in guess.shares)
    return f"The scenes come with the script: about {guess.scenes} of them, about {money(guess.usd)} ({shares})."


def _as_json(project: Project, found: Plan) -> dict:
    return {
        "project": project.id,
        "revision": project.revision,
        "approval": project.approval,
        "usd": sum(step.usd for step in found.steps if step.usd is not None),
        "unknown_prices": sum(step.usd is None for step in found.steps),
        "steps": [
            {
                "artifact": step.place[0],
                "scene": step.place[1],
                "action": step.action,
                "cause": str(step.cause),
                "certain": step.certain,
                "usd": step.usd,
            }
            for step in found.work
        ],
        "noted": len(found.steps) - len(found.work),
        "current": found.current,
    }
