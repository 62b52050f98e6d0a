"""Word lists, as data, and the one way to read them."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any


@cache
def read_lexicon(name: str) -> dict[str, Any]:
    """The tables of `name`.toml in this folder."""
    return tomllib.loads((Path(__file__).parent / f"{name}.toml").read_text(encoding="utf-8"))
