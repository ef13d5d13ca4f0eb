"""Is an article about health?  A score from 0 to 1, and the words that made it (docs/topic.md).

Words count for concepts, and each concept has one weight in all languages, so that what was found right for one carries
over to those without labelled pages.  A concept says less with each repetition, and what the title and the sections
name says more than what the text does.
"""

import re
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from functools import lru_cache
from importlib.resources import files
from math import exp, fsum
from operator import add
from typing import Any, NamedTuple

from clearwell.article import Article
from clearwell.sentences import fold

MAX_BODY = 6_000  # characters of a body that are read; 12,000 and 20,000 told no more; 2026-11
MAX_LABELS = 2_000  # characters of sections, breadcrumbs and keywords that are read
HALF = 1.0  # times in 100 words; a concept so frequent gives half its weight
NAMED_IN_LABELS = 0.5  # of what a concept in the title counts; sections and keywords are often a whole site's
SMOOTHING = 20  # words added to a body's, so that one term in a short text does not decide

# The only numbers that were fitted: by bench.quality.topic, to 873 pages labelled by hand; 2026-11
BIAS = -2.9
BODY = 0.99  # log odds for each point of weight
TITLE = 1.05  # the same for a concept in the title

# Signs that join others to words stand beside \w: vowels of Indian scripts and of Thai are none of its letters.
_WORD = re.compile(r"[\wऀ-ॣ०-෿฀-๿]+")
# Scripts without spaces, and those whose words grow at both ends: their terms may stand anywhere.
_ANYWHERE = re.compile(r"[฀-๿぀-ヿ㐀-鿿가-힯؀-ۿ]")
_NO_LANGUAGES = {"weights", "latin"}  # among the tables of topic.toml
_WESTERN = frozenset("en es fr de pt it id".split())  # languages whose letters are all in cp1252
# The bytes of cp1252 as small letters, and a blank for what parts words.
_SMALL = "".join(
    char.lower() if _WORD.match(char) else " " for char in bytes(range(256)).decode("cp1252", "replace")
).encode("cp1252")
_NONE: dict[str, int] = {}
_KEY = 3  # letters by which stems are filed; none is shorter


class Subject(NamedTuple):
    """What is read of an article: `labels` are its sections, breadcrumbs and keywords, one a line."""

    title: str
    labels: str
    body: str
    words: int
    language: str | None
    is_declared: bool = False  # whether the page declares medical types of schema.org


class Evidence(NamedTuple):
    """What speaks for or against health: a concept, its weight, and the terms that were found for it.

    `body` says how much of the weight the body gives, 0 to 1; `named` is 1 for a concept of the title, NAMED_IN_LABELS
    for one of the labels alone.
    """

    concept: str
    weight: float
    body: float
    named: float
    terms: tuple[str, ...]

    @property
    def points(self) -> float:
        """What it adds to the log odds."""
        return self.weight * (BODY * self.body + TITLE * self.named)


class Stems(NamedTuple):
    """Stems that begin alike, the longest first, and their concepts."""

    stems: tuple[str, ...]
    concepts: dict[str, str]


class Phrase(NamedTuple):
    """A term of several words, with blanks to be found by (none behind a stem), and its words that are no stem."""

    text: str
    words: frozenset[str]
    concept: str


class Lexicon(NamedTuple):
    """The terms of a language: words with their concepts, and others under the letters or the word they begin with."""

    words: dict[str, str]
    stems: dict[str, Stems]
    phrases: dict[str, list[Phrase]]
    parts: dict[str, dict[str, str]]
    is_western: bool


def score_health(subject: Subject) -> float:
    """How surely an article is about human health, 0 to 1.

    >>> score_health(Subject("Sore throat", "", "See a doctor if the fever stays.", 7, "en")) > 0.5
    True
    """
    return round(1 / (1 + exp(-BIAS - fsum(found.points for found in find_evidence(subject)))), 4)


def explain_health(article: Article) -> list[Evidence]:
    """The evidence behind an article's `quality.healthScore`, the weightiest first."""
    return sorted(find_evidence(describe(article)), key=lambda found: -abs(found.points))


def describe(article: Article) -> Subject:
    """What is read of an article."""
    return Subject(
        article.headline or "",
        join_labels(article.articleSection, (crumb.name for crumb in article.breadcrumbs), article.keywords),
        article.articleBody,
        article.wordCount,
        article.inLanguage,
        bool(article.medicalTypes),
    )


def join_labels(section: str | None, breadcrumbs: Iterable[str], keywords: Iterable[str]) -> str:
    """A page's labels as a text."""
    return "\n".join((section or "", *breadcrumbs, *keywords))[:MAX_LABELS]


