"""The language of a text, by langdetect on a seeded sample; `<html lang>` is only a hint."""

import functools
import re

from langdetect.detector import Detector
from langdetect.detector_factory import PROFILES_DIRECTORY, DetectorFactory
from langdetect.utils.ngram import NGram

SAMPLE = 600  # characters; agreed with the whole text on 40 of 40 articles at half the time; extraction-notes.md
CHUNK = 200  # characters taken at three places, so that a foreign quotation does not decide
SEED = 0
SURE = 0.7  # probability below which a declared language that the detector also considers is believed
HOPELESS = 1e-15  # probability that no later n-gram makes up for: a trial ends when all others are below 1e-5; 2026-11

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
    detector = _QuickDetector(_factory())  # type: ignore[no-untyped-call]
    detector.seed = SEED
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
    """langdetect's Detector with its inner loops rewritten: the same draws and sums, in half the time."""

    def append(self, text: str) -> None:
        text = self.URL_RE.sub(" ", text) if "://" in text else text
        text = self.MAIL_RE.sub(" ", text) if "@" in text else text
        if not text.isascii():
            text = NGram.normalize_vi(text)  # type: ignore[no-untyped-call]
        self.text += _SPACES.sub(" ", text[: self.max_text_length])

    def cleaning_text(self) -> None:
        if not self.text.isascii() and 2 * len(_LATIN.findall(self.text)) < len(_NOT_LATIN.findall(self.text)):
            self.text = _LATIN.sub("", self.text)

    def _extract_ngrams(self) -> list[str]:
        """The known runs of one to three letters, a word's space on either side included, but none within capitals."""
        words = self.text.translate(_LETTERS).split(" ")
        found: list[str] = []
        for run in [f" {word} " for word in words[:-1] if word] + [f" {words[-1]}"]:
            found += _grams_in(run)
        return found

    def _detect_block(self) -> None:
        self.cleaning_text()
        ngrams = self._extract_ngrams()
        self.langprob = [0.0] * len(self.langlist)
        self.random.seed(self.seed)
        for _ in range(self.n_trial if ngrams else 0):
            alpha = self.alpha + self.random.gauss(0.0, 1.0) * self.ALPHA_WIDTH
            for language, p in self._try(ngrams, alpha):
                self.langprob[language] += p / self.n_trial

    def _try(self, ngrams: list[str], alpha: float) -> list[tuple[int, float]]:
        """The languages' probabilities after as many random n-grams as it takes to be sure, five at a time."""
        known, draw, weight = self.word_lang_prob_map, self.random.choice, alpha / self.BASE_FREQ
        first = known[draw(ngrams)]
        prior: list[float] = self._init_probability()  # type: ignore[no-untyped-call]
        probs = [(n, p * (weight + first[n])) for n, p in enumerate(prior)]
        for _ in range(0, self.ITERATION_LIMIT, 5):
            probs = _normalize(probs)
            if max(p for _, p in probs) > self.CONV_THRESHOLD:
                return probs
            a, b, c, d, e = [known[draw(ngrams)] for _ in range(5)]
            probs = [
                (n, p * (weight + a[n]) * (weight + b[n]) * (weight + c[n]) * (weight + d[n]) * (weight + e[n]))
                for n, p in probs
            ]
        return _normalize(probs)


def _normalize(probs: list[tuple[int, float]]) -> list[tuple[int, float]]:
    """Make probabilities sum up to 1, without the hopeless languages."""
    total = sum(p for _, p in probs)
    least = total * HOPELESS
    return [(n, p / total) for n, p in probs if p > least]


@functools.lru_cache(maxsize=10_000)
def _grams_in(run: str) -> list[str]:
    """The known n-grams of one word, which stands with its spaces; most words of a text are in the next one too."""
    known = _factory().word_lang_prob_map
    found: list[str] = []
    for end in range(2, len(run) + 1):
        if not (run[end - 1].isupper() and run[end - 2].isupper()):
            grams = run[end - 1], run[end - 2 : end], run[end - 3 : end] if end > 2 else " "
            found += [gram for gram in grams if gram != " " and gram in known]
    return found


@functools.cache
def _factory() -> DetectorFactory:
    """The language profiles, read once a process from the library's own data."""
    factory = DetectorFactory()  # type: ignore[no-untyped-call]
    factory.load_profile(PROFILES_DIRECTORY)  # type: ignore[no-untyped-call]
    return factory
