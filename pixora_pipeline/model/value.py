"""The base of all values: frozen, closed, and equal by content."""

from pydantic import BaseModel, ConfigDict


class Value(BaseModel):
    """An immutable value; unknown fields are refused so that a misspelt one is never lost."""

    model_config = ConfigDict(frozen=True, extra="forbid")
