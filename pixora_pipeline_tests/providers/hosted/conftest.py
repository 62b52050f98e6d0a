"""Models of services engaged for an order."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pixora_pipeline.providers.catalogue import Capability, engage
from pixora_pipeline.providers.order import Order
from pixora_pipeline_tests.providers.servers.direct import DirectCalls
from pixora_pipeline_tests.providers.servers.street import Street

Engage = Callable[[Capability, str], Any]


@pytest.fixture
def calls(street: Street) -> DirectCalls:
    """What makes the calls."""
    return DirectCalls(street.credential)


@pytest.fixture
def order(calls: DirectCalls, tmp_path: Path) -> Order:
    """A piece of work that is paid for."""
    return Order(calls, "p-test/work/1", tmp_path / "received", "p-test")


@pytest.fixture
def hired(order: Order) -> Engage:
    """A model by capability and name, at work on the order."""
    return lambda capability, name: engage(capability, name, order)
