"""Keys in the environment, such as OPENAI_API_KEY: accounts of their own, used and never stored."""

from pydantic import Field, SecretStr

from pixora_pipeline.model.content import hash_text
from pixora_pipeline.model.value import Value
from pixora_pipeline.settings import variable

AWS = frozenset({"aws", "bedrock", "polly", "s3"})
"""The services that one AWS account stands for."""


class EnvironmentAccount(Value):
    """An account that this process's environment gives. Another key is another account."""

    alias: str
    secret: SecretStr
    base_url: str | None = None
    options: dict[str, str] = Field(default_factory=dict)


def account_in_environment(service: str) -> EnvironmentAccount | None:
    """The account of a service by NAME_API_KEY or NAME_API_TOKEN, by NAME_BASE_URL alone, or by AWS's variables."""
    if service in AWS:
        return _aws()
    prefix = prefix_of(service)
    secret = variable(f"{prefix}_API_KEY") or variable(f"{prefix}_API_TOKEN") or ""
    base_url = variable(f"{prefix}_BASE_URL")
    if not secret and not base_url:
        return None
    return EnvironmentAccount(alias=_alias(secret, base_url or ""), secret=SecretStr(secret), base_url=base_url)


def variable_for(service: str) -> str:
    """The variable that a key of the service is read from."""
    if service in AWS:
        return "AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY"
    return f"{prefix_of(service)}_API_TOKEN" if service == "replicate" else f"{prefix_of(service)}_API_KEY"


def prefix_of(service: str) -> str:
    """How a service's variables begin."""
    return service.upper().replace("-", "_")


def _aws() -> EnvironmentAccount | None:
    id, secret = variable("AWS_ACCESS_KEY_ID"), variable("AWS_SECRET_ACCESS_KEY")
    if not id or not secret:
        return None
    named = {
        "access_key_id": id,
        "session_token": variable("AWS_SESSION_TOKEN"),
        "region": variable("AWS_REGION") or variable("AWS_DEFAULT_REGION"),
    }
    options = {name: value for name, value in named.items() if value}
    base_url = variable("AWS_ENDPOINT_URL")
    return EnvironmentAccount(alias=_alias(id, secret), secret=SecretStr(secret), base_url=base_url, options=options)


def _alias(*parts: str) -> str:
    # Six digits of a hash tell two keys apart and nothing about either.
    return f"environment-{hash_text(' '.join(parts))[:6]}"