def find_evidence(subject: Subject) -> Iterator[Evidence]:
    """Yield what each concept adds, in order of their names, for all that title, labels or body name."""
    language = (subject.language or "").partition("-")[0]
    lexicon = _lexicon(language if language in _tables().keys() - _NO_LANGUAGES else None)
    body = subject.body[:MAX_BODY]
    parts = (subject.title[:MAX_LABELS], subject.labels, body)
    title, labels, text = (_find_terms(part, lexicon) for part in parts)
    if subject.is_declared:
        labels["declared"] = {"medicalTypes": 1}
    weights = _tables()["weights"]
    words = subject.words * len(body) / max(1, len(subject.body))
    for concept in sorted(title.keys() | labels.keys() | text.keys()):
        rate = 100 * sum(text.get(concept, _NONE).values()) / (words + SMOOTHING)
        named = 1.0 if concept in title else NAMED_IN_LABELS if concept in labels else 0.0
        terms = dict.fromkeys(term for part in (title, labels, text) for term in part.get(concept, _NONE))
        yield Evidence(concept, weights[concept], rate / (rate + HALF), named, tuple(terms))


def _find_terms(text: str, lexicon: Lexicon) -> dict[str, dict[str, int]]:
    """Count a text's terms, concept by concept; the longest take their words first."""
    found: dict[str, dict[str, int]] = {}
    tokens = _split(text, lexicon.is_western)
    counts = Counter(tokens)
    joined = f" {' '.join(tokens)} "
    for term, concept in sorted(_likely(counts, joined, lexicon), key=lambda item: (-len(item[0]), item)):
        if times := joined.count(term):
            joined = joined.replace(term, " ")
            found.setdefault(concept, {})[term.strip()] = times
            for word in term.split():
                counts[word] -= times
    words, stems = lexicon.words, lexicon.stems
    for word in [word for word in counts if word in words or word[:_KEY] in stems]:  # spares most words a call
        if counts[word] > 0 and (known := _concept_of(word, lexicon)):
            found.setdefault(known, {})[word] = counts[word]
    return found


def _split(text: str, is_western: bool) -> list[str]:
    """A text's words in small letters; through bytes where these hold a language's letters, in a third of the time."""
    if is_western:
        return text.encode("cp1252", "replace").translate(_SMALL).decode("cp1252").split()
    return _WORD.findall(fold(text).replace("İ", "i"))


def _likely(counts: Counter[str], joined: str, lexicon: Lexicon) -> Iterator[tuple[str, str]]:
    """Phrases whose words are all there, and parts whose first two characters are."""
    words = counts.keys()
    for word in lexicon.phrases.keys() & words:
        yield from ((phrase.text, phrase.concept) for phrase in lexicon.phrases[word] if phrase.words <= words)
    if lexicon.parts:
        starts = set(map(add, joined, joined[1:])).union(joined)
        for start in lexicon.parts.keys() & starts:
            yield from lexicon.parts[start].items()


def _concept_of(word: str, lexicon: Lexicon) -> str | None:
    """The concept of a word that is listed as it is, or else of the longest stem it begins with."""
    if word in lexicon.words:
        return lexicon.words[word]
    filed = lexicon.stems[word[:_KEY]]
    if word.startswith(filed.stems):
        return next(concept for stem, concept in filed.concepts.items() if word.startswith(stem))
    return None


@lru_cache(maxsize=1)
def _tables() -> dict[str, dict[str, Any]]:
    return tomllib.loads((files("clearwell") / "topic.toml").read_text(encoding="utf-8"))


@lru_cache(maxsize=32)
def _lexicon(language: str | None) -> Lexicon:
    """The terms of one language, then those of Greek and Latin origin; those of all for None."""
    chosen = (language, "latin") if language else tuple(name for name in _tables() if name != "weights")
    words: dict[str, str] = {}
    stems: defaultdict[str, dict[str, str]] = defaultdict(dict)
    phrases: defaultdict[str, list[Phrase]] = defaultdict(list)
    parts: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for term, concept in _terms_of(chosen):
        if _ANYWHERE.search(term):
            parts[term[:2]].setdefault(term, concept)
        elif " " in term:
            phrases[term.partition(" ")[0]].append(_to_phrase(term, concept))
        elif term.endswith("*"):
            stems[term[:_KEY]].setdefault(term[:-1], concept)
        else:
            words.setdefault(term, concept)
    is_western = language in _WESTERN
    return Lexicon(words, {key: _sort(filed) for key, filed in stems.items()}, dict(phrases), dict(parts), is_western)


def _terms_of(languages: Iterable[str]) -> Iterator[tuple[str, str]]:
    for language in languages:
        for concept, terms in _tables()[language].items():
            yield from ((term, concept) for term in terms.split(", "))


def _to_phrase(term: str, concept: str) -> Phrase:
    whole = frozenset(word for word in term.split() if not word.endswith("*"))
    return Phrase(f" {term[:-1]}" if term.endswith("*") else f" {term} ", whole, concept)


def _sort(concepts: dict[str, str]) -> Stems:
    longest_first = sorted(concepts, key=len, reverse=True)
    return Stems(tuple(longest_first), {stem: concepts[stem] for stem in longest_first})
