"""What is told of videos that an earlier version looked through, and what is to be done about them."""

from pixora_pipeline.model.compilation import Notice
from pixora_pipeline.model.project import Project

REFRESH = "pixora footage refresh"


def outdated_told(outdated: int, among: int, which: str = "that fit") -> str:
    """The sentence for so many videos that are not up to date, among so many of the library."""
    have = "has" if outdated == 1 else "have"
    return f"{outdated} of {among} videos {which} {have} to be looked through by this version first: `{REFRESH}`."


def outdated_notice(outdated: int, among: int, project: Project) -> Notice:
    """What a film says that was planned all the same."""
    again = f"`pixora take {project.id} clip_plan` plans it again then."
    return Notice(
        kind="outdated", message=f"{outdated_told(outdated, among)} The film does without what is missing; {again}"
    )
