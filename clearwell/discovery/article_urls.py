"""Is this the address of an article?  What the address says by itself, then with the link that leads there.

Some words settle it (`/tag/sleep/`, `/login`, `photo.jpg`); for the rest a score weighs what an address is made of.
Weights: a logistic regression on the 1,492 addresses of WCXB dev, articles against all other kinds of page, rounded;
`python -m bench.discovery` fits and measures it again, out of fold.  What no such set can teach (the label of a link
and where it stands) was weighed on links of its listing pages, see there.
"""

import math
import re
from typing import NamedTuple
from urllib.parse import parse_qsl

from clearwell.discovery.address_words import (
    ACCOUNT_WORDS,
    ARCHIVE_FOLDERS,
    ARTICLE_FOLDERS,
    FILE_ENDINGS,
    FORUM_FOLDERS,
    MILD_ARCHIVE_FOLDERS,
    PAGE_FOLDERS,
    PAGE_PARAMETERS,
    SEARCH_WORDS,
    SERVICE_WORDS,
    SHOP_FOLDERS,
    VIEW_PARAMETERS,
)
from clearwell.discovery.leads import Kind
from clearwell.discovery.shapes import SLUG_WORDS, count_slug_words, split_address, split_ending

MAX_PARAMETERS = 50  # of a query that are looked at

_PAGE_PATH = re.compile(
    rf"/(?:{'|'.join(sorted(PAGE_FOLDERS))})[/_-]?(\d{{1,5}})(?:\.\w{{3,5}})?/?$"
    r"|/(?:index|list|page|default)[_-]?(\d{1,5})\.\w{3,5}$",
    re.I,
)
_DAY_ARCHIVE = re.compile(r"(?:/(?:19|20)\d\d)(?:[/-](?:0?[1-9]|1[0-2]|[a-z]{3,9})(?:[/-][0-3]?\d)?)?/?$")
_CALENDAR = re.compile(r"/(?:calendar|kalender|calendario|calendrier|agenda|events?)/(?:[^/]{1,40}/)?(?:19|20)\d\d\b")
_FEED = re.compile(r"/(?:feed|rss|atom)(?:\.xml|\.rss)?/?$|\.(?:rss|atom)$|/(?:feed|rss|atom|index)\.xml$|/feed\.json$")
_SITEMAP = re.compile(r"sitemap[\w-]{0,60}\.xml(?:\.gz)?$|/sitemap\.txt$")
_MACHINES = re.compile(
    r"/(?:wp-(?:json|admin|includes|content)|xmlrpc\.php|cdn-cgi|api|oembed|trackback)(?:/|$)|/trackback/?$"
)
_DATE = re.compile(
    r"/(?:19|20)\d\d[/-]?(?:0[1-9]|1[0-2])(?:[/-]?[0-3]\d)?(?=[/_-])|[/_-](?:19|20)\d{2}-?[01]\d-?[0-3]\d\b"
)
_LANGUAGE = re.compile(r"[a-z]{2}(?:-[a-z]{2,4})?")  # the home page of one
_LONG_NUMBER = re.compile(r"\d{4,}")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_ID_PARAMETERS = frozenset(
    "id p aid nid articleid article-id newsid docid itemid storyid postid post contentid".split()
)


class Verdict(NamedTuple):
    """What an address is thought to be, how likely it is an article's (0 to 1), and why it is `other` if it is."""

    kind: Kind
    score: float
    why: str = ""


