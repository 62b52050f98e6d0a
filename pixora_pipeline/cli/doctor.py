"""`pixora doctor`: what works on this machine, tried rather than looked up, and what each missing piece would add."""

import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape

from pixora_pipeline.cli.index_check import check_index
from pixora_pipeline.cli.output import console, print_json
from pixora_pipeline.errors import PixoraError
from pixora_pipeline.model.value import Value


class Diagnosis(Value):
    """One thing that was tried."""

    name: str
    works: bool
    message: str
    needed: bool = True


def doctor(as_json: Annotated[bool, typer.Option("--json", help="Print one object on stdout.")] = False) -> None:
    """Try everything a film needs and say what works."""
    with tempfile.TemporaryDirectory(prefix="pixora-doctor-") as folder:
        checks = [*CHECKS, *_services()]
        diagnoses = [_try(name, needed, check, Path(folder)) for name, needed, check in checks]
    if as_json:
        print_json({"works": _sound(diagnoses), "checks": [each.model_dump() for each in diagnoses]})
    else:
        for each in diagnoses:
            mark = "[green]✓[/]" if each.works else ("[bold red]✗[/]" if each.needed else "[yellow]–[/]")
            console.print(f"{mark} [bold]{each.name}[/]  {escape(each.message)}")
    if not _sound(diagnoses):
        raise typer.Exit(1)


def _sound(diagnoses: list[Diagnosis]) -> bool:
    return all(each.works for each in diagnoses if each.needed)


def _try(name: str, needed: bool, check: Callable[[Path], str], folder: Path) -> Diagnosis:
    try:
        return Diagnosis(name=name, works=True, message=check(folder), needed=needed)
    except PixoraError as error:
        return Diagnosis(name=name, works=False, message=str(error), needed=needed)
    except Exception as error:
        return Diagnosis(name=name, works=False, message=f"{type(error).__name__}: {error}", needed=needed)


def _services() -> list[tuple[str, bool, Callable[[Path], str]]]:
    from pixora_pipeline.cli.reach import service_checks

    try:
        return [(name, False, check) for name, check in service_checks()]
    except PixoraError:  # the home is told of by a check of its own
        return []


def _home(_: Path) -> str:
    from pixora_pipeline.settings import settings
    from pixora_pipeline.store.artifacts import ArtifactStore
    from pixora_pipeline.store.database import open_database
    from pixora_pipeline.store.projects import ProjectTable

    chosen = settings()
    with ArtifactStore(chosen.store).writing():
        pass
    count = len(ProjectTable(open_database(chosen.database)).newest())
    return f"{chosen.home} can be written; {count} projects in {chosen.database.split('@')[-1]}"


def _writer(_: Path) -> str:
    from pixora_pipeline.model.requests import ScriptRequest
    from pixora_pipeline.providers.catalogue import engage

    script = engage("text", "embedded").write(ScriptRequest(text="Tell a story about a lighthouse in a storm."))
    return f"writes scripts without a key (tried: {len(script.scenes)} scenes)"


def _artist(folder: Path) -> str:
    from pixora_pipeline.model.requests import PictureRequest
    from pixora_pipeline.providers.draw import draw
    from pixora_pipeline.providers.embedded.artist.styles import STYLES

    picture = draw(
        "embedded", PictureRequest(description="mountains at dawn", width=320, height=180), folder / "picture.png"
    )
    return f"draws (tried: {picture.composition}); styles: {', '.join(STYLES)}"


def _animator(folder: Path) -> str:
    from importlib.metadata import version

    from pixora_pipeline.animation.installed import check_installed
    from pixora_pipeline.animation.latex import latex_is_installed
    from pixora_pipeline.animation.rendering import Animators
    from pixora_pipeline.animation.script import script_text
    from pixora_pipeline.model.figures import Formula, Term
    from pixora_pipeline.providers.embedded.explainer.knowledge import topics

    check_installed()
    script, animators = folder / "scene.py", Animators(1)
    script.write_text(script_text(Formula(terms=(Term(math="a^2"),)), "auto"), encoding="utf-8")
    try:
        facts = animators.render(script, folder / "animation.mp4", (428, 240), 30)
    finally:
        animators.close()
    known = ", ".join(topic.name for topic in topics())
    formulas = "LaTeX sets the formulas of models' scripts; " if latex_is_installed() else ""
    return f"Manim {version('manim')} animates (tried: {facts.frames} frames); {formulas}topics known: {known}"


def _speaker(folder: Path) -> str:
    from pixora_pipeline.model.requests import SpeechRequest
    from pixora_pipeline.providers.catalogue import engage
    from pixora_pipeline.providers.voices import all_voices

    engage("speech", "embedded").speak(SpeechRequest(text="Good day.", voice="en-us", language="en"), folder / "v.wav")
    return f"speaks; voices: {', '.join(id for id, _, _ in all_voices())}"


def _composer(folder: Path) -> str:
    from pixora_pipeline.model.requests import MusicRequest, MusicSection
    from pixora_pipeline.providers.draw import compose

    music = compose("embedded", MusicRequest(sections=(MusicSection(mood="calm", seconds=2.0),)), folder / "music.wav")
    return f"composes (tried: {music.seconds:.0f} s)"


def _ffmpeg(_: Path) -> str:
    import subprocess

    from imageio_ffmpeg import get_ffmpeg_exe

    banner = subprocess.run([get_ffmpeg_exe(), "-version"], capture_output=True, text=True, check=True).stdout
    return " ".join(banner.split()[:3])


def _dagster(_: Path) -> str:
    from importlib.metadata import version

    from pixora_pipeline.definitions import defs

    count = len(defs().resolve_asset_graph().get_all_asset_keys())
    return f"{version('dagster')}, {count} assets; `pixora up` opens its UI"


def _sandbox(_: Path) -> str:
    from pixora_pipeline.errors import UserError
    from pixora_pipeline.sandbox.canaries import try_to_get_out
    from pixora_pipeline.sandbox.sandbox import Sandbox
    from pixora_pipeline.sandbox.walls import walls
    from pixora_pipeline.settings import settings

    if walls() == "none" and settings().unsafe_code:
        raise UserError("PIXORA_UNSAFE_CODE is set: code that a model wrote runs here with NOTHING around it.")
    sandbox = Sandbox()
    try:
        if out := try_to_get_out(sandbox):
            raise UserError(f"{sandbox.walls} do not hold: {', '.join(out)}. Generated code must not be run here.")
    finally:
        sandbox.close()
    more = "" if sandbox.walls != "locks" else "; the package bubblewrap adds a second wall"
    return f"generated code is locked in by {sandbox.walls} (tried to get out: nothing did){more}"


CHECKS: tuple[tuple[str, bool, Callable[[Path], str]], ...] = (
    ("home", True, _home),
    ("script", True, _writer),
    ("pictures", True, _artist),
    ("animation", False, _animator),
    ("voice", True, _speaker),
    ("music", True, _composer),
    ("ffmpeg", True, _ffmpeg),
    ("dagster", True, _dagster),
    ("sandbox", False, _sandbox),
    ("footage index", False, check_index),
)
