"""`pixora prefer`: who makes what in films to come, where their own options say nothing else."""

from typing import TYPE_CHECKING, Annotated

import typer
from rich.markup import escape
from rich.table import Table

from pixora_pipeline.cli.models import capability_of, chosen_in, chosen_models
from pixora_pipeline.cli.output import console, print_json
from pixora_pipeline.model.project import Models
from pixora_pipeline.providers.catalogue import usable

if TYPE_CHECKING:
    from pixora_pipeline.assets.studio import Studio


def prefer(
    choices: Annotated[
        list[str] | None, typer.Argument(metavar="[WHAT=MODEL]...", help="Such as image=openai; WHAT=embedded undoes.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one object on stdout.")] = False,
) -> None:
    """Say who makes what in the films you begin from now on, or list that. Films that were begun stay as they are."""
    from pixora_pipeline.assets.studio import Studio

    table = Studio().user_models
    models = table.of()
    if choices:
        models = chosen_models(choices, models, "WHAT=MODEL")
        table.keep(models)
    if as_json:
        print_json(models.model_dump(mode="json"))
        return
    shown = Table("for", "made by", box=None, padding=(0, 2))
    for what, model in models.model_dump().items():
        if model is not None:
            shown.add_row(what.replace("_", " "), escape(model))
    console.print(shown)


def preferred_models(studio: "Studio") -> Models:
    """What was said, if all of it can still be used. Raises `UserError`, which names the successor.

    A home that is not there holds no wishes, and is not made to find that out.
    """
    if studio.settings.database_url is None and not studio.settings.home.exists():
        return Models()
    models = studio.user_models.of()
    for what, model in chosen_in(models):
        usable(capability_of(what), model)
    return models
