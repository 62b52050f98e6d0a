"""A compilation as other programs exchange it: what is said over which stretches of which videos.

`video` (MP4, in the film's shape) and `audio` (WAV) are files in base64, None where they are not asked for.
"""

from pixora_pipeline.model.value import Value


class VideoClip(Value):
    """A stretch of a source video, in seconds of it."""

    video_id: str
    start: float
    end: float
    video: str | None = None


class CompilationSegment(Value):
    """One scene: its narration, its clips, its voice, and how long it lasts, in seconds."""

    script_segment: str
    clips: tuple[VideoClip, ...]
    audio: str | None = None
    duration: float


class CompilationJSON(Value):
    """The whole compilation."""

    title: str
    segments: tuple[CompilationSegment, ...]
    total_duration: float
    aspect_ratio: str
    tags: tuple[str, ...] = ()
    notices: tuple[str, ...] = ()
