"""The picture of a moment, made when it is first looked at."""

import io
from pathlib import Path

from pixora_pipeline.errors import UserError
from pixora_pipeline.footage.container import opened

WIDTH = 320


def keep_thumbnail(video: Path, content: str, at: float, folder: Path) -> Path:
    """The WebP of the picture at `at` seconds of a video of that content, in the folder."""
    import av

    to = folder / f"{content}-{round(at * 1000)}.webp"
    if to.is_file():
        return to
    with opened(video) as container:
        stream = container.streams.video[0]
        container.seek(int(at * av.time_base))
        shown = next(
            (frame for frame in container.decode(stream) if frame.time is None or frame.time >= at - 0.05), None
        )
        if shown is None:
            raise UserError(f"There is no picture at {at:g} s.")
        height = max(2, round(WIDTH * shown.height / shown.width))
        picture = io.BytesIO()
        shown.reformat(width=WIDTH, height=height, format="rgb24").to_image().save(picture, "WEBP", quality=80)
    folder.mkdir(parents=True, exist_ok=True)
    draft = to.with_suffix(".part")
    draft.write_bytes(picture.getvalue())
    draft.replace(to)
    return to
