"""`pixora storage`: what a home holds, put where several machines find it."""

from typing import Annotated

import typer
from rich.markup import escape

from pixora_pipeline.cli.output import complain, console, print_json
from pixora_pipeline.errors import TryAgain

app = typer.Typer(help="Where artifacts are kept besides this home.", no_args_is_help=True)

_MEGABYTE = 1_000_000


@app.command("copy")
def copy(
    verify: Annotated[bool, typer.Option("--verify", help="Read all of it back and hold it to its hash.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print one object on stdout.")] = False,
) -> None:
    """Copy every artifact and every video of the library to PIXORA_STORAGE_URL. Broken off, it goes on where it was."""
    from pixora_pipeline.settings import settings
    from pixora_pipeline.store.copying import copy_home

    found = {"copied": 0, "there": 0, "corrupt": 0}
    moved = 0
    with console.status("Copying", spinner="dots") as shown:
        for each in copy_home(settings(), verify=verify):
            found[each.fate] += 1
            moved += each.bytes if each.fate == "copied" else 0
            shown.update(f"{sum(found.values())} looked at, {found['copied']} copied, {moved / _MEGABYTE:.1f} MB")
            if each.fate == "corrupt":
                complain(f"{each.name} is not as it was made and was left out. `pixora make` makes it again.")
    to = settings().storage_url or ""
    if as_json:
        print_json({"to": to, **found, "bytes": moved})
    else:
        told = f"{found['copied']} copied ({moved / _MEGABYTE:.1f} MB), {found['there']} were there"
        console.print(f"{escape(to)}: {told}{', all read back' if verify else ''}.", soft_wrap=True)
    if found["corrupt"]:
        raise TryAgain(f"{found['corrupt']} were left out: they are spoilt here.")
