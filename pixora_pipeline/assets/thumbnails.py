"""The small picture beside an artifact that the UI shows inline."""

from pathlib import Path

from pixora_pipeline.assets.work import Work

PREVIEW = "preview.webp"
WIDTH = 480


def keep_preview(work: Work, picture: Path) -> list[str]:
    """Shrink a picture."""
    from pixora_pipeline.media.preview import thumbnail

    work.file(PREVIEW).write_bytes(thumbnail(picture, WIDTH))
    return [PREVIEW]


def keep_waveform(work: Work, sound: Path) -> list[str]:
    """Draw a sound's level over time."""
    from pixora_pipeline.media.preview import waveform

    return _through(work, lambda to: waveform(sound, to))


def keep_poster(work: Work, video: Path, at: float) -> list[str]:
    """Take the frame at that second."""
    from pixora_pipeline.media.preview import poster

    return _through(work, lambda to: poster(video, at, to))


def _through(work: Work, write) -> list[str]:
    large = work.file("preview.large.png")
    write(large)
    names = keep_preview(work, large)
    large.unlink()
    return names
