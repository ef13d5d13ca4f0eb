"""What is special about a site: the typed form of a file in sites/, which storage/site_file.py reads and checks."""

from datetime import date
from typing import Annotated

import msgspec
from msgspec import UNSET, UnsetType

from clearwell.patterns import matches_any

MAX_DELAY = 3_600  # seconds
MAX_CONCURRENCY = 16  # requests to one host at a time
MIN_PHRASE = 6  # characters; a shorter one stands in too many words
MAX_PAGES = 1_000  # pages of a site in one crawl unless its file says otherwise
MAX_SELECTORS = 30  # of one kind; 30 ms each on the worst of pages; 2026-11
MAX_ENTRIES = 1_000  # of a list in a site file
MAX_VERSIONS = 50

Phrase = Annotated[str, msgspec.Meta(min_length=MIN_PHRASE)]
Phrases = Annotated[tuple[Phrase, ...], msgspec.Meta(max_length=MAX_ENTRIES)]
Listed = Annotated[tuple[str, ...], msgspec.Meta(max_length=MAX_ENTRIES)]
Selectors = Annotated[tuple[str, ...], msgspec.Meta(max_length=MAX_SELECTORS)]
Pages = Annotated[int, msgspec.Meta(ge=1)]
Minutes = Annotated[float, msgspec.Meta(gt=0)]


class MemorySettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a person knows better than the site's memory: phrases to take off wherever they stand, and to spare."""

    pin: Phrases = ()
    forbid: Phrases = ()


class Politeness(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How a site's servers are spared, beyond what they ask for themselves.

    `delay` seconds between two requests to a host (0 turns politeness off, for servers of one's own), `concurrency`
    requests to a host at a time, `hours` the hours of the day a crawl may fetch in, such as `22:00-06:00`, in
    `timezone` (IANA).
    """

    delay: Annotated[float, msgspec.Meta(ge=0, le=MAX_DELAY)] | None = None
    concurrency: Annotated[int, msgspec.Meta(ge=1, le=MAX_CONCURRENCY)] | None = None
    hours: str | None = None
    timezone: str = "UTC"


class Schedule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """When a site is crawled: `cron` is five fields, in `timezone` (IANA).

    `revisitHours` are those after which a page is looked at again that no list names, at the soonest and the latest.
    """

    cron: str | None = None
    timezone: str = "UTC"
    revisitHours: tuple[float, float] = (1.0, 1_440.0)


class ExtractionHints(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """CSS selectors a person knows better: what holds the article (`keep`), and what is never part of it (`drop`)."""

    keep: Selectors = ()
    drop: Selectors = ()


class Topic(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Which articles are wanted: those with a health score of `minHealthScore` or more; 0 takes all."""

    minHealthScore: Annotated[float, msgspec.Meta(ge=0, le=1)] = 0.0


class Version(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True, rename={"since": "from"}):
    """What is different of a site from a day on (UTC), such as that of a redesign.

    Each key or section given takes the place of the site's own, whole; what is not given stays the site's.
    """

    since: date
    start: Listed | UnsetType = UNSET
    hosts: Listed | UnsetType = UNSET
    include: Listed | UnsetType = UNSET
    exclude: Listed | UnsetType = UNSET
    languages: Listed | UnsetType = UNSET
    maxPages: Pages | UnsetType = UNSET
    maxMinutes: Minutes | UnsetType = UNSET
    browser: bool | UnsetType = UNSET
    politeness: Politeness | UnsetType = UNSET
    schedule: Schedule | UnsetType = UNSET
    extraction: ExtractionHints | UnsetType = UNSET
    topic: Topic | UnsetType = UNSET
    memory: MemorySettings | UnsetType = UNSET


class Site(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One site to crawl.

    `start` are the pages a crawl begins at (sitemaps, feeds, listings or articles), `hosts` the hosts it may visit
    (those of `start` when left out), `include` and `exclude` regular expressions on the article's address,
    `languages` those wanted (BCP 47; all when left out), `maxPages` and `maxMinutes` the budget of one crawl,
    `browser` whether its pages need one; the sections say the rest, `versions` what changes on a day.
    """

    name: str = ""
    start: Listed = ()
    hosts: Listed = ()
    include: Listed = ()
    exclude: Listed = ()
    languages: Listed = ()
    maxPages: Pages = MAX_PAGES
    maxMinutes: Minutes | None = None
    browser: bool = False
    politeness: Politeness = Politeness()
    schedule: Schedule = Schedule()
    extraction: ExtractionHints = ExtractionHints()
    topic: Topic = Topic()
    memory: MemorySettings = MemorySettings()
    versions: Annotated[tuple[Version, ...], msgspec.Meta(max_length=MAX_VERSIONS)] = ()

    def on(self, day: date | None) -> "Site":
        """The site as it is on a day (UTC): the newest version that has begun, laid over the rest.

        Without a day, as before its first version.

        >>> site = Site(include=("/old/",), versions=(Version(since=date(2026, 5, 1), include=("/new/",)),))
        >>> site.on(date(2026, 4, 30)).include, site.on(date(2026, 5, 1)).include
        (('/old/',), ('/new/',))
        """
        if not self.versions:
            return self
        begun = [version for version in self.versions if day is not None and version.since <= day]
        given = msgspec.structs.asdict(max(begun, key=lambda version: version.since)) if begun else {}
        changes = {key: value for key, value in given.items() if key != "since" and value is not UNSET}
        return msgspec.structs.replace(self, versions=(), **changes)

    def excludes(self, address: str) -> bool:
        """Whether the file says that an address is not to be fetched, be it an article or a way to one."""
        return matches_any(self.exclude, address)

    def includes(self, address: str) -> bool:
        """Whether an address may be that of an article wanted, as far as `include` says."""
        return not self.include or matches_any(self.include, address)


UNKNOWN_SITE = Site()
