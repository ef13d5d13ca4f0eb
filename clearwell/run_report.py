"""What a run did, in numbers: the words in which gates, reports and `clearwell status` speak of it."""

from collections import Counter
from datetime import datetime
from statistics import median

import msgspec

from clearwell.article import Article
from clearwell.reasons import LEFT_OUT

FIELDS = tuple("headline authors datePublished description image inLanguage articleSection copyrightNotice".split())

FOUND = frozenset("new changed same unchanged gone".split())  # outcomes of pages that are articles


class RunReport(msgspec.Struct, frozen=True, kw_only=True):
    """One run of one site.  Times are aware; every count is of pages unless its name says otherwise.

    `outcomes` has a page once: `new`, `changed`, `same` (fetched and cleaned, nothing new), `unchanged` (not cleaned,
    the server or the sitemap said so), `gone`, and the reasons for which others were rejected or failed.  `failed` is
    how many of those never came.  `coverage` is the share of cleaned articles that have a field, `removals` counts
    `category/rule`, `largestCopy` is how many of the cleaned articles have the most frequent text.
    `withdraw` are ids of articles that its release takes back, beside those whose addresses say that they are to go.
    """

    run: str
    site: str
    started: datetime
    ended: datetime
    finishReason: str
    outcomes: dict[str, int] = {}
    failed: int = 0
    cleaned: int = 0
    medianWords: float = 0.0
    largestCopy: int = 0
    coverage: dict[str, float] = {}
    languages: dict[str, int] = {}
    removals: dict[str, int] = {}
    removedCharacters: int = 0
    withdraw: tuple[str, ...] = ()

    @property
    def articles(self) -> int:
        """Pages that are articles, cleaned now or known to be as before."""
        return sum(self.outcomes.get(name, 0) for name in ("new", "changed", "same", "unchanged"))

    @property
    def judged(self) -> int:
        """Pages that came and were no article."""
        left_out = sum(count for reason, count in self.outcomes.items() if reason in LEFT_OUT)
        return sum(self.outcomes.values()) - self.articles - self.failed - self.outcomes.get("gone", 0) - left_out

    @property
    def yielded(self) -> float | None:
        """The share of the pages that came which are articles; None when none came."""
        came = self.articles + self.judged
        return self.articles / came if came else None


class ArticleSummary:
    """Sums cleaned articles up as they come, in memory that does not grow with their length."""

    def __init__(self) -> None:
        self.count = 0
        self.present: Counter[str] = Counter()
        self.languages: Counter[str] = Counter()
        self.removals: Counter[str] = Counter()
        self.texts: Counter[str] = Counter()
        self.words: list[int] = []
        self.removed_characters = 0

    def add(self, article: Article) -> None:
        """Count an article in."""
        self.count += 1
        self.present.update(field for field in FIELDS if getattr(article, field))
        self.languages[article.inLanguage or "unknown"] += 1
        self.removals.update(f"{removal.category}/{removal.rule}" for removal in article.cleaning.removals)
        self.texts[article.contentHash] += 1
        self.words.append(article.wordCount)
        self.removed_characters += article.cleaning.removedCharacters

    def to_fields(self) -> dict[str, object]:
        """The fields of a RunReport that speak of articles."""
        return {
            "cleaned": self.count,
            "medianWords": float(median(self.words)) if self.words else 0.0,
            "largestCopy": max(self.texts.values(), default=0),
            "coverage": {field: round(self.present[field] / self.count, 4) for field in FIELDS} if self.count else {},
            "languages": dict(self.languages.most_common()),
            "removals": dict(sorted(self.removals.items())),
            "removedCharacters": self.removed_characters,
        }
