"""`pixora costs`: what a project cost so far, by artifact and scene, and what is still expected."""

from typing import Annotated

import typer
from rich.table import Table

from pixora_pipeline.cli.output import console, money, print_json
from pixora_pipeline.model.cost import Cost
from pixora_pipeline.model.project import Project
from pixora_pipeline.model.value import Value


class Expected(Value):
    """What the plan says is still to be spent. `unknown` counts the steps of unknown price."""

    usd: float
    unknown: int


class Costs(Value):
    """All of it. The keys of `scenes` are slots, and `film` for what belongs to the whole film."""

    project: str
    spent: Cost
    artifacts: dict[str, Cost]
    scenes: dict[str, Cost]
    expected: Expected
    budget_usd: float | None


def costs(
    project: Annotated[str, typer.Argument(metavar="PROJECT", help="A project's id.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print one object on stdout.")] = False,
) -> None:
    """Say what a project cost so far, and what making the rest is expected to cost."""
    from pixora_pipeline.cli.session import Session

    with Session() as session:
        told = costs_of(session, session.project(project))
    if as_json:
        print_json(told.model_dump(mode="json"))
        return
    if told.artifacts:
        console.print(_table("artifact", told.artifacts))
        console.print(_table("scene", told.scenes))
    console.print(summary(told), soft_wrap=True)


def costs_of(session, project: Project) -> Costs:
    """Look it up."""
    from pixora_pipeline.store.spending import by_scene

    plan, _ = session.plan(project)
    artifacts = session.studio.spending.by_place(project.id)
    return Costs(
        project=project.id,
        spent=sum(artifacts.values(), Cost()),
        artifacts=artifacts,
        scenes={slot or "film": cost for slot, cost in by_scene(artifacts).items()},
        expected=Expected(
            usd=round(sum(step.usd or 0.0 for step in plan.steps), 6),
            unknown=sum(step.usd is None for step in plan.steps),
        ),
        budget_usd=project.preferences.budget_usd,
    )


def summary(told: Costs) -> str:
    """One sentence each for what is spent, what is under way, what is expected, and the budget."""
    words = [f"Spent: {said(told.spent)}."]
    if told.spent.reserved:
        words.append(f"Under way: {money(told.spent.reserved)}.")
    if told.spent.lost:
        words.append(f"{told.spent.lost} of the requests were lost on the way and may not have been charged.")
    unknown = f" and {told.expected.unknown} artifacts of unknown price" if told.expected.unknown else ""
    words.append(f"Expected to come: {money(told.expected.usd)}{unknown}.")
    if told.budget_usd is not None:
        words.append(f"Budget: {money(told.budget_usd)}.")
    return " ".join(words)


def said(cost: Cost) -> str:
    """A cost in words: what is not known is said to be unknown."""
    if not cost.unknown:
        return money(cost.usd)
    some = "1 request" if cost.unknown == 1 else f"{cost.unknown} requests"
    return f"{money(cost.usd)} and {some} of unknown price" if cost.usd else f"unknown ({some})"


def _table(what: str, costs: dict[str, Cost]) -> Table:
    table = Table(what, "requests", "cost", box=None, padding=(0, 2))
    for name, cost in sorted(costs.items()):
        table.add_row(name, str(cost.requests), said(cost))
    return table
