"""What the README says can be typed, set or opened is there."""

import re
import shlex
from collections.abc import Iterator

import click
import pytest
import typer

from pixora_pipeline.cli.app import app
from pixora_pipeline.cli.make import FAILED_A_CHECK
from pixora_pipeline.errors import PixoraError
from pixora_pipeline.model.frame import ASPECTS, RESOLUTIONS
from pixora_pipeline.model.project import KINDS, SECONDS_LIMITS
from pixora_pipeline.providers.embedded.artist.styles import STYLES
from pixora_pipeline.providers.voices import all_voices
from pixora_pipeline.settings import CHECKOUT, Settings

README = (CHECKOUT / "README.md").read_text("utf-8")
FENCED = "\n".join(re.findall(r"^```sh\n(.*?)^```", README, re.DOTALL | re.MULTILINE))
PROSE = re.sub(r"^```.*?^```", "", README, flags=re.DOTALL | re.MULTILINE)
QUOTED = re.findall(r"`([^`\n]+)`", PROSE)
LINKED = re.findall(r"\]\(([^)#\s]+)\)", PROSE)


def command_lines() -> Iterator[list[str]]:
    """Every command line in a fence or in backquotes, as words, without what is set before it."""
    for line in [*FENCED.replace("\\\n", " ").splitlines(), *QUOTED]:
        try:
            words = shlex.split(line, comments=True)
        except ValueError:  # a lone apostrophe is no command
            continue
        while words and re.fullmatch(r"[A-Z_]+=.*", words[0]):
            words.pop(0)
        if words:
            yield words


def lines_of(program: str) -> list[list[str]]:
    return [words[1:] for words in command_lines() if words[0].rpartition("/")[2] == program]


def commands() -> dict[str, click.Command]:
    group = typer.main.get_command(app)
    return {name: group.get_command(None, name) for name in group.list_commands(None)}


def options_of(command: click.Command) -> set[str]:
    own = {name for each in command.params for name in (*each.opts, *each.secondary_opts) if name.startswith("-")}
    return own.union(*map(options_of, getattr(command, "commands", {}).values()))


def id_of(words: list[str]) -> str:
    return " ".join(words)


@pytest.mark.parametrize("words", [words for words in lines_of("pixora") if words], ids=id_of)
def test_every_pixora_command_can_be_typed(words: list[str]) -> None:
    command = commands().get(words[0])
    assert command is not None, f"there is no `pixora {words[0]}`"
    if len(words) > 1:  # a bare name in prose may stand for the command
        command.make_context(words[0], words[1:])


@pytest.mark.parametrize("words", [words for words in lines_of("make") if words], ids=id_of)
def test_every_make_target_exists(words: list[str]) -> None:
    makefile = (CHECKOUT / "Makefile").read_text("utf-8")
    targets = set(re.findall(r"^([\w-]+):", makefile, re.MULTILINE))
    assert set(words) <= targets


def test_the_commands_to_begin_with_are_named() -> None:
    assert {words[0] for words in lines_of("make") if words} >= {"demo", "test"}
    assert {words[0] for words in lines_of("pixora") if words} >= {"make", "show", "list", "doctor", "up"}


def test_every_option_named_in_prose_exists() -> None:
    known = set().union(*(options_of(command) for command in commands().values()))
    named = {word for quoted in QUOTED for word in re.findall(r"(?<![\w-])--?[a-z][\w-]*", quoted.split("=")[0])}
    assert {word for word in named if word.startswith("--") or len(word) == 2} - known == set()


def test_every_option_of_make_is_named() -> None:
    make = commands()["make"]
    unnamed = [each.opts for each in make.params if each.param_type_name == "option" and not set(each.opts) & words()]
    assert unnamed == []


def words() -> set[str]:
    return {word for quoted in QUOTED for word in quoted.split()}


def test_every_command_is_named() -> None:
    assert set(commands()) - {each[0] for each in lines_of("pixora") if each} == set()


def test_the_settings_are_those_there_are() -> None:
    named = set(re.findall(r"\bPIXORA_[A-Z0-9_]+\b", README))
    assert named == {f"PIXORA_{name.upper()}" for name in Settings.model_fields}


def test_every_path_exists() -> None:
    ignored = {line.strip("/") for line in (CHECKOUT / ".gitignore").read_text("utf-8").split()}
    missing = [path for path in paths() if path.split("/")[0] not in ignored and not (CHECKOUT / path).exists()]
    assert missing == []


def test_the_paths_of_the_project_are_found_at_all() -> None:
    assert {"pixora_pipeline/definitions.py", "examples/lighthouse.md"} <= set(paths())


def paths() -> list[str]:
    """What is linked, what looks like a path in prose, and in fences what lies in a folder of the project."""
    linked = [link for link in LINKED if "://" not in link]
    quoted = [word for word in QUOTED if re.fullmatch(r"[\w.-]+(/[\w.-]*)+|[\w-]+\.(md|toml|yaml|lock|py|cfg)", word)]
    typed = [word for line in FENCED.splitlines() for word in line.split() if re.fullmatch(r"[\w.-]+(/[\w.-]+)+", word)]
    folders = {path.name for path in CHECKOUT.iterdir() if path.is_dir()}
    return [*linked, *quoted, *(word for word in typed if word.split("/")[0] in folders)]


def test_every_exit_code_is_named() -> None:
    (sentence,) = re.findall(r"^Exit codes:.*?\n\n", README, re.DOTALL | re.MULTILINE)
    raised = {each.exit_code for each in descendants(PixoraError)} | {0, FAILED_A_CHECK}
    assert {int(number) for number in re.findall(r"\b\d+\b", sentence)} == raised


def descendants(error: type[PixoraError]) -> Iterator[type[PixoraError]]:
    for each in error.__subclasses__():
        if each.__module__ == "pixora_pipeline.errors":
            yield each
            yield from descendants(each)


def row_of(option: str) -> str:
    (row,) = re.findall(rf"^\| `{option}[ `].*$", README, re.MULTILINE)
    return row


def test_the_choices_are_those_there_are() -> None:
    assert set(re.findall(r"`([^`]+)`", row_of("--aspect"))) == {"--aspect", *ASPECTS}
    assert set(re.findall(r"`([^`]+)`", row_of("--kind"))) == {"--kind", *KINDS}
    assert set(re.findall(r"`([^`]+)`", row_of("--style"))) <= {"--style", *STYLES, "..."}
    assert set(re.findall(r"`([^`]+)`", row_of("--voice"))) <= {"--voice", *(id for id, _, _ in all_voices())}
    assert set(re.findall(r"`([^`]+)`", row_of("--resolution"))) <= {"--resolution", *RESOLUTIONS}
    assert re.findall(r"\d+", row_of("--seconds")) == [str(limit) for limit in SECONDS_LIMITS]


def test_the_number_of_languages_is_what_is_spoken() -> None:
    (claimed,) = re.findall(r"narrators in\s+(\d+)\s+languages", README)
    assert int(claimed) == len({language.split("-")[0] for _, language, _ in all_voices()})
