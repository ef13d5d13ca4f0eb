"""Dates as pages write them, to ISO 8601; never more than the page says."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from email.utils import parsedate_to_datetime

FIRST_YEAR = 1991  # no page is older than the web
SLACK = timedelta(days=2)  # a date may be ahead of the fetch by a time zone and a clock that is off
MAX_DATE = 64  # characters of a text that is to be a date

# Month names in English, Spanish, German, French, Portuguese, Italian, Russian, Dutch and Polish; any beginning of one
# that is long enough and means one month only is read.  dateparser knows more, at 2 ms a text against 5 microseconds.
_MONTH_NAMES = (
    "january enero januar jänner janvier janeiro gennaio января январь januari stycznia",
    "february febrero februar feber février fevrier fevereiro febbraio февраля февраль februari lutego",
    "march marzo märz maerz mars março marco marzo марта март maart mrt marca",
    "april abril april avril abril aprile апреля апрель april kwietnia",
    "may mayo mai mai maio maggio мая май mei maja",
    "june junio juni juin junho giugno июня июнь juni czerwca",
    "july julio juli juillet julho luglio июля июль juli lipca",
    "august agosto august août aout agosto agosto августа август augustus sierpnia",
    "september septiembre setiembre september septembre setembro settembre сентября сентябрь september września",
    "october octubre oktober octobre outubro ottobre октября октябрь oktober października",
    "november noviembre november novembre novembro novembre ноября ноябрь november listopada",
    "december diciembre dezember décembre decembre dezembro dicembre декабря декабрь december grudnia",
)
_MIN_BEGINNING = 3  # letters


def _list_beginnings() -> dict[str, int]:
    found: dict[str, set[int]] = {}
    for number, names in enumerate(_MONTH_NAMES, 1):
        for name in names.split():
            for length in range(_MIN_BEGINNING, len(name) + 1):
                found.setdefault(name[:length], set()).add(number)
    return {beginning: numbers.pop() for beginning, numbers in found.items() if len(numbers) == 1}


MONTHS = _list_beginnings()
HAS_YEAR = re.compile(r"(?:19|20)\d\d")  # no date without one is read
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):?(\d{2})(?::?(\d{2}))?(?:[.,]\d+)?\s*(Z|[+-]\d{2}:?\d{2})?)?")
_YEAR_FIRST = re.compile(
    r"(?<!\d)(\d{4})\s?[年년./-]\s?(\d{1,2})\s?[月월./-]\s?(\d{1,2})(?!\d)(?:\s?[日일.])?(?:\s+(\d{1,2}):(\d{2})(?::(\d{2}))?)?"
)
_DAY_WORD_YEAR = re.compile(
    r"(?<!\d)(\d{1,2})(?:st|nd|rd|th|er|[.ºª°])?[\s/-]{0,3}(?:(?:de|of|do|del)\s)?([^\W\d_]{3,12})[.,]{0,2}[\s/-]{0,3}(?:(?:de|del|do)\s)?"
    r"(\d{4})(?!\d)"
)
_WORD_DAY_YEAR = re.compile(r"(?<![^\W\d_])([^\W\d_]{3,12})\.?\s{0,2}(\d{1,2})(?:st|nd|rd|th)?,?\s{1,2}(\d{4})(?!\d)")
_PATH = re.compile(r"/((?:19|20)\d{2})/([01]\d)/([0-3]\d)/[^/?#]{3}")  # and a name: without one it is a day's archive
_DAY_FIRST = re.compile(r"(?<![\d.])(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})(?!\d)")  # with dots the day leads, everywhere
_EITHER_FIRST = re.compile(r"(?<![\d/-])(\d{1,2})([/-])(\d{1,2})\2(\d{4})(?!\d)")


def parse_date(text: str | None, fetched: datetime | None) -> str | None:
    """Give a written date as ISO 8601 (`2026-03-05` or with time and zone where given); None when it is none.

    Where nobody can tell day from month (`03/04/2025`) it is none.  A date before FIRST_YEAR, or later than `fetched`,
    is refused.

    >>> parse_date("2026年3月5日 08:30", None), parse_date("2026-03-05T08:30:00Z", None), parse_date("soon", None)
    ('2026-03-05T08:30:00', '2026-03-05T08:30:00Z', None)
    """
    value = (text or "").strip()[:MAX_DATE]
    found = _read_iso(value) or _read_rfc822(value) or next((found for _, _, found in find_dates(value)), None)
    return found if found and is_plausible(found, fetched) else None


def date_in_path(url: str) -> str | None:
    """The day that an address is filed under (`/2026/03/05/name`), as blogs and news sites do; None without one.

    >>> date_in_path("https://farm.example/2026/03/05/water"), date_in_path("https://farm.example/2026/03/05/")
    ('2026-03-05', None)
    """
    match = _PATH.search(url[:2_000].partition("?")[0])
    return "-".join(match.groups()) if match else None


def find_dates(text: str) -> Iterator[tuple[int, int, str]]:
    """Find the dates in a line of text, in order of kind: start, end and ISO 8601.

    >>> [found for _, _, found in find_dates("Aug. 16th, 2019, before that 3 de mayo de 2018; 04/05/2017; 23.07.2016")]
    ['2018-05-03', '2019-08-16', '2016-07-23']
    """
    if not HAS_YEAR.search(text):
        return
    for match in _YEAR_FIRST.finditer(text):
        year, month, day, hour, minute, second = match.groups()
        time = f"T{int(hour):02}:{minute}:{second or '00'}" if hour else ""
        yield match.start(), match.end(), _join(year, int(month), day) + time
    for match in _DAY_WORD_YEAR.finditer(text):
        if month_number := MONTHS.get(match.group(2).casefold()):
            yield match.start(), match.end(), _join(match.group(3), month_number, match.group(1))
    for match in _WORD_DAY_YEAR.finditer(text):
        if month_number := MONTHS.get(match.group(1).casefold()):
            yield match.start(), match.end(), _join(match.group(3), month_number, match.group(2))
    for match in _DAY_FIRST.finditer(text):
        yield match.start(), match.end(), _join(match.group(3), int(match.group(2)), match.group(1))
    for match in _EITHER_FIRST.finditer(text):
        first, second_number = int(match.group(1)), int(match.group(3))
        if first > 12 or second_number > 12 or first == second_number:  # else nobody can tell day from month
            month, day_number = (second_number, first) if first > 12 else (first, second_number)
            yield match.start(), match.end(), _join(match.group(4), month, str(day_number))


def _join(year: str, month: int, day: str) -> str:
    return f"{year}-{month:02}-{int(day):02}"


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


def _read_rfc822(text: str) -> str | None:
    if ":" not in text:  # without a time the library reads far too much as a date
        return None
    try:
        return parsedate_to_datetime(text).isoformat()
    except (TypeError, ValueError, IndexError, OverflowError):
        return None


def is_plausible(found: str, fetched: datetime | None) -> bool:
    """Whether an ISO 8601 date exists in the calendar, is not before the web and not after the page was fetched."""
    try:
        moment = datetime.fromisoformat(found)
        if moment.tzinfo is None:
            moment = moment.replace(tzinfo=UTC)
        early = moment.date() < date(FIRST_YEAR, 1, 1)
        return not early and (fetched is None or moment <= fetched + SLACK)
    except (ValueError, OverflowError):
        return False
