"""Addresses a page gives: made absolute, checked, and compared with its own."""

import re
from urllib.parse import SplitResult, unquote, urljoin, urlsplit

from clearwell.discovery.shapes import count_slug_words
from clearwell.extraction.decode import without_controls

# What no address holds unescaped: whoever pastes one into markup must not be led out of its quotes.
_ESCAPES = {ord(sign): f"%{ord(sign):02X}" for sign in '"<>\\^`{|} '}
_DROPPED = dict.fromkeys(map(ord, "\t\n\r"))  # by browsers, from anywhere in an address; urljoin leaves some in
# Addresses in which there is nothing to resolve, drop or escape, as in four of five; urljoin takes 9 µs; 2026-11
_ORIGIN = re.compile(r"https?://[a-z0-9-]++(?:\.[a-z0-9-]++)*+(?![^/])")
_ROOTED = re.compile(r"(?:/[a-zA-Z0-9_~%+,-][a-zA-Z0-9_.~%+,-]*+)++/?|/")
_UNSAFE = re.compile(r"[\"<>\\^`{|} ]")
# Parameters that name the page; not those of its parts and renderings (`page=2`, `print=1`).
_NUMBERED = re.compile(r"(?:^|&)(?:id|p|aid|nid|articleid|article_id|newsid|postid|itemid|contentid|storyid)=\d", re.I)
MIN_NAME = 3  # words of a page's name; `print`, `amp` and `page/2` are no names of their own; 2026-11
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

    Templates that name one address on every page would make one article of a site.  So the home page is believed only
    of itself, a folder not of the pages with long names in it, and an address without the number that tells the page
    (`?id=7`) not at all.

    >>> page = "https://a.example/sleep/why-our-knees-hurt/"
    >>> may_be_address_of("https://a.example/sleep/", page), may_be_address_of("https://a.example/", page)
    (False, False)
    >>> may_be_address_of("https://a.example/sleep/why-our-knees-hurt/", page + "amp/")
    True
    """
    try:
        named, own = urlsplit(stated), urlsplit(url)
        if (named.hostname, _port(named)) != (own.hostname, _port(own)):
            return False
    except ValueError:
        return False
    if _is_home(named):
        return _is_home(own)
    return not (_holds(named, own) or _lacks_number(named, own))


def _holds(folder: SplitResult, page: SplitResult) -> bool:
    """Whether a page with a long name of its own stands in the folder."""
    path = unquote(page.path)
    root = unquote(folder.path).rstrip("/") + "/"
    below = path.removeprefix(root) if path.startswith(root) else ""
    return any(count_slug_words(piece) >= MIN_NAME for piece in below.split("/"))


def _lacks_number(named: SplitResult, own: SplitResult) -> bool:
    """Whether two addresses of one script differ in that only the page's own says which page it is."""
    return named.path == own.path and not named.query and bool(_NUMBERED.search(own.query))


def _is_home(address: SplitResult) -> bool:
    return address.path in ("", "/") and not address.query


def _port(address: SplitResult) -> int | None:
    """The port, None where it is what the scheme means anyway; raises ValueError for what is none."""
    return None if address.port == {"http": 80, "https": 443}.get(address.scheme) else address.port
