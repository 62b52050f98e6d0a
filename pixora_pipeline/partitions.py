"""The partition spaces, and the keys in them. Keys are made and checked here and nowhere else."""

import re
import secrets

from dagster import DynamicPartitionsDefinition, MultiPartitionsDefinition, StaticPartitionsDefinition

from pixora_pipeline.errors import UserError

SLOTS: tuple[str, ...] = tuple(f"s{number:02}" for number in range(1, 61))

projects = DynamicPartitionsDefinition(name="projects")
sources = DynamicPartitionsDefinition(name="sources")
scenes = MultiPartitionsDefinition({"project": projects, "scene": StaticPartitionsDefinition(SLOTS)})

_ALPHABET = "abcdefghijklmnopqrstuvwxyz234567"
_PROJECT_ID = re.compile(r"p-[a-z2-7]{10}")


def new_project_id() -> str:
    """A fresh id such as `p-k3jx5qk2aa`."""
    return "p-" + _letters()


def new_source_id() -> str:
    """A fresh id such as `v-k3jx5qk2aa`."""
    return "v-" + _letters()


def is_project_id(text: str) -> bool:
    """Whether the text has the form of a project's id."""
    return _PROJECT_ID.fullmatch(text) is not None


def check_project_id(text: str) -> None:
    """Raise `UserError` unless the text has the form of a project's id."""
    if not is_project_id(text):
        raise UserError(f"{text!r} is not a project id: p- and ten letters a-z or digits 2-7, such as p-k3jx5qk2aa.")


def scene_key(project: str, slot: str) -> str:
    """The partition key of one scene of one project."""
    check_project_id(project)
    if slot not in SLOTS:
        raise UserError(f"{slot!r} is not a scene; scenes are named {SLOTS[0]} to {SLOTS[-1]}.")
    return f"{project}|{slot}"


def split_key(key: str) -> tuple[str, str | None]:
    """A partition key's project, and its scene where it has one."""
    project, _, slot = key.partition("|")
    return project, slot or None


def _letters() -> str:
    return "".join(secrets.choice(_ALPHABET) for _ in range(10))
