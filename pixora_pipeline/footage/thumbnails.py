"""The picture of a moment, made when it is first looked at."""

import io
from pathlib import Path

from pixora_pipeline.errors import UserError
from pixora_pipeline.footage.container import opened
from pixora_pipeline.footage.upright import picture_at, upright

SIDE = 320
_VERSION = 2


def keep_thumbnail(video: Path, content: str, at: float, folder: Path, side: int = SIDE) -> Path:
    """The WebP of the picture at `at` seconds of a video of that content, in the folder; `side` pixels at most."""
    size = f"-{side}" if side != SIDE else ""
    to = folder / f"{content}-{round(at * 1000)}{size}.{_VERSION}.webp"
    if to.is_file():
        return to
    with opened(video) as container:
        shown = picture_at(container, at)
        if shown is None:
            raise UserError(f"There is no picture at {at:g} s.")
        picture = io.BytesIO()
        upright(shown, side, side).save(picture, "WEBP", quality=80)
    folder.mkdir(parents=True, exist_ok=True)
    draft = to.with_suffix(".part")
    draft.write_bytes(picture.getvalue())
    draft.replace(to)
    return to
