"""The embedded speaker."""
