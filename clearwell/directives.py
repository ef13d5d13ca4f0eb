"""What a page, its headers and its site's files say about its use: robots directives and reservations of rights.

Read are `<meta name="robots">`, `X-Robots-Tag`, TDMRep (https://www.w3.org/community/reports/tdmrep/CG-FINAL-tdmrep-20240202/)
and the Content-Signal and Content-Usage lines of robots.txt.  Directives for another agent by name are not ours.
Left alone on purpose: what concerns search results or pictures only (`nosnippet`, `max-image-preview`, `noimageai`).
"""

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

import msgspec
from selectolax.lexbor import LexborHTMLParser

AGENT = "clearwell"  # the name by which we are spoken to
MAX_HEAD = 262_144  # bytes of a page in which its meta elements are looked for
MAX_RULES = 1_000  # of a tdmrep.json, and of the lines of a robots.txt that speak of use
MAX_PATTERN = 2_000  # characters of a path in one

# Agents of others are named before a colon; these, which have a colon too, are no agents.
_WITH_VALUE = frozenset(("unavailable_after", "max-snippet", "max-image-preview", "max-video-preview"))
_AGENT = re.compile(r"\s*([\w.*-]+)\s*:")
_UNAVAILABLE = re.compile(r"unavailable_after\s*:\s*([^\n]{1,60})", re.I)
_SPEAKS = (b"robots", b"clearwell", b"tdm-reservation")  # one of these is where something is said
_GROUP_LINE = re.compile(r"\s*([a-z-]+)\s*:\s*([^#]*)", re.I)
_REFUSES = re.compile(r"\b(?:ai-train|ai-input|train-ai|train-genai)\s*=\s*no?\b", re.I)


class Directives(msgspec.Struct, frozen=True):
    """What is asked of us for one page; `reserved` is None where nothing is said of rights."""

    noindex: bool = False
    nofollow: bool = False
    noarchive: bool = False
    reserved: bool | None = None


class UseRule(msgspec.Struct, frozen=True):
    """Whether the rights to what stands under a path are reserved; `*` and `$` as in robots.txt."""

    path: str
    reserved: bool


NOTHING_SAID = Directives()


def read_directives(tags: Iterable[str], reservations: Iterable[str], body: bytes, now: datetime) -> Directives:
    """What a page's headers (`X-Robots-Tag`, `tdm-reservation`) and its meta elements ask for together.

    Of what is said several times the strictest counts; of a reservation of rights what the page itself says.
    """
    values, stated = list(tags), [_as_reservation(value) for value in reservations]
    for name, content in _read_meta(body):
        if name == "tdm-reservation":
            stated.insert(0, _as_reservation(content))
        else:
            values.append(content)
    words = {word for value in values for word in _words_for_us(value)}
    over = any(_is_over(value, now) for value in values)
    reserved = next((value for value in stated if value is not None), None)
    return Directives(
        noindex=over or not words.isdisjoint(("noindex", "none")),
        nofollow=not words.isdisjoint(("nofollow", "none")),
        noarchive=not words.isdisjoint(("noarchive", "nocache")),
        reserved=True if "noai" in words else reserved,
    )


def _words_for_us(value: str) -> Iterator[str]:
    """The directives of one header or element, unless they are for another agent."""
    agent = _AGENT.match(value)
    if agent and agent[1].lower() not in _WITH_VALUE:
        if agent[1].lower() not in (AGENT, "*"):
            return
        value = value[agent.end() :]
    for word in value.lower().split(","):
        yield word.strip()


def _is_over(value: str, now: datetime) -> bool:
    """Whether the page asked to be left out after a moment that has passed; a date that cannot be read says nothing."""
    found = _UNAVAILABLE.search(value)
    if not found or not list(_words_for_us(value)):
        return False
    for parse in (datetime.fromisoformat, parsedate_to_datetime):
        try:
            moment = parse(found[1].strip())
        except (ValueError, TypeError, IndexError):
            continue
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)) < now
    return False


