"""What is made when it is first asked for, once, whichever threads ask for it at the same moment."""

import threading
from collections.abc import Callable
from functools import cached_property
from typing import Any, TypeVar

Made = TypeVar("Made")


class once(cached_property[Made]):
    """A cached property for threads: since Python 3.12, those that ask `cached_property` at once each compute it."""

    def __init__(self, make: Callable[[Any], Made]) -> None:
        super().__init__(make)
        self._asked = threading.RLock()

    def __get__(self, owner: Any, kind: type | None = None) -> Any:
        """What was made for the owner, made now where it was not; the property itself where a class is asked."""
        with self._asked:
            return super().__get__(owner, kind)
