"""What Python's `random.Random(SEED)` gives, many choices at once: the numbers it makes them of never change."""

import functools
import math

import numpy as np
from numpy.typing import NDArray

from clearwell.extraction.containers import Ints

SEED = 0
WORDS = 16_384  # of 32 bits; langdetect's 7 trials take 7,000, of which each may cost two; 2026-11
FEW = 1_024  # of them, enough for nearly all texts: a trial takes about 50


class Draws:
    """Choices among `size` things, to be looked at before they are made, and normally distributed numbers.

    A choice is the first bits of a word; where that is too large, the word is passed over.  Source: `_randbelow`,
    `random` and `gauss` of CPython's random.py.

    >>> from random import Random
    >>> draws, same = Draws(7), Random(SEED)
    >>> draws.show(3).tolist() == [same.randrange(7) for _ in range(3)]
    True
    >>> draws.make(3)
    >>> [draws.gauss(), draws.gauss()] == [same.gauss(0, 1), same.gauss(0, 1)]
    True
    """

    def __init__(self, size: int) -> None:
        self.place = 0  # of the next word
        self.spare: float | None = None  # the second number of a pair
        self.size = size
        self._read(FEW)

    def _read(self, words: int) -> None:
        chosen = _words()[:words] >> (32 - self.size.bit_length())
        self.places = np.flatnonzero(chosen < self.size)
        self.chosen = chosen[self.places]

    def show(self, count: int) -> Ints:
        """The next choices."""
        start = int(self.places.searchsorted(self.place))
        if start + count > len(self.places):
            self._read(WORDS)
        return self.chosen[start : start + count]

    def make(self, count: int) -> None:
        """Make some choices: what comes next follows them."""
        start = int(self.places.searchsorted(self.place))
        self.place = int(self.places[start + count - 1]) + 1

    def gauss(self) -> float:
        """The next number of the standard normal distribution; they are made in pairs."""
        if self.spare is not None:
            number, self.spare = self.spare, None
            return number
        angle, radius = self._fraction() * math.tau, math.sqrt(-2.0 * math.log(1.0 - self._fraction()))
        self.spare = math.sin(angle) * radius
        return math.cos(angle) * radius

    def _fraction(self) -> float:
        high, low = _words()[self.place : self.place + 2].tolist()
        self.place += 2
        return float(((high >> 5) * 2**26 + (low >> 6)) / 2**53)


@functools.cache
def _words() -> NDArray[np.intp]:
    """The numbers of 32 bits that Random(SEED) makes everything of: numpy seeds its old generator in the same way."""
    words = np.random.RandomState([SEED]).randint(0, 2**32, WORDS, np.uint32)
    return words.astype(np.intp)
