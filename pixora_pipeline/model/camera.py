"""The camera's moves over a still, by name."""

from typing import Literal, get_args

_Moving = Literal[
    "push_in",
    "pull_out",
    "pan_left",
    "pan_right",
    "tilt_up",
    "tilt_down",
    "rise",
    "dive",
    "drift",
]

CameraKind = Literal[_Moving, "still"]
"""A push or a pull goes straight; a rise pulls out as it tilts up, and a dive pushes in as it tilts down."""

CameraChoice = Literal["auto", _Moving]
"""How the camera may be asked to move; `auto` leaves it to the picture."""

CAMERA_CHOICES: tuple[CameraChoice, ...] = get_args(CameraChoice)
