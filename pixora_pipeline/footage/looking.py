"""Looking through a video: its pictures are decoded once, and what is made of them is made of what was seen then."""

from collections.abc import Sequence
from pathlib import Path

from pixora_pipeline.footage.attention import focuses_of
from pixora_pipeline.footage.frames import all_frames
from pixora_pipeline.footage.glances import Glances, Glancing, keep_glances, kept_glances
from pixora_pipeline.footage.scenes import scenes_of
from pixora_pipeline.footage.shots import ShotFinder, check_shown
from pixora_pipeline.model.footage import SceneDescriptions, Shot, ShotFocuses, ShotList, SourceFacts, Transcript


def find_shots(video: Path, facts: SourceFacts, kept: Path, name: str | None = None) -> ShotList:
    """The shots of a video, from its start to its end. What is seen in it is kept in a file for those who ask later.

    Raises `UserError` when nothing of it can be shown.
    """
    finder, glancing = ShotFinder(facts), Glancing(facts.rotation)
    for frame in all_frames(video, facts.seconds):
        finder.see(frame)
        if frame.for_glances:
            glancing.see(frame)
    found = finder.found()
    check_shown(video, name or video.name, facts, found.damaged)
    keep_glances(glancing.found(), kept)
    return found


def find_focuses(video: Path, facts: SourceFacts, shots: Sequence[Shot], kept: Path) -> ShotFocuses:
    """The stretches of a video whose action is beside the middle."""
    return focuses_of(shots, _glances(video, facts, kept))


def describe_scenes(
    video: Path, facts: SourceFacts, shots: Sequence[Shot], transcript: Transcript, kept: Path
) -> SceneDescriptions:
    """Every scene of a video: what is seen and what is said in it."""
    return scenes_of(shots, transcript, _glances(video, facts, kept))


def _glances(video: Path, facts: SourceFacts, kept: Path) -> Glances:
    def look() -> Glances:
        glancing = Glancing(facts.rotation)
        for frame in all_frames(video, facts.seconds):
            if frame.for_glances:
                glancing.see(frame)
        return glancing.found()

    return kept_glances(kept, look)
