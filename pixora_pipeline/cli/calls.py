"""`pixora calls`: paid requests of which nobody knows whether they were carried out, settled by a person."""

from typing import Annotated

import typer
from rich.markup import escape
from rich.table import Table

from pixora_pipeline.cli.output import console, print_json

app = typer.Typer(help="Paid requests that only a person can settle.", no_args_is_help=True)

Number = Annotated[int, typer.Argument(metavar="CALL", help="The call's number; `pixora calls list` shows it.")]


@app.command("list")
def list_calls(as_json: Annotated[bool, typer.Option("--json", help="Print one object on stdout.")] = False) -> None:
    """List the requests that may have been paid without an answer, and that are not sent again by themselves."""
    from pixora_pipeline.assets.studio import Studio
    from pixora_pipeline.model.cost import place_of

    waiting = Studio().journal.parked()
    if as_json:
        print_json([each.model_dump(mode="json") for each in waiting])
        return
    if not waiting:
        console.print("Nothing waits to be settled.")
        return
    table = Table("call", "project", "for", "why", box=None, padding=(0, 2))
    for each in waiting:
        table.add_row(str(each.call), each.project_id or "", place_of(each.key, each.project_id), escape(each.reason))
    console.print(table)


@app.command("again")
def again(call: Number) -> None:
    """Have a request sent once more, although it may have been paid before."""
    from pixora_pipeline.assets.studio import Studio

    Studio().journal.send_again(call)
    console.print(f"Call {call} is sent once more when its project is made.")


@app.command("adopt")
def adopt(
    call: Number, job: Annotated[str, typer.Argument(metavar="JOB", help="The job's id in the service's own list.")]
) -> None:
    """Say which job at the service a request began: its result is fetched, and nothing is paid again."""
    from pixora_pipeline.assets.studio import Studio

    Studio().journal.adopt(call, job)
    console.print(f"Call {call} goes on with that job when its project is made.")
