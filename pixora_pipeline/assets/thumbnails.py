"""The small picture beside an artifact that the UI shows inline; a film's poster and thumbnails."""

from pathlib import Path

from pixora_pipeline.assets.work import Work

PREVIEW = "preview.webp"
WIDTH = 480
POSTER = "poster.jpg"
STORYBOARD = ("thumbnails.jpg", "thumbnails.vtt")
POSTER_AT = 2.5
"""The second of the film that stands for it: the title card, past its fade."""


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


def keep_film_poster(work: Work, film: Path) -> list[str]:
    """Take the frame that stands for a film, at its full size and as its preview."""
    from pixora_pipeline.media.preview import poster

    poster(film, POSTER_AT, work.file(POSTER))
    return [*keep_preview(work, work.file(POSTER)), POSTER]


def keep_storyboard(work: Work, film: Path) -> list[str]:
    """Take thumbnails from all over a film."""
    from pixora_pipeline.media.storyboard import write_storyboard

    work.workers.run(write_storyboard, film, *(work.file(name) for name in STORYBOARD))
    return list(STORYBOARD)


def _through(work: Work, write) -> list[str]:
    large = work.file("preview.large.png")
    write(large)
    names = keep_preview(work, large)
    large.unlink()
    return names
