"""What the library knows of a source, put together for whoever plans clips of it."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING

from pixora_pipeline.assets.studio import Studio
from pixora_pipeline.errors import NotFound
from pixora_pipeline.model.footage import SceneDescriptions, ShotFocuses, ShotList, SourceFacts, Transcript, VideoSource
from pixora_pipeline.model.value import Value

if TYPE_CHECKING:
    from pixora_pipeline.footage.source_text import Ends, SourceText

CUT_BY = ("source_video", "transcript", "scene_descriptions", "shots", "shot_focus")
"""What has to be known of a source to cut it well."""


def text_of(studio: Studio, source: VideoSource, known: Mapping[str, Value]) -> "SourceText | None":
    """What is known of a source; None where it is still to be taken apart, or anew since a step was changed."""
    from pixora_pipeline.footage.source_text import SourceText

    facts, transcript, scenes, shots, focuses = (known.get(name) for name in CUT_BY)
    if not (
        isinstance(facts, SourceFacts)
        and isinstance(transcript, Transcript)
        and isinstance(scenes, SceneDescriptions)
        and isinstance(shots, ShotList)
    ):
        return None
    # Nobody has looked for it in sources that were taken in before anybody could.
    assert isinstance(focuses, ShotFocuses | None)
    keys = partial(_key_frames, studio, source.video)
    return SourceText(source.video, facts, transcript, scenes, shots, focuses, keys)


def _key_frames(studio: Studio, video: str, rooms: "Sequence[Ends]") -> Sequence[float]:
    from pixora_pipeline.footage.key_frames import key_frames

    try:
        return key_frames(studio.videos.path(video), rooms)
    except NotFound:
        # Who cuts a clip out of it will tell.
        return ()
