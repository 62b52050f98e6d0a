"""Whether what animates explainers is set up: it is an extra, because Linux has to build a part of it."""

from importlib.util import find_spec

from pixora_pipeline.errors import UserError


def check_installed() -> None:
    """Raise `UserError` unless Manim and what sets its formulas are here. Looks for them without loading them."""
    if not all(find_spec(package) for package in ("manim", "typst")):
        raise UserError(
            "Explainers are animated by Manim, which is not set up: run `make explainers`, then this again."
        )
