"""Imports run one way, from what people touch down to plain values, and nothing heavy is loaded before it is needed."""

import ast
import subprocess
import sys
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

import pixora_pipeline

ROOT = Path(pixora_pipeline.__file__).parent

LAYERS: tuple[frozenset[str], ...] = (
    frozenset({"gateway", "cli", "sensors", "definitions", "runner", "instance", "launcher", "daemon"})
    | frozenset({"event_log", "kept_storage", "only_one"}),
    frozenset({"assets", "planning", "partitions"}),
    frozenset({"providers", "media", "sandbox", "animation", "footage", "checks"}),
    frozenset({"store"}),
    frozenset({"model", "errors", "settings", "once"}),
)
"""From top to bottom: a part may import its own layer and those below."""

HEAVY = (
    *("numpy", "cv2", "av", "PIL", "ffmpeg", "sqlalchemy", "alembic", "rich", "typer", "openai", "boto3"),
    *("manim", "typst", "opentimelineio", "qdrant_client", "qdrant_edge", "scenedetect", "snowballstemmer"),
)


def parts() -> list[str]:
    return sorted(path.stem for path in ROOT.iterdir() if path.suffix == ".py" or (path / "__init__.py").is_file())


def modules() -> list[Path]:
    return sorted(ROOT.rglob("*.py"))


def part_of(module: Path) -> str:
    return module.relative_to(ROOT).with_suffix("").parts[0]


def imported(module: Path) -> set[str]:
    """The full names of all modules that a file imports, wherever in the file."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(module.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{module.relative_to(ROOT)} has a relative import, which these tests don't follow"
            names |= (
                {f"{node.module}.{alias.name}" for alias in node.names}
                if node.module == "pixora_pipeline"
                else {node.module or ""}
            )
    return names


def parts_imported(module: Path) -> set[str]:
    own = (name.split(".") for name in imported(module))
    return {name[1] for name in own if name[0] == "pixora_pipeline" and len(name) > 1}


def layer_of(part: str) -> int:
    return next(number for number, layer in enumerate(LAYERS) if part in layer)


def test_every_part_has_its_layer() -> None:
    assert sorted(part for layer in LAYERS for part in layer) == [part for part in parts() if part != "__init__"]


def test_imports_run_downwards() -> None:
    upwards = [
        f"{module.relative_to(ROOT)} imports {part}"
        for module in modules()
        if part_of(module) != "__init__"
        for part in parts_imported(module)
        if layer_of(part) < layer_of(part_of(module))
    ]
    assert upwards == []


def test_no_two_parts_import_each_other() -> None:
    graph: dict[str, set[str]] = {part: set() for part in parts()}
    for module in modules():
        graph[part_of(module)] |= parts_imported(module) - {part_of(module)}
    list(TopologicalSorter(graph).static_order())  # raises CycleError with the cycle


@pytest.mark.parametrize("part", ["planning", *sorted(LAYERS[2] | LAYERS[3] | LAYERS[4])])
def test_only_the_upper_layers_know_dagster(part: str) -> None:
    knowing = [
        str(module.relative_to(ROOT))
        for module in modules()
        if part_of(module) == part and any(name.split(".")[0].startswith("dagster") for name in imported(module))
    ]
    assert knowing == []


def loaded_by(code: str, names: tuple[str, ...]) -> list[str]:
    """Which of these packages a fresh process has loaded after that code."""
    script = f"{code}\nimport sys\nprint('LOADED', *sorted({{m.split('.')[0] for m in sys.modules}} & set({names!r})))"
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd=ROOT.parent)
    return run.stdout.splitlines()[-1].split()[1:]


def test_loading_the_graph_loads_nothing_heavy() -> None:
    assert loaded_by("import pixora_pipeline.definitions", HEAVY) == []


DRAWING = ("numpy", "cv2", "av", "PIL")


def command(*words: str) -> str:
    """Code that gives the command, whatever comes of it."""
    said = f"import sys\nsys.argv = ['pixora', *{words}]\nfrom pixora_pipeline.cli import main\n"
    return f"{said}try: main()\nexcept SystemExit as end: assert end.code in (0, 3)"


def test_asking_for_help_loads_neither_dagster_nor_anything_that_draws() -> None:
    unwanted = ("dagster", "sqlalchemy", "alembic", "dagster_webserver")
    assert loaded_by(command("--help"), (*unwanted, *DRAWING)) == []


@pytest.mark.parametrize("words", [("history", "p-aaaaaaaaaa"), ("footage", "list"), ("keys", "list")], ids=" ".join)
def test_what_is_in_the_rows_is_told_without_dagster(
    words: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PIXORA_HOME", str(tmp_path))
    assert loaded_by(command(*words), ("dagster", *DRAWING)) == []


def reads_environment(node: ast.AST) -> bool:
    if isinstance(node, ast.Subscript):
        return isinstance(node.ctx, ast.Load) and ast.unparse(node.value) == "os.environ"
    return isinstance(node, ast.Call) and ast.unparse(node.func) in ("os.getenv", "os.environ.get")


def test_manim_is_imported_by_its_own_package_alone() -> None:
    # It is an extra: everything else has to work without it.
    importers = {
        part_of(module)
        for module in modules()
        if {name.split(".")[0] for name in imported(module)} & {"manim", "typst"}
    }
    assert importers == {"animation"}


def test_settings_alone_read_the_environment() -> None:
    readers = [
        str(module.relative_to(ROOT))
        for module in modules()
        if any(reads_environment(node) for node in ast.walk(ast.parse(module.read_text("utf-8"))))
    ]
    assert readers == ["settings.py"]
