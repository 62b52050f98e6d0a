"""Steps are tried again when that may help, and an interrupted step never is."""

from collections.abc import Iterator

import pytest
from dagster import AssetExecutionContext, DagsterInstance, Failure, MaterializeResult, RetryPolicy, asset, materialize
from dagster._core.errors import DagsterExecutionInterruptedError

from pixora_pipeline.assets.retrying import retried

TWICE_MORE = RetryPolicy(max_retries=2, delay=0)


@pytest.mark.parametrize(
    ("error", "tries"),
    [
        (DagsterExecutionInterruptedError, 1),
        (KeyboardInterrupt, 1),
        (lambda: Failure("no use", allow_retries=False), 1),
        (lambda: Failure("busy", allow_retries=True), 3),
        (lambda: OSError("gone"), 3),
    ],
    ids=["cancelled", "ctrl-c", "no use", "busy", "defect"],
)
def test_how_often_a_step_is_tried(error: type[BaseException], tries: int) -> None:
    begun = []

    def events() -> Iterator[MaterializeResult]:
        begun.append(1)
        yield from ()
        raise error()

    @asset(output_required=False)
    def thing(context: AssetExecutionContext) -> Iterator:
        yield from retried(context, TWICE_MORE, events())

    with DagsterInstance.ephemeral() as instance:
        assert not materialize([thing], instance=instance, raise_on_error=False).success
    assert len(begun) == tries
