"""One article under several addresses is taken once; the same text elsewhere is marked."""

from typing import NamedTuple

from clearwell import Article
from clearwell.clean import has_own_address
from clearwell.storage.store import Store
from pipelines.items import Rejected


class Decision(NamedTuple):
    """What an article is taken as: the id of the one with the same text seen before, and the address that gives way."""

    original: str | None
    gives_way: str | None


class Deduplicator:
    """Takes an article once, from its canonical address if that is crawled too; finds the original of the same text.

    A variant (AMP, print, tracking) that came before its canonical page gives way to it, so that what is published
    does not hang on which answer was faster.
    """

    def __init__(self) -> None:
        self.taken: dict[str, str] = {}  # article id -> the address it was taken from, in this crawl

    def decide(self, article: Article, store: Store) -> Decision:
        """Take an article in; raises Rejected when it was taken before."""
        earlier = self.taken.get(article.id) or (None if has_own_address(article) else _stored_address(article, store))
        if earlier and not (has_own_address(article) and earlier not in (article.url, article.canonicalUrl)):
            raise Rejected(article.url, article.site, "duplicate-url", explain_duplicate(article, earlier))
        self.taken[article.id] = article.url
        return Decision(store.find_original(article.contentHash, article.id), earlier)


def _stored_address(article: Article, store: Store) -> str | None:
    """The canonical address, if an earlier crawl took the article from there."""
    stored = store.load(article.id)
    return stored.url if stored is not None and has_own_address(stored) else None


def explain_duplicate(article: Article, taken: str) -> str:
    """Why an address of an article is not published."""
    return f"the page names {article.canonicalUrl} as its address; it was taken from {taken}"
