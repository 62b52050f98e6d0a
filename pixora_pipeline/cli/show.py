"""`pixora show` and `pixora list`: how projects stand."""

from typing import Annotated

import typer
from rich.markup import escape
from rich.table import Table

from pixora_pipeline.cli.output import complain, console, duration, money, print_json
from pixora_pipeline.errors import PixoraError
from pixora_pipeline.model.project import AssetGeneration, Project

AsJson = Annotated[bool, typer.Option("--json", help="Print one object on stdout.")]


def show(project: Annotated[str, typer.Argument(metavar="PROJECT", help="A project's id.")], as_json: AsJson = False):
    """Show a project: its script, and every artifact with its maker, cost and file."""
    from pixora_pipeline.cli.costs import costs_of, summary
    from pixora_pipeline.cli.notices import notices_of
    from pixora_pipeline.cli.session import Session
    from pixora_pipeline.cli.standing import standing

    with Session() as session:
        found = session.project(project)
        state, costs = standing(session, found), costs_of(session, found)
        notices = notices_of(session, found, state.script) if state.script else ()
    if as_json:
        told = {"costs": costs.model_dump(mode="json"), "notices": [each.model_dump() for each in notices]}
        print_json(state.model_dump(mode="json") | told)
        return
    console.print(
        f"[bold]{escape(state.title or _opening(state.project))}[/]  {state.project.id}  [dim]{state.status}[/]"
    )
    if state.reason:
        console.print(f"[red]{escape(state.reason)}[/]", soft_wrap=True)
    if state.script:
        _tell_script(state.script)
    _tell_artifacts(state.artifacts)
    for notice in notices:
        console.print(f"[yellow]![/] {escape(notice.message)}", soft_wrap=True)
    console.print(summary(costs), soft_wrap=True)


def list_projects(as_json: AsJson = False) -> None:
    """List the projects, newest first."""
    from pixora_pipeline.cli.session import Session

    with Session() as session:
        newest = session.studio.projects.newest(50, on_broken=lambda error: complain(str(error)))
        states = [state for project in newest if (state := _standing_or_complaint(session, project))]
    if as_json:
        print_json(
            [
                {"project": s.project.model_dump(mode="json"), "title": s.title, "status": s.status, "reason": s.reason}
                for s in states
            ]
        )
        return
    if not states:
        console.print('No projects yet. Begin one: pixora make "Tell a story about a lighthouse"')
    table = Table("project", "title", "status", "made", box=None)
    for state in states:
        table.add_row(
            state.project.id, escape(state.title or _opening(state.project)), state.status, _day(state.project)
        )
    if states:
        console.print(table)
    for state in states:
        if state.reason:
            console.print(f"[red]{state.project.id} failed:[/] {escape(state.reason)}", soft_wrap=True)


def _tell_script(script) -> None:
    table = Table("scene", "title", "narration", "mood", "length", box=None, padding=(0, 2))
    for scene in script.scenes:
        table.add_row(
            scene.slot, escape(scene.title), escape(scene.narration), scene.mood, duration(scene.estimated_seconds)
        )
    console.print(table)
    for person in script.characters:
        console.print(f"  {person.name}: {person.look}", markup=False)


def _tell_artifacts(artifacts: tuple[AssetGeneration, ...]) -> None:
    table = Table("artifact", "scene", "status", "maker", "cost", box=None, padding=(0, 2))
    for each in artifacts:
        maker = f"{each.provider}/{each.model}" if each.model else each.provider or ""
        colour = {"current": "green", "failed": "red"}.get(each.status, "yellow")
        unknown = "" if each.provider is None else "unknown"
        cost = unknown if each.cost_usd is None else money(each.cost_usd)
        status = f"[{colour}]{each.status}[/]" + (f" ({escape(each.cause)})" if each.cause else "")
        table.add_row(each.artifact, each.scene or "", status, maker, cost)
    console.print(table)


def _standing_or_complaint(session, project: Project):
    from pixora_pipeline.cli.standing import standing

    try:
        return standing(session, project)
    except PixoraError as error:
        complain(str(error))
        return None


def _opening(project: Project) -> str:
    words = " ".join(project.text.split())
    return words if len(words) < 60 else words[:57] + "..."


def _day(project: Project) -> str:
    return project.created_at.strftime("%Y-%m-%d %H:%M")
