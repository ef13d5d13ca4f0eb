"""Is what came out an article?  The last look before anything is published."""

from clearwell.article import ArticleBlock, PageType, Quality
from clearwell.cleaning.apply import Edit
from clearwell.cleaning.disclaimers import find_disclaimers
from clearwell.extraction.decode import has_mojibake
from clearwell.extraction.page_type import PageKind
from clearwell.walls import find_wall

MIN_WORDS = 25  # of an article; WCXB dev's shortest article pages have about 50; 2026-11
MAX_LINK_DENSITY = 0.75  # of the kept characters; a page of links is a listing
SURELY_ARTICLE = 0.8  # probability; a page likelier than this may be short and about cookies; 2026-11
MAYBE_ARTICLE = 0.4  # probability; a page likelier than this is an article when in doubt; 2026-11
SURELY_OTHER = 0.6  # probability of a kind that is not published: 6 of 872 articles have it out of fold; 2026-11
MOJIBAKE_SAMPLE = 5_000  # characters looked at

_OF_TYPE: dict[PageType, str] = {
    "product": "product-page",
    "listing": "listing-page",
    "collection": "listing-page",
    "forum": "forum-page",
}
REJECT_REASONS = frozenset(
    ("no-article", "too-short", "only-links", "login-wall", "consent-wall", "off-topic", *_OF_TYPE.values())
)


def check(
    blocks: tuple[ArticleBlock, ...], body: str, edit: Edit, words: int, kind: PageKind, health: float, wanted: float
) -> Quality:
    """Judge the outcome, of which `body` is the text; `rejectReason` is None, or one of REJECT_REASONS.

    `health` is the health score, `wanted` what the site asks for at least.
    """
    kept = sum(len(block.text) for block in blocks)
    removed = sum(len(removal.text) for removal in edit.removals)
    linked = sum(link.end - link.start for block in blocks for link in block.links)
    density = min(linked / kept, 1.0) if kept else 0.0
    sample = "\n".join(block.text for block in blocks)[:MOJIBAKE_SAMPLE]
    return Quality(
        rejectReason=_reason(body, words, density, kind) or ("off-topic" if health < wanted else None),
        pageType=kind.type,
        healthScore=health,
        linkDensity=round(density, 4),
        removedShare=round(removed / (kept + removed), 4) if kept + removed else 0.0,
        mojibake=has_mojibake(sample),
        disclaimers=find_disclaimers([block.text for block in blocks]),
    )


def reject_type(kind: PageKind) -> str | None:
    """The reason to reject a page for what it most likely is, whatever its text; None for what may be an article."""
    if kind.other <= SURELY_OTHER or kind.article > MAYBE_ARTICLE:
        return None
    return _OF_TYPE.get(kind.type, "listing-page")


def _reason(text: str, words: int, density: float, kind: PageKind) -> str | None:
    if not text:
        return "no-article"
    if words < MIN_WORDS:
        return "login-wall" if kind.asks_password else "too-short"
    if density > MAX_LINK_DENSITY:
        return "only-links"
    wall = find_wall(text, words, kind.asks_password) if kind.article < SURELY_ARTICLE else None
    return wall or reject_type(kind)
