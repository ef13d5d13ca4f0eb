"""The reasons for which a page does not become an article, by what follows from them."""

from clearwell.checking import REJECT_REASONS

# Judged by what the page holds: as long as it stays as it is, so does the judgement.
OF_CONTENT = REJECT_REASONS | frozenset(
    "duplicate-url not-html empty binary too-large too-deep noindex rights-reserved other-language".split()
)

# Left out: never fetched, or not for themselves.  `fruitless` is no such: its like were judged in its place.
LEFT_OUT = frozenset(
    """
    duplicate-url robots redirected off-site nofollow excluded not-included no-article-address over-budget trap
    """.split()
)

# Judged, not failed to come: they are the crawl's daily bread.
JUDGED = REJECT_REASONS | LEFT_OUT | frozenset("fruitless not-html noindex rights-reserved other-language".split())

# Judged by its links as well, which are wanted again: such a page is always fetched in full.
OF_LINKS = frozenset("listing-page only-links no-article".split())
