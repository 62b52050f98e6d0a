"""Why a run failed, in the words of what failed."""

from collections.abc import Iterable

from dagster import DagsterEvent

EXIT_CODE = "exit code"
"""The metadata of a failure that says whose it is, as a command's exit code does."""


def reason_of(events: Iterable[DagsterEvent]) -> str | None:
    """The sentence of the first step that failed, None when no step did."""
    for event in events:
        if not event.is_step_failure:
            continue
        data = event.step_failure_data
        if data.user_failure_data and data.user_failure_data.description:
            return data.user_failure_data.description
        if data.error:
            cause = data.error.cause or data.error
            return f"{event.step_key} failed: {cause.message.strip()}"
    return None


def code_of(events: Iterable[DagsterEvent]) -> int | None:
    """The exit code of the first step that failed, None when it has none."""
    for event in events:
        if event.is_step_failure and (said := event.step_failure_data.user_failure_data):
            code = said.metadata.get(EXIT_CODE)
            return code.value if code else None
    return None
