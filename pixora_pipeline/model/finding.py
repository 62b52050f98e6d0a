"""The outcome of a check, for people."""

from pixora_pipeline.model.value import Value


class Finding(Value):
    """One check: its name, whether it was passed, a sentence, what was measured and what is allowed."""

    name: str
    passed: bool
    message: str
    measured: float | str | None = None
    limit: float | str | None = None
