"""A figure as a Manim script: what people can read, change and run with the `manim` command."""

from pixora_pipeline.model.figures import Figure
from pixora_pipeline.model.value import Value

_WIDTH = 100


def script_text(figure: Figure, style: str) -> str:
    """The script of a scene that shows the figure in that style."""
    names = sorted({type(each).__name__ for each in _values(figure)})
    return (
        f"from pixora_pipeline.animation.scene import ExplainerScene\n"
        f"from pixora_pipeline.animation.templates import show\n"
        f"from pixora_pipeline.model.figures import {', '.join(names)}\n\n\n"
        f"class Explanation(ExplainerScene):\n"
        f"    style = {style!r}\n\n"
        f"    def construct(self):\n"
        f"        show(self, {_call(figure, 8)})\n"
    )


def _values(value: Value) -> list[Value]:
    """The value and all values inside it."""
    found = [value]
    for name in type(value).model_fields:
        field = getattr(value, name)
        for each in field if isinstance(field, tuple) else (field,):
            if isinstance(each, Value):
                found += _values(each)
    return found


def _call(value: Value, indent: int) -> str:
    """The call that makes the value, its fields that are not as usual one a line where they are long."""
    fields = type(value).model_fields
    set_fields = {
        name: getattr(value, name)
        for name, field in fields.items()
        if name != "template" and (field.is_required() or getattr(value, name) != field.get_default())
    }
    parts = [f"{name}={_literal(each, indent + 4)}" for name, each in set_fields.items()]
    return _laid(type(value).__name__ + "(", parts, ")", indent)


def _literal(value: object, indent: int) -> str:
    if isinstance(value, Value):
        return _call(value, indent)
    if isinstance(value, tuple):
        parts = [_literal(each, indent + 4) for each in value]
        return _laid("(", parts, ",)" if len(parts) == 1 else ")", indent)
    return repr(value)


def _laid(start: str, parts: list[str], end: str, indent: int) -> str:
    short = start + ", ".join(parts) + end
    if len(short) + indent <= _WIDTH and "\n" not in short:
        return short
    pad = " " * (indent + 4)
    return start + "".join(f"\n{pad}{part}," for part in parts) + "\n" + " " * indent + end.lstrip(",")
