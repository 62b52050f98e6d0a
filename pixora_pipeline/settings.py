"""Where this installation keeps things. The one place that reads the environment."""

import os
import re
from functools import cache
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from pixora_pipeline.errors import UserError

CHECKOUT = Path(__file__).resolve().parents[1]
"""The folder that holds `dagster.yaml` and `workspace.yaml`."""

_PLACE = re.compile(r"s3://[^/?#\s]+(/[^?#]*)?|file:///[^?#]+")
_WEB = re.compile(r"https?://[^/?#\s]+(/[^?#\s]*)?")


class ServiceSettings(BaseModel):
    """Where a service is and how it is spoken to; what is None is as the catalogue has it. `timeout` is in seconds."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    base_url: str | None = None
    wire: str | None = None
    needs_key: bool | None = None
    timeout: float | None = Field(default=None, gt=0)


class Settings(BaseSettings):
    """Read from variables named PIXORA_...; each has a default that works.

    `home` holds all state. `database_url` None means a SQLite file in it. `dagster_home` None means a folder in it.
    `workers` is how many processes draw and encode side by side; None means one a core, at most four. `master_key`
    seals the keys of services; None means a file in the home. `key_choice` says whose turn it is to be called.
    `services` are by name; PIXORA_SERVICES__OLLAMA__BASE_URL sets one field of one. `footage_folder` is watched for
    videos to add, `footage_models` are who listens to new ones, looks at them and places them; `qdrant_url` None means
    the index is kept in this home. `storage_url` names the place in S3 that artifacts are kept in besides;
    `s3_endpoint_url` None means AWS. Films are published at `publish_url`, nowhere for None; `publish_base_url` is
    where others find that place. `unsafe_code` lets code that a model wrote run where this machine has no sandbox.
    """

    model_config = SettingsConfigDict(
        env_prefix="PIXORA_", frozen=True, env_ignore_empty=True, env_nested_delimiter="__"
    )

    home: Path = CHECKOUT / ".pixora"
    database_url: str | None = None
    dagster_home: Path | None = None
    footage_folder: Path | None = None
    footage_models: dict[str, str] = Field(default_factory=dict)
    qdrant_url: str | None = None
    qdrant_api_key: SecretStr | None = None
    storage_url: str | None = None
    s3_endpoint_url: str | None = None
    s3_region: str | None = None
    publish_url: str | None = None
    publish_links: Literal["public", "signed"] = "public"
    publish_link_hours: int = Field(default=24, ge=1, le=168)
    publish_base_url: str | None = None
    publish_retention_days: int | None = Field(default=None, ge=1)
    workers: int | None = Field(default=None, ge=1)
    webserver_port: int = Field(default=3000, ge=1, le=65535)
    services: dict[str, ServiceSettings] = Field(default_factory=dict)
    master_key: SecretStr | None = None
    unsafe_code: bool = False
    key_choice: Literal["least_loaded", "round_robin"] = "least_loaded"

    @field_validator("publish_url")
    @classmethod
    def _place(cls, url: str | None) -> str | None:
        if url is not None and not _PLACE.fullmatch(url):
            raise ValueError("it is to name a place such as s3://BUCKET/FOLDER or file:///FOLDER")
        return url and url.rstrip("/")

    @field_validator("publish_base_url")
    @classmethod
    def _base(cls, url: str | None) -> str | None:
        if url is not None and not _WEB.fullmatch(url):
            raise ValueError("it is to be an address such as https://films.example.org")
        return url and url.rstrip("/")

    @property
    def store(self) -> Path:
        """The folder of all artifacts."""
        return self.home / "artifacts"

    @property
    def footage(self) -> Path:
        """The folder of the footage library: its videos and its index."""
        return self.home / "footage"

    @property
    def videos(self) -> Path:
        """The folder of the library's videos."""
        return self.footage / "videos"

    @property
    def database(self) -> str:
        """The app database's SQLAlchemy URL."""
        return self.database_url or f"sqlite:///{self.home / 'pixora.db'}"

    @property
    def master_key_file(self) -> Path:
        """The file that opens the stored keys of services."""
        return self.home / "master.key"

    @property
    def dagster(self) -> Path:
        """The folder Dagster calls DAGSTER_HOME."""
        return self.dagster_home or self.home / "dagster"


@cache
def settings() -> Settings:
    """This process's settings. Raises `UserError` for a variable that can't be had."""
    try:
        return Settings()
    except ValidationError as error:
        first = error.errors()[0]
        name = f"PIXORA_{str(first['loc'][0]).upper()}"
        raise UserError(
            f"{name} is {first['input']!r}: {first['msg'].removeprefix('Value error, ')}. Change it or leave it out."
        ) from error


def variable(name: str) -> str | None:
    """An environment variable that others named, such as OPENAI_API_KEY; an empty one is none."""
    return os.environ.get(name) or None
