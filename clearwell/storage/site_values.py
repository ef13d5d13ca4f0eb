"""Whether what a site file says can be meant: one check a key, which yields what is wrong with a value."""

import difflib
import re
import zoneinfo
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

import langcodes
from apscheduler.triggers.cron import CronTrigger
from selectolax.lexbor import LexborHTMLParser, SelectolaxError

from clearwell.patterns import find_pattern_fault
from clearwell.site import Version

MAX_ADDRESS = 4_096  # characters
MAX_SELECTOR = 500  # characters
MAX_CRON = 200  # characters
MAX_REVISIT = 87_600  # hours; ten years

_HOURS = re.compile(r"([01]\d|2[0-3]):[0-5]\d-([01]\d|2[0-3]):[0-5]\d")
_HOST = re.compile(r"(?:[\w-]+\.)*[\w-]+|\[[0-9a-fA-F:.]+\]")  # no labels ending in a dot, no port
_NAME = re.compile(r"\w[\w.:-]{0,99}")
_ONE_DAY = datetime(2024, 2, 1)  # of a leap year: a schedule that does not fire in the 8 years after it never does
_YEARS_OF_A_LEAP_DAY = 8  # 1896 to 1904 is the longest wait for one

# Selectors that take a page's square or worse of time are left out: lexbor has no limit of its own.  A step to any
# element inside (a space) is tried for each element around; the others look at one neighbour.
_TEXT_IN_SELECTOR = re.compile(r"\\.|\"[^\"\n]*\"|'[^'\n]*'|\[[^\]]*\]", re.S)
_PSEUDO = re.compile(r":+[\w-]*")
_PSEUDO_KNOWN = frozenset((":not", ":first-child", ":last-child"))
_STEP = re.compile(r"(?<![\s>+])\s+(?![\s>+])")


def check_name(name: str) -> Iterator[str]:
    """A site's name becomes part of file names and addresses."""
    if not _NAME.fullmatch(name):
        yield f"`{name[:100]}`: write letters and digits, with `.`, `-` and `_` between them, 100 at the most"


def check_starts(addresses: Iterable[str]) -> Iterator[str]:
    """Whole addresses, http or https, without a password."""
    for address in addresses:
        try:
            parts = urlsplit(address)
            whole = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
        except ValueError:
            whole = False
        if not whole or len(address) > MAX_ADDRESS or not address.isprintable() or " " in address:
            yield f"`{address[:100]}` is no address; write it whole, such as https://health.example/sitemap.xml"
        elif "@" in parts.netloc:
            yield f"`{parts.hostname}`: a user name or password in an address is never sent; leave it out"


def check_hosts(hosts: Iterable[str]) -> Iterator[str]:
    """Host names alone."""
    for host in hosts:
        if not _HOST.fullmatch(host):
            yield f"`{host[:100]}` is no host; write it without scheme, port and path, such as health.example"


def check_patterns(patterns: Iterable[str]) -> Iterator[str]:
    """Regular expressions that RE2 reads."""
    yield from filter(None, map(find_pattern_fault, patterns))


def check_languages(tags: Iterable[str]) -> Iterator[str]:
    """BCP 47 tags of languages that exist."""
    for tag in tags:
        if "_" in tag or not langcodes.tag_is_valid(tag):
            yield f"`{tag[:50]}` is no language; write its BCP 47 tag, such as en, pt-BR or zh-Hans"


def check_hours(hours: str) -> Iterator[str]:
    """Two times of the day that differ."""
    if not _HOURS.fullmatch(hours):
        yield f"`{hours[:50]}` is no span of hours; write two times of the day, such as 22:00-06:00"
    elif hours[:5] == hours[6:]:
        yield f"`{hours}` begins when it ends; leave `hours` out to fetch at any time"


def check_timezone(name: str) -> Iterator[str]:
    """A time zone of the IANA database."""
    try:
        zoneinfo.ZoneInfo(name)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):  # OSError: the name of a folder of the database
        near = difflib.get_close_matches(name[:50], zoneinfo.available_timezones(), n=1)
        hint = f"did you mean `{near[0]}`?" if near else "write an IANA name, such as Europe/Berlin"
        yield f"`{name[:50]}` is no time zone; {hint}"


