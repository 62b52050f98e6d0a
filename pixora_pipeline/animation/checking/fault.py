"""What is wrong with a script."""

from pixora_pipeline.model.value import Value


class ScriptFault(Value):
    """One thing that is wrong, for its author; `line` is counted from 1, None where it is the whole."""

    reason: str
    line: int | None = None

    def __str__(self) -> str:
        return f"line {self.line}: {self.reason}" if self.line else self.reason
