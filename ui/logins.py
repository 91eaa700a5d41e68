"""How the people of a team come in: each request says who it is from, by the word of a proxy or of a login here."""

import hmac
import re
from collections.abc import Sequence
from dataclasses import dataclass
from ipaddress import IPv4Network, IPv6Address, IPv6Network, ip_address
from typing import Protocol
from urllib.parse import urlsplit

from starlette.requests import HTTPConnection
from starlette.responses import Response
from starlette.routing import Route

from workflow.people import People

from .tokens import Denied

SECRET_HEADER = "X-Hexapla-Proxy"  # noqa: S105 - the name of the header

_HOST = re.compile(r"(?:\[(?P<address>[0-9A-Fa-f:.]+)\]|(?P<name>[^\s:@/?#\[\]]+))(?::[0-9]*)?")

Network = IPv4Network | IPv6Network


class Login(Protocol):
    """What knows who a request is from."""

    @property
    def routes(self) -> Sequence[Route]:
        """What it answers by itself, to people who are not in yet."""

    def who(self, connection: HTTPConnection) -> str:
        """Return what somebody has logged in as.

        Raises:
            Denied: nobody has, or it cannot be believed.
        """

    def lead(self, connection: HTTPConnection) -> Response | None:
        """Return the way to log in for the browser of somebody who is not in; None where there is none here."""


@dataclass(frozen=True, slots=True)
class Team:
    """A server for several people: the address in their browsers (scheme and host), who they are, how they come in."""

    url: str
    people: People
    login: Login

    @property
    def host(self) -> str:
        """The name of the address, without its port."""
        return host_name(urlsplit(self.url).netloc)


@dataclass(frozen=True, slots=True)
class Proxy:
    """A proxy in front that has asked people who they are, and says it in a header.

    Whoever reaches the port could send the header himself: on this machine that is every program of every user. So it
    is believed only of a peer in ``networks``, and only beside the ``secret``, which it sends in `SECRET_HEADER`.
    """

    header: str
    networks: Sequence[Network]
    secret: str

    @property
    def routes(self) -> Sequence[Route]:
        """Nothing: people log in at the proxy."""
        return ()

    def who(self, connection: HTTPConnection) -> str:
        """Return whom the proxy names.

        Raises:
            Denied: 403, the request did not come through the proxy; 401, the proxy names nobody, or several people.
        """
        told = connection.headers.getlist(SECRET_HEADER)
        if not self._is_peer(connection) or len(told) != 1 or not hmac.compare_digest(_bytes(told[0]), self._sent):
            raise Denied(403, "proxy", "This server answers its proxy alone; open the address of the project.")
        names = connection.headers.getlist(self.header)
        try:
            (name,) = (_bytes(name).decode() for name in names)
        except ValueError:  # none, several, or no UTF-8
            name = ""
        if not name.strip(" \t"):
            raise Denied(401, "proxy", f"The proxy must say in one {self.header} header, in UTF-8, who you are.")
        return name.strip(" \t")

    def lead(self, connection: HTTPConnection) -> Response | None:
        """Return None: the proxy lets nobody through who has not logged in."""

    @property
    def _sent(self) -> bytes:
        return self.secret.encode()

    def _is_peer(self, connection: HTTPConnection) -> bool:
        if connection.client is None:
            return False
        peer = ip_address(connection.client.host)
        if isinstance(peer, IPv6Address) and peer.ipv4_mapped:
            peer = peer.ipv4_mapped
        return any(peer in network for network in self.networks)


def host_name(header: str) -> str:
    """Return the name in a Host header (RFC 9110, 7.2) without its port; empty where it is malformed.

    >>> [host_name(each) for each in ("Localhost:8501", "[0:0::1]:8501", "::1", "localhost:1@elsewhere")]
    ['localhost', '::1', '', '']
    """
    parts = _HOST.fullmatch(header)
    if parts is None:
        return ""
    name = parts["name"] or parts["address"]
    try:
        return str(ip_address(name))
    except ValueError:
        return name.lower() if parts["name"] else ""


def _bytes(value: str) -> bytes:
    """Return what stood in a header, which Starlette reads as Latin-1."""
    return value.encode("latin-1")
