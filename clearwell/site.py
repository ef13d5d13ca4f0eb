"""What is special about a site: the typed form of a file in sites/."""

import difflib
import re
import tomllib
from collections.abc import Iterator
from typing import Annotated, Any

import msgspec

from clearwell.errors import SiteConfigError

MAX_DELAY = 3_600  # seconds
MAX_CONCURRENCY = 16  # requests to one host at a time
MIN_PHRASE = 6  # characters; a shorter one stands in too many words
MAX_PAGES = 1_000  # pages of a site in one crawl unless its file says otherwise


Phrase = Annotated[str, msgspec.Meta(min_length=MIN_PHRASE)]


class MemorySettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a person knows better than the site's memory: phrases to take off wherever they stand, and to spare."""

    pin: tuple[Phrase, ...] = ()
    forbid: tuple[Phrase, ...] = ()


class Politeness(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How a site's servers are spared, beyond what they ask for themselves.

    `delay` seconds between two requests to a host (0 turns politeness off, for servers of one's own), `concurrency`
    requests to a host at a time, `hours` the hours of the day a crawl may fetch in, such as `22:00-06:00`, in
    `timezone` (IANA).
    """

    delay: Annotated[float, msgspec.Meta(ge=0, le=MAX_DELAY)] | None = None
    concurrency: Annotated[int, msgspec.Meta(ge=1, le=MAX_CONCURRENCY)] | None = None
    hours: Annotated[str, msgspec.Meta(pattern=r"^([01]\d|2[0-3]):[0-5]\d-([01]\d|2[0-3]):[0-5]\d$")] | None = None
    timezone: str = "UTC"


class Schedule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """When a site is crawled: `cron` is five fields, in `timezone` (IANA)."""

    cron: str | None = None
    timezone: str = "UTC"


class ExtractionHints(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """CSS selectors a person knows better: what holds the article (`keep`), and what is never part of it (`drop`)."""

    keep: tuple[str, ...] = ()
    drop: tuple[str, ...] = ()


class Topic(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Which articles are wanted: those with a health score of `minHealthScore` or more; 0 takes all."""

    minHealthScore: Annotated[float, msgspec.Meta(ge=0, le=1)] = 0.0


class Site(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One site to crawl.

    `start` are the pages a crawl begins at (sitemaps, feeds, listings or articles), `hosts` the hosts it may visit
    (those of `start` when left out), `include` and `exclude` regular expressions on the article's address,
    `languages` those wanted (BCP 47; all when left out), `maxPages` and `maxMinutes` the budget of one crawl,
    `browser` whether its pages need one; the sections say the rest.
    """

    name: str = ""
    start: tuple[str, ...] = ()
    hosts: tuple[str, ...] = ()
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    maxPages: Annotated[int, msgspec.Meta(ge=1)] = MAX_PAGES
    maxMinutes: Annotated[float, msgspec.Meta(gt=0)] | None = None
    browser: bool = False
    politeness: Politeness = Politeness()
    schedule: Schedule = Schedule()
    extraction: ExtractionHints = ExtractionHints()
    topic: Topic = Topic()
    memory: MemorySettings = MemorySettings()


UNKNOWN_SITE = Site()
_SECTIONS: dict[str, type[msgspec.Struct]] = {
    "politeness": Politeness,
    "schedule": Schedule,
    "extraction": ExtractionHints,
    "topic": Topic,
    "memory": MemorySettings,
}


def parse_site(text: str, origin: str, name: str) -> Site:
    """Read a site file's text; `origin` is the file's name for messages, `name` that of a site without one.

    Raises SiteConfigError that names file, line and key, and the nearest right key.
    """
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise SiteConfigError(f"{origin}: not valid TOML: {error}") from error
    for key in table:
        if key not in Site.__struct_fields__:
            raise SiteConfigError(f"{origin}, line {_line_of(text, key)}: {_unknown(key, Site)}")
    for title, kind in _SECTIONS.items():
        section = table.get(title)
        for key in section if isinstance(section, dict) else ():
            if key not in kind.__struct_fields__:
                raise SiteConfigError(f"{origin}, line {_line_of(text, key)}: {title}: {_unknown(key, kind)}")
    for key in ("include", "exclude"):
        for pattern in table.get(key, ()) if isinstance(table.get(key), list) else ():
            _check_pattern(pattern, f"{origin}, line {_line_of(text, key)}: {key}")
    for key, value in _numbers(table):
        if value != value:  # TOML has nan, which passes every bound
            raise SiteConfigError(f"{origin}, line {_line_of(text, key)}: {key}: nan is no number here")
    try:
        return msgspec.convert({"name": name, **table}, Site)
    except msgspec.ValidationError as error:
        key = str(error).partition("`$.")[2].split("`")[0].split("[")[0]
        raise SiteConfigError(f"{origin}, line {_line_of(text, key.rpartition('.')[2])}: {key}: {error}") from error


def _numbers(table: dict[str, Any]) -> Iterator[tuple[str, float]]:
    for key, value in table.items():
        if isinstance(value, dict):
            yield from _numbers(value)
        elif isinstance(value, float):
            yield key, value


def _check_pattern(pattern: object, place: str) -> None:
    try:
        re.compile(str(pattern))
    except re.error as error:
        raise SiteConfigError(f"{place}: `{pattern}` is no regular expression: {error}") from error


def _unknown(key: str, kind: type[msgspec.Struct]) -> str:
    near: list[Any] = difflib.get_close_matches(key, kind.__struct_fields__, n=1)
    known = ", ".join(kind.__struct_fields__)
    return f"unknown key `{key}`; " + (f"did you mean `{near[0]}`?" if near else f"known keys are {known}")


def _line_of(text: str, key: str) -> int:
    lines = enumerate(text.splitlines(), 1)
    return next((number for number, line in lines if line.split("=")[0].strip(" \"'[]") == key), 1)
