"""The `pixora` command: make a film, look at it, run the studio. Commands import what they need when they run."""

from pixora_pipeline.cli.app import main

__all__ = ["main"]
