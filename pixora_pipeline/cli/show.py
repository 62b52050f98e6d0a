"""`pixora show` and `pixora list`: how projects stand."""

from typing import TYPE_CHECKING, Annotated

import typer
from rich.markup import escape
from rich.table import Table

from pixora_pipeline.cli.output import complain, console, duration, money, print_json
from pixora_pipeline.cli.scenes import alike, scene_numbers
from pixora_pipeline.errors import PixoraError
from pixora_pipeline.model.project import AssetGeneration, Project

if TYPE_CHECKING:
    from pixora_pipeline.assets.standing import Published
    from pixora_pipeline.cli.standing import Standing

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
        f"[bold]{escape(state.title or _opening(state.project))}[/]  {state.project.id}  [dim]{_progress(state)}[/]"
    )
    _tell_published(state.published)
    if state.reason:
        console.print(f"[red]{escape(state.reason)}[/]", soft_wrap=True)
    if state.script:
        _tell_script(state.script)
    _tell_artifacts(state.artifacts, [notice.message for notice in notices])
    for notice in notices:
        console.print(f"[yellow]![/] {escape(notice.message)}", soft_wrap=True)
    console.print(summary(costs), soft_wrap=True)
    if any(each.cause for each in state.artifacts):
        console.print(f"Why, and what making it would cost: pixora plan {state.project.id}")


def list_projects(as_json: AsJson = False) -> None:
    """List the projects, newest first."""
    from pixora_pipeline.cli.session import Session

    with Session() as session:
        newest = session.studio.projects.newest(50, on_broken=lambda error: complain(str(error)))
        states = [state for project in newest if (state := _standing_or_complaint(session, project))]
    if as_json:
        print_json(
            [
                state.model_dump(
                    mode="json", include={"project", "title", "status", "progress", "step", "reason", "published"}
                )
                for state in states
            ]
        )
        return
    if not states:
        console.print('No projects yet. Begin one: pixora make "Tell a story about a lighthouse"')
    table = Table("project", "title", "status", "made", box=None)
    for state in states:
        table.add_row(
            state.project.id, escape(state.title or _opening(state.project)), _progress(state), _day(state.project)
        )
    if states:
        console.print(table)
    for state in states:
        if state.reason:
            console.print(f"[red]{state.project.id} failed:[/] {escape(state.reason)}", soft_wrap=True)


def _progress(state: "Standing") -> str:
    return state.status if state.status == "completed" else f"{state.status} {state.progress} %"


def _tell_published(published: "Published | None") -> None:
    if published is None:
        return
    where = published.url or f"{published.destination} ({published.reason})"
    console.print(f"Published: {escape(where)}", soft_wrap=True)
    if not published.current:
        console.print("[yellow]What is published is the film from before the changes.[/]")


def _tell_script(script) -> None:
    table = Table("scene", "title", "narration", "mood", "length", box=None, padding=(0, 2))
    for scene in script.scenes:
        table.add_row(
            scene_numbers([scene.slot]),
            escape(scene.title),
            escape(scene.narration),
            scene.mood,
            duration(scene.estimated_seconds),
        )
    console.print(table)
    for person in script.characters:
        console.print(f"  {person.name}: {person.look}", markup=False)


def _tell_artifacts(artifacts: tuple[AssetGeneration, ...], noticed: list[str]) -> None:
    table = Table(box=None, padding=(0, 2))
    for name in ("artifact", "scene", "status", "maker", "cost"):
        table.add_column(name, no_wrap=name != "status")
    for row in alike(_shown(artifacts), lambda each: (each.artifact, each.status, _maker(each))):
        first, scenes = row[0], scene_numbers(each.scene for each in row if each.scene)
        table.add_row(first.artifact, scenes, _status(first), _maker(first), _cost(row))
    console.print(table)
    for each in artifacts:
        # Who stood in and why is among the notices, with what to do about it.
        if each.note and not any(each.note.partition(": ")[2] in told for told in noticed):
            console.print(f"  {each.artifact} {each.scene or ''}: {each.note}", markup=False, soft_wrap=True)


def _shown(artifacts: tuple[AssetGeneration, ...]) -> list[AssetGeneration]:
    """What is made; values that follow from the row and the script by themselves are in `--json`."""
    from pixora_pipeline.assets.graph import GRAPH

    return [each for each in artifacts if GRAPH[each.artifact].derive is None]


def _status(one: AssetGeneration) -> str:
    colour = {"current": "green", "failed": "red"}.get(one.status, "yellow")
    return f"[{colour}]{one.status}[/]"


def _maker(one: AssetGeneration) -> str:
    return f"{one.provider}/{one.model}" if one.model else one.provider or ""


def _cost(row: list[AssetGeneration]) -> str:
    if row[0].provider is None:
        return ""
    costs = [each.cost_usd for each in row]
    return "unknown" if None in costs else money(sum(costs))


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
