"""Bringing 8-bit planes of another matrix or range to the film's colours: BT.709 in limited range. No filters.

Grey stays grey in any matrix, so brightness is a gain and what the chroma adds to it. That is worked out where the
chroma is, at half the size, and costs a seventh of the way through RGB.
"""

from dataclasses import dataclass
from functools import cache

import cv2
import numpy as np
from numpy.typing import NDArray

Plane = NDArray[np.uint8]

WEIGHTS = {"bt709": (0.2126, 0.0722), "smpte170m": (0.299, 0.114), "bt470": (0.299, 0.114)}
"""The shares of red and blue in brightness, by matrix."""

MIDDLE = 128


Share = tuple[float, float, float]
"""What Cb, Cr and 1 give."""


@dataclass(frozen=True)
class Recolouring:
    """Brightness is `gain` times what it was and what `added` gives, if any; `blue` and `red` give the new chroma."""

    gain: float
    offset: float
    added: Share | None
    blue: Share
    red: Share

    def apply(self, luma: Plane, blue: Plane, red: Plane) -> None:
        """Change the planes of a picture, luma twice as wide and high as the others, in place."""
        if self.added is None:
            cv2.convertScaleAbs(luma, dst=luma, alpha=self.gain, beta=self.offset)
        else:
            added = _shared(blue, red, self.added)
            whole = cv2.resize(added, luma.shape[::-1], interpolation=cv2.INTER_LINEAR)
            cv2.addWeighted(luma, self.gain, whole, 1.0, self.offset - MIDDLE, dst=luma)
        blue[:], red[:] = _shared(blue, red, self.blue), _shared(blue, red, self.red)


def _shared(blue: Plane, red: Plane, share: Share) -> Plane:
    return cv2.addWeighted(blue, share[0], red, share[1], share[2])


@cache
def recolouring(matrix: str, full_range: bool) -> Recolouring | None:
    """How such planes become the film's; None when they are already. `matrix` is one of `WEIGHTS`."""
    if matrix == "bt709" and not full_range:
        return None
    to_film = _from_rgb(*WEIGHTS["bt709"]) @ np.linalg.inv(_from_rgb(*WEIGHTS[matrix]))
    black, luma_steps, chroma_steps = (0, 255, 255) if full_range else (16, 219, 224)
    # From codes to shares of full scale, through the matrix, to codes of limited range.
    scaled = np.diag([219, 224, 224]) @ to_film @ np.diag([1 / luma_steps, 1 / chroma_steps, 1 / chroma_steps])
    added, new_blue, new_red = ((cb, cr, MIDDLE * (1 - cb - cr)) for cb, cr in scaled[:, 1:].tolist())
    same = matrix == "bt709"
    gain = float(scaled[0, 0])
    return Recolouring(gain, 16 - gain * black, None if same else added, new_blue, new_red)


def _from_rgb(red: float, blue: float) -> NDArray[np.float64]:
    """The matrix from RGB to brightness and two differences of colour."""
    luma = np.array([red, 1 - red - blue, blue])
    return np.array(
        [luma, (np.array([0, 0, 1]) - luma) / (2 * (1 - blue)), (np.array([1, 0, 0]) - luma) / (2 * (1 - red))]
    )
