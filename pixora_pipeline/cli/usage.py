"""A command that was typed wrongly, told in one sentence: what was wrong, with which value, what to do."""

import re
from collections.abc import Sequence

from typer import TyperException

HELP_IS_SHOWN = "NoArgsIsHelpError"
WANTED = (("integer", "a whole number"), ("number", "a number"))


def complaint(error: TyperException, arguments: Sequence[str]) -> str | None:
    """The sentence; None where help itself was asked for, and is to be shown."""
    if type(error).__name__ == HELP_IS_SHOWN:
        return None
    context = getattr(error, "ctx", None)
    command = context.command_path if context else "pixora"
    return f"{_sentence(error, arguments)} See `{command} --help`."


def _sentence(error: TyperException, arguments: Sequence[str]) -> str:
    param = getattr(error, "param", None)
    message = str(error)
    wanted = next((words for kind, words in WANTED if f"valid {kind}" in message), None)
    names = tuple(getattr(param, "opts", ()))
    if param is not None and wanted and names:
        given = _given(names, arguments)
        return f"{names[0]} is {given!r}; give {wanted}." if given is not None else f"{names[0]} takes {wanted}."
    told = getattr(error, "format_message", error.__str__)()
    return re.sub(r"(?<![.?!])$", ".", " ".join(told.split()))


def _given(names: tuple[str, ...], arguments: Sequence[str]) -> str | None:
    """What was typed for an option."""
    for at, argument in enumerate(arguments):
        if argument in names and at + 1 < len(arguments):
            return arguments[at + 1]
        name, equals, value = argument.partition("=")
        if equals and name in names:
            return value
    return None
