"""Reading a script without running it: its syntax, what it imports, what it must not reach for. No Manim needed."""

import ast
from collections.abc import Iterator

from pixora_pipeline.animation.checking.fault import ScriptFault

HELPERS = (
    "pixora_pipeline.animation.scene",
    "pixora_pipeline.animation.templates",
    "pixora_pipeline.animation.region",
    "pixora_pipeline.model.figures",
)
"""Our own modules that scripts may use."""

ALLOWED = (
    *("manim", "numpy", "math", "cmath", "random", "itertools", "functools", "collections", "collections.abc"),
    *("typing", "dataclasses", "fractions", "statistics", "string", "textwrap", "colorsys", "__future__"),
    *HELPERS,
)
"""Everything that scripts may import."""

_FORBIDDEN = (
    *("open", "exec", "eval", "compile", "__import__", "globals", "locals", "vars", "breakpoint", "input", "exit"),
    *("getattr", "setattr", "delattr"),
)
LONGEST = 60_000
"""Characters of a script."""


def read_script(source: str) -> list[ScriptFault]:
    """What is wrong with it at first sight; its syntax alone where that is wrong."""
    if len(source) > LONGEST:
        return [ScriptFault(reason=f"the script has {len(source):,} characters; {LONGEST:,} are the most")]
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        said = error.msg if isinstance(error, SyntaxError) else str(error) or "it is nested too deeply"
        return [ScriptFault(reason=f"syntax: {said}", line=getattr(error, "lineno", None))]
    return [*_imports(tree), *_forbidden(tree), *_scene(tree)]


def _imports(tree: ast.Module) -> Iterator[ScriptFault]:
    for node in ast.walk(tree):
        names = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            names = ["." * node.level + (node.module or "")]
        for name in names:
            if name not in ALLOWED:
                reason = f"{name} may not be imported; what may is {', '.join(ALLOWED)}"
                yield ScriptFault(reason=reason, line=node.lineno)


def _forbidden(tree: ast.Module) -> Iterator[ScriptFault]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and node.id in _FORBIDDEN:
            yield ScriptFault(reason=f"{node.id} may not be used", line=node.lineno)
        elif isinstance(node, ast.Attribute) and node.attr.startswith("__") and node.attr != "__init__":
            yield ScriptFault(reason=f"{node.attr} may not be used", line=node.lineno)


def _scene(tree: ast.Module) -> Iterator[ScriptFault]:
    classes = [node for node in tree.body if isinstance(node, ast.ClassDef)]
    methods = {each.name for node in classes for each in node.body if isinstance(each, ast.FunctionDef)}
    if "construct" not in methods:
        yield ScriptFault(reason="there is no scene: write one class derived from ExplainerScene, with construct(self)")
