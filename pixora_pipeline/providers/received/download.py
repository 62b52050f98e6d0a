"""Fetching what a service made, from wherever it put it: without any key, whole, and of bounded size."""

import base64
import time
from pathlib import Path
from urllib.parse import urlsplit

import httpx

from pixora_pipeline.providers.faults import BadOutput, Unreachable
from pixora_pipeline.providers.received.pinned import NotForUs, Origin, PinnedTransport, origin_of

LARGEST = 512 * 1024 * 1024
"""Bytes: ten seconds of video are a hundredth of it."""

_ATTEMPTS = 3
_LONGEST = 600.0
"""Seconds: one that comes drop by drop would never end."""
_TIMEOUT = httpx.Timeout(60.0, connect=10.0)


def download(service: str, address: str, to: Path, base_url: str) -> None:
    """Fetch an output, again where it was cut short. No key is sent: outputs lie on hosts of others.

    An address in a private network is the service's own, at its base URL, or is refused. Raises `Unreachable` when the
    output can't be had now, `BadOutput` when it is gone or is at no address of ours.
    """
    if address.startswith("data:"):
        to.write_bytes(_inline(service, address))
        return
    if urlsplit(address).scheme not in ("http", "https"):
        raise BadOutput(service, f"the address of its output is {address[:80]!r}")
    for attempt in range(1, _ATTEMPTS + 1):
        try:
            _fetch(service, address, to, origin_of(base_url))
            return
        except NotForUs as error:
            raise BadOutput(service, f"its output lies in a private network, at {error}") from None
        except httpx.HTTPError as error:
            if attempt == _ATTEMPTS:
                raise Unreachable(service, f"its output can't be fetched ({type(error).__name__})") from None


def _fetch(service: str, address: str, to: Path, own: Origin) -> None:
    draft = to.with_name(f"{to.name}.part")
    pinned = PinnedTransport(own)
    client = httpx.Client(transport=pinned, timeout=_TIMEOUT, follow_redirects=True, max_redirects=5, trust_env=False)
    with client, client.stream("GET", address) as response, draft.open("wb") as file:
        if response.status_code in (403, 404, 410):
            raise BadOutput(service, f"its output is gone (HTTP {response.status_code})")
        response.raise_for_status()
        size, began = 0, time.monotonic()
        for block in response.iter_bytes():
            size += len(block)
            if size > LARGEST:
                raise BadOutput(service, f"its output is larger than {LARGEST // 2**20} MB")
            if time.monotonic() - began > _LONGEST:
                raise Unreachable(service, f"its output took longer than {_LONGEST / 60:.0f} minutes")
            file.write(block)
    draft.replace(to)


def _inline(service: str, address: str) -> bytes:
    head, _, data = address.partition(",")
    return decode_base64(service, data) if head.endswith(";base64") else data.encode()


def decode_base64(service: str, data: str) -> bytes:
    """The bytes of base64. Raises `BadOutput`."""
    try:
        return base64.b64decode(data, validate=True)
    except ValueError:
        raise BadOutput(service, "its output is broken base64") from None
