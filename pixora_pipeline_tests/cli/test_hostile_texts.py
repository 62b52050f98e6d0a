"""Texts nobody wrote for a film become one all the same, and never anything else."""

from pathlib import Path

import av
import pytest

from pixora_pipeline_tests.cli.conftest import Desk

MARKUP = """# [/bold] The *End* <script>alert(1)</script>

[/] Anna said: `rm -rf ~` & $(touch pwned) | "quoted" 'twice' {braces} %s %(name)s \\n {{ template }}.

- <b>One</b> bell, [red]two[/red] boats; DROP TABLE projects;-- and 100% more.

The end came at <https://example.org/?a=1&b=2#c> in the harbour [1], and nobody was there to see it.
"""
EMOJI = """Anna 🚤 rowed to the lighthouse 🗼 with her friend שרה and a basket of bread 🍞🍞.

The storm 🌊⛈️ came, and the family 👨‍👩‍👧‍👦 waited. "مرحبا", said the keeper, and he lit the lamp. 🏴󠁧󠁢󠁥󠁮󠁧󠁿

At dawn they all went home, and the sea was calm — at last…
"""
LONG = "\n\n".join(
    f"## Part {n}\n\nOn day {n} the boat sailed to island number {n} and came back." for n in range(1, 81)
)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("text", "options"),
    [
        (MARKUP, ["--title", "[/] $(touch pwned) <i>{0}</i> %s 'x' \"y\""]),
        (EMOJI, []),
        (LONG, ["--seconds", "30"]),
    ],
    ids=["markup and shell", "emoji and right-to-left", "eighty paragraphs"],
)
def test_a_hostile_text_becomes_a_film(desk: Desk, text: str, options: list[str]) -> None:
    (desk.folder / "text.md").write_text(text, "utf-8")
    outcome = desk.pixora("make", "text.md", "--resolution", "240p", "-o", "[film] $(x).mp4", *options)
    assert outcome.code in (0, 5), outcome.told
    assert "Traceback" not in outcome.err
    assert "[film] $(x).mp4" in outcome.told
    assert sorted(path.name for path in desk.folder.iterdir()) == [
        "[film] $(x).mp4",
        "[film] $(x).poster.jpg",
        "[film] $(x).srt",
        "[film] $(x).vtt",
        "text.md",
    ]
    assert seconds_of(desk.folder / "[film] $(x).mp4") > 5
    shown = desk.pixora("list", "--json").json
    assert [each["status"] for each in shown] == ["completed"]
    state = desk.pixora("show", shown[0]["project"]["id"], "--json").json
    assert 1 <= len(state["script"]["scenes"]) <= 60
    if options[:1] == ["--title"]:
        assert state["title"] == options[1]
    for command in (["list"], ["show", shown[0]["project"]["id"]]):
        told = desk.pixora(*command)
        assert told.code == 0
        assert "Traceback" not in told.err
    assert outcome.code == 0, outcome.told


def seconds_of(film: Path) -> float:
    with av.open(str(film)) as container:
        return container.duration / 1e6


@pytest.mark.parametrize(
    "text",
    [
        "مرحبا بكم في المنارة القديمة على شاطئ البحر",
        "---\n***\n```\ncode is all there is\n```\n",
        "🚤🚤🚤🚤 🌊🌊🌊🌊 🗼🗼🗼🗼",
        "!!!!!!!!!!!! ???????????? ............",
        "\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b",
    ],
    ids=["arabic", "no sentence", "emoji alone", "signs alone", "nothing to see"],
)
def test_a_text_that_nobody_can_tell_is_refused_in_a_sentence(desk: Desk, text: str) -> None:
    (desk.folder / "text.md").write_text(text, "utf-8")
    outcome = desk.pixora("make", "text.md", "--resolution", "240p")
    assert (outcome.code, outcome.out) == (2, "")
    assert "text" in outcome.told
    assert "Traceback" not in outcome.err
    assert not list(desk.folder.rglob("*.mp4"))
