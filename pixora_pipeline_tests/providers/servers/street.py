"""All services on one port, and how they are called."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from pydantic import SecretStr

from pixora_pipeline.providers.calls import Credential
from pixora_pipeline_tests.providers.servers.anthropic_format import AnthropicFormat
from pixora_pipeline_tests.providers.servers.aws_format import AwsFormat
from pixora_pipeline_tests.providers.servers.gateway_format import GatewayFormat
from pixora_pipeline_tests.providers.servers.openai_format import OpenAIFormat
from pixora_pipeline_tests.providers.servers.replicate_format import ReplicateFormat
from pixora_pipeline_tests.providers.servers.running import running
from pixora_pipeline_tests.providers.servers.service import LoopbackService, application

KEY = "loopback-key"


@dataclass
class Street:
    """Every service, and the URL they are below."""

    openai: OpenAIFormat = field(default_factory=OpenAIFormat)
    anthropic: AnthropicFormat = field(default_factory=AnthropicFormat)
    aws: AwsFormat = field(default_factory=AwsFormat)
    replicate: ReplicateFormat = field(default_factory=ReplicateFormat)
    gateway: GatewayFormat = field(default_factory=GatewayFormat)
    root: str = ""

    @property
    def services(self) -> list[LoopbackService]:
        """All of them."""
        return [self.openai, self.anthropic, self.aws, self.replicate, self.gateway]

    def credential(self, service: str, key: str = KEY) -> Credential:
        """An account at the service of that name."""
        if service in ("bedrock", "polly"):
            options = {"access_key_id": "AKIALOOPBACK", "region": "eu-west-1"}
            return Credential(alias="aws-1", secret=SecretStr(key), base_url=f"{self.root}/aws", options=options)
        place = {
            "anthropic": f"{self.root}/anthropic",
            "replicate": f"{self.root}/replicate",
            "gateway": f"{self.root}/gateway/v1",
        }.get(service, f"{self.root}/openai/v1")
        return Credential(alias=f"{service}-1", secret=SecretStr(key), base_url=place)


@contextmanager
def open_street() -> Iterator[Street]:
    """The services, listening."""
    street = Street()
    with running(application(*street.services)) as root:
        street.root = street.replicate.root = street.gateway.root = root
        yield street
