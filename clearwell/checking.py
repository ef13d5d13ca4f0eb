"""Is what came out an article?  The last look before anything is published."""

from ftfy.badness import is_bad

from clearwell.article import ArticleBlock, Quality
from clearwell.cleaning.apply import Edit

MIN_WORDS = 25  # of an article; WCXB dev's shortest article pages have about 50; 2026-11
MAX_LINK_DENSITY = 0.75  # of the kept characters; a page of links is a listing
MOJIBAKE_SAMPLE = 5_000  # characters looked at


def check(blocks: tuple[ArticleBlock, ...], edit: Edit, words: int) -> Quality:
    """Judge the outcome; `rejectReason` is `no-article`, `too-short`, `only-links` or None."""
    kept = sum(len(block.text) for block in blocks)
    removed = sum(len(removal.text) for removal in edit.removals)
    linked = sum(link.end - link.start for block in blocks for link in block.links)
    density = min(linked / kept, 1.0) if kept else 0.0
    sample = "\n".join(block.text for block in blocks)[:MOJIBAKE_SAMPLE]
    return Quality(
        rejectReason=_reason(kept, words, density),
        linkDensity=round(density, 4),
        removedShare=round(removed / (kept + removed), 4) if kept + removed else 0.0,
        mojibake=not sample.isascii() and is_bad(sample),
    )


def _reason(kept: int, words: int, density: float) -> str | None:
    if not kept:
        return "no-article"
    if words < MIN_WORDS:
        return "too-short"
    return "only-links" if density > MAX_LINK_DENSITY else None
