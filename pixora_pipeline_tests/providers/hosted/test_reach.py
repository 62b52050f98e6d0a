"""Whether services are reached, take the key and have the model is asked without a request that costs anything."""

import pytest
from pydantic import SecretStr

from pixora_pipeline.cli.reach import _tell
from pixora_pipeline.errors import PixoraError
from pixora_pipeline.providers.calls import Credential
from pixora_pipeline.providers.catalogue import Capability, offer
from pixora_pipeline.providers.services import service
from pixora_pipeline_tests.providers.servers.street import Street


def told(street: Street, capability: Capability, model: str, **account: object) -> str:
    meant = offer(capability, model)
    credential = street.credential(meant.provider).model_copy(update=account)
    return _tell(service(meant.provider), Credential.model_validate(credential), [meant])


@pytest.mark.parametrize(
    ("capability", "model"),
    [
        ("text", "openai/gpt-6-luna"),
        ("text", "ollama/qwen3:8b"),
        ("text", "anthropic/claude-haiku-4-5"),
        ("text", "bedrock/anthropic.claude-sonnet-5-v1:0"),
        ("speech", "polly/neural"),
        ("music", "replicate/musicgen"),
    ],
)
def test_every_format_is_asked_for_its_models(street: Street, capability: Capability, model: str) -> None:
    said = told(street, capability, model)
    assert said == f"reached, its key is accepted. {model.partition('/')[2]} is there"
    assert [seen for each in street.services for seen in each.paid] == []
    assert [seen for each in street.services for seen in each.log] != []


def test_a_model_that_is_to_be_shut_down_is_told_with_its_day_and_its_successor(street: Street) -> None:
    assert told(street, "text", "openai/gpt-5").endswith("until 2026-12-11; then choose openai/gpt-5.6-sol")


@pytest.mark.parametrize(
    ("capability", "model", "words"),
    [
        ("text", "openai/gpt-5.6-sol", "has no model gpt-5.6-sol"),
        ("image", "openai/gpt-image-1", "choose openai/gpt-image-2.5-flare"),
        ("motion", "replicate/minimax/video-01", "has no model minimax/video-01"),
    ],
)
def test_a_model_that_is_not_there_is_named(street: Street, capability: Capability, model: str, words: str) -> None:
    with pytest.raises(PixoraError, match=words):
        told(street, capability, model)


def test_a_key_that_is_not_accepted_is_told_without_the_key(street: Street) -> None:
    with pytest.raises(PixoraError, match=r"openai does not accept the key: .*\[key\]") as raised:
        told(street, "text", "openai/gpt-6-luna", secret=SecretStr("revoked-key"))
    assert "revoked-key" not in str(raised.value)


@pytest.mark.parametrize(
    ("url", "words"), [("http://127.0.0.1:9/v1", "can't be reached"), ("{root}/nowhere", "openai does not take this")]
)
def test_a_service_that_is_not_there_is_told(street: Street, url: str, words: str) -> None:
    with pytest.raises(PixoraError, match=words):
        told(street, "text", "openai/gpt-6-luna", base_url=url.format(root=street.root))
