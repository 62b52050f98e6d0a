"""Holding a script to the Manim that is installed: names, methods and signatures, without running it.

Only what is known for certain is told: a name that is made anew in the script, or a value whose class can't be seen,
is left to the trial.
"""

import ast
import builtins
import importlib
import inspect
import re
from collections.abc import Callable, Iterator
from difflib import get_close_matches
from types import ModuleType
from typing import Any

from pixora_pipeline.animation.checking.fault import ScriptFault
from pixora_pipeline.animation.checking.reading import ALLOWED

# Names of older Manims and of ManimGL, which models remember.
_RENAMED = {
    "ShowCreation": "Create", "TextMobject": "Tex", "TexMobject": "MathTex", "GraphScene": "Axes",
    "FadeInFrom": "FadeIn(..., shift=...)", "FadeInFromDown": "FadeIn(..., shift=UP)", "FadeOutAndShift":
    "FadeOut(..., shift=...)", "FadeInFromLarge": "FadeIn(..., scale=...)", "ShowCreationThenDestruction":
    "ShowPassingFlash", "WiggleOutThenIn": "Wiggle", "CircleIndicate": "Circumscribe", "FocusOn": "FocusOn",
    "OldTex": "Tex", "OldTexText": "Tex", "TexText": "Tex", "get_graph": "plot", "get_tex_string": "tex_string",
    "ApplyMethod": "mobject.animate", "set_width": "scale_to_fit_width", "set_height": "scale_to_fit_height",
    "DashedMobject": "DashedVMobject", "SurroundingCircle": "Circle().surround(...)", "Underbrace": "Brace",
}  # fmt: skip
_TAKEN_OUT = re.compile(r"""["'](\w+)["'] in kwargs|kwargs\.\w+\(\s*["'](\w+)["']""")
# Mobject makes `get_...` and `set_...` out of anything it has.
_MADE_UP = ("get_", "set_")


def check_interface(source: str) -> list[ScriptFault]:
    """What the script uses that the installed Manim does not have, or not like that."""
    return list(_Reader(ast.parse(source)).faults())


