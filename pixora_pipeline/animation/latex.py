"""Formulas set by LaTeX, where it is installed: each in a run of its own, in a job that may run programs.

LaTeX may read what it comes with and write in the job's folder, and runs nothing itself (`-no-shell-escape`). A formula
that it refuses is left to Typst.
"""

import os
import shutil
import subprocess
from pathlib import Path

from pydantic import JsonValue

from pixora_pipeline.model.value import Value

SET_BEFORE = "formula-{name}.svg"
"""The file of a formula that LaTeX has set, beside the script that it belongs to."""
MOST = 40
"""Formulas of one script that LaTeX is asked for."""
_PROGRAMS = ("latex", "dvisvgm")
_RUN_SECONDS = 20
_PAGE = r"""\documentclass{article}
\usepackage[utf8]{inputenc}
\usepackage{amsmath,amssymb}
\pagestyle{empty}
\begin{document}
%s
\end{document}
"""


class TexFormula(Value):
    """A formula as a script asked for it; `name` names its file, `environment` None is plain text."""

    name: str
    tex: str
    environment: str | None


def latex_is_installed() -> bool:
    """Whether this machine has LaTeX, and what makes pictures of its pages."""
    return all(shutil.which(program) for program in _PROGRAMS)


def set_job(formulas: list[dict]) -> JsonValue:
    """In a job's folder, set each formula that can be: the names of those that were."""
    return [each.name for each in map(TexFormula.model_validate, formulas) if _set(each)]


def _set(formula: TexFormula) -> bool:
    page = Path(f"{formula.name}.tex")
    page.write_text(_PAGE % _in_environment(formula), encoding="utf-8")
    pictures = ["dvisvgm", "--no-fonts", "--verbosity=0", "-o", SET_BEFORE.format(name=formula.name)]
    return _run("latex", "-no-shell-escape", "-interaction=batchmode", "-halt-on-error", page.name) and _run(
        *pictures, page.with_suffix(".dvi").name
    )


def _in_environment(formula: TexFormula) -> str:
    if formula.environment is None:
        return formula.tex
    return f"\\begin{{{formula.environment}}}\n{formula.tex}\n\\end{{{formula.environment}}}"


def _run(*command: str) -> bool:
    # Paranoid: no file outside the job's folder and LaTeX's own.
    environment = os.environ | {"openin_any": "p", "openout_any": "p", "TEXMFOUTPUT": "."}
    try:
        done = subprocess.run(command, env=environment, capture_output=True, timeout=_RUN_SECONDS, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0
