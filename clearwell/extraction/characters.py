"""What characters blocks are made of, counted for all blocks at once by Unicode category."""

import functools
import unicodedata
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

WIDE_WEIGHT = 3  # a character of Chinese, Japanese or Korean says as much as about three Latin ones

LETTER, UPPER, DIGIT, SPACE, END, PAUSE, MARK, WIDE = range(1, 9)

_PLANE = 0x10000  # characters beyond the basic plane count as its last
_ENDS, _PAUSES = ".!?。！？।؟…", ",;:，；：、،"
_WIDE_RANGES = ((0x3040, 0x30FF), (0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xAC00, 0xD7AF))


class Characters(NamedTuple):
    """`counts` has a row for each class of characters and a column for each text; `weights` are sizes in Latin ones.

    `first` and `last` are the classes of the characters at the ends.
    """

    counts: NDArray[np.float32]
    weights: NDArray[np.float32]
    first: NDArray[np.uint8]
    last: NDArray[np.uint8]


@functools.cache
def _classes() -> NDArray[np.uint8]:
    """The class of each character of the basic plane; made once a process, in 20 ms."""
    table = np.zeros(_PLANE, np.uint8)
    by_category = {"Lu": UPPER, "Lt": UPPER, "Nd": DIGIT, "Zs": SPACE, "Cc": SPACE}
    for number in range(_PLANE):
        category = unicodedata.category(chr(number))
        table[number] = by_category.get(category, LETTER if category[0] in "LM" else MARK)
    for first, last in _WIDE_RANGES:
        table[first : last + 1] = WIDE
    table[[ord(character) for character in _ENDS]] = END
    table[[ord(character) for character in _PAUSES]] = PAUSE
    return table


def count_characters(texts: list[str]) -> Characters:
    """Count the characters of each text by class; no text may be empty."""
    lengths = np.fromiter(map(len, texts), np.intp, len(texts))
    classes = _classify("".join(texts))
    starts = np.concatenate([[0], np.cumsum(lengths)[:-1]])
    owners = np.repeat(np.arange(len(texts)) * 9, lengths)
    counts = np.bincount(owners + classes, minlength=9 * len(texts)).reshape(-1, 9).T.astype(np.float32)
    weights = (lengths + (WIDE_WEIGHT - 1) * counts[WIDE]).astype(np.float32)
    return Characters(counts, weights, classes[starts], classes[starts + lengths - 1])


def _classify(text: str) -> NDArray[np.uint8]:
    """The class of each character of a text."""
    pairs = text.encode("utf-16-le", "surrogatepass")
    if len(pairs) == 2 * len(text):  # nothing beyond the basic plane
        return _classes().take(np.frombuffer(pairs, np.uint16))
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
    return _classes().take(np.minimum(codes, _PLANE - 1))
