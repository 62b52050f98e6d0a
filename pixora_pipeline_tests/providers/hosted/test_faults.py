"""What services answer instead of an answer, told apart by what is to be done about it, in one sentence."""

from pathlib import Path
from typing import Any

import pytest

from pixora_pipeline.errors import PixoraError
from pixora_pipeline.model.requests import MotionRequest, PictureRequest, ScriptRequest, SpeechRequest
from pixora_pipeline.providers.faults import (
    AnswerLost,
    BadRequest,
    KeyDead,
    ModelGone,
    OutOfQuota,
    RateLimited,
    Refused,
    ServerFault,
    Unreachable,
)
from pixora_pipeline_tests.providers.hosted.conftest import Engage
from pixora_pipeline_tests.providers.servers import (
    anthropic_format,
    aws_format,
    gateway_format,
    openai_format,
    replicate_format,
)
from pixora_pipeline_tests.providers.servers.media import png
from pixora_pipeline_tests.providers.servers.service import Misfortune
from pixora_pipeline_tests.providers.servers.street import KEY, Street

oa, an, aws, re, gw = (
    openai_format.error,
    anthropic_format.error,
    aws_format.error,
    replicate_format.error,
    gateway_format.error,
)

MATRIX: list[tuple[str, Misfortune, type[PixoraError]]] = [
    ("openai", oa(429, "rate_limit_exceeded", "Rate limit reached", "requests", retry_after="7"), RateLimited),
    ("openai", oa(429, "insufficient_quota", "You exceeded your current quota"), OutOfQuota),
    ("openai", oa(401, "invalid_api_key", "Incorrect API key provided"), KeyDead),
    ("openai", oa(403, "", "Your organization may not use this"), KeyDead),
    ("openai", oa(404, "model_not_found", "The model `gpt-6-luna` does not exist"), ModelGone),
    ("openai", oa(400, "content_policy_violation", "Rejected by the safety system"), Refused),
    ("openai", oa(400, "moderation_blocked", "Your request was rejected"), Refused),
    ("openai", oa(400, "invalid_value", "Invalid size"), BadRequest),
    ("openai", oa(408, "", "Timeout"), ServerFault),
    ("openai", oa(500, "", "The server had an error"), ServerFault),
    ("openai", oa(503, "", "Overloaded"), ServerFault),
    ("openai", Misfortune(502, "<html>Bad gateway</html>"), ServerFault),
    ("anthropic", an(429, "rate_limit_error", "slow down", retry_after="3"), RateLimited),
    ("anthropic", an(400, "invalid_request_error", "Your credit balance is too low"), OutOfQuota),
    ("anthropic", an(401, "authentication_error", "invalid x-api-key"), KeyDead),
    ("anthropic", an(404, "not_found_error", "model: claude-sonnet-5"), ModelGone),
    ("anthropic", an(529, "overloaded_error", "Overloaded"), ServerFault),
    ("bedrock", aws(400, "ThrottlingException", "Too many requests"), RateLimited),
    ("bedrock", aws(403, "AccessDeniedException", "no access to the model"), KeyDead),
    ("bedrock", aws(404, "ResourceNotFoundException", "This model version has reached the end of its life"), ModelGone),
    ("bedrock", aws(503, "ServiceUnavailableException", "later"), ServerFault),
    ("bedrock", aws(400, "ValidationException", "malformed"), BadRequest),
    ("polly", aws(400, "ThrottlingException", "Rate exceeded"), RateLimited),
    ("polly", aws(403, "UnrecognizedClientException", "The security token is invalid"), KeyDead),
    ("polly", aws(400, "InvalidSsmlException", "Invalid SSML"), BadRequest),
    ("replicate", re(402, "Insufficient credit"), OutOfQuota),
    ("replicate", re(401, "Unauthenticated"), KeyDead),
    ("replicate", re(422, "duration: must be 5 or 10"), BadRequest),
    ("replicate", re(500, "internal"), ServerFault),
    ("gateway", gw(429, "Too many requests"), RateLimited),
    ("gateway", gw(401, "Invalid token"), KeyDead),
    ("gateway", gw(400, "the image is sensitive"), Refused),
]


