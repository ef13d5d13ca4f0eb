"""Addresses a page gives: made absolute, checked, and compared with its own."""

import re
from urllib.parse import SplitResult, urljoin, urlsplit

from clearwell.extraction.decode import without_controls

# What no address holds unescaped: whoever pastes one into markup must not be led out of its quotes.
_ESCAPES = {ord(sign): f"%{ord(sign):02X}" for sign in '"<>\\^`{|} '}
_DROPPED = dict.fromkeys(map(ord, "\t\n\r"))  # by browsers, from anywhere in an address; urljoin leaves some in
# Addresses in which there is nothing to resolve, drop or escape, as in four of five; urljoin takes 9 µs; 2026-11
_ORIGIN = re.compile(r"https?://[a-z0-9-]++(?:\.[a-z0-9-]++)*+(?![^/])")
_ROOTED = re.compile(r"(?:/[a-zA-Z0-9_~%+,-][a-zA-Z0-9_.~%+,-]*+)++/?|/")
_UNSAFE = re.compile(r"[\"<>\\^`{|} ]")
MAX_URL = 4_000  # characters; what browsers and proxies agree on is 2,000


def absolute_url(base: str, address: str) -> str | None:
    """An http or https address made absolute, or None: `javascript:`, `data:`, broken and endless ones are dropped."""
    if not address.strip() or len(address) > MAX_URL:
        return None
    if home := _ORIGIN.match(base):
        origin = _ORIGIN.match(address)
        if origin and (origin.end() == len(address) or _ROOTED.fullmatch(address, origin.end())):
            return address
        if _ROOTED.fullmatch(address):
            return home.group() + address
    try:
        absolute = without_controls(urljoin(base, address.strip().translate(_DROPPED)))
        parts = urlsplit(absolute)
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or not parts.netloc:
        return None
    return absolute.translate(_ESCAPES) if _UNSAFE.search(absolute) else absolute


def host_of(url: str) -> str:
    """An address's host, empty when it cannot be read."""
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""


def may_be_address_of(stated: str, url: str) -> bool:
    """Whether a stated address can be that of the page at `url`: its host and port, http or https.

    The home page is believed only of itself: templates that name it on every page would make one article of a site.
    """
    try:
        named, own = urlsplit(stated), urlsplit(url)
        if (named.hostname, _port(named)) != (own.hostname, _port(own)):
            return False
    except ValueError:
        return False
    return not _is_home(named) or _is_home(own)


def _is_home(address: SplitResult) -> bool:
    return address.path in ("", "/") and not address.query


def _port(address: SplitResult) -> int | None:
    """The port, None where it is what the scheme means anyway; raises ValueError for what is none."""
    return None if address.port == {"http": 80, "https": 443}.get(address.scheme) else address.port
