"""Moving pictures that came from a service: every frame decoded before one is believed."""

from pathlib import Path

import av

from pixora_pipeline.media.whole import missing_bytes
from pixora_pipeline.model.results import MovingPicture
from pixora_pipeline.providers.faults import BadOutput

_MOST_FRAMES = 60 * 60 * 2
_LARGEST = 4096


def check_video(service: str, path: Path) -> MovingPicture:
    """Decode all of it and say what it is. Raises `BadOutput`."""
    kind = _kind(service, path)
    if missing_bytes(path):
        raise BadOutput(service, "its moving picture is cut short")
    try:
        with av.open(f"file:{path}", format=kind) as container:
            if not container.streams.video:
                raise BadOutput(service, "its file holds no moving picture")
            stream = container.streams.video[0]
            if max(stream.codec_context.width, stream.codec_context.height) > _LARGEST:
                raise BadOutput(service, f"its picture is larger than {_LARGEST} pixels")
            promised, fps, frames = stream.frames, float(stream.average_rate or 0), _count(service, container)
    except (av.error.FFmpegError, OSError):
        raise BadOutput(service, "its moving picture can't be decoded") from None
    if frames < 2 or fps <= 0 or frames < promised:
        raise BadOutput(service, f"its moving picture breaks off after {frames} frames")
    context = stream.codec_context
    return MovingPicture(
        seconds=round(frames / fps, 3), width=context.width, height=context.height, fps=fps, frames=frames
    )


def _count(service: str, container: av.container.InputContainer) -> int:
    frames = 0
    for _ in container.decode(video=0):
        frames += 1
        if frames > _MOST_FRAMES:
            raise BadOutput(service, f"its moving picture has more than {_MOST_FRAMES} frames")
    return frames


def _kind(service: str, path: Path) -> str:
    # Pinned, so that a playlist in disguise is not followed.
    with path.open("rb") as file:
        head = file.read(12)
    if head[4:8] == b"ftyp":
        return "mp4"
    if head[:4] == b"\x1a\x45\xdf\xa3":
        return "matroska"
    raise BadOutput(service, "its file is no moving picture")