def _read_meta(body: bytes) -> Iterator[tuple[str, str]]:
    """(name, content) of the meta elements that speak to crawlers."""
    head = body[:MAX_HEAD]
    if head[:2] in (b"\xff\xfe", b"\xfe\xff"):
        head = head.decode("utf-16", "replace").encode()
    head = head[: next((end for end in map(head.find, (b"<body", b"<BODY")) if end >= 0), None)]
    lowered = head.lower()
    if not any(word in lowered for word in _SPEAKS):
        return
    for element in LexborHTMLParser(head).css("meta[name][content]"):
        name = (element.attributes.get("name") or "").strip().lower()
        if name in ("robots", AGENT, "tdm-reservation"):
            yield name, element.attributes.get("content") or ""


def _as_reservation(value: str) -> bool | None:
    return {"1": True, "0": False}.get(value.strip())


# -- what a site says of all its pages -------------------------------------------------------------------------------


def read_tdmrep(content: bytes) -> tuple[UseRule, ...]:
    """The rules of a /.well-known/tdmrep.json, in their order; none where it is not one."""
    try:
        entries = msgspec.json.decode(content)
    except (msgspec.DecodeError, RecursionError):
        return ()
    rules = []
    for entry in entries[:MAX_RULES] if isinstance(entries, list) else ():
        if isinstance(entry, dict) and isinstance(entry.get("location"), str):
            reserved = _as_reservation(str(entry.get("tdm-reservation")))
            if reserved is not None:
                rules.append(UseRule(entry["location"][:MAX_PATTERN], reserved))
    return tuple(rules)


def read_signals(robots: str) -> tuple[UseRule, ...]:
    """The uses a robots.txt refuses (Content-Signal, Content-Usage) in our group, or else in everybody's.

    What Clearwell publishes is input for others, so a refusal of AI training or input is taken as a reservation.
    """
    groups: dict[str, list[UseRule]] = {}  # of the two that are ours, as far as they are there
    agents: set[str] = {"*"}  # of the group that is being read; lines before any group are everybody's
    begins = False
    for line in robots.splitlines():
        found = _GROUP_LINE.match(line)
        if not found:
            continue
        key, value = found[1].lower(), found[2].strip()
        is_agent = key in ("user-agent", "useragent")
        if is_agent:
            agents = (agents if begins else set()) | ({value.lower()} & {AGENT, "*"})
            groups.update((agent, groups.get(agent, [])) for agent in agents)
        elif key in ("content-signal", "content-usage"):
            for agent in agents:
                groups.setdefault(agent, []).append(_read_signal(value))
        begins = is_agent
    ours = groups.get(AGENT, groups.get("*", []))
    return tuple(rule for rule in ours[:MAX_RULES] if rule.reserved)


def _read_signal(value: str) -> UseRule:
    path = value.split(None, 1)[0] if value.startswith("/") else "/"
    return UseRule(path[:MAX_PATTERN], bool(_REFUSES.search(value)))


def is_reserved(rules: Iterable[UseRule], url: str) -> bool:
    """Whether the first rule whose path is that of the address reserves it.

    >>> is_reserved((UseRule("/open/", False), UseRule("/", True)), "https://a.example/open/x")
    False
    """
    parts = urlsplit(url)
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return next((rule.reserved for rule in rules if matches_path(rule.path, target)), False)


def matches_path(pattern: str, target: str) -> bool:
    """Whether a path pattern of robots.txt is that of a path; in linear time, whatever the pattern.

    >>> matches_path("/a/*.pdf$", "/a/b/c.pdf"), matches_path("/a/*.pdf$", "/a/b/c.pdf?x"), matches_path("a", "/a")
    (True, False, True)
    """
    pattern = pattern if pattern.startswith(("/", "*")) else f"/{pattern}"
    ends = pattern.endswith("$")
    first, *pieces = pattern.removesuffix("$").split("*")
    if not target.startswith(first):
        return False
    at = len(first)
    last = pieces.pop() if ends and pieces else None
    for piece in pieces:
        at = target.find(piece, at)
        if at < 0:
            return False
        at += len(piece)
    if last is not None:
        return target.endswith(last) and len(target) - len(last) >= at
    return not ends or at == len(target)
