"""A value's JSON schema, closed: no property is optional and none may be added, as strict services want it."""

from typing import Any

from pydantic import BaseModel

# What services that check a schema strictly do not all know.
_LEFT_OUT = ("minLength", "maxLength", "minItems", "maxItems", "default", "title")


def closed_schema(output: type[BaseModel]) -> dict[str, Any]:
    """The schema of a value without mappings of free keys."""
    return _closed(output.model_json_schema())


def _closed(schema: Any) -> Any:
    if isinstance(schema, list):
        return [_closed(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    closed = {name: _closed(each) for name, each in schema.items() if name not in _LEFT_OUT or isinstance(each, dict)}
    if isinstance(schema.get("properties"), dict):
        properties = {name: _closed(each) for name, each in schema["properties"].items()}
        closed |= {"properties": properties, "required": list(properties), "additionalProperties": False}
    return closed