# Log odds; fitted to WCXB dev's addresses (bench/discovery), 2026-11-25.  Four are not the fit's, which is that of a
# set full of shops: what ends in `.html` or holds a number is a product there (-1.1, -1.2, -.4) and an article on a
# farm; three addresses of the set are told by a number in the query alone, as those of many farms are.
BASE = -1.1
WEIGHTS = {
    "slug words": 0.3,
    "slug": 1.1,
    "date": 2.7,
    "number": 0.0,
    "only a number": 0.3,
    "ending": 0.3,
    "depth": -0.2,
    "article folder": 1.8,
    "shop folder": -2.8,
    "forum folder": -3.4,
    "query": -1.0,
    "identifying query": 1.5,
    "home": -1.6,
}
MAX_WORDS = 8  # of a slug that count
FULL_SLUG_WORDS = SLUG_WORDS + 2  # a category may have four (`one-skillet-one-pot`)
SLUG_PLACES = 3  # last segments of a path among which the slug is looked for
SURE = 0.6  # score from which an address is an article's
MAYBE = 0.25  # score below which it is a list's


def judge_address(url: str) -> Verdict:
    """Judge an address alone.

    >>> [judge_address("https://a.example" + path).kind for path in ("/news/eat-less-salt/", "/tag/salt/", "/page/2")]
    ['article', 'archive', 'pages']
    >>> judge_address("https://a.example/login?next=%2Fsalt").why
    'account'
    """
    path, query = split_address(url)
    settled = _settle(path, query)
    if settled is not None:
        return settled
    score = score_address(path, query)
    return Verdict("article" if score >= SURE else "either" if score >= MAYBE else "listing", score)


def score_address(path: str, query: str) -> float:
    """The probability that an address which no word settles is an article's; `path` with its escapes undone."""
    return _sigmoid(BASE + sum(WEIGHTS[name] * value for name, value in describe_address(path, query).items()))


def describe_address(path: str, query: str) -> dict[str, float]:
    """What an address is made of, by the names of WEIGHTS; what is not there is left out.

    >>> describe_address("/news/2026/03/eat-less-salt.html", "")
    {'slug words': 3, 'slug': 1, 'date': 1, 'ending': 1, 'depth': 4, 'article folder': 1}
    """
    pieces = [piece for piece in path.lower().split("/") if piece]
    name, ending = split_ending(pieces[-1]) if pieces else ("", "")
    folders = {piece.replace("_", "-") for piece in pieces[:-1]}
    words = _count_words(pieces[-SLUG_PLACES:])
    number = _LONG_NUMBER.search(_YEAR.sub("", name))
    parameters = {key.lower() for key, _ in _parameters(query)}
    found: dict[str, float] = {
        "slug words": min(words, MAX_WORDS),
        "slug": words >= SLUG_WORDS,
        "date": bool(_DATE.search(path)),
        "number": bool(number) and count_slug_words(name) > 0,
        "only a number": bool(name) and count_slug_words(name) == 0,
        "ending": bool(ending),
        "depth": min(len(pieces), 6),
        "article folder": bool(folders & ARTICLE_FOLDERS),
        "shop folder": bool(folders & SHOP_FOLDERS),
        "forum folder": bool(folders & FORUM_FOLDERS),
        "query": bool(parameters),
        "identifying query": bool(parameters & _ID_PARAMETERS),
        "home": not pieces and not parameters,
    }
    return {key: value + 0 for key, value in found.items() if value}


def page_number(url: str) -> int | None:
    """The number of the page of a list, as its address gives it; None for none.

    >>> page_number("https://a.example/sleep/page/3/"), page_number("https://a.example/?p=3"), page_number("https://a.example/3")
    (3, 3, None)
    """
    path, query = split_address(url)
    if match := _PAGE_PATH.search(path):
        return int(match[1] or match[2])
    numbers = [value for key, value in _parameters(query) if key.lower().replace("_", "-") in PAGE_PARAMETERS]
    return int(numbers[0]) if numbers and numbers[0].isdecimal() and len(numbers[0]) <= 6 else None


