"""The dirty farm without its network: which articles there are, what a page looks like, what is true of it."""

from __future__ import annotations

from dataclasses import dataclass

from samples.dirt import compose
from samples.phrases import load_language, load_section
from samples.skins import SKINS, View
from samples.source import load_articles

CATEGORIES = ("watermark", "navigation", "teaser", "listing", "call", "credit", "residue", "spam")


@dataclass(frozen=True)
class Expected:
    """The truth about one page.

    `blocks` are (kind, text) of the true article, title not included. `injected` are (category, text) of every dirt
    string put into the article area, in page order, once for each time it stands there. The page's frame (menu,
    byline, share bar, sidebar, comments, footer) is not listed.
    """

    path: str
    title: str
    authors: tuple[str, ...]
    date_published: str  # YYYY-MM-DD, the same day in UTC
    language: str  # en, zh, es, de; the true one, whatever `<html lang>` says
    blocks: tuple[tuple[str, str], ...]
    injected: tuple[tuple[str, str], ...]


def list_slugs() -> tuple[str, ...]:
    """List every slug, those of misbehaving pages too, in a fixed order."""
    return tuple(load_articles())


def expected(slug: str) -> Expected:
    """Return the truth about the page of one article; `KeyError` if there is none."""
    article = load_articles()[slug]
    parts = (part for piece in compose(article) for part in piece.parts)
    return Expected(
        path=article.path,
        title=article.title,
        authors=article.authors,
        date_published=article.published[:10],
        language=article.language,
        blocks=tuple((block.kind, block.text) for block in article.blocks),
        injected=tuple((part.category, part.text) for part in parts if part.category),
    )


def render(slug: str, base: str, robots: str = "") -> str:
    """Draw the page of one article; `base` is `http://host:port`, which the canonical address is built from."""
    article = load_articles()[slug]
    view = View(article, compose(article), load_language(article.language), base, robots)
    return SKINS[load_section(article.section).skin](view)
