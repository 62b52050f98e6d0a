"""A scene's whole picture as one video, handles and all, for who cuts the film anew: its clip, and what joints own."""

from pathlib import Path
from tempfile import TemporaryDirectory

from pixora_pipeline.media.encoding import add_video, encode_video, mp4
from pixora_pipeline.media.film import CopiedVideo, add_copied_video
from pixora_pipeline.media.shot import Shot
from pixora_pipeline.media.timing import FilmFormat


def make_scene_media(shot: Shot, clip: Path, fmt: FilmFormat, to: Path) -> None:
    """Copy the clip's pictures between the handles on either side, which alone are encoded. It has no sound."""
    source = shot.open(fmt)
    with TemporaryDirectory(prefix="pixora-") as folder, mp4(to) as container:
        ends = [Path(folder) / "head.mp4", Path(folder) / "tail.mp4"]
        for end, first in zip(ends, (0, shot.frames - fmt.handle), strict=True):
            with mp4(end) as part:
                frames = (source.frame(at) for at in range(first, first + fmt.handle))
                encode_video(part, add_video(part, fmt), frames)
        video = add_copied_video(container, clip)
        for packet in CopiedVideo(video, fmt).packets([ends[0], clip, ends[1]]):
            container.mux(packet)
