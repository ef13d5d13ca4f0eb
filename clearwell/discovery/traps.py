"""Tells a spider trap from a large site by the addresses alone: calendars, sessions, loops, growing queries.

A trap is a server that always has one more address.  What gives it away is the pattern that its addresses share
(`/calendar/N/N`), so each pattern may be followed only so often.  Addresses that a sitemap or a feed names are vouched
for and pass.  Left alone: endless addresses of real words, which no pattern tells from articles; the site's budget of
pages ends those.
"""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

# Addresses of one pattern that nobody vouches for.  A long pagination has some 300 pages and a monthly archive back to
# EARLIEST_YEAR some 450, so both come through whole; one by day may not, but then the site has one by month as well.
# And it is what a crawl asks for in all unless told otherwise (`maxPages`), so where articles have numbers
# (`/article/N.html`) that budget ends first.  2026-11
MAX_OF_PATTERN = 1_000
# Pages of one pattern that were fetched one after the other and led to nothing new: a calendar without entries, or
# pagination that goes on behind its last page.  Not fewer, since a sitemap may have named the newest 2,000 articles
# before, and a pagination that leads past them to the older ones starts with 200 pages of known ones.  2026-11
MAX_FRUITLESS = 200
MAX_OF_SESSION = 5  # addresses of one pattern with a session in it, which are one page again and again; 2026-11
MAX_DEPTH = 15  # folders; the deepest articles that we know of stand in 8; 2026-11
MAX_REPEATS = 2  # of one folder in a path; it grows when a link that means the root is relative; 2026-11
MAX_PARAMETERS = 10  # of a query; filters that combine make as many addresses as there are subsets of them; 2026-11
MAX_LENGTH = 1_000  # characters; 2026-11
MAX_PATTERNS = 20_000  # remembered, some 4 MB; 2026-11
EARLIEST_YEAR = 1990  # of the Web
SPAN = 60  # years before it and after today that are taken for a calendar's; beyond, a number is no year

_DIGITS = re.compile(r"\d+")
_UUID_OR_HEX = re.compile(r"[0-9a-f]{8,64}(?:-[0-9a-f]{4,12}){0,4}")
_TOKEN = re.compile(r"[0-9a-z]{20,}")
_LETTER = re.compile(r"[^\W\d_]")
_SESSION = re.compile(r"[?&;](?:\w{0,20}sess(?:ion)?_?(?:id)?|\w{0,4}sid|cfid|cftoken|zenid)=H")
_DATE_AT_END = re.compile(r"/(\d{4})[/-](\d{1,2})(?:[/-]\d{1,2})?/?$")
_MONTH_OF_YEAR = re.compile(r"(\d{4})-?(\d{2})(?:-?\d{2})?(?!\d)")
_DATE_KEYS = frozenset("date day month ym m from to start end cal calendar tribe-bar-date".split())


class TrapGuard:
    """Decides of each address found on the way whether it leads into a trap; one guard for a site's crawl.

    `today` tells how far archives by date can go.  Memory is bounded, whatever a site invents: when MAX_PATTERNS are
    known, all counts are halved and those at nought forgotten, so that the frequent ones stay.
    """

    def __init__(self, today: date) -> None:
        self._today = today
        self._admitted: dict[str, int] = {}
        self._fruitless: dict[str, int] = {}

    def admit(self, url: str, vouched: bool = False) -> str | None:
        """None when the address may be followed, else why not, in the same words for all addresses of a pattern.

        Ask once for each new address, last of all checks: an address that is let in counts.  `vouched` says that a
        sitemap, a feed or a person named it.  ValueError for what is no address.

        >>> guard = TrapGuard(date(2026, 11, 25))
        >>> guard.admit("https://example.org/sleep/page/2/")
        >>> guard.admit("https://example.org/calendar/2031/07/")
        'an archive of 2031-07 holds no article'
        """
        if vouched:
            return None
        if len(url) > MAX_LENGTH:
            return f"its address is longer than {MAX_LENGTH:,} characters"
        parts = urlsplit(url)
        path = unquote(parts.path).lower()
        pattern = _pattern(parts, path)
        reason = _judge_form(path, parts.query, self._today) or self._judge_count(pattern)
        if reason is None and pattern:
            _count(self._admitted, pattern)
        return reason

    def note(self, url: str, fruitful: bool) -> None:
        """Tell of a fetched page whether it was an article or led to an address that was not known before."""
        parts = urlsplit(url)
        pattern = _pattern(parts, unquote(parts.path).lower())
        if fruitful:
            self._fruitless.pop(pattern, None)
        elif pattern:
            _count(self._fruitless, pattern)

    def _judge_count(self, pattern: str) -> str | None:
        if self._fruitless.get(pattern, 0) >= MAX_FRUITLESS:
            return f"{MAX_FRUITLESS} pages like {pattern} led to nothing new"
        most = MAX_OF_SESSION if _SESSION.search(pattern) else MAX_OF_PATTERN
        if self._admitted.get(pattern, 0) >= most:
            return f"{most:,} addresses like {pattern} were followed already"
        return None


