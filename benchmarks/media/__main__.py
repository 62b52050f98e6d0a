"""`python -m benchmarks.media [film] [moviepy] [changes] [length] [compilation]
[preview] [looking]`: all of them when none is named."""

import argparse
import os

from benchmarks.media import changes, compilation, film, length, looking, preview

COMPARISONS = {
    "film": lambda asked: film.compare(asked.rounds),
    "moviepy": lambda asked: film.compare_moviepy(asked.moviepy_rounds, asked.moviepy_scenes),
    "changes": lambda asked: changes.compare(asked.rounds),
    "length": lambda asked: length.compare(1),
    "compilation": lambda asked: compilation.compare(asked.rounds),
    "preview": lambda asked: preview.compare(asked.rounds),
    "looking": lambda asked: looking.compare(asked.rounds),
}


def main() -> None:
    """Run what was asked for and print a table for each."""
    parser = argparse.ArgumentParser(description=__doc__, prog="python -m benchmarks.media")
    parser.add_argument("comparisons", nargs="*", choices=[*COMPARISONS, []], metavar="comparison")
    parser.add_argument("--rounds", type=int, default=3, help="how often each comparison is made (3)")
    parser.add_argument("--moviepy-rounds", type=int, default=1, help="how often MoviePy is run (1)")
    parser.add_argument("--moviepy-scenes", type=int, default=2, help="scenes of the film that MoviePy makes (2)")
    asked = parser.parse_args()
    # One thread a process for everybody's linear algebra; encoders choose their own.
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    for name in asked.comparisons or COMPARISONS:
        COMPARISONS[name](asked)


if __name__ == "__main__":
    main()
