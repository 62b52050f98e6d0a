"""`pixora export`: a film for an editor to go on with, or a compilation as JSON for other programs."""

import json
from pathlib import Path
from typing import Annotated

import typer

from pixora_pipeline.cli.output import console, print_json
from pixora_pipeline.cli.timeline_file import export_for_an_editor
from pixora_pipeline.errors import TryAgain, UserError


def export(
    project: Annotated[str, typer.Argument(metavar="PROJECT", help="A project's id.")],
    output: Annotated[Path | None, typer.Option("-o", "--output", help="A file to write; else stdout.")] = None,
    clips: Annotated[bool, typer.Option("--clips", help="Inline the clips, in base64.")] = False,
    audio: Annotated[bool, typer.Option("--audio", help="Inline the voices, in base64.")] = False,
    otio: Annotated[
        Path | None, typer.Option(help="Write the film for an editor: FILE.otio and a folder, or one FILE.otioz.")
    ] = None,
) -> None:
    """Write a film as an OpenTimelineIO timeline with its media, or a compilation as JSON."""
    from pixora_pipeline.assets.compilation_json import READ, compilation_json
    from pixora_pipeline.cli.session import Session

    with Session() as session:
        if otio is not None:
            if output or clips or audio:
                raise UserError(
                    "--otio writes a timeline; -o, --clips and --audio are of the JSON. Ask for one of them."
                )
            export_for_an_editor(session, project, otio)
            return
        chosen = session.project(project)
        records = session.records(chosen, *READ)
        found = compilation_json(
            chosen, lambda place: session.stored(chosen, place, records), clips=clips, audio=audio
        ).model_dump(mode="json")
    if output is None:
        print_json(found)
        return
    try:
        output.parent.mkdir(parents=True, exist_ok=True)
        output.write_text(json.dumps(found, indent=2, ensure_ascii=False) + "\n", "utf-8")
    except OSError as error:
        raise TryAgain(f"{output} can't be written: {error.strerror}.") from error
    console.print(f"[green]✓[/] {output}", soft_wrap=True)
