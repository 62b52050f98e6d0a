"""What is made when it is first asked for is made once."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor

from pixora_pipeline.once import once

THREADS = 4


class House:
    def __init__(self) -> None:
        self.built: list[object] = []

    @once
    def door(self) -> object:
        """The way in."""
        time.sleep(0.05)
        self.built.append(object())
        return self.built[-1]


def test_threads_that_ask_at_the_same_moment_get_the_same() -> None:
    house, together = House(), threading.Barrier(THREADS)

    def ask(_: int) -> object:
        together.wait()
        return house.door

    with ThreadPoolExecutor(THREADS) as threads:
        got = set(threads.map(ask, range(THREADS)))
    assert got == set(house.built)
    assert len(house.built) == 1


def test_each_owner_has_its_own_and_a_class_has_the_property() -> None:
    assert House().door is not House().door
    assert isinstance(House.door, once)


def test_what_was_dropped_is_made_anew() -> None:
    house = House()
    first = house.door
    del house.door
    assert house.door is not first
