"""The language of a text, by langdetect on a seeded sample; `<html lang>` is only a hint."""

import functools
import re

import numpy as np
from langdetect.detector import Detector
from langdetect.detector_factory import PROFILES_DIRECTORY, DetectorFactory
from langdetect.utils.lang_profile import LangProfile
from langdetect.utils.ngram import NGram
from numpy.typing import NDArray

from clearwell.extraction.containers import Ints
from clearwell.extraction.draws import Draws

Doubles = NDArray[np.float64]

SAMPLE = 600  # characters; agreed with the whole text on 40 of 40 articles at half the time; extraction-notes.md
CHUNK = 200  # characters taken at three places, so that a foreign quotation does not decide
SURE = 0.7  # probability below which a declared language that the detector also considers is believed
TOGETHER = 40  # n-grams looked up at once; a trial takes about 50, the product of 41 is above 1e-180; 2026-11

_FIRST_LOOKS, _LATER_LOOKS = np.arange(1, TOGETHER + 2, 5), np.arange(5, TOGETHER + 1, 5)
_HAN = re.compile(r"[一-鿿]{4}")
_KANA_OR_HANGUL = re.compile(r"[぀-ヿ가-힯]")
# langdetect tells the two Chinese scripts apart by region; what the text shows is the script.
_TAGS = {"zh-cn": "zh-Hans", "zh-tw": "zh-Hant"}
_SPACES = re.compile(" {2,}")
_LATIN = re.compile("[A-z]")  # as langdetect counts it, with the six signs between Z and a
_NOT_LATIN = re.compile("[^\x00-\u02ff]")


def detect_language(text: str, declared: str | None = None) -> tuple[str | None, float | None]:
    """Return a BCP 47 tag and a probability; (None, None) when the text has no letters to go by.

    `declared` decides only between languages the detector finds possible.

    >>> detect_language("Die meisten Menschen trinken am Tag zu wenig Wasser und merken es nicht.")[0]
    'de'
    """
    detector = _QuickDetector(_profiles())  # type: ignore[no-untyped-call]
    sample = _sample(text)
    if _HAN.search(sample) and not _KANA_OR_HANGUL.search(sample):
        # left alone, it takes some Chinese for Korean
        detector.set_prior_map({"zh-cn": 0.5, "zh-tw": 0.5})  # type: ignore[no-untyped-call]
    detector.append(sample)
    found = detector.get_probabilities()  # type: ignore[no-untyped-call]
    if not found:
        return None, None
    best = found[0]
    if declared and best.prob < SURE:
        wanted = declared.lower().split("-")[0]
        best = next((guess for guess in found if guess.lang.split("-")[0] == wanted), best)
    return _TAGS.get(best.lang, best.lang), round(best.prob, 4)


def _sample(text: str) -> str:
    if len(text) <= SAMPLE:
        return text
    middle, end = (len(text) - CHUNK) // 2, len(text) - CHUNK
    return " ".join(text[start : start + CHUNK] for start in (0, middle, end))


class _Letters(dict[int, str]):
    """What langdetect reads for a character: itself, a space, or one letter for many; asked once for each."""

    def __missing__(self, code: int) -> str:
        letter: str = NGram.normalize(chr(code))  # type: ignore[no-untyped-call]
        self[code] = letter
        return letter


_LETTERS = _Letters()


