"""`pixora videos`: finished films, found by what is said in them, by tag and by length."""

from typing import Annotated

import typer
from rich.markup import escape
from rich.table import Table

from pixora_pipeline.cli.output import console, duration, print_json
from pixora_pipeline.errors import UserError


def videos(
    text: Annotated[str, typer.Option(help="Words that are in its title, request, script or tags.")] = "",
    tag: Annotated[list[str] | None, typer.Option(help="A tag it has; more than one may be given.")] = None,
    min_seconds: Annotated[float | None, typer.Option(help="The shortest it may be.")] = None,
    max_seconds: Annotated[float | None, typer.Option(help="The longest it may be.")] = None,
    limit: Annotated[int, typer.Option(min=1, max=1000, help="The most that are listed.")] = 50,
    as_json: Annotated[bool, typer.Option("--json", help="Print one list on stdout, with everything known.")] = False,
) -> None:
    """List finished films, newest first."""
    from pixora_pipeline.assets.film_record import catch_up
    from pixora_pipeline.cli.session import Session
    from pixora_pipeline.model.generated_video import VideoWish

    if min_seconds is not None and max_seconds is not None and min_seconds > max_seconds:
        raise UserError(f"--min-seconds {min_seconds:g} is more than --max-seconds {max_seconds:g}: no film is both.")
    wish = VideoWish(text=text, tags=tuple(tag or ()), min_seconds=min_seconds, max_seconds=max_seconds, limit=limit)
    with Session() as session:
        catch_up(session.studio, session.instance)
        found = session.studio.generated_videos.search(wish)
    if as_json:
        print_json([{**video.model_dump(mode="json"), "resolution": video.resolution} for video in found])
    elif not found:
        console.print("No finished film is like that.")
    else:
        console.print(_table(found))


def _table(found: list) -> Table:
    table = Table(box=None, padding=(0, 2))
    for name in ("project", "title", "kind", "length", "size", "tags"):
        table.add_column(name, no_wrap=name in ("project", "kind", "length", "size"))
    for video in found:
        size = f"{video.resolution}, {video.bytes / 1e6:.1f} MB"
        row = (video.id, escape(video.title), video.kind, duration(video.seconds), size, escape(", ".join(video.tags)))
        table.add_row(*row)
    return table
