"""Near-duplicates: which articles are the same text, and which of them is the original.

A text is a set of shingles (four words in a row; a character of Chinese, Japanese or Korean is a word), compared by
MinHash (Broder 1997) and looked up by locality-sensitive hashing, so that an article is compared with few others.
"""

import re
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import NamedTuple

import numpy as np
from rensa import RMinHash  # type: ignore[attr-defined]  # it comes from the compiled part

SHINGLE = 4  # words
MIN_SHINGLES = 40  # a shorter text is compared only whole: two lines of advice are alike by chance
BANDS, ROWS = (
    16,
    6,
)  # texts that share .8 of their shingles meet in a band 99 times in 100, those that share .4 once in 15
LIKENESS = 0.8  # share of shingles in common from which two texts are one; an edited copy has .85 to 1, 2026-11
MAX_WORDS = 20_000  # of a text that are looked at
SKETCH_VERSION = f"{RMinHash.ALGORITHM_VERSION}.{SHINGLE}.{BANDS}.{ROWS}"  # sketches of another one are no use
_SEED = 2026

_WORD = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\uac00-\ud7af]|[^\W_]+")


class Sketched(NamedTuple):
    """What a decision needs to know of an article; times are aware, `published` is None where the page gives none."""

    id: str
    published: datetime | None
    first_seen: datetime


def sketch_text(text: str) -> bytes | None:
    """Sum a text up in 384 bytes that can be compared; None for one too short to be compared but whole."""
    words = [match[0].casefold() for match, _ in zip(_WORD.finditer(text), range(MAX_WORDS), strict=False)]
    shingles = {" ".join(words[start : start + SHINGLE]) for start in range(len(words) - SHINGLE + 1)}
    if len(shingles) < MIN_SHINGLES:
        return None
    hashes = RMinHash(num_perm=BANDS * ROWS, seed=_SEED)
    hashes.update(sorted(shingles))
    return np.array(hashes.digest(), dtype="<u4").tobytes()


def list_bands(sketch: bytes) -> list[int]:
    """The buckets a sketch stands in, signed 64-bit; texts that share one are worth comparing."""
    rows = np.frombuffer(sketch, dtype="<u4").astype(np.uint64).reshape(BANDS, ROWS)
    keys = np.arange(1, BANDS + 1, dtype=np.uint64)
    for column in range(ROWS):
        keys = (keys ^ rows[:, column]) * np.uint64(0x9E3779B97F4A7C15)
        keys ^= keys >> np.uint64(29)
    return [int(key) for key in keys.astype(np.int64)]


def measure_likeness(one: bytes, other: bytes) -> float:
    """Estimate the share of shingles two texts have in common (Jaccard); its standard error is .04."""
    return float(np.mean(np.frombuffer(one, dtype="<u4") == np.frombuffer(other, dtype="<u4")))


def choose_originals(articles: Iterable[Sketched], alike: Mapping[str, Iterable[str]]) -> dict[str, str]:
    """Say of every duplicate which article it is a duplicate of.

    `alike` names, for an article's id, those it is one text with; both directions count.  The original is the one
    published first, or seen first where no date is given, and every duplicate is alike to its original itself: a chain
    of small changes does not make its two ends the same.  The result does not hang on the order of anything.
    """
    ranked = sorted(
        articles, key=lambda article: (article.published or article.first_seen, article.first_seen, article.id)
    )
    neighbours: dict[str, set[str]] = {article.id: set() for article in ranked}
    for one, others in alike.items():
        for other in others:
            if one != other and one in neighbours and other in neighbours:
                neighbours[one].add(other)
                neighbours[other].add(one)
    originals: dict[str, str] = {}
    for article in ranked:
        if article.id not in originals:
            for other in neighbours[article.id]:
                originals.setdefault(other, article.id)
            originals[article.id] = article.id
    return {name: original for name, original in originals.items() if name != original}


def read_date(stated: str | None) -> datetime | None:
    """An article's `datePublished` as a moment; a day without an hour begins in UTC, what is no date is None."""
    try:
        moment = datetime.fromisoformat(stated or "")
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