class _QuickDetector(Detector):
    """langdetect's Detector with its inner loops rewritten: the same draws and products, many at once."""

    def append(self, text: str) -> None:
        text = self.URL_RE.sub(" ", text) if "://" in text else text
        text = self.MAIL_RE.sub(" ", text) if "@" in text else text
        if not text.isascii() and any(mark in text for mark in NGram.DMARK_CLASS):
            text = NGram.normalize_vi(text)  # type: ignore[no-untyped-call]
        self.text += _SPACES.sub(" ", text[: self.max_text_length])

    def cleaning_text(self) -> None:
        if not self.text.isascii() and 2 * len(_LATIN.findall(self.text)) < len(_NOT_LATIN.findall(self.text)):
            self.text = _LATIN.sub("", self.text)

    def _extract_ngrams(self) -> Ints:
        """The known runs of one to three letters, a word's space on either side included, but none within capitals.

        Each is its row in the table of frequencies.
        """
        words = self.text.translate(_LETTERS).split(" ")
        found: list[int] = []
        for run in [f" {word} " for word in words[:-1] if word] + [f" {words[-1]}"]:
            found += _grams_in(run)
        return np.array(found, np.intp)

    def _detect_block(self) -> None:
        self.cleaning_text()
        ngrams = self._extract_ngrams()
        probabilities = np.zeros(len(self.langlist))
        if len(ngrams):
            first = np.array(self._init_probability())  # type: ignore[no-untyped-call]
            draws = Draws(len(ngrams))
            for _ in range(self.n_trial):
                alpha = self.alpha + draws.gauss() * self.ALPHA_WIDTH
                probabilities += self._try(first, ngrams, draws, alpha / self.BASE_FREQ) / self.n_trial
        self.langprob = probabilities.tolist()

    def _try(self, probabilities: Doubles, ngrams: Ints, draws: Draws, weight: float) -> Doubles:
        """The languages' probabilities after as many random n-grams as it takes to be sure.

        langdetect looks after the first one and then after every fifth; here what it sees is worked out for nine or
        eight looks at once, and what was drawn beyond the last is given back.
        """
        frequencies = _profiles().frequencies
        looks = _FIRST_LOOKS
        for _ in range(0, self.ITERATION_LIMIT, TOGETHER):
            drawn = ngrams[draws.show(int(looks[-1]))]
            factors = np.multiply.reduceat(frequencies.take(drawn, axis=0) + weight, np.maximum(looks - 5, 0))
            seen = probabilities * factors.cumprod(axis=0)
            seen /= seen.sum(axis=1)[:, None]
            sure = np.flatnonzero(seen.max(axis=1) > self.CONV_THRESHOLD)
            last = int(sure[0]) if len(sure) else len(looks) - 1
            draws.make(int(looks[last]))
            probabilities = seen[last]
            if len(sure):
                break
            looks = _LATER_LOOKS
        return probabilities


@functools.lru_cache(maxsize=10_000)
def _grams_in(run: str) -> list[int]:
    """The known n-grams of one word, which stands with its spaces; most words of a text are in the next one too."""
    known = _profiles().word_lang_prob_map
    found: list[int] = []
    for end in range(2, len(run) + 1):
        if not (run[end - 1].isupper() and run[end - 2].isupper()):
            grams = run[end - 1], run[end - 2 : end], run[end - 3 : end] if end > 2 else " "
            found += [known[gram] for gram in grams if gram != " " and gram in known]
    return found


class _Profiles(DetectorFactory):
    """langdetect's profiles as one array; `word_lang_prob_map` has an n-gram's row in it."""

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._entries: list[tuple[int, int, float]] = []

    def add_profile(self, profile: LangProfile, index: int, langsize: int) -> None:
        """Take in what one language has: how often each n-gram stands among those of its length."""
        self.langlist.append(profile.name)
        rows = self.word_lang_prob_map
        for ngram, count in profile.freq.items():
            share = count / profile.n_words[len(ngram) - 1] if len(ngram) <= NGram.N_GRAM else 0.0
            self._entries.append((rows.setdefault(ngram, len(rows)), index, share))

    @functools.cached_property
    def frequencies(self) -> Doubles:
        """A row for each n-gram and a column for each language."""
        table = np.zeros((len(self.word_lang_prob_map), len(self.langlist)))
        rows, languages, shares = zip(*self._entries, strict=True)
        table[rows, languages] = shares
        self._entries.clear()
        return table


def can_detect(language: str) -> bool:
    """Whether the detector knows a language, given as a BCP 47 tag."""
    return any(name.split("-")[0] == language.lower().split("-")[0] for name in _profiles().langlist)


@functools.cache
def _profiles() -> _Profiles:
    """The language profiles, read once a process from the library's own data."""
    profiles = _Profiles()
    profiles.load_profile(PROFILES_DIRECTORY)  # type: ignore[no-untyped-call]
    return profiles
