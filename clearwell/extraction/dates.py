"""Dates as pages write them, to ISO 8601; never more than the page says."""

import re
from datetime import UTC, date, datetime, timedelta
from email.utils import parsedate_to_datetime

FIRST_YEAR = 1991  # no page is older than the web
SLACK = timedelta(days=2)  # a date may be ahead of the fetch by a time zone and a clock that is off

_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):?(\d{2})(?::?(\d{2}))?(?:[.,]\d+)?\s*(Z|[+-]\d{2}:?\d{2})?)?")
_NUMERIC = re.compile(r"(\d{4})\s?[年./-]\s?(\d{1,2})\s?[月./-]\s?(\d{1,2})\s?日?(?:\s+(\d{1,2}):(\d{2})(?::(\d{2}))?)?")


def parse_date(text: str | None, fetched: datetime | None) -> str | None:
    """Give a written date as ISO 8601 (`2026-03-05` or with time and zone where given); None when it is none.

    Year-first spellings and RFC 822 are read; `03/04/2025` is not, since nobody can tell day from month.  A date
    before FIRST_YEAR, or later than `fetched`, is refused.

    >>> parse_date("2026年3月5日 08:30", None), parse_date("2026-03-05T08:30:00Z", None), parse_date("soon", None)
    ('2026-03-05T08:30:00', '2026-03-05T08:30:00Z', None)
    """
    value = (text or "").strip()[:64]
    found = _read_iso(value) or _read_numeric(value) or _read_rfc822(value)
    return found if found and _is_plausible(found, fetched) else None


def _read_iso(text: str) -> str | None:
    match = _ISO.match(text)
    if not match:
        return None
    year, month, day, hour, minute, second, zone = match.groups()
    if hour is None:
        return f"{year}-{month}-{day}"
    if zone and zone != "Z" and ":" not in zone:
        zone = f"{zone[:3]}:{zone[3:]}"
    return f"{year}-{month}-{day}T{hour}:{minute}:{second or '00'}{zone or ''}"


def _read_numeric(text: str) -> str | None:
    match = _NUMERIC.search(text)
    if not match:
        return None
    year, month, day, hour, minute, second = match.groups()
    found = f"{year}-{int(month):02}-{int(day):02}"
    return found if hour is None else f"{found}T{int(hour):02}:{minute}:{second or '00'}"


def _read_rfc822(text: str) -> str | None:
    try:
        return parsedate_to_datetime(text).isoformat()
    except (TypeError, ValueError, IndexError, OverflowError):
        return None


def _is_plausible(found: str, fetched: datetime | None) -> bool:
    try:
        moment = datetime.fromisoformat(found)
    except ValueError:
        return False
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    try:
        early = moment.date() < date(FIRST_YEAR, 1, 1)
        return not early and (fetched is None or moment <= fetched + SLACK)
    except OverflowError:
        return False