def ask(hired: Engage, service: str, folder: Path) -> Any:
    """Have the service do what costs something."""
    if service == "replicate":
        (folder / "still.png").write_bytes(png())
        request = MotionRequest(prompt="It moves.", seconds=5, width=426, height=240)
        return hired("motion", "replicate/kling-v1.6-standard").animate(request, folder / "still.png", folder / "m.mp4")
    if service == "gateway":
        return hired("image", "gateway/seedream").draw(PictureRequest(description="A boat"), folder / "p.png")
    if service == "polly":
        return hired("speech", "polly/neural").speak(
            SpeechRequest(text="A boat.", voice="Joanna", language="en-US"), folder / "v.wav"
        )
    models = {"openai": "gpt-6-luna", "anthropic": "claude-sonnet-5", "bedrock": "anthropic.claude-sonnet-5-v1:0"}
    return hired("text", f"{service}/{models[service]}").write(ScriptRequest(text="A boat in a storm."))


def server(street: Street, service: str):
    return getattr(street, {"bedrock": "aws", "polly": "aws"}.get(service, service))


@pytest.mark.parametrize(("service", "misfortune", "meaning"), MATRIX, ids=lambda v: getattr(v, "__name__", None))
def test_an_error_says_what_to_do(
    hired: Engage, street: Street, tmp_path: Path, service: str, misfortune: Misfortune, meaning: type[PixoraError]
) -> None:
    server(street, service).next(misfortune)
    with pytest.raises(PixoraError) as raised:
        ask(hired, service, tmp_path)
    assert type(raised.value) is meaning
    told = str(raised.value)
    assert service in told and told.endswith((".", "edit", service)) and "\n" not in told
    assert KEY not in told and raised.value.__cause__ is None
    assert len(server(street, service).paid) == 1, "an SDK tried again by itself"


@pytest.mark.parametrize(
    ("service", "limited"),
    [
        ("openai", oa(429, "rate_limit_exceeded", "slow", "requests", retry_after="7")),
        ("anthropic", an(429, "rate_limit_error", "slow", retry_after="7")),
        ("bedrock", aws(400, "ThrottlingException", "slow", retry_after="7")),
        ("polly", aws(400, "ThrottlingException", "slow", retry_after="7")),
        ("replicate", re(429, "Request was throttled.", retry_after="7")),
        ("gateway", gw(429, "slow", retry_after="7")),
    ],
)
def test_retry_after_is_passed_on(
    hired: Engage, street: Street, tmp_path: Path, service: str, limited: Misfortune
) -> None:
    server(street, service).next(limited)
    with pytest.raises(RateLimited) as raised:
        ask(hired, service, tmp_path)
    assert raised.value.retry_after == 7.0


@pytest.mark.parametrize("service", ["openai", "anthropic", "bedrock", "polly", "replicate", "gateway"])
def test_a_service_that_is_not_there_was_not_paid(
    hired: Engage, street: Street, tmp_path: Path, service: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(street, "root", "http://127.0.0.1:9")
    with pytest.raises(Unreachable):
        ask(hired, service, tmp_path)


@pytest.mark.parametrize("service", ["openai", "anthropic", "bedrock", "polly", "replicate", "gateway"])
def test_an_answer_cut_short_may_have_been_paid(hired: Engage, street: Street, tmp_path: Path, service: str) -> None:
    server(street, service).next(Misfortune(cut_after=20))
    with pytest.raises(AnswerLost):
        ask(hired, service, tmp_path)
    assert len(server(street, service).paid) == 1


@pytest.mark.parametrize("service", ["openai", "anthropic", "bedrock", "gateway"])
def test_an_answer_that_never_comes_may_have_been_paid(
    hired: Engage, street: Street, tmp_path: Path, service: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from pixora_pipeline.settings import settings

    monkeypatch.setenv(f"PIXORA_SERVICES__{service.upper()}__TIMEOUT", "0.3")
    settings.cache_clear()
    server(street, service).next(Misfortune(hang=1.5))
    try:
        with pytest.raises(AnswerLost):
            ask(hired, service, tmp_path)
    finally:
        monkeypatch.undo()
        settings.cache_clear()
    assert len(server(street, service).paid) == 1


def test_a_cut_voice_leaves_no_file(hired: Engage, street: Street, tmp_path: Path) -> None:
    street.openai.next(Misfortune(cut_after=5000))
    with pytest.raises(AnswerLost):
        hired("speech", "kokoro/kokoro").speak(
            SpeechRequest(text="A boat.", voice="af_heart", language="en-US"), tmp_path / "v.wav"
        )
    assert not (tmp_path / "v.wav").exists() and not list(tmp_path.glob("received/**/voice-1.wav"))
