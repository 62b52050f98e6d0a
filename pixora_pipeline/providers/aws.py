"""Clients of AWS for one account: an access key id, a secret and a region."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from pixora_pipeline.errors import UserError
from pixora_pipeline.providers.calls import Credential
from pixora_pipeline.providers.faults import Fault
from pixora_pipeline.providers.hosted import Hosted
from pixora_pipeline.providers.verdict import NoAnswer, fault_of, fault_of_silence

USUAL_REGION = "us-east-1"


@contextmanager
def talking(adapter: Hosted, credential: Credential, client: str) -> Iterator[Any]:
    """The SDK's client; what it raises is told as a `Fault`.

    The account's options name the access key id and the region; the secret may hold both, parted by a colon.
    """
    fault: Fault | None = None
    try:
        yield _client(adapter, credential, client)
    except ClientError as error:
        fault = _fault(adapter, error)
    except BotoCoreError as error:
        fault = fault_of_silence(adapter.offer, NoAnswer.of(error))
    if fault:
        raise fault


def _client(adapter: Hosted, credential: Credential, client: str) -> Any:
    options, secret = credential.options, credential.secret.get_secret_value()
    access = options.get("access_key_id")
    if access is None:
        access, _, secret = secret.partition(":")
    if not access or not secret:
        raise UserError(
            f"The account {credential.alias} of {adapter.offer.provider} has no access key id: its key is "
            f"ACCESS_KEY_ID:SECRET_ACCESS_KEY. Add it again: pixora keys add {adapter.offer.provider}"
        )
    session = boto3.Session(
        aws_access_key_id=access,
        aws_secret_access_key=secret,
        aws_session_token=options.get("session_token"),
        region_name=options.get("region", USUAL_REGION),
    )
    config = Config(
        # An attempt that is not in the journal would be paid for and never known.
        retries={"total_max_attempts": 1},
        read_timeout=adapter.service.timeout,
        connect_timeout=10,
        signature_version="v4",
    )
    return session.client(client, endpoint_url=credential.base_url or adapter.service.base_url, config=config)


def _fault(adapter: Hosted, error: ClientError) -> Fault:
    told, answer = error.response.get("Error", {}), error.response.get("ResponseMetadata", {})
    code, status = str(told.get("Code", "")), int(answer.get("HTTPStatusCode", 0))
    if code in ("ResourceNotFoundException", "ModelNotReadyException"):
        code = f"model_not_found {code}"
        status = 404
    return fault_of(adapter.offer, status, code, str(told.get("Message", "")), answer.get("HTTPHeaders", {}))
