"""Trying a step again where that may help, and never where somebody stopped it.

A retry policy of Dagster's takes an interrupted step for a failed one and begins it anew: Ctrl-C and a cancelled run
would be without effect.
"""

from collections.abc import Iterator

from dagster import AssetExecutionContext, DagsterError, Failure, RetryPolicy, RetryRequested

from pixora_pipeline.errors import TryAgain


def may_pass(error: Exception | None) -> bool:
    """Whether the same step, tried again at once, may do better."""
    return isinstance(error, TryAgain) and error.again_by_itself


def retried(context: AssetExecutionContext, policy: RetryPolicy, events: Iterator) -> Iterator:
    """The step's events; a failure that may pass has the step tried again as often as the policy says."""
    try:
        yield from events
    except DagsterError:
        raise
    except Exception as error:
        if isinstance(error, Failure) and not error.allow_retries:
            raise
        delay = policy.calculate_delay(context.op_execution_context.retry_number + 1)
        raise RetryRequested(max_retries=policy.max_retries, seconds_to_wait=delay) from error
