"""Every transition leads from one picture to the other in its own way, evenly, and without a jump at either end."""

from itertools import pairwise
from pathlib import Path
from typing import get_args

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from pixora_pipeline.media.joint import make_joint
from pixora_pipeline.media.picture import Planes
from pixora_pipeline.media.shot import StillShot
from pixora_pipeline.media.transitions import blend
from pixora_pipeline.model.results import CameraMove, Rectangle
from pixora_pipeline.model.script import TransitionKind
from pixora_pipeline_tests.media.material import SMALL, decoded_luma

KINDS: tuple[TransitionKind, ...] = get_args(TransitionKind)
STEPS = 15
OLD, NEW = 60, 200
WHOLE = Rectangle(x=0, y=0, width=1, height=1)


def flat(luma: int) -> Planes:
    return np.full((180, 320), luma, np.uint8), np.full((90, 160), 90, np.uint8), np.full((90, 160), 160, np.uint8)


def shown(kind: TransitionKind, step: int) -> NDArray[np.uint8]:
    """The luma of a step from an even dark picture to an even bright one."""
    old = flat(OLD)
    blend(kind, old, flat(NEW), step, STEPS)
    return old[0]


def bright(kind: TransitionKind, step: int) -> NDArray[np.bool_]:
    return shown(kind, step) > (OLD + NEW) / 2


def test_there_are_at_least_eight_kinds() -> None:
    assert len(KINDS) >= 8


@pytest.mark.parametrize("kind", KINDS)
def test_it_begins_with_the_old_picture_and_ends_with_the_new(kind: TransitionKind) -> None:
    means = [float(shown(kind, step).mean()) for step in range(STEPS)]
    assert abs(means[0] - OLD) < 0.12 * (NEW - OLD)
    assert abs(means[-1] - NEW) < 0.12 * (NEW - OLD)


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind not in ("cut", "fade_through_black")])
def test_the_new_picture_comes_step_by_step(kind: TransitionKind) -> None:
    means = np.array([OLD, *(float(shown(kind, step).mean()) for step in range(STEPS)), NEW])
    steps = np.diff(means)
    # The picture that something slides over darkens a little before it is covered.
    assert steps.min() > (-8 if kind == "slide" else -0.5)
    assert steps.max() < 0.35 * (NEW - OLD)


@pytest.mark.parametrize("kind", KINDS)
def test_colour_goes_where_the_light_goes(kind: TransitionKind) -> None:
    old, new = flat(OLD), (flat(NEW)[0], np.full((90, 160), 150, np.uint8), np.full((90, 160), 100, np.uint8))
    blend(kind, old, new, 6, STEPS)
    luma = cv2.resize(old[0], (160, 90), interpolation=cv2.INTER_AREA).astype(float)
    share = (luma - OLD) / (NEW - OLD)
    colour = (old[1].astype(float) - 90) / 60
    if kind not in ("fade_through_black", "slide"):  # black has a colour of its own
        assert np.abs(share - colour).max() < 0.15


def test_a_wipe_goes_from_left_to_right() -> None:
    edges = [int(bright("wipe", step).any(axis=0).sum()) for step in range(STEPS)]
    assert edges == sorted(edges)
    half = bright("wipe", 7)
    assert half[:, :140].all() and not half[:, 180:].any()


def test_a_circle_opens_from_the_middle() -> None:
    seen = bright("circle", 6)
    assert seen[90, 160] and not seen[0, 0] and not seen[-1, -1] and not seen[0, -1]
    areas = [int(bright("circle", step).sum()) for step in range(STEPS)]
    assert areas == sorted(areas)


@pytest.mark.parametrize(("kind", "behind"), [("push", 1.0), ("slide", 0.3)])
def test_the_new_picture_comes_in_from_the_right_and_the_old_one_goes(kind: TransitionKind, behind: float) -> None:
    def striped(at: int) -> Planes:
        planes = tuple(plane.copy() for plane in flat(OLD))
        planes[0][:, at - 2 : at + 2] = 240
        return planes

    old, new = striped(300), striped(20)
    blend(kind, old, new, 4, STEPS)
    along = (5 / 16) ** 2 * (3 - 10 / 16)
    places = np.flatnonzero(old[0][90] > 120)
    stripes = sorted({int(place // 8) for place in places})
    come = 320 - along * 320 + 20
    assert any(abs(place - come) < 4 for place in places)
    assert behind == 0.3 or any(abs(place - (300 - along * 320)) < 4 for place in places)
    assert stripes


def test_a_zoom_goes_into_the_old_picture() -> None:
    def ringed() -> Planes:
        planes = tuple(plane.copy() for plane in flat(OLD))
        cv2.circle(planes[0], (160, 90), 30, 240, 4)
        return planes

    def radius(step: int) -> float:
        old = ringed()
        blend("zoom", old, flat(OLD), step, STEPS)
        return float(np.abs(np.flatnonzero(old[0][90] > 90) - 159.5).mean())

    sizes = [radius(step) for step in (0, 3, 5, 6)]
    assert all(later > earlier for earlier, later in pairwise(sizes))


@pytest.mark.parametrize("kind", KINDS)
def test_a_joint_of_that_kind_is_encoded_whole(kind: TransitionKind, tmp_path: Path) -> None:
    for name, luma in (("dark", 40), ("bright", 220)):
        cv2.imwrite(str(tmp_path / f"{name}.png"), np.full((180, 320, 3), luma, np.uint8))
    move = CameraMove(kind="still", start=WHOLE, end=WHOLE)
    before, after = (StillShot(tmp_path / f"{name}.png", move, 60) for name in ("dark", "bright"))
    make_joint(before, after, kind, SMALL, tmp_path / "joint.mp4")
    lumas = [luma for _, luma in decoded_luma(tmp_path / "joint.mp4")]
    assert len(lumas) == SMALL.handle
    assert lumas[0] < 80 and lumas[-1] > 180
