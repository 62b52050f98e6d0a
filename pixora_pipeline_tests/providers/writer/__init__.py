"""The embedded writer."""
