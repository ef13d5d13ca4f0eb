"""One article under several addresses is taken once."""

from typing import NamedTuple

from clearwell import Article
from clearwell.clean import has_own_address
from clearwell.storage.runs import Runs
from clearwell.storage.store import Store
from pipelines.canonical import CanonicalTrust
from pipelines.items import Rejected


class Decision(NamedTuple):
    """The article, under the address it is known by, and the address that gives way to it."""

    article: Article
    gives_way: str | None


class Deduplicator:
    """Takes an article once in a run, from its canonical address if that is crawled too.

    A variant (AMP, print, tracking) that came before its canonical page gives way to it, so that what is published
    does not hang on which answer was faster.
    """

    def __init__(self, run: str) -> None:
        self.run = run
        self.trust = CanonicalTrust()
        self.taken: dict[str, str] = {}  # article id -> the address it was taken from, in this crawl

    def decide(self, article: Article, store: Store) -> Decision:
        """Take an article in; raises Rejected when it was taken before."""
        article = self.trust.settle(article, lambda name: self._find_staged(name, store) or store.load(name))
        earlier = self.taken.get(article.id) or self._find_earlier(article, store)
        if earlier and not (has_own_address(article) and earlier not in (article.url, article.canonicalUrl)):
            raise Rejected(article.url, article.site, "duplicate-url", explain_duplicate(article, earlier))
        self.taken[article.id] = article.url
        return Decision(article, earlier)

    def _find_earlier(self, article: Article, store: Store) -> str | None:
        """Another address it was taken from: by a process of this run that was killed, or its own in an earlier run."""
        staged = self._find_staged(article.id, store)
        if staged is not None:
            return staged.url if staged.url != article.url else None
        if has_own_address(article):
            return None
        stored = store.load(article.id)
        return stored.url if stored is not None and has_own_address(stored) else None

    def _find_staged(self, article_id: str, store: Store) -> Article | None:
        return Runs(store.database).find_staged(self.run, article_id)


def explain_duplicate(article: Article, taken: str) -> str:
    """Why an address of an article is not published."""
    return f"the page names {article.canonicalUrl} as its address; it was taken from {taken}"
