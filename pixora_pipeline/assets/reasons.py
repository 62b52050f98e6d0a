"""Why a run failed, in the words of what failed."""

from collections.abc import Iterable

from dagster import DagsterEvent


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
