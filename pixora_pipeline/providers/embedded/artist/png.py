"""Pictures as PNG files, quickly."""

from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from pixora_pipeline.errors import Defect, TryAgain


def eight_bits(pixels: NDArray[np.float32]) -> list[NDArray[np.uint8]]:
    """Planes of 0 to 1 (red, green, blue) as OpenCV wants them: 8 bits, blue first."""
    return [np.clip(plane * 255 + 0.5, 0, 255).astype(np.uint8) for plane in pixels[::-1]]


def write_png(picture: NDArray[np.uint8], to: Path) -> None:
    """Write it: height x width x 3 or 4, blue first. Raises `TryAgain`."""
    done, png = cv2.imencode(".png", picture, [cv2.IMWRITE_PNG_COMPRESSION, 1])
    if not done:
        raise Defect(f"The picture for {to.name} could not be encoded as a PNG.")
    try:
        to.write_bytes(png.tobytes())
    except OSError as error:
        raise TryAgain(
            f"The picture could not be written to {to}: {error}. Check the folder and its free space."
        ) from error
