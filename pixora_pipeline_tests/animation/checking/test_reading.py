"""A script is read before anything runs: its syntax, what it imports, what it reaches for, whether it has a scene."""

import pytest

from pixora_pipeline.animation.checking.reading import LONGEST, read_script

SCENE = "from manim import *\nclass S(Scene):\n    def construct(self):\n        "


@pytest.mark.parametrize(
    ("source", "line", "words"),
    [
        ("def broken(:\n", 1, "syntax: invalid syntax"),
        (SCENE + "import os\n", 4, "os may not be imported; what may is manim, numpy"),
        (SCENE + "from subprocess import run\n", 4, "subprocess may not be imported"),
        (SCENE + "from . import secrets\n", 4, r"\. may not be imported"),
        (SCENE + "open('x')\n", 4, "open may not be used"),
        (SCENE + "().__class__\n", 4, "__class__ may not be used"),
        ("from manim import *\nCircle()\n", None, "there is no scene"),
        ("(" * 5000, 1, "syntax: "),
        ("\x00", None, "syntax: "),
        ("#" * (LONGEST + 1), None, "characters"),
    ],
)
def test_what_is_wrong_is_told_with_its_line(source: str, line: int | None, words: str) -> None:
    fault = read_script(source)[0]
    assert fault.line == line
    with pytest.raises(AssertionError, match=words):
        raise AssertionError(str(fault))


def test_an_ordinary_script_passes() -> None:
    helpers = "import math\nimport numpy as np\nfrom pixora_pipeline.animation.templates import show\n"
    assert read_script(helpers + SCENE + "self.play(Create(Circle()))\n") == []
