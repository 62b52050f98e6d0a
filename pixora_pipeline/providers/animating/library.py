"""The helper library as a model is told of it: our figures and their fields, read off the values themselves."""

from typing import Any, get_args

from pixora_pipeline.model import figure_parts, figures
from pixora_pipeline.model.value import Value

_SHORTER = (("pixora_pipeline.model.figure_parts.", ""), ("Annotated", ""), ("typing.", ""))


def figures_told() -> str:
    """Every figure with what it shows and its fields, a line each."""
    union = get_args(get_args(figures.Figure)[0])
    parts = [each for each in vars(figure_parts).values() if isinstance(each, type) and issubclass(each, Value)]
    small = [each for each in parts if each is not Value]
    return "\n".join([*(_told(each) for each in union), "", "Their parts:", *(_told(each) for each in small)])


def _told(kind: type[Value]) -> str:
    fields = (f"{name}{_default(field)}" for name, field in kind.model_fields.items() if name != "template")
    about = " ".join((kind.__doc__ or "").split())
    return f"- `{kind.__name__}({', '.join(fields)})`: {about}"


def _default(field: Any) -> str:
    name = str(field.annotation).replace("<class '", "").replace("'>", "")
    for long, short in _SHORTER:
        name = name.replace(long, short)
    return f": {name}" if field.is_required() else f"={field.get_default()!r}"
