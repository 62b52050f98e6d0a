"""A piece of footage as other programs take it: an MP4 of its own, in the film's shape, without sound."""

from pathlib import Path

from pixora_pipeline.media.encoding import FOOTAGE_PRESET, add_video, encode_video, mp4
from pixora_pipeline.media.footage import shown
from pixora_pipeline.media.reel import Cut, Fit, Play
from pixora_pipeline.media.timing import FilmFormat


def write_exchange_clip(cut: Cut, fit: Fit, fmt: FilmFormat, to: Path) -> None:
    """Encode the cut once, from its start to its end. Raises `UserError` when it can't be read."""
    play = Play(at=0, cut=cut, skipped=0, frames=cut.frames(fmt))
    with mp4(to) as container:
        encode_video(container, add_video(container, fmt, FOOTAGE_PRESET), shown(play, fit, fmt))
