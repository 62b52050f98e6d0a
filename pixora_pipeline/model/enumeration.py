"""A long list as people are told of it: its first names, and how many more there are."""

from collections.abc import Sequence


def first_of(names: Sequence[str], most: int) -> str:
    """At most that many of the names: `a, b, c and 4 more`."""
    more = f" and {len(names) - most} more" if len(names) > most else ""
    return ", ".join(names[:most]) + more