def _pattern(parts: SplitResult, path: str) -> str:
    """What an address shares with others a machine could make: N for digits, H for tokens, W for other values.

    Empty for an address in which nothing varies.  Words of the path stay, so `/heart/page/N` is one and
    `/sleep/page/N` another, and an article known by its words is alone with its pattern.
    """
    folder, _, parameters = path.partition(";")
    pieces = [_blur(piece) for piece in folder.split("/")]
    pairs = parse_qsl(parts.query, keep_blank_values=True)
    values = sorted({f"{_DIGITS.sub('N', key.lower()[:50])}={_kind(value.lower())}" for key, value in pairs})
    inner = "".join(f";{key}={_kind(value)}" for key, value in parse_qsl(parameters.replace(";", "&")))
    pattern = "/".join(pieces) + inner + ("?" + "&".join(values) if values else "")
    return pattern[:300] if pattern != path else ""


def _blur(piece: str) -> str:
    return "H" if _is_token(piece) else _DIGITS.sub("N", piece)


def _kind(value: str) -> str:
    return "H" if _is_token(value) else "N" if value.isdecimal() else "W"


def _is_token(text: str) -> bool:
    """Whether a text is a machine's: hexadecimal or a long run of letters and digits, with both in it."""
    if not _DIGITS.search(text) or not _LETTER.search(text):
        return False
    return bool(_UUID_OR_HEX.fullmatch(text) or _TOKEN.fullmatch(text))


def _judge_form(path: str, query: str, today: date) -> str | None:
    """What is wrong with an address whatever others there are."""
    pieces = [piece for piece in path.split("/") if piece]
    if len(pieces) > MAX_DEPTH:
        return f"its path is deeper than {MAX_DEPTH} folders"
    if query.count("&") >= MAX_PARAMETERS:
        return f"its query has more than {MAX_PARAMETERS} parameters"
    if (piece := _find_repeated(pieces)) is not None:
        return f"its path repeats the folder {piece[:50]}"
    for year, month in _dates(path, query):
        if _is_beyond(year, month, today):
            return f"an archive of {year}-{month:02} holds no article"
    return None


def _find_repeated(pieces: list[str]) -> str | None:
    """A folder that stands in a path too often; numbers may (`/2001/01/01/`)."""
    if len(pieces) <= MAX_REPEATS:
        return None
    counts = Counter(piece for piece in pieces if _LETTER.search(piece))
    return next((piece for piece, times in counts.items() if times > MAX_REPEATS), None)


def _dates(path: str, query: str) -> Iterator[tuple[int, int]]:
    """Year and month that an archive's address ends in or asks for.

    >>> list(_dates("/2031/07/", "")), list(_dates("/events", "date=2031-07-15&year=2031&start=2040"))
    ([(2031, 7)], [(2031, 7), (2031, 1)])
    """
    if found := _DATE_AT_END.search(path):
        yield int(found[1]), int(found[2])
    for key, value in parse_qsl(query):
        if key == "year" and value.isdecimal() and len(value) == 4:
            yield int(value), 1
        elif key in _DATE_KEYS and (found := _MONTH_OF_YEAR.match(value)):
            yield int(found[1]), int(found[2])


def _is_beyond(year: int, month: int, today: date) -> bool:
    """Whether a month lies where no article can, the next one excepted, since it may have begun elsewhere."""
    if not 1 <= month <= 12 or not EARLIEST_YEAR - SPAN <= year <= today.year + SPAN:
        return False
    return year < EARLIEST_YEAR or year * 12 + month > today.year * 12 + today.month + 1


def _count(counts: dict[str, int], pattern: str) -> None:
    counts[pattern] = counts.get(pattern, 0) + 1
    while len(counts) > MAX_PATTERNS:
        halved = {known: count // 2 for known, count in counts.items() if count > 1}
        counts.clear()
        counts.update(halved)
