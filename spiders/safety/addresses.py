"""Which network addresses and ports a crawl may connect to."""

from collections.abc import Iterable, Mapping
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from typing import Any

from clearwell.errors import SiteConfigError
from spiders.failures import RefusedRequest

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network

PORTS = (80, 443, 8080, 8443)  # where web servers listen; a port of anything else is none of a crawler's business

# IANA's special-purpose registry for IPv4 (2026-11), and one address that is public and answers inside a cloud only.
# A table of our own, because what `ipaddress` calls global changes with the patch release of Python.
_FORBIDDEN_V4 = {
    "0.0.0.0/8": "this network",
    "10.0.0.0/8": "private",
    "100.64.0.0/10": "shared (carrier-grade NAT)",
    "127.0.0.0/8": "loopback",
    "168.63.129.16/32": "metadata (Azure)",
    "169.254.0.0/16": "link-local (cloud metadata)",
    "172.16.0.0/12": "private",
    "192.0.0.0/24": "protocol assignment",
    "192.0.2.0/24": "documentation",
    "192.88.99.0/24": "6to4 relay",
    "192.168.0.0/16": "private",
    "198.18.0.0/15": "benchmarking",
    "198.51.100.0/24": "documentation",
    "203.0.113.0/24": "documentation",
    "224.0.0.0/4": "multicast",
    "240.0.0.0/4": "reserved",
}
# IPv6 the other way round: only 2000::/3 is given out as global unicast, and this is what it holds besides.
_FORBIDDEN_V6 = {
    "2001::/23": "protocol assignment (Teredo among them)",
    "2001:db8::/32": "documentation",
    "2002::/16": "6to4",
    "3fff::/20": "documentation",
}
_NAMES_V6 = {
    "::/128": "unspecified",
    "::1/128": "loopback",
    "fc00::/7": "private (unique local)",
    "fe80::/10": "link-local",
    "fec0::/10": "private (site-local)",
    "ff00::/8": "multicast",
}
_GLOBAL_V6 = IPv6Network("2000::/3")
_NAT64 = IPv6Network("64:ff9b::/96")  # RFC 6052: the last four bytes are an IPv4 address, which is reached


class AddressPolicy:
    """Judges an address and a port; everything that is not public is forbidden unless a network allows it.

    `allowed` are networks of one's own that may be crawled, on any port; `forbidden` are public ones that may not;
    `ports` are those allowed besides PORTS.  SiteConfigError for what is no network or no port.
    """

    def __init__(self, allowed: Iterable[str] = (), forbidden: Iterable[str] = (), ports: Iterable[str] = ()) -> None:
        self._allowed = [_read_network(text, "CLEARWELL_ALLOWED_NETWORKS") for text in allowed]
        self._forbidden = {
            _read_network(text, "CLEARWELL_FORBIDDEN_NETWORKS"): "locally forbidden" for text in forbidden
        }
        self._ports = frozenset(PORTS) | {_read_port(text) for text in ports}

    @classmethod
    def from_settings(cls, settings: Any) -> "AddressPolicy":
        """The policy that the three settings spell out."""
        return cls(
            settings.getlist("CLEARWELL_ALLOWED_NETWORKS"),
            settings.getlist("CLEARWELL_FORBIDDEN_NETWORKS"),
            settings.getlist("CLEARWELL_ALLOWED_PORTS"),
        )

    def check(self, host: str, port: int) -> None:
        """Let a literal address and port pass, or raise RefusedRequest with the reason.

        A host name is refused too: whoever connects resolves first, so that what is judged is what is connected to.
        """
        try:
            address = _unwrap(ip_address(host))
        except ValueError as error:
            raise RefusedRequest("forbidden-address", f"{host} is no literal address; nobody can judge it") from error
        if any(address in network for network in self._allowed):
            return
        if kind := _find(address, self._forbidden) or _describe_special(address):
            advice = f"CLEARWELL_ALLOWED_NETWORKS={address} would allow it, if the server is your own"
            raise RefusedRequest("forbidden-address", f"the host is at {host}, a {kind} address; {advice}")
        if port not in self._ports:
            ports = ", ".join(map(str, sorted(self._ports)))
            advice = f"allowed are {ports}; CLEARWELL_ALLOWED_PORTS={port} would allow it too"
            raise RefusedRequest("forbidden-port", f"port {port} is none that web pages are fetched from; {advice}")


def _unwrap(address: Address) -> Address:
    """The IPv4 address that a socket reaches through an IPv6 spelling of it (mapped, NAT64), else the address.

    A zone (`fe80::1%eth0`) is dropped: networks are compared without it.
    """
    if isinstance(address, IPv4Address):
        return address
    plain = IPv6Address(int(address))
    if plain.ipv4_mapped is not None:
        return plain.ipv4_mapped
    return IPv4Address(int(plain) & 0xFFFF_FFFF) if plain in _NAT64 else plain


def _describe_special(address: Address) -> str | None:
    """What kind of special address it is; None for one of the public internet."""
    if isinstance(address, IPv4Address):
        return _find(address, _SPECIAL_V4)
    if address in _GLOBAL_V6:
        return _find(address, _SPECIAL_V6)
    return _find(address, _OUTSIDE_V6) or "reserved"


def _find(address: Address, networks: Mapping[Network, str]) -> str | None:
    return next((kind for network, kind in networks.items() if address in network), None)


def _parse(table: dict[str, str]) -> dict[Network, str]:
    return {ip_network(text): kind for text, kind in table.items()}


_SPECIAL_V4, _SPECIAL_V6, _OUTSIDE_V6 = _parse(_FORBIDDEN_V4), _parse(_FORBIDDEN_V6), _parse(_NAMES_V6)


def _read_network(text: str, setting: str) -> Network:
    try:
        return ip_network(text.strip())
    except ValueError as error:
        raise SiteConfigError(f"{setting}: {error}; write for example 127.0.0.1,10.1.0.0/16") from error


def _read_port(text: str) -> int:
    if not text.strip().isdecimal() or not 0 < int(text) < 65_536:
        raise SiteConfigError(f"CLEARWELL_ALLOWED_PORTS: {text} is no port; write for example 8000,8081")
    return int(text)
