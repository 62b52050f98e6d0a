"""The helper library as a model is told of it: our figures and their fields, read off the values themselves."""

from typing import Any, get_args

from pixora_pipeline.model import figures
from pixora_pipeline.model.value import Value

_SHORTER = (("pixora_pipeline.model.figures.", ""), ("Annotated", ""), ("typing.", ""))


def figures_told() -> str:
    """Every figure with what it shows and its fields, a line each."""
    union = get_args(get_args(figures.Figure)[0])
    parts = [each for each in vars(figures).values() if isinstance(each, type) and issubclass(each, Value)]
    small = [each for each in parts if each not in union and each not in (Value, figures.Shown)]
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
