"""`pixora edit`, `take`, `history`, `revert` and `approve`: changing what is asked for. Nothing is made here."""

from typing import Annotated

import typer
from rich.markup import escape
from rich.table import Table

from pixora_pipeline.cli.output import console, print_json
from pixora_pipeline.errors import Conflict, NotFound, UserError
from pixora_pipeline.model.overlay import SceneEdit
from pixora_pipeline.model.project import Project

ProjectId = Annotated[str, typer.Argument(metavar="PROJECT", help="A project's id.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print one object on stdout.")]
SceneNumber = Annotated[int | None, typer.Option("--scene", help="Which scene, by its number.")]


def edit(
    project: ProjectId,
    scene: SceneNumber = None,
    narration: Annotated[str | None, typer.Option(help="What the voice says in the scene.")] = None,
    picture: Annotated[str | None, typer.Option(help="What the scene shows.")] = None,
    title: Annotated[str | None, typer.Option(help="The scene's title; without --scene the film's.")] = None,
    duration: Annotated[float | None, typer.Option(help="Seconds the scene lasts at least.")] = None,
    move: Annotated[int | None, typer.Option(help="The position in the film to move the scene to.")] = None,
    remove: Annotated[bool, typer.Option("--remove", help="Cut the scene out of the film.")] = False,
    add: Annotated[str | None, typer.Option(help="Add a scene with this narration, behind --scene.")] = None,
    order: Annotated[str | None, typer.Option(help="All scenes in their new order: 1,3,2,4.")] = None,
    character: Annotated[str | None, typer.Option(help="A character's name, for --look.")] = None,
    look: Annotated[str | None, typer.Option(help="How that character looks.")] = None,
    voice: Annotated[str | None, typer.Option(help="Another voice for the whole film.")] = None,
    style: Annotated[str | None, typer.Option(help="Another style for the whole film.")] = None,
    music: Annotated[str | None, typer.Option(help="A mood for all the music, or auto.")] = None,
    model: Annotated[list[str] | None, typer.Option(help="Who makes what from now on: image=SERVICE/MODEL.")] = None,
    budget: Annotated[str | None, typer.Option(help="The most it may cost in US dollars, or none.")] = None,
    revision: Annotated[int | None, typer.Option(help="Refuse unless the project is at this revision.")] = None,
    as_json: AsJson = False,
) -> None:
    """Change a script or a wish; `pixora plan` then says what that touches and `pixora make` makes it."""
    from pixora_pipeline.cli.changes import Change, apply
    from pixora_pipeline.cli.session import Session

    fields = SceneEdit(narration=narration, description=picture, title=title, minimum_seconds=duration)
    change = Change(
        scene=scene, fields=fields, move=move, remove=remove, add=add, order=order, character=character, look=look,
        voice=voice, style=style, music=music, models=tuple(model or ()), budget=budget,
    )  # fmt: skip
    with Session() as session:
        found = session.project(project)
        _check_revision(found, revision)
        _tell_plan(session, apply(session, found, change), as_json)


def take(
    project: ProjectId,
    artifact: Annotated[str, typer.Argument(metavar="ARTIFACT", help="What to take anew, such as scene_image.")],
    scene: SceneNumber = None,
    use: Annotated[int | None, typer.Option(help="Go back to this take instead, for free.")] = None,
    as_json: AsJson = False,
) -> None:
    """Ask for another take of an artifact, or go back to an earlier one."""
    from pixora_pipeline.assets.graph import GRAPH
    from pixora_pipeline.assets.takes import ask_for_takes, check_place, use_take
    from pixora_pipeline.cli.session import Session
    from pixora_pipeline.planning.causes import called

    with Session() as session:
        found = session.project(project)
        plan, records = session.plan(found)
        place = check_place(GRAPH, artifact, f"s{scene:02}" if scene else None, plan.layout)
        if records.get(place) is None:
            raise NotFound(
                f"{called(place)} is not made yet, so there is nothing to take anew. Run pixora make {project}."
            )
        if use is None:
            changed = ask_for_takes(session.studio, found, GRAPH, [place])
        else:
            changed = use_take(session.studio, found, place, use)
        _tell_plan(session, changed, as_json)


def history(project: ProjectId, as_json: AsJson = False) -> None:
    """List a project's revisions and the takes of its artifacts."""
    from pixora_pipeline.cli.revisions import history_of
    from pixora_pipeline.cli.session import Session

    with Session() as session:
        told = history_of(session.studio, session.project(project))
    if as_json:
        print_json(told.model_dump(mode="json"))
        return
    table = Table("revision", "when", "what changed", box=None, padding=(0, 2))
    for each in told.revisions:
        table.add_row(f"{each.revision}{' ←' if each.revision == told.current else ''}", each.when, escape(each.change))
    console.print(table)
    for name, takes in told.takes.items():
        console.print(f"  {name}: take {takes.used} of {takes.asked}", markup=False)


def revert(
    project: ProjectId,
    revision: Annotated[int, typer.Argument(metavar="REVISION", help="The revision to return to.")],
    as_json: AsJson = False,
) -> None:
    """Return to an earlier revision: its script, its wishes, its takes. What was made then is still there."""
    from pixora_pipeline.cli.revisions import revert_to
    from pixora_pipeline.cli.session import Session

    with Session() as session:
        _tell_plan(session, revert_to(session.studio, session.project(project), revision), as_json)


def approve(project: ProjectId, as_json: AsJson = False) -> None:
    """Approve a script that waits for it: from here on the film is made."""
    from pixora_pipeline.cli.session import Session

    with Session() as session:
        found = session.project(project)
        if found.approval == "approved":
            raise Conflict(f"{project} was approved before. Nothing was changed.")
        if found.approval == "not_needed":
            raise UserError(f"{project} waits for no approval. Nothing was changed.")
        if not session.plan(found)[0].slots:
            raise UserError(f"{project} has no script to approve yet. Run pixora make {project} first.")
        _tell_plan(session, session.studio.projects.change(found, approval="approved"), as_json)


def _check_revision(project: Project, revision: int | None) -> None:
    if revision is not None and project.revision != revision:
        raise Conflict(
            f"{project.id} is at revision {project.revision}, not {revision}. Nothing was changed. "
            f"See `pixora history {project.id}`."
        )


def _tell_plan(session, project: Project, as_json: bool) -> None:
    from pixora_pipeline.cli.plan import tell

    tell(session, project, as_json)