def _settle(path: str, query: str) -> Verdict | None:
    """The verdict on an address of which a word says what it is."""
    pieces = [piece.replace("_", "-") for piece in path.lower().split("/") if piece]
    last = pieces[-1] if pieces else ""
    if _SITEMAP.search(path.lower()):
        return Verdict("sitemap", 0.0)
    if _FEED.search(path.lower()) or "feed" in dict(_parameters(query)):
        return Verdict("feed", 0.0)
    if why := _name_other(path.lower(), pieces, last, query):
        return Verdict("other", 0.0, why)
    return _find_list(path.lower(), pieces, query)


def _name_other(path: str, pieces: list[str], last: str, query: str) -> str:
    """What an address is that can be neither an article nor lead to one; empty when it may."""
    name, _ = split_ending(last)
    ending = last.rpartition(".")[2] if "." in last else ""
    if ending in FILE_ENDINGS and (ending not in ("do", "action") and len(last) > len(ending) + 1):
        return "file"
    if _MACHINES.search(path):
        return "machines"
    if pieces and (name in ACCOUNT_WORDS or pieces[0] in ACCOUNT_WORDS):
        return "account"
    if name in SEARCH_WORDS or (pieces and pieces[0] in SEARCH_WORDS):
        return "search"
    if name in SERVICE_WORDS and len(pieces) <= 3:
        return "service page"
    if _CALENDAR.search(path):
        return "calendar"
    keys = {key.lower().replace("_", "-") for key, _ in _parameters(query)}
    if "attachment-id" in keys or "/attachment/" in path:
        return "attachment"
    return "view" if keys & VIEW_PARAMETERS else ""


def _find_list(path: str, pieces: list[str], query: str) -> Verdict | None:
    """The verdict on a list that its address names: next pages, archives of tags, authors, months."""
    is_page = bool(_PAGE_PATH.search(path))
    for place, piece in enumerate(pieces[:-1]):
        is_mild = piece in MILD_ARCHIVE_FOLDERS
        words = SLUG_WORDS if is_mild else FULL_SLUG_WORDS
        if (is_mild or piece in ARCHIVE_FOLDERS) and (is_page or not _names_article(pieces, place, words)):
            return Verdict("archive", 0.0, "an archive")
    if pieces and pieces[-1] in ARCHIVE_FOLDERS | MILD_ARCHIVE_FOLDERS:
        return Verdict("archive", 0.0, "an archive")
    if is_page:
        return Verdict("pages", 0.0, "a list")
    names = {key.lower().replace("_", "-"): value for key, value in _parameters(query)}
    for key, value in names.items():
        if key in PAGE_PARAMETERS and value.isdecimal() and not (key == "p" and path in ("", "/") and len(names) == 1):
            return Verdict("pages", 0.0, "a list")
    if not query and (not pieces or (len(pieces) == 1 and _LANGUAGE.fullmatch(pieces[0]))):
        return Verdict("listing", 0.0, "a home page")
    return Verdict("archive", 0.0, "an archive") if _DAY_ARCHIVE.fullmatch(path) else None


def _names_article(pieces: list[str], place: int, words: int) -> bool:
    """Whether an article stands in the folder of an archive (`/category/sleep/why-our-knees-hurt-on-stairs.html`)."""
    below = pieces[place + 1 :]
    named = _count_words(below[-SLUG_PLACES:])
    is_dated = bool(_DATE.search("/" + "/".join(below)))
    is_file = bool(split_ending(below[-1])[1])
    return len(below) >= 2 and (named >= words or ((is_file or is_dated) and named >= SLUG_WORDS - 1))


def _count_words(pieces: list[str]) -> int:
    """The words of the longest slug; behind it may stand a number or a word (`/eat-less-salt/a1234567/`)."""
    return max((count_slug_words(split_ending(piece)[0]) for piece in pieces), default=0)


def _parameters(query: str) -> list[tuple[str, str]]:
    try:
        return parse_qsl(query, keep_blank_values=True, max_num_fields=MAX_PARAMETERS)
    except ValueError:  # more than that
        return []


def _sigmoid(odds: float) -> float:
    return 1 / (1 + math.exp(-max(-30.0, min(odds, 30.0))))
