"""What is special about a site: the typed form of a file in sites/."""

import difflib
import re
import tomllib
from typing import Annotated, Any

import msgspec

from clearwell.errors import SiteConfigError

MAX_DELAY = 3_600  # seconds
MIN_PHRASE = 6  # characters; a shorter one stands in too many words
MAX_PAGES = 1_000  # pages of a site in one crawl unless its file says otherwise


Phrase = Annotated[str, msgspec.Meta(min_length=MIN_PHRASE)]


class MemorySettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a person knows better than the site's memory: phrases to take off wherever they stand, and to spare."""

    pin: tuple[Phrase, ...] = ()
    forbid: tuple[Phrase, ...] = ()


class Site(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One site to crawl.

    `start` are the pages a crawl begins at (sitemaps, feeds, listings or articles), `hosts` the hosts it may visit
    (those of `start` when left out), `include` and `exclude` regular expressions on the article's address,
    `delay` seconds between two requests, `maxPages` how many pages a crawl fetches at the most, `memory` what corrects
    the site's memory.
    """

    name: str = ""
    start: tuple[str, ...] = ()
    hosts: tuple[str, ...] = ()
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    delay: Annotated[float, msgspec.Meta(ge=0, le=MAX_DELAY)] | None = None
    maxPages: Annotated[int, msgspec.Meta(ge=1)] = MAX_PAGES
    memory: MemorySettings = MemorySettings()


UNKNOWN_SITE = Site()


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
    memory = table.get("memory")
    for key in memory if isinstance(memory, dict) else ():
        if key not in MemorySettings.__struct_fields__:
            raise SiteConfigError(f"{origin}, line {_line_of(text, key)}: memory: {_unknown(key, MemorySettings)}")
    for key in ("include", "exclude"):
        for pattern in table.get(key, ()) if isinstance(table.get(key), list) else ():
            _check_pattern(pattern, f"{origin}, line {_line_of(text, key)}: {key}")
    for key, value in table.items():
        if value != value:  # TOML has nan, which passes every bound
            raise SiteConfigError(f"{origin}, line {_line_of(text, key)}: {key}: nan is no number here")
    try:
        return msgspec.convert({"name": name, **table}, Site)
    except msgspec.ValidationError as error:
        key = str(error).partition("`$.")[2].split("`")[0].split("[")[0]
        raise SiteConfigError(f"{origin}, line {_line_of(text, key.rpartition('.')[2])}: {key}: {error}") from error


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
