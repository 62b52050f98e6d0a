"""S3 as this package talks to it: the client by the settings, addresses, and its errors told for people.

Any store that speaks S3 will do; PIXORA_S3_ENDPOINT_URL says where it is. Credentials are found as AWS's own tools find
them: in AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, in a profile, or in the machine's role.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from pixora_pipeline.errors import Conflict, NotFound, PixoraError, TryAgain, UserError
from pixora_pipeline.settings import Settings

_ABSENT = ("404", "NoSuchKey", "NotFound")
_NO_BUCKET = ("NoSuchBucket",)
_NOT_ALLOWED = ("403", "AccessDenied", "AllAccessDisabled", "AccountProblem", "Forbidden")
_BAD_KEY = ("InvalidAccessKeyId", "SignatureDoesNotMatch", "ExpiredToken", "InvalidToken", "RequestTimeTooSkewed")
_ELSEWHERE = ("301", "PermanentRedirect", "AuthorizationHeaderMalformed", "IllegalLocationConstraintException")
_TAKEN = ("412", "PreconditionFailed", "ConditionalRequestConflict")
_BUSY = ("SlowDown", "RequestTimeout", "OperationAborted", "Throttling", "ThrottlingException")


@dataclass(frozen=True)
class S3Place:
    """A bucket and the beginning of the keys in it, `""` or ending in a slash."""

    bucket: str
    prefix: str = ""

    @classmethod
    def of(cls, url: str) -> "S3Place":
        """The place that `s3://bucket/prefix` names. Raises `UserError`."""
        parts = urlsplit(url)
        if parts.scheme != "s3" or not parts.netloc or parts.query or parts.fragment:
            raise UserError(f"{url!r} is no place in S3. Write it as s3://BUCKET or s3://BUCKET/FOLDER.")
        folder = parts.path.strip("/")
        return cls(parts.netloc, f"{folder}/" if folder else "")

    def key(self, *parts: str) -> str:
        """The key of something below it."""
        return self.prefix + "/".join(parts)

    def __str__(self) -> str:
        return f"s3://{self.bucket}/{self.prefix}"


def s3_client(settings: Settings) -> Any:
    """A client of S3, for any number of threads. What it raises, `talking_to_s3` tells."""
    import boto3
    from botocore.config import Config

    own = settings.s3_endpoint_url is not None
    config = Config(
        # How often is AWS_MAX_ATTEMPTS, else three times.
        retries={"mode": "standard"},
        connect_timeout=10,
        read_timeout=60,
        max_pool_connections=16,
        signature_version="s3v4",
        # Servers of one's own seldom have a host name for every bucket, and not all know the newest checksums.
        s3={"addressing_style": "path" if own else "auto"},
        request_checksum_calculation="when_required" if own else "when_supported",
        response_checksum_validation="when_required" if own else "when_supported",
    )
    session = boto3.Session()
    region = settings.s3_region or session.region_name or "us-east-1"
    return session.client("s3", endpoint_url=settings.s3_endpoint_url, region_name=region, config=config)


@contextmanager
def talking_to_s3(place: S3Place) -> Iterator[None]:
    """What the SDK raises, as errors of ours: see `s3_error`. Nothing of theirs stays chained to it."""
    from boto3.exceptions import Boto3Error
    from botocore.exceptions import BotoCoreError, ClientError

    try:
        yield
    except (Boto3Error, BotoCoreError, ClientError) as error:
        told = s3_error(error, place)
    else:
        return
    raise told


def s3_error(error: Exception, place: S3Place) -> PixoraError:
    """What an error of the SDK means.

    `NotFound` for an object that is not there, `Conflict` for one that is there already, `UserError` for what somebody
    has to set right, `TryAgain` for what may pass. Transfers wrap their error; the one inside is read.
    """
    from botocore.exceptions import BotoCoreError, ClientError

    inner = _inside(error)
    if isinstance(inner, ClientError):
        return _of_answer(inner, place)
    if isinstance(inner, BotoCoreError) and "Credentials" in type(inner).__name__:
        return UserError(
            f"There are no credentials for {place}. Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or a profile."
        )
    if type(inner).__name__ in ("ParamValidationError", "InvalidRegionError", "ProfileNotFound"):
        return UserError(f"S3 can't be asked for {place}: {inner}. Look at the address and at AWS's settings.")
    return TryAgain(f"S3 can't be reached for {place} ({type(inner).__name__}). Run the same command later.")


def _of_answer(error: Any, place: S3Place) -> PixoraError:
    told = error.response.get("Error", {})
    code, status = str(told.get("Code", "")), int(error.response.get("ResponseMetadata", {}).get("HTTPStatusCode", 0))
    said = str(told.get("Message") or code).rstrip(".")
    if code in _NO_BUCKET:
        return UserError(f"There is no bucket {place.bucket!r} for {place}. Create it, or name another.")
    if code in _ABSENT:
        return NotFound(f"There is no such object below {place}.")
    if code in _BAD_KEY:
        return UserError(f"S3 does not accept the key for {place}: {code}. Look at AWS_ACCESS_KEY_ID and its secret.")
    if code in _NOT_ALLOWED:
        return UserError(f"S3 does not allow {error.operation_name} at {place}. Give the account that right.")
    if code in _ELSEWHERE:
        return UserError(f"The bucket {place.bucket!r} is in another region: {said}. Set PIXORA_S3_REGION.")
    if code in _TAKEN:
        return Conflict(f"There is such an object below {place} already, and it was left as it is.")
    if code in _BUSY or status >= 500 or status == 429:
        return TryAgain(f"S3 could not do {error.operation_name} at {place}: {said}. Run the same command later.")
    return UserError(f"S3 does not take {error.operation_name} at {place}: {code}, {said}.")


def _inside(error: BaseException) -> BaseException:
    """What a transfer wrapped: `upload_file` says its cause in words alone, and keeps it as the context."""
    last = getattr(error, "last_exception", None)
    wrapped = last or error.__cause__ or error.__context__
    if type(error).__module__.startswith(("boto3.", "s3transfer.")) and wrapped is not None:
        return _inside(wrapped)
    return error
