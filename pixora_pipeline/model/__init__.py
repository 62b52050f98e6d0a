"""Frozen values that every other package speaks in. No I/O, no Dagster, no provider."""
