"""Whether the address that a page names for itself can be believed, as far as other pages of the crawl tell."""

from collections.abc import Callable

from clearwell import Article
from clearwell.clean import has_own_address, under_own_address


class CanonicalTrust:
    """Disbelieves an address that two pages with different headlines name, and at which neither stands.

    Such pages are no variants of one article: their template is wrong.  Who had the address first keeps it, in later
    crawls too, the others keep their own; so what is published does not change from crawl to crawl.
    """

    def __init__(self) -> None:
        self.holders: dict[str, str | None] = {}  # article id -> its headline; None where the address is its own

    def settle(self, article: Article, find: Callable[[str], Article | None]) -> Article:
        """The article, under its own address if the one that it names is another's; `find` gives known ones by id."""
        if has_own_address(article):
            self.holders[article.id] = None
            return article
        headline = (
            self.holders[article.id] if article.id in self.holders else _known_headline(article, find(article.id))
        )
        if _differ(headline, article.headline):
            return under_own_address(article)
        self.holders.setdefault(article.id, article.headline)
        return article


def _known_headline(article: Article, known: Article | None) -> str | None:
    """The headline under which another page that names this address was taken before."""
    if known is None or known.url == article.url or has_own_address(known):
        return None
    return known.headline


def _differ(one: str | None, other: str | None) -> bool:
    """Whether both are there, and neither is the other with something added (`Salt`, `Salt | A Magazine`)."""
    one, other = (one or "").casefold(), (other or "").casefold()
    return bool(one and other) and one not in other and other not in one
