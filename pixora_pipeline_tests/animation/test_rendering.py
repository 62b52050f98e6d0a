"""Scripts are rendered in jobs of the sandbox: facts come back, and what fails is told."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import av
import pytest

from pixora_pipeline.animation.playing import ScriptFailed
from pixora_pipeline.animation.rendering import Animators
from pixora_pipeline.animation.script import script_text
from pixora_pipeline.errors import UserError
from pixora_pipeline.model.figures import Bullets, Comparison, Side

SIZE = (428, 240)
FIGURE = Bullets(heading="Bees", points=("They dance", "Others follow"))


@pytest.fixture(scope="module")
def animators() -> Iterator[Animators]:
    opened = Animators(2)
    yield opened
    opened.close()


def test_a_script_is_recorded_with_its_steps(animators: Animators, tmp_path: Path) -> None:
    script, to = tmp_path / "scene.py", tmp_path / "a.mp4"
    script.write_text(script_text(FIGURE, "auto"), "utf-8")
    facts = animators.render(script, to, SIZE, 30)
    assert [each.said for each in facts.stretches if each.begins] == ["", "They dance", "Others follow"]
    with av.open(str(to)) as container:
        shown = [frame.to_ndarray(format="gray") for frame in container.decode(video=0)]
    assert len(shown) == facts.frames == sum(each.frames for each in facts.stretches)
    assert shown[-1].shape == (240, 428)
    assert abs(shown[-1].astype(int) - shown[0]).mean() > 1


def test_the_same_script_gives_the_same_bytes_side_by_side(animators: Animators, tmp_path: Path) -> None:
    script = tmp_path / "scene.py"
    script.write_text(script_text(FIGURE, "paper"), "utf-8")
    with ThreadPoolExecutor() as threads:
        list(threads.map(lambda name: animators.render(script, tmp_path / name, SIZE, 30), ("a.mp4", "b.mp4")))
    assert (tmp_path / "a.mp4").read_bytes() == (tmp_path / "b.mp4").read_bytes()


def test_a_standing_picture_is_kept_once_however_long_it_stands(animators: Animators, tmp_path: Path) -> None:
    script = tmp_path / "scene.py"
    script.write_text(
        "from manim import *\nclass S(Scene):\n  def construct(self):\n    self.add(Dot())\n    self.wait(20)\n"
    )
    facts = animators.render(script, tmp_path / "a.mp4", SIZE, 30)
    assert (facts.frames, facts.stretches[0].hold) == (1, 599)


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("from manim import *\nclass S(Scene):\n  def construct(self):\n    1 / 0\n", "at line 4: ZeroDivisionError"),
        ("def broken(:\n", "SyntaxError"),
        ("print('no scene')\n", "defines no scene"),
    ],
)
def test_what_is_wrong_with_a_script_is_told(animators: Animators, tmp_path: Path, code: str, said: str) -> None:
    script = tmp_path / "scene.py"
    script.write_text(code)
    with pytest.raises(ScriptFailed, match=said):
        animators.render(script, tmp_path / "a.mp4", SIZE, 30)


def test_a_child_that_dies_breaks_nobody_elses_work(animators: Animators, tmp_path: Path) -> None:
    script = tmp_path / "scene.py"
    script.write_text("import os\nos._exit(3)\n")
    with pytest.raises(ScriptFailed, match="ended with code 3"):
        animators.render(script, tmp_path / "a.mp4", SIZE, 30)
    script.write_text(script_text(FIGURE, "auto"), "utf-8")
    assert animators.render(script, tmp_path / "b.mp4", SIZE, 30).frames


def test_a_script_spells_its_figure_out() -> None:
    figure = Comparison(left=Side(title="a 'quoted' \\ word", points=("x",)), right=Side(title="b", points=("y", "z")))
    space: dict = {}
    text = script_text(figure, "auto")
    call = text[text.index("Comparison(") : text.rindex(")")]
    exec(f"from pixora_pipeline.model.figures import *\nfigure = {call}", space)
    assert space["figure"] == figure


STANDING = "from manim import *\nclass S(Scene):\n  def construct(self):\n    self.add(Dot())\n    self.wait(1)\n"


def test_where_nothing_locks_code_in_templates_are_played_and_generated_code_is_refused(tmp_path: Path) -> None:
    bare, trusting = Animators(1, walls="none"), Animators(1, walls="none", unsafe=True)
    script = tmp_path / "scene.py"
    script.write_text(STANDING)
    try:
        assert bare.render(script, tmp_path / "a.mp4", SIZE, 30).frames == 1
        with pytest.raises(UserError, match=r"this machine has no sandbox .* `--model animation=embedded`"):
            bare.render(script, tmp_path / "b.mp4", SIZE, 30, generated=True)
        assert trusting.exposed
        assert trusting.render(script, tmp_path / "b.mp4", SIZE, 30, generated=True).frames == 1
    finally:
        bare.close()
        trusting.close()


@pytest.mark.parametrize(
    "lie",
    [
        "open('animation.mp4', 'w').write('#EXTM3U\\nfile:///etc/passwd\\n')",
        "import os; os.mkdir('animation.mp4')",
        "pass",
    ],
)
def test_a_recording_is_believed_only_where_it_is_one(animators: Animators, tmp_path: Path, lie: str) -> None:
    facts = {"width": 428, "height": 240, "fps": 30, "frames": 1,
             "stretches": [{"first": 0, "frames": 1, "hold": 0, "said": "", "begins": True}]}  # fmt: skip
    forged = f"import json, os\n{lie}\nopen('.result.json', 'w').write(json.dumps({{'value': {{'facts': {facts}}}}}))\n"
    script = tmp_path / "scene.py"
    script.write_text(forged + "os._exit(0)\n")
    with pytest.raises((ScriptFailed, UserError), match=r"not what it says|not a plain file|can't be read"):
        animators.render(script, tmp_path / "a.mp4", SIZE, 30)
