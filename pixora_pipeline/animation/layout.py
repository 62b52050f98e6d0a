"""Whether what stands in the frame at the end keeps inside it and clear of the rest, measured from the mobjects."""

from itertools import combinations

import numpy as np

from pixora_pipeline.animation.block import Block
from pixora_pipeline.animation.region import bounds
from pixora_pipeline.animation.scene import ExplainerScene

SLACK = 0.04
"""Units that round letters may stand over the edge of their line."""


def layout_faults(scene: ExplainerScene) -> list[str]:
    """Sentences about what leaves the frame and about words that stand on other words; none where all is well."""
    stage = scene.stage
    faults = [
        f"{_called(each)} leaves the frame"
        for each in scene.laid
        if _ink(each) is not None and not stage.frame.holds(each, SLACK)
    ]
    blocks = [each for each in scene.laid if isinstance(each, Block) and _ink(each) is not None]
    faults += [
        f"{_called(each)} stands on the subtitles" for each in blocks if bounds(each.marks)[0][1] < _floor(stage)
    ]
    for one, other in combinations(blocks, 2):
        if _overlap(_ink(one), _ink(other)) > SLACK:
            faults.append(f"{_called(one)} stands on {_called(other)}")
    return faults


def _floor(stage) -> float:
    return stage.safe.bottom - 0.1


def _ink(mobject) -> tuple[np.ndarray, np.ndarray] | None:
    marks = mobject.marks if isinstance(mobject, Block) else mobject
    if not any(len(part.points) for part in marks.get_family()):
        return None
    return bounds(marks)


def _overlap(one: tuple, other: tuple) -> float:
    """How deep two rectangles reach into each other; below 0 where they do not."""
    depth = np.minimum(one[1], other[1]) - np.maximum(one[0], other[0])
    return float(min(depth[0], depth[1]))


def _called(mobject) -> str:
    return repr(mobject.source[:40]) if isinstance(mobject, Block) else type(mobject).__name__
