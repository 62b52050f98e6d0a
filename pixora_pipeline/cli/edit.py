"""`pixora edit`, `take`, `history`, `revert` and `approve`: changing what is asked for. Nothing is made here."""

from typing import Annotated

import typer
from rich.markup import escape
from rich.table import Table

from pixora_pipeline.cli.output import console, print_json
from pixora_pipeline.cli.sound_options import Ducking, FadeIn, FadeOut, FootageSound, Loudness
from pixora_pipeline.errors import Conflict, NotFound, UserError
from pixora_pipeline.model.camera import CAMERA_CHOICES
from pixora_pipeline.model.captions import CAPTION_STYLES
from pixora_pipeline.model.project import Project
from pixora_pipeline.model.script import TRANSITIONS

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
    transition: Annotated[str | None, typer.Option(help=f"How the scene is entered: {', '.join(TRANSITIONS)}.")] = None,
    camera: Annotated[str | None, typer.Option(help=f"How its camera moves: {', '.join(CAMERA_CHOICES)}.")] = None,
    caption: Annotated[str | None, typer.Option(help="Words on the scene's picture; '' for none.")] = None,
    lower_third: Annotated[
        str | None, typer.Option(help="Words that pass at its foot, as 'Name | what they are'; '' for none.")
    ] = None,
    volume: Annotated[float | None, typer.Option(help="How loud its voice is, 0 to 4; 1 is as spoken.")] = None,
    move: Annotated[int | None, typer.Option(help="The position in the film to move the scene to.")] = None,
    remove: Annotated[bool, typer.Option("--remove", help="Cut the scene out of the film.")] = False,
    add: Annotated[str | None, typer.Option(help="Add a scene with this narration, behind --scene.")] = None,
    order: Annotated[str | None, typer.Option(help="All scenes in their new order: 1,3,2,4.")] = None,
    character: Annotated[str | None, typer.Option(help="A character's name, for --look.")] = None,
    look: Annotated[str | None, typer.Option(help="How that character looks.")] = None,
    voice: Annotated[str | None, typer.Option(help="Another voice for the whole film.")] = None,
    style: Annotated[str | None, typer.Option(help="Another style for the whole film.")] = None,
    music: Annotated[str | None, typer.Option(help="A mood for all the music, or auto.")] = None,
    captions: Annotated[
        str | None, typer.Option(help=f"Captions burned into the film: {', '.join(CAPTION_STYLES)}.")
    ] = None,
    fps: Annotated[int | None, typer.Option(help="Frames a second of the whole film.")] = None,
    loudness: Loudness = None,
    ducking: Ducking = None,
    footage_sound: FootageSound = None,
    fade_in: FadeIn = None,
    fade_out: FadeOut = None,
    narrate: Annotated[str | None, typer.Option(help="Which explanation is spoken, initial or refined.")] = None,
    model: Annotated[list[str] | None, typer.Option(help="Who makes what from now on: image=SERVICE/MODEL.")] = None,
    budget: Annotated[str | None, typer.Option(help="The most it may cost in US dollars, or none.")] = None,
    revision: Annotated[int | None, typer.Option(help="Refuse unless the project is at this revision.")] = None,
    as_json: AsJson = False,
) -> None:
    """Change a script or a wish; `pixora plan` then says what that touches and `pixora make` makes it."""
    from pixora_pipeline.cli.changes import Change, apply, scene_fields
    from pixora_pipeline.cli.session import Session

    fields = scene_fields(
        narration=narration, description=picture, title=title, minimum_seconds=duration, transition=transition,
        camera=camera, caption=caption, lower_third=lower_third, volume=volume,
    )  # fmt: skip
    change = Change(
        scene=scene, fields=fields, move=move, remove=remove, add=add, order=order, character=character, look=look,
        voice=voice, style=style, music=music, captions=captions, fps=fps,
        sound={
            "loudness": loudness, "ducking": ducking, "footage": footage_sound, "fade_in": fade_in, "fade_out": fade_out
        },
        models=tuple(model or ()), budget=budget, narrate=narrate,
    )  # fmt: skip
    with Session() as session:
        found = session.project(project)
        _check_revision(session, found, revision)
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
    from pixora_pipeline.cli.changes import slot_of
    from pixora_pipeline.cli.session import Session
    from pixora_pipeline.planning.causes import called

    with Session() as session:
        found = session.project(project)
        plan, records = session.plan(found)
        place = check_place(GRAPH, artifact, slot_of(scene) if scene is not None else None, plan.layout)
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
    from pixora_pipeline.planning.causes import called

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
        artifact, _, slot = name.partition("@")
        console.print(f"  {called((artifact, slot or None))}: take {takes.used} of {takes.asked}", markup=False)
    if len(told.revisions) > 1:
        console.print(f"To return to one: pixora revert {project} REVISION", markup=False, soft_wrap=True)


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


def _check_revision(session, project: Project, revision: int | None) -> None:
    from pixora_pipeline.cli.revisions import history_of

    if revision is not None and project.revision != revision:
        latest = history_of(session.studio, project).revisions[-1]
        raise Conflict(
            f"{project.id} is at revision {project.revision} ({latest.change}), not {revision}. Nothing was changed. "
            f"See `pixora history {project.id}`."
        )


def _tell_plan(session, project: Project, as_json: bool) -> None:
    from pixora_pipeline.cli.plan import tell

    tell(session, project, as_json)
