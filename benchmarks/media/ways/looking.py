"""`python -m benchmarks.media.ways.looking bare|ours FILE FOLDER`: a source decoded, and looked through."""

import sys
from pathlib import Path

import av

from pixora_pipeline.footage.looking import describe_scenes, find_focuses, find_shots
from pixora_pipeline.footage.probing import probe_source
from pixora_pipeline.footage.transcripts import read_transcript


def bare(video: Path, _: Path) -> None:
    """Decode it with all threads, and nothing else."""
    with av.open(str(video)) as container:
        container.streams.video[0].thread_type = "AUTO"
        for _frame in container.decode(video=0):
            pass


def ours(video: Path, folder: Path) -> None:
    """All that the library's steps find out of it."""
    facts, seen = probe_source(video), folder / "seen.npz"
    shots = find_shots(video, facts, seen).shots
    find_focuses(video, facts, shots, seen)
    describe_scenes(video, facts, shots, read_transcript(video, None, facts), seen)


if __name__ == "__main__":
    {"bare": bare, "ours": ours}[sys.argv[1]](Path(sys.argv[2]), Path(sys.argv[3]))