def check_cron(cron: str) -> Iterator[str]:
    """Five fields that a scheduler can keep to, and that mean the same to every one.

    Weekdays by number (0 is Sunday to cron, Monday to APScheduler) and a weekday beside a day of the month (either to
    cron, both to APScheduler) do not.
    """
    fields = cron.split()
    if len(cron) > MAX_CRON or len(fields) != 5:
        yield f"`{cron[:100]}` is no schedule; write minute, hour, day, month and weekday, such as 30 4 * * mon-fri"
        return
    if re.search(r"\d", fields[4].partition("/")[0]):
        yield f"`{fields[4]}`: write weekdays as mon, tue, ...; their numbers mean different days to different programs"
    elif fields[2] != "*" and fields[4] != "*":
        yield "give a day of the month or a weekday; both together mean different days to different programs"
    elif (fault := _find_schedule_fault(cron)) is not None:
        yield f"`{cron}` is no schedule: {fault}"


def _find_schedule_fault(cron: str) -> str | None:
    try:
        trigger = CronTrigger.from_crontab(cron, timezone=zoneinfo.ZoneInfo("UTC"))
    except ValueError as error:
        return str(error)
    start = _ONE_DAY.replace(tzinfo=zoneinfo.ZoneInfo("UTC"))
    trigger.end_date = start.replace(year=start.year + _YEARS_OF_A_LEAP_DAY)
    return None if trigger.get_next_fire_time(None, start) else "no year has such a day"


def check_selectors(selectors: Iterable[str]) -> Iterator[str]:
    """CSS selectors that lexbor reads, and that take no page more than a moment."""
    for selector in selectors:
        if (fault := _find_selector_fault(selector)) is not None:
            yield f"`{selector[:100]}`: {fault}"


def _find_selector_fault(selector: str) -> str | None:
    bare = _TEXT_IN_SELECTOR.sub("x", selector).strip()
    strange = sorted(set(map(str.lower, _PSEUDO.findall(bare))) - _PSEUDO_KNOWN)
    if len(selector) > MAX_SELECTOR:
        return f"{len(selector):,} characters; {MAX_SELECTOR} are the most"
    if "," in bare:
        return "write each selector as an entry of its own, without a comma"
    if strange:
        known = ", ".join(sorted(_PSEUDO_KNOWN))
        return f"`{strange[0]}` is not known here; use tags, classes, ids, attributes, {known}"
    if "~" in bare or len(_STEP.findall(bare)) > 1:
        return "it can take a page very long; use one space at the most, `>` and `+` as you like, no `~`"
    try:
        LexborHTMLParser("").css(selector)
    except SelectolaxError:
        return "it is no CSS selector"
    return None


def check_versions(versions: Iterable[Version]) -> Iterator[str]:
    """No two for one day."""
    days = [version.since for version in versions]
    for day in sorted({day for day in days if days.count(day) > 1}):
        yield f"two versions are `from` {day}; make one of them"


def check_revisit(hours: tuple[float, float]) -> Iterator[str]:
    """The soonest before the latest, and both more than nothing."""
    if not 0 < hours[0] <= hours[1] <= MAX_REVISIT:
        yield f"give the soonest and the latest, such as [1, 1440], above 0 and up to {MAX_REVISIT:,}"


CHECKS: dict[str, Callable[[Any], Iterator[str]]] = {
    "name": check_name,
    "start": check_starts,
    "hosts": check_hosts,
    "include": check_patterns,
    "exclude": check_patterns,
    "languages": check_languages,
    "politeness.hours": check_hours,
    "politeness.timezone": check_timezone,
    "schedule.cron": check_cron,
    "schedule.timezone": check_timezone,
    "schedule.revisitHours": check_revisit,
    "extraction.keep": check_selectors,
    "extraction.drop": check_selectors,
}
