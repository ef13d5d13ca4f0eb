"""What kind of page this is, as far as markup and address tell: the numbers the model goes by."""

import re
from typing import NamedTuple, get_args
from urllib.parse import urlsplit

import numpy as np

from clearwell.article import PageType
from clearwell.extraction.containers import Floats
from clearwell.extraction.marks import Marks
from clearwell.extraction.segment import Segments

PAGE_TYPES: tuple[PageType, ...] = get_args(PageType)
NOT_PUBLISHED: tuple[PageType, ...] = ("forum", "product", "listing", "collection")  # whatever their text


class PageKind(NamedTuple):
    """What kind of page it most likely is, and whether it asks for a password.

    `article` is the probability that it is one, `other` that it is of a kind in NOT_PUBLISHED; two forests say so, each
    for its own purpose, so they need not sum up to 1.
    """

    type: PageType
    article: float
    other: float
    asks_password: bool = False


MAX_URL = 2_000  # characters looked at
MAX_COUNT = 200  # times that an element is counted

# Elements that pages of one kind have more of, whatever their language; counting strings in the source (`<code`,
# `"priceCurrency"`) told no more and took ten times as long; bench/train, 2026-11.
_TAGS = ("form", "input", "button", "article", "h2", "time", "video", "iframe", "img")
_STATED_TYPES = ("article", "product", "website")  # of Open Graph
_CURRENCIES = "$€£¥"
_DIGITS = re.compile(r"\d+")


def describe_page(segments: Segments, marks: Marks, size: int, url: str) -> Floats:
    """Numbers about a page's markup and address; `size` is that of its source, in characters."""
    counts = [min(segments.tags[tag], MAX_COUNT) for tag in _TAGS]
    text = "".join(block.text for block in segments.blocks)
    prices = sum(map(text.count, _CURRENCIES))
    stated = (marks.meta(("ogtype",)) or "").lower()
    return np.array(
        [
            *np.log1p([*counts, prices, size]),
            *(stated.startswith(name) for name in _STATED_TYPES),
            "articlepublishedtime" in marks.metas,
            *_describe_address(url[:MAX_URL]),
        ],
        np.float32,
    )


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
