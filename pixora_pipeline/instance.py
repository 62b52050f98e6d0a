"""Dagster's instance: opened where the settings say, with the configuration this project ships."""

import os
from pathlib import Path

from dagster import DagsterInstance

from pixora_pipeline.errors import Defect, TryAgain
from pixora_pipeline.settings import CHECKOUT, Settings


def prepare_home(settings: Settings) -> Path:
    """The folder Dagster works in, made and configured, and named to every process begun from here."""
    home, configuration = settings.dagster.resolve(), CHECKOUT / "dagster.yaml"
    if not configuration.is_file():
        raise Defect(f"{configuration} is missing. Install with `uv sync` in a checkout of the project.")
    try:
        home.mkdir(parents=True, exist_ok=True)
        if not (home / "dagster.yaml").exists():
            (home / "dagster.yaml").write_bytes(configuration.read_bytes())
    except OSError as error:
        raise TryAgain(f"{home} can't be written ({error.strerror}). Set PIXORA_HOME to a folder of yours.") from error
    os.environ["DAGSTER_HOME"] = str(home)
    return home


def open_instance(settings: Settings) -> DagsterInstance:
    """The instance that keeps runs and materialisations."""
    return DagsterInstance.from_config(str(prepare_home(settings)))
