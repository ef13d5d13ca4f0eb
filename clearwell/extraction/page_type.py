"""What kind of page this is, as far as markup and address tell: the numbers the model goes by."""

import re
from typing import NamedTuple, get_args
from urllib.parse import urlsplit

import numpy as np

from clearwell.article import PageType
from clearwell.extraction.containers import Floats

PAGE_TYPES: tuple[PageType, ...] = get_args(PageType)


class PageKind(NamedTuple):
    """What kind of page it most likely is, how likely it is an article, 0 to 1, and whether it asks for a password."""

    type: PageType
    article: float
    asks_password: bool = False


MAX_URL = 2_000  # characters looked at

# What stands in the source of pages of one kind, whatever their language; of 27 these told most (2026-11).
_SIGNS = (
    'content="article"',
    "article:published_time",
    'Article"',
    '"priceCurrency"',
    "add-to-cart",
    "<code",
    "<time",
    "<button",
)
MAX_COUNT = 15  # times that a sign is counted
_TYPE = re.compile(r"""type\s{0,8}=\s{0,8}["']?$""", re.I)
MAX_PASSWORDS = 100  # times that the word is looked at; scripts are full of it
MAX_TYPE = 24  # characters before it in which `type=` stands
_DIGITS = re.compile(r"\d+")


def asks_password(html: str) -> bool:
    """Whether the source has a field for a password."""
    place = html.find("password")
    for _ in range(MAX_PASSWORDS):
        if place < 0:
            return False
        if _TYPE.search(html, max(place - MAX_TYPE, 0), place):
            return True
        place = html.find("password", place + 1)
    return False


def describe_source(html: str, url: str) -> Floats:
    """Numbers about the source of a page and its address; no parsing, one look for each sign."""
    counts = [min(html.count(sign), MAX_COUNT) for sign in _SIGNS]
    return np.array([*np.log1p(counts), np.log1p(len(html)), *_describe_address(url[:MAX_URL])], np.float32)


def _describe_address(url: str) -> list[float]:
    try:
        parts = urlsplit(url)
        path, query = parts.path, parts.query
    except ValueError:
        path = query = ""
    pieces = [piece for piece in path.split("/") if piece]
    last = pieces[-1] if pieces else ""
    return [
        len(pieces),
        len(last),
        last.count("-") + last.count("_"),
        sum(map(len, _DIGITS.findall(last))),
        sum(map(len, _DIGITS.findall(path))),
        float(bool(query)),
        float(path.endswith("/")),
    ]
