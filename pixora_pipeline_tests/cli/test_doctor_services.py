"""`pixora doctor` says of each account whether it works."""

import pytest
from pydantic import SecretStr

from pixora_pipeline.assets.studio import Studio
from pixora_pipeline.cli.reach import service_checks
from pixora_pipeline.model.project import Models
from pixora_pipeline.settings import Settings
from pixora_pipeline_tests.cli.conftest import Desk
from pixora_pipeline_tests.providers.servers.street import open_street


def test_each_account_is_checked_wherever_its_key_is(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    with open_street() as street:
        studio = Studio(Settings(home=desk.home))
        openai = f"{street.root}/openai/v1"
        studio.accounts.put("openai", "main", SecretStr("loopback-key"), base_url=openai)
        studio.accounts.put("openai", "old", SecretStr("revoked-key"), base_url=openai)
        studio.user_models.keep(Models(text="openai/gpt-6-luna"))
        monkeypatch.setenv("ANTHROPIC_API_KEY", "loopback-key")
        monkeypatch.setenv("ANTHROPIC_BASE_URL", f"{street.root}/anthropic")
        checks = dict(service_checks())
        assert checks["openai/main"](desk.home) == "reached, its key is accepted. gpt-6-luna is there"
        (environment,) = [name for name in checks if name.startswith("anthropic/environment-")]
        assert checks[environment](desk.home) == "reached, its key is accepted"
        assert set(checks) == {"openai/main", "openai/old", environment}


def test_services_that_nobody_set_up_are_left_alone(desk: Desk) -> None:
    assert list(service_checks()) == []