class _Reader:
    def __init__(self, tree: ast.Module) -> None:
        self.tree = tree
        self.found: list[ScriptFault] = []
        self.known: dict[str, Any] = {}
        self.own = _made(tree)

    def faults(self) -> Iterator[ScriptFault]:
        """All that is wrong, imports first."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Import | ast.ImportFrom):
                self._bring_in(node)
        yield from self.found
        for name in self.own:
            self.known.pop(name, None)
        values = self._classes_of_values()
        classes = [node for node in self.tree.body if isinstance(node, ast.ClassDef)]
        scenes = {id(inner): node for node in classes for inner in ast.walk(node)}
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
                yield from self._name(node)
            elif isinstance(node, ast.Attribute) and (base := self._value(node.value)) is not None:
                yield from self._attribute(node, base)
            elif isinstance(node, ast.Call):
                yield from self._call(node, values, scenes.get(id(node)))

    def _bring_in(self, node: ast.Import | ast.ImportFrom) -> None:
        if isinstance(node, ast.Import):
            for alias in node.names:
                if alias.name in ALLOWED:
                    module = importlib.import_module(alias.name)
                    top = module if alias.asname else importlib.import_module(alias.name.partition(".")[0])
                    self.known[alias.asname or alias.name.partition(".")[0]] = top
            return
        if node.module not in ALLOWED or node.module == "__future__":
            return
        module = importlib.import_module(node.module)
        for alias in node.names:
            if alias.name == "*":
                names = getattr(module, "__all__", None) or [n for n in vars(module) if not n.startswith("_")]
                self.known |= {name: getattr(module, name) for name in names}
            elif hasattr(module, alias.name):
                self.known[alias.asname or alias.name] = getattr(module, alias.name)
            else:
                reason = f"{node.module} has no {alias.name}{_instead(alias.name, dir(module))}"
                self.found.append(ScriptFault(reason=reason, line=node.lineno))
                self.own.add(alias.asname or alias.name)

    def _name(self, node: ast.Name) -> Iterator[ScriptFault]:
        if node.id in self.known or node.id in self.own or hasattr(builtins, node.id):
            return
        known = [*self.known, *self.own]
        yield ScriptFault(reason=f"{node.id} is not defined{_instead(node.id, known)}", line=node.lineno)

    def _attribute(self, node: ast.Attribute, base: Any) -> Iterator[ScriptFault]:
        if isinstance(base, ModuleType | type) and not hasattr(base, node.attr):
            what = getattr(base, "__name__", "it")
            reason = f"{what} has no {node.attr}{_instead(node.attr, dir(base))}"
            yield ScriptFault(reason=reason, line=node.lineno)

    def _call(self, node: ast.Call, values: dict[str, type], scene: ast.ClassDef | None) -> Iterator[ScriptFault]:
        target, given, said = self._value(node.func), 0, ast.unparse(node.func)
        if target is None and isinstance(node.func, ast.Attribute):
            kind, own = self._class_behind(node.func.value, values, scene)
            name = node.func.attr
            if kind is None or name in own:
                return
            if not hasattr(kind, name):
                if not name.startswith(_MADE_UP) or name in _RENAMED or issubclass(kind, _manim().Scene):
                    reason = f"{kind.__name__} has no method {name}{_instead(name, dir(kind))}"
                    yield ScriptFault(reason=reason, line=node.lineno)
                return
            target, given = inspect.getattr_static(kind, name), 1
            if not inspect.isfunction(target):
                return
        if callable(target) and (wrong := _misfit(target, node, given)):
            yield ScriptFault(reason=f"{said}(): {wrong}", line=node.lineno)

    def _value(self, node: ast.expr) -> Any:
        """What an expression stands for, where that was imported; else None."""
        if isinstance(node, ast.Name):
            return self.known.get(node.id)
        if isinstance(node, ast.Attribute):
            base = self._value(node.value)
            return getattr(base, node.attr, None) if isinstance(base, ModuleType | type) else None
        return None

    def _class_behind(
        self, node: ast.expr, values: dict[str, type], scene: ast.ClassDef | None
    ) -> tuple[type | None, set[str]]:
        """The class that a method is called on, as far as it can be seen, and what the script adds to it."""
        if isinstance(node, ast.Attribute) and node.attr == "animate":
            return self._class_behind(node.value, values, scene)
        if not isinstance(node, ast.Name):
            return None, set()
        if node.id == "self" and scene is not None:
            bases = [self._value(base) for base in scene.bases]
            if len(bases) == 1 and isinstance(bases[0], type):
                return bases[0], _made_on_self(scene)
            return None, set()
        return values.get(node.id), set()

    def _classes_of_values(self) -> dict[str, type]:
        """Names that are given one kind of value in the whole script, and its class."""
        kinds: dict[str, set[Any]] = {}
        told: set[int] = set()
        for node in ast.walk(self.tree):
            targets = node.targets if isinstance(node, ast.Assign) and isinstance(node.value, ast.Call) else []
            for target in (each for each in targets if isinstance(each, ast.Name)):
                kinds.setdefault(target.id, set()).add(self._value(node.value.func))
                told.add(id(target))
            for name in _names_made(node) if id(node) not in told else ():
                kinds.setdefault(name, set()).add(None)
        single = {name: next(iter(found)) for name, found in kinds.items() if len(found) == 1}
        return {name: kind for name, kind in single.items() if isinstance(kind, type)}


def _misfit(target: Callable, call: ast.Call, given: int) -> str | None:
    """Why a call does not fit the signature of what it calls; None where it does, or nobody can say."""
    if not (getattr(target, "__module__", None) or "").startswith(("manim", "pixora_pipeline")):
        return None
    try:
        signature = inspect.signature(target)
    except (TypeError, ValueError):
        return None
    spread = any(isinstance(each, ast.Starred) for each in call.args) or any(k.arg is None for k in call.keywords)
    named = {k.arg: None for k in call.keywords if k.arg}
    if isinstance(target, type) and (unknown := _unknown_options(target, signature, named)):
        return f"it takes no {unknown}"
    try:
        if spread:
            signature.bind_partial(**named)
        else:
            signature.bind(*[None] * (len(call.args) + given), **named)
    except TypeError as error:
        return str(error)
    return None


def _unknown_options(kind: type, signature: inspect.Signature, named: dict[str, None]) -> str | None:
    """An option that neither a class nor any it derives from takes. What it passes elsewhere can't be seen."""
    if not any(each.kind is each.VAR_KEYWORD for each in signature.parameters.values()):
        return None
    taken: set[str] = set()
    # Animations that are made of others pass their options on to those.
    others = (_manim().Transform,) if issubclass(kind, _manim().Animation) else ()
    for each in (*kind.__mro__[:-1], *others):
        try:
            taken |= set(inspect.signature(each.__init__).parameters)
            # Some options are named nowhere but where they are taken out.
            source = inspect.getsource(each.__init__)
            taken |= {one or two for one, two in _TAKEN_OUT.findall(source)}
        except (TypeError, ValueError, OSError):
            return None
    unknown = next((name for name in named if name not in taken and not hasattr(kind, name)), None)
    return f"{unknown}{_instead(unknown, taken)}" if unknown else None


def _instead(name: str, choices: Any) -> str:
    if name in _RENAMED:
        return f": in this Manim it is {_RENAMED[name]}"
    near = get_close_matches(name, [each for each in choices if not each.startswith("_")], n=2, cutoff=0.7)
    return f"; did you mean {' or '.join(near)}?" if near else ""


def _names_made(node: ast.AST) -> set[str]:
    """The names that a node gives a value."""
    if isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Load):
        return {node.id}
    if isinstance(node, ast.FunctionDef | ast.ClassDef | ast.AsyncFunctionDef):
        return {node.name}
    if isinstance(node, ast.arg):
        return {node.arg}
    if isinstance(node, ast.ExceptHandler | ast.MatchAs | ast.MatchStar) and node.name:
        return {node.name}
    return set()


def _made(tree: ast.AST) -> set[str]:
    return {name for node in ast.walk(tree) for name in _names_made(node)}


def _made_on_self(scene: ast.ClassDef) -> set[str]:
    """The methods and attributes that a class in the script has of its own."""
    own = {node.name for node in scene.body if isinstance(node, ast.FunctionDef)}
    for node in ast.walk(scene):
        stored = isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store)
        if stored and isinstance(node.value, ast.Name) and node.value.id == "self":
            own.add(node.attr)
    return own


def _manim() -> ModuleType:
    import manim

    return manim
