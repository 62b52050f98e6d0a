"""Where words go: results to stdout, everything else to stderr, so that `--json` can be piped."""

import json
import sys

from pydantic import JsonValue
from rich.console import Console

console = Console(stderr=True, highlight=False)


def complain(sentence: str) -> None:
    """Say what was wrong."""
    console.print("[bold red]✗[/] ", end="")
    console.print(sentence, markup=False, soft_wrap=True)


def print_json(value: JsonValue) -> None:
    """The one machine-readable object of a command."""
    sys.stdout.write(json.dumps(value, indent=2, ensure_ascii=False) + "\n")


def duration(seconds: float) -> str:
    """Seconds as people say them: `8.4 s`, `1:42 min`, `10:00:00 h`."""
    if seconds >= 3600:
        return f"{int(seconds) // 3600}:{int(seconds) // 60 % 60:02}:{int(seconds) % 60:02} h"
    return f"{seconds:.1f} s" if seconds < 60 else f"{int(seconds) // 60}:{int(seconds) % 60:02} min"


def money(usd: float | None) -> str:
    """Dollars, with cents where there are any worth showing; None is unknown."""
    if usd is None:
        return "an unknown price"
    return f"${usd:.2f}" if usd >= 0.01 or usd == 0 else f"${usd:.4f}"
