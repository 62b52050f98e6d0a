"""Why a run failed: how a step says it, and how it is read again from the events of its run."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from dagster import DagsterEvent, Failure
from dagster._core.execution.plan.objects import ErrorSource

from pixora_pipeline.errors import Defect, PixoraError
from pixora_pipeline.model.enumeration import first_of

_EXIT_CODE = "exit code"
STOPPED = "It was stopped before it was finished; `pixora make` goes on from there."

MOST_NAMED = 3
"""Places named when one sentence is true of several."""


@dataclass(frozen=True)
class Reason:
    """The sentence of a step that failed, and whose fault it is, as a command's exit code says; None where unknown.

    `places` are the artifacts that failed, such as `scene_image@s03`, each with its own sentence.
    """

    words: str
    exit_code: int | None = None
    places: Mapping[str, str] = field(default_factory=dict)


def failure(words: str, errors: Sequence[Exception], again: bool, places: Mapping[str, str] | None = None) -> Failure:
    """The failure of a step that met these errors. `again` is whether Dagster may retry it."""
    code = next((error.exit_code for error in errors if isinstance(error, PixoraError)), Defect.exit_code)
    return Failure(words, metadata={_EXIT_CODE: code, **(places or {})}, allow_retries=again)


def told_once(places: Mapping[str, str]) -> list[str]:
    """A sentence for each cause, with the places that met it: a full disk is met by all."""
    told = []
    for sentence in dict.fromkeys(places.values()):
        met = [place for place, said in places.items() if said == sentence]
        told.append(f"{first_of(met, MOST_NAMED)}: {sentence}")
    return told


def reason_of(events: Iterable[DagsterEvent]) -> Reason | None:
    """Why the first step failed that did, None when none did."""
    for event in events:
        if not event.is_step_failure:
            continue
        data = event.step_failure_data
        if data.error_source is ErrorSource.INTERRUPT:
            return Reason(STOPPED)
        if (said := data.user_failure_data) and said.description:
            told = {label: entry.value for label, entry in said.metadata.items()}
            return Reason(said.description, told.pop(_EXIT_CODE, None), told)
        if data.error:
            cause = data.error.cause or data.error
            return Reason(f"{event.step_key} failed: {cause.message.strip()}")
    return None
