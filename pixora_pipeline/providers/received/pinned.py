"""Connections to hosts that somebody else named: looked up once, and refused where they are in a private network.

Who answers a look-up may answer the next one otherwise. So the address that was checked is the one that is connected
to, for every redirect anew; certificates are still checked against the name.
"""

import ipaddress
import socket
from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import urlsplit

import httpcore
import httpx

Origin = tuple[str, int]
"""A host and a port."""

Resolve = Callable[[str, int], list[str]]


class NotForUs(Exception):
    """The host is in a private network, or is no host. The message names it."""


def origin_of(url: str) -> Origin:
    """Where a URL points."""
    parts = urlsplit(url)
    return parts.hostname or "", parts.port or (443 if parts.scheme == "https" else 80)


def look_up(host: str, port: int) -> list[str]:
    """The addresses of a host, best first."""
    return list(dict.fromkeys(str(each[4][0]) for each in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)))


def is_public(address: str) -> bool:
    """Whether an address is one of the public network, whatever it is wrapped in."""
    known = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(known, ipaddress.IPv6Address):
        if known.ipv4_mapped:
            return is_public(str(known.ipv4_mapped))
        if known.sixtofour or known.teredo or known in _NAT64:
            return False
    return known.is_global and not known.is_multicast


def _is_literal(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")


class PinnedTransport(httpx.HTTPTransport):
    """Connects to public addresses, and to `own`, which its owner may have in a network of theirs."""

    def __init__(self, own: Origin | None = None, resolve: Resolve = look_up) -> None:
        super().__init__(trust_env=False)
        # httpx has no door for it; httpcore, which it is made of, has.
        self._pool = httpcore.ConnectionPool(
            ssl_context=httpx.create_ssl_context(trust_env=False), network_backend=_Pinned(own, resolve)
        )


class _Pinned(httpcore.SyncBackend):
    def __init__(self, own: Origin | None, resolve: Resolve) -> None:
        self._own = own
        self._resolve = resolve

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        """Connect to the first of the host's addresses that answers."""
        failed: Exception | None = None
        for address in self._allowed(host, port):
            try:
                return super().connect_tcp(address, port, timeout, local_address, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failed = error
        raise failed or httpcore.ConnectError(f"{host} has no address")

    def _allowed(self, host: str, port: int) -> list[str]:
        try:
            found = [host] if _is_literal(host) else self._resolve(host, port)
        except (OSError, UnicodeError) as error:
            raise httpcore.ConnectError(str(error)) from None
        allowed = found if (host, port) == self._own else [each for each in found if is_public(each)]
        if found and not allowed:
            raise NotForUs(host)
        return allowed
