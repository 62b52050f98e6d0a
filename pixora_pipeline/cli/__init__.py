"""The `pixora` command: make a film, look at it, run the studio. Commands import what they need when they run."""

import gc
import sys
from typing import NoReturn


def main() -> NoReturn:
    """Run the command."""
    # Importing Dagster makes half a million objects that stay: looking for dead ones among them again and again would
    # be a tenth of the time.
    gc.set_threshold(1_000_000)
    try:
        # Not above: worker processes load the main module again, and have no use for commands.
        from pixora_pipeline.cli.app import main as run

        run()
    except KeyboardInterrupt:  # while it was loading
        sys.stderr.write("✗ Stopped before anything was done.\n")
        sys.exit(130)
    finally:
        # The process ends: looking through all those objects once more would take as long as importing them did.
        gc.freeze()
