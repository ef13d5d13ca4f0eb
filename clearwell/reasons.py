"""The reasons for which a page does not become an article, by what follows from them."""

from clearwell.checking import REJECT_REASONS

# Judged by what the page holds: as long as it stays as it is, so does the judgement.
OF_CONTENT = REJECT_REASONS | frozenset(
    "duplicate-url not-html empty binary too-large too-deep noindex rights-reserved".split()
)

# Judged, not failed to come: they are the crawl's daily bread.
JUDGED = REJECT_REASONS | frozenset(
    "duplicate-url robots not-html redirected off-site noindex rights-reserved nofollow".split()
)

# Judged by its links as well, which are wanted again: such a page is always fetched in full.
OF_LINKS = frozenset("listing-page only-links no-article".split())
