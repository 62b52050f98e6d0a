"""Pictures that came from a service: decoded whole, then cut to the size that was asked for, words set on them."""

from pathlib import Path

from PIL import Image, ImageOps, UnidentifiedImageError

from pixora_pipeline.model.requests import PictureRequest
from pixora_pipeline.model.results import Picture
from pixora_pipeline.providers.faults import BadOutput

_FORMATS = ("PNG", "JPEG", "WEBP")
_MOST_PIXELS = 8192 * 8192
_SMALLEST = 64

FOCUS = (0.5, 0.45)
"""Where the eye goes, as long as nobody has looked: most pictures keep their subject a little above the middle."""


def check_picture(service: str, path: Path) -> None:
    """Decode every pixel. Raises `BadOutput`."""
    try:
        with Image.open(path, formats=_FORMATS) as picture:
            if picture.width * picture.height > _MOST_PIXELS or min(picture.size) < _SMALLEST:
                raise BadOutput(service, f"its picture is of {picture.width}x{picture.height} pixels")
            picture.load()
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        raise BadOutput(service, "its picture can't be decoded") from None


def finish_picture(received: Path, request: PictureRequest, to: Path) -> Picture:
    """Write the picture as a PNG of the size asked for, its caption set on it."""
    with Image.open(received, formats=_FORMATS) as picture:
        _covering(_plain(picture), request.width, request.height).save(to, "PNG", compress_level=3)
    drawn, words = _set_words(request, to) if request.caption else (True, None)
    return Picture(
        width=request.width,
        height=request.height,
        focus=FOCUS,
        composition="generated",
        caption_drawn=drawn,
        words=words,
    )


def _plain(picture: Image.Image) -> Image.Image:
    """The picture upright in 8 bits, what shines through it black: no colours are seen that lie under a clear part."""
    upright = ImageOps.exif_transpose(picture)
    if upright.mode.startswith("I"):
        # Pillow would cut 16 bits off at 255.
        return upright.point(lambda value: value / 257).convert("L").convert("RGB")
    if not upright.has_transparency_data:
        return upright.convert("RGB")
    clear = upright.convert("RGBA")
    return Image.alpha_composite(Image.new("RGBA", clear.size, "black"), clear).convert("RGB")


def _covering(picture: Image.Image, width: int, height: int) -> Image.Image:
    """The largest part of the picture in that shape, about its middle, at that size."""
    scale = max(width / picture.width, height / picture.height)
    across, down = width / scale, height / scale
    left, top = (picture.width - across) / 2, (picture.height - down) / 2
    box = (left, top, left + across, top + down)
    return picture.resize((width, height), Image.Resampling.LANCZOS, box=box, reducing_gap=3.0)


def _set_words(request: PictureRequest, to: Path) -> tuple[bool, tuple[float, float] | None]:
    # Models spell badly: words are set by us, in the faces of the embedded artist.
    from pixora_pipeline.providers.embedded.artist.letter import letter_picture

    return letter_picture(to, request, (request.width * FOCUS[0], request.height * FOCUS[1]))
