"""`pixora make`: from a prompt, a text or a project's id to a film."""

import time
from pathlib import Path
from typing import Annotated

import typer

from pixora_pipeline.assets.thumbnails import POSTER
from pixora_pipeline.cli.output import console, print_json
from pixora_pipeline.cli.sound_options import Ducking, FadeIn, FadeOut, FootageSound, Loudness
from pixora_pipeline.cli.source import read_source
from pixora_pipeline.cli.target import check_target, deliver
from pixora_pipeline.model.captions import CAPTION_STYLES
from pixora_pipeline.model.frame import ASPECTS, FRAME_RATES, RESOLUTIONS
from pixora_pipeline.model.project import KINDS, Project

FAILED_A_CHECK = 5
"""The exit code of a film that was made and put in its place, and failed one of its checks."""


def make(
    input: Annotated[
        str, typer.Argument(metavar="INPUT", help="A prompt, a text or Markdown file, or a project's id.")
    ],
    output: Annotated[Path | None, typer.Option("-o", "--output", help="Where to put the film.")] = None,
    title: Annotated[str | None, typer.Option(help="The film's title; else the text's own.")] = None,
    kind: Annotated[str, typer.Option(help=f"What kind of film: {', '.join(KINDS)}.")] = "story",
    aspect: Annotated[str, typer.Option(help=f"The film's shape: {', '.join(ASPECTS)}.")] = "16:9",
    resolution: Annotated[str, typer.Option(help=f"The shorter side: {', '.join(RESOLUTIONS)}.")] = "1080p",
    fps: Annotated[int, typer.Option(help=f"Frames a second: {', '.join(map(str, FRAME_RATES))}.")] = 30,
    captions: Annotated[
        str, typer.Option(help=f"Captions burned into the picture: {', '.join(CAPTION_STYLES)}.")
    ] = "none",
    style: Annotated[str, typer.Option(help="How pictures are drawn; `pixora doctor` lists the styles.")] = "auto",
    voice: Annotated[str | None, typer.Option(help="Who speaks; `pixora doctor` lists the voices.")] = None,
    language: Annotated[
        str | None, typer.Option(help="The language of the text: en, de, fr, es, ...; else the voice's, else en.")
    ] = None,
    seconds: Annotated[float | None, typer.Option(help="About how long the film is to be, 20 to 600.")] = None,
    loudness: Loudness = None,
    ducking: Ducking = None,
    footage_sound: FootageSound = None,
    fade_in: FadeIn = None,
    fade_out: FadeOut = None,
    narrate: Annotated[
        str, typer.Option(help="For an explainer: which explanation is spoken, initial or refined.")
    ] = "initial",
    model: Annotated[
        list[str] | None, typer.Option(help="Who makes what: image=SERVICE/MODEL; `pixora models` lists them.")
    ] = None,
    budget: Annotated[float | None, typer.Option(help="The most it may cost, in US dollars.")] = None,
    context: Annotated[str, typer.Option(help="For a compilation: what it is for, such as: morning workout.")] = "",
    collection: Annotated[str | None, typer.Option(help="For a compilation: the collection to cut it from.")] = None,
    tags: Annotated[str, typer.Option(help="For a compilation: only videos with one of these tags.")] = "",
    fit: Annotated[str, typer.Option(help="For a compilation: crop or pad pictures of another shape.")] = "crop",
    preview: Annotated[
        bool, typer.Option("--preview", help="A quarter-size film first, from the pictures and voices of the film.")
    ] = False,
    review: Annotated[bool, typer.Option("--review", help="Stop when the script is written, until `approve`.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print one object about the film on stdout.")] = False,
) -> None:
    """Make a film of INPUT, or finish a project that was begun."""
    from pixora_pipeline.assets.workers import get_ready

    began = time.monotonic()
    get_ready()  # while Dagster is imported
    from pixora_pipeline.cli.session import Session

    with Session() as session:
        if session.is_project(input):
            project, name = session.project(input), input
        else:
            from pixora_pipeline.cli.footage_wishes import footage_wishes
            from pixora_pipeline.cli.models import chosen_models
            from pixora_pipeline.cli.prefer import preferred_models
            from pixora_pipeline.cli.wishes import check_narrate, check_wishes

            source = read_source(input)
            models = chosen_models(model or [], preferred_models(session.studio))
            wishes = check_wishes(
                source.text, kind, title, aspect=aspect, resolution=resolution, style=style, voice=voice,
                language=language, seconds=seconds, fps=fps, captions=captions, models=models,
                narrate=check_narrate(kind, narrate),
                sound={
                    "loudness": loudness, "ducking": ducking, "footage": footage_sound, "fade_in": fade_in,
                    "fade_out": fade_out,
                },
                footage=footage_wishes(kind, source.text, context, collection, tags, fit), budget_usd=budget,
            )  # fmt: skip
            check_target(output or _usual_target(source.name, preview))
            project, name = session.project_for(source.text, kind, title, wishes, review), source.name
        target = check_target(output or _usual_target(name, preview))
        _film(session, project, target, began, as_json, preview)


def _usual_target(name: str, preview: bool) -> Path:
    return Path("out") / (f"{name}.preview.mp4" if preview else f"{name}.mp4")


def _film(session, project: Project, target: Path, began: float, as_json: bool, preview: bool) -> None:
    from pixora_pipeline.cli.display import live_display
    from pixora_pipeline.cli.partial import partial_results_told
    from pixora_pipeline.cli.plan import tell
    from pixora_pipeline.cli.report import film_report, tell_film
    from pixora_pipeline.runner import RunFailed

    if not as_json:
        console.print(f"Project [bold]{project.id}[/]")
    unpublished = None
    with session.making(project), live_display() as display, partial_results_told(session, project):
        try:
            session.make_current(project, preview)
        except RunFailed as error:
            if preview or not session.has_film(project):
                raise
            unpublished = error
    session.studio.dismiss_workers()
    project = session.project(project.id)
    if project.approval == "waiting":
        tell(session, project, as_json)
        return
    film = session.preview(project) if preview else session.film(project)
    deliver(film.path, target)
    for suffix in (".srt", ".vtt"):
        deliver((film.folder / "film").with_suffix(suffix), target.with_suffix(suffix))
    deliver(film.folder / POSTER, target.with_suffix(".poster.jpg"))
    report = film_report(session, project, film, target, display.wall, time.monotonic() - began)
    print_json(report.model_dump(mode="json")) if as_json else tell_film(report)
    if unpublished:
        raise unpublished
    if not all(finding.passed for finding in report.checks):
        raise typer.Exit(FAILED_A_CHECK)
