"""Replicate's format: predictions that are begun, looked at, and whose outputs vanish after an hour."""
