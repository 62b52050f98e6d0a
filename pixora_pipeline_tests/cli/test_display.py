"""Every artifact has its line in the live display, and one that nobody gave a line shows all the same."""

from rich.console import Console

from pixora_pipeline.assets.graph import PREVIEW, WAVES, graph_in
from pixora_pipeline.assets.progress import Progress
from pixora_pipeline.cli.display import STAGES, Display


def shown(display: Display) -> str:
    console = Console(width=120)
    with console.capture() as capture:
        console.print(display.render(only_begun=True))
    return capture.get()


def test_every_artifact_has_a_stage_of_its_own() -> None:
    in_stages = [artifact for _, artifacts in STAGES for artifact in artifacts]
    assert sorted(in_stages) == sorted({name.split("/")[0] for name in graph_in((*WAVES, PREVIEW))})


def test_a_stage_has_a_mark_for_each_scene() -> None:
    display = Display()
    for slot in ("s01", "s02"):
        display.hear(Progress(("scene_image", slot), "made"))
    assert shown(display).split() == ["Pictures", "●", "●", "0.0", "s"]


def test_an_artifact_without_a_stage_is_shown_under_other() -> None:
    display = Display()
    display.hear(Progress(("hologram", "s01"), "made"))
    assert "Other" in shown(display)


def test_what_follows_by_itself_is_shown_only_when_it_fails() -> None:
    display = Display()
    display.hear(Progress(("scene_brief/narration", "s01"), "made"))
    assert not shown(display).strip()
    display.hear(Progress(("script_breakdown", None), "failed"))
    assert shown(display).split()[:2] == ["Script", "✗"]
