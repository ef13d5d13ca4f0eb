"""The shape of an address: what the addresses of one kind of page have in common on a site.

>>> shape_of("https://a.example/health/2026/03/sleep-better-in-a-week.html?id=7")
'/health/#/#/slug.html?id'
>>> shape_of("https://a.example/about/"), shape_of("https://a.example/12345.html"), shape_of("https://a.example/?p=12")
('/word/', '/#.html', '/?p')
"""

import math
import re
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from clearwell.discovery.address_words import PAGE_ENDINGS

SLUG_WORDS = 3  # words; `/heart-health/` may be a section, `/eat-less-salt/` hardly
SLUG_SIGNS = 6  # letters of a script without spaces that make a slug
MAX_SEGMENTS = 12  # of a path; what stands deeper is left out
MAX_SEGMENT = 500  # characters looked at

_WORDS = re.compile(r"[^\W\d_]+")
_NUMBER = re.compile(r"[\d._-]*\d[\d._-]*")
_CODE = re.compile(r"(?=.*\d)(?=.*[a-zA-Z])[0-9a-zA-Z]{8,}")
_WITHOUT_SPACES = re.compile(r"[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff]")


def shape_of(url: str) -> str:
    """The shape: first folder by name, other parts by kind (`#` a number, `slug`, `word`, `code`), keys of the query.

    The folder right below the root keeps its name if anything stands in it: `/news/slug` and `/shop/slug` are two kinds
    of page, `/slug` and `/slug` one.  An address that cannot be read has the shape of the home page.
    """
    path, query = split_address(url)
    pieces = path.split("/")[1 : MAX_SEGMENTS + 1]
    kinds = [_kind_of(piece) for piece in pieces]
    if len([piece for piece in pieces if piece]) > 1 and kinds[0] == "word":
        kinds[0] = pieces[0].lower()
    names = sorted({pair.partition("=")[0] for pair in query.split("&") if pair})
    return "/" + "/".join(kinds) + ("?" + "&".join(names) if names else "")


def split_address(url: str) -> tuple[str, str]:
    """Path (escapes undone) and query of an address; empty for what cannot be read."""
    try:
        parts = urlsplit(url)
        return unquote(parts.path), parts.query
    except ValueError:
        return "", ""


def split_ending(name: str) -> tuple[str, str]:
    """A last path segment's name and the ending of a page, empty where it has none.

    >>> split_ending("sleep.html"), split_ending("node.js-and-sleep"), split_ending("photo.jpg")
    (('sleep', 'html'), ('node.js-and-sleep', ''), ('photo.jpg', ''))
    """
    stem, dot, ending = name.rpartition(".")
    return (stem, ending.lower()) if dot and stem and ending.lower() in PAGE_ENDINGS else (name, "")


def count_slug_words(name: str) -> int:
    """How many words a name is made of; two letters of a script without spaces count as a word.

    >>> count_slug_words("knees-and-stairs"), count_slug_words("饭后散步多久合适"), count_slug_words("12345")
    (3, 4, 0)
    """
    name = name[:MAX_SEGMENT]
    if name.isascii():
        return len(_WORDS.findall(name))
    dense = len(_WITHOUT_SPACES.findall(name))
    return dense // 2 + len(_WORDS.findall(_WITHOUT_SPACES.sub(" ", name)))


def _kind_of(piece: str) -> str:
    name, ending = split_ending(piece[:MAX_SEGMENT])
    tail = "." + ending if ending else ""
    if not name:
        return ""
    if _NUMBER.fullmatch(name):
        return "#" + tail
    if count_slug_words(name) >= SLUG_WORDS:
        return "slug" + tail
    return ("code" if _CODE.fullmatch(name) else "word") + tail


# -- what came of addresses of a shape -------------------------------------------------------------------------------

PATIENCE = 3  # pages of a shape that may be no articles before it is given up
PATIENT_SHARE = 0.05  # of a shape's known addresses that may be none, if that is more; the most that a crawl may waste
MAX_FAILURES_EACH = 4  # no articles for each article, beyond PATIENCE: a shape that is mostly something else


@dataclass(slots=True)
class Tally:
    """How many addresses of a shape are known, on their way, articles, and none."""

    known: int = 0
    waiting: int = 0
    articles: int = 0
    failures: int = 0


class ShapeLedger:
    """Learns inside a crawl which shapes of addresses are articles'.

    A shape no article came from is tried a few at a time, PATIENCE or PATIENT_SHARE of its addresses, so that a wrong
    guess costs three pages, not three hundred; a large shape gets more tries, since giving up a site's only kind of
    article because it begins with three broken ones would cost everything.  After its first article a shape is open,
    unless failures outnumber articles by far.
    """

    def __init__(self) -> None:
        self.tallies: dict[str, Tally] = {}

    def note(self, shape: str) -> None:
        """One more address of the shape is known."""
        self._tally(shape).known += 1

    def start(self, shape: str) -> None:
        """One of them is asked for."""
        self._tally(shape).waiting += 1

    def settle(self, shape: str, is_article: bool | None) -> None:
        """It turned out to be an article or not; None when nobody can tell (the server failed)."""
        tally = self._tally(shape)
        tally.waiting = max(tally.waiting - 1, 0)
        tally.articles += is_article is True
        tally.failures += is_article is False

    def is_proven(self, shape: str) -> bool:
        """Whether an article came from this shape."""
        tally = self.tallies.get(shape)
        return tally is not None and tally.articles > 0

    def is_given_up(self, shape: str) -> bool:
        """Whether enough of the shape were no articles."""
        tally = self._tally(shape)
        return tally.failures >= _patience(tally) + MAX_FAILURES_EACH * tally.articles

    def must_wait(self, shape: str) -> bool:
        """Whether what is on its way should come back first."""
        tally = self._tally(shape)
        return not tally.articles and tally.waiting + tally.failures >= _patience(tally)

    def _tally(self, shape: str) -> Tally:
        return self.tallies.setdefault(shape, Tally())


def _patience(tally: Tally) -> int:
    return max(PATIENCE, math.ceil(PATIENT_SHARE * tally.known))
