"""Pixora: a request becomes a finished film, every artifact on the way a Dagster asset."""
