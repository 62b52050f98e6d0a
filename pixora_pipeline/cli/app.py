"""The command line's frame: its commands, and how errors become sentences and exit codes."""

import sys
from typing import NoReturn

import typer

from pixora_pipeline.cli import (
    calls,
    costs,
    doctor,
    edit,
    export,
    footage,
    keys,
    make,
    models,
    plan,
    prefer,
    show,
    storage,
    up,
    videos,
)
from pixora_pipeline.cli.output import complain
from pixora_pipeline.cli.usage import complaint
from pixora_pipeline.errors import PixoraError

INTERRUPTED = 130
"""How typer says that Ctrl-C was pressed."""

app = typer.Typer(
    name="pixora",
    help="Turn a text into a narrated, illustrated, scored film.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)
app.command("make")(make.make)
app.command("plan")(plan.plan)
app.command("edit")(edit.edit)
app.command("take")(edit.take)
app.command("history")(edit.history)
app.command("revert")(edit.revert)
app.command("approve")(edit.approve)
app.command("show")(show.show)
app.command("list")(show.list_projects)
app.add_typer(footage.footage, name="footage")
app.command("videos")(videos.videos)
app.command("export")(export.export)
app.command("models")(models.models)
app.command("prefer")(prefer.prefer)
app.command("costs")(costs.costs)
app.add_typer(keys.app, name="keys")
app.add_typer(calls.app, name="calls")
app.add_typer(storage.app, name="storage")
app.command("doctor")(doctor.doctor)
app.command("up")(up.up)


def main() -> NoReturn:
    """Run the command; a person's mistake ends in one sentence, never in a traceback."""
    try:
        code = app(standalone_mode=False)
    except PixoraError as error:
        complain(str(error))
        sys.exit(error.exit_code)
    except typer.Abort:
        complain("Nothing was changed: the question was not answered.")
        sys.exit(1)
    except typer.TyperException as error:
        _complain_of_usage(error)
        sys.exit(2)
    if code == INTERRUPTED:
        complain("Stopped. What was finished is kept: the same command goes on from there.")
    sys.exit(code if isinstance(code, int) else 0)


def _complain_of_usage(error: typer.TyperException) -> None:
    sentence = complaint(error, sys.argv[1:])
    if sentence is None:
        error.show()  # type: ignore[attr-defined]
    else:
        complain(sentence)
