"""The suite can't spend money: it has no keys, and a connection beyond this machine fails the test that opens it.

Nor does it put anything where whoever runs it publishes films or keeps artifacts.
"""

import ipaddress
import os
import re
import sys
from typing import Any

_KEYS = re.compile(
    r"(_API_KEY|_API_TOKEN|_BASE_URL|_ENDPOINT_URL)$|^AWS_|^(HTTPS?|ALL)_PROXY$|^PIXORA_(PUBLISH|STORAGE|S3)_",
    re.IGNORECASE,
)
_OWN_NAMES = ("", "localhost", "localhost.localdomain", "ip6-localhost")

reached: list[str] = []
"""What was tried to be reached beyond this machine."""


class Reached(RuntimeError):
    """A test tried to leave this machine."""


def close_the_door() -> None:
    """Forget every key, and let nothing out from here on. It can't be undone."""
    for name in [name for name in os.environ if _KEYS.search(name)]:
        del os.environ[name]
    # The SDK of AWS would look for a role of the machine.
    os.environ["AWS_EC2_METADATA_DISABLED"] = "true"
    sys.addaudithook(_watch)


def _watch(event: str, arguments: tuple[Any, ...]) -> None:
    if event in ("socket.connect", "socket.sendto", "socket.sendmsg"):
        address = arguments[1]
        # Sockets of the file system have a path; some are connected before.
        if isinstance(address, tuple) and address and not is_here(address[0]):
            _refuse(str(address[0]))
    elif event == "socket.getaddrinfo" and not is_here(arguments[0]):
        _refuse(str(arguments[0]))


def is_here(host: str | bytes | None) -> bool:
    """Whether a host is this machine."""
    name = host.decode() if isinstance(host, bytes) else host or ""
    try:
        address = ipaddress.ip_address(name.partition("%")[0])
    except ValueError:
        return name.lower() in _OWN_NAMES
    return address.is_loopback or address.is_unspecified


def _refuse(host: str) -> None:
    reached.append(host)
    raise Reached(f"a test tried to reach {host}")
