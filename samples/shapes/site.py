"""What the shapes share: articles made of the sample articles' paragraphs, a page's frame, and what a site is."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from html import escape

from samples.reply import Reply
from samples.source import list_articles

FIRST_DAY = datetime(2025, 1, 6, 8, 30, tzinfo=UTC)
PARAGRAPHS = 6  # of an article


@dataclass(frozen=True)
class Story:
    """One article of a shape: number (oldest is 0), title, slug, when it was published, its paragraphs."""

    number: int
    title: str
    slug: str
    published: datetime
    paragraphs: tuple[str, ...]

    @property
    def teaser(self) -> str:
        """What lists show of it."""
        return self.paragraphs[0][:120] + " ..."


@dataclass(frozen=True)
class Shape:
    """A site: what it answers, the paths of its articles, and how each other path is to be counted."""

    answer: Callable[[str, str], Reply]
    articles: frozenset[str]


@cache
def make_stories(count: int) -> tuple[Story, ...]:
    """Make articles, oldest first: titles of two headings, paragraphs of several sample articles; always the same."""
    english = list_articles("en")
    headings = [block.text for article in english for block in article.blocks if block.kind == "heading"]
    paragraphs = [b.text for a in english for b in a.blocks if b.kind == "paragraph" and len(b.text) > 200]
    stories = []
    for number in range(count):
        start = int.from_bytes(hashlib.sha256(str(number).encode()).digest()[:4], "big")
        title = f"{headings[number % len(headings)]}, part {number // len(headings) + 1}"
        slug = re.sub(r"[^a-z0-9]+", "-", title.lower()).strip("-")
        chosen = tuple(paragraphs[(start + 7 * place) % len(paragraphs)] for place in range(PARAGRAPHS))
        stories.append(Story(number, title, slug, FIRST_DAY + timedelta(days=3 * number), chosen))
    return tuple(stories)


def link(path: str, label: str) -> str:
    """A link."""
    return f'<a href="{escape(path)}">{escape(label)}</a>'


def items(links: Iterable[str]) -> str:
    """A list of links."""
    return "<ul>" + "".join(f"<li>{each}</li>" for each in links) + "</ul>"


def page(title: str, main: str, menu: str = "", aside: str = "", footer: str = "", head: str = "") -> str:
    """A page: header with a menu, main part, sidebar, footer."""
    return (
        f'<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8"><title>{escape(title)}</title>{head}</head>\n'
        f'<body><header><nav class="main-menu">{menu}</nav></header>\n<main>{main}</main>\n'
        f'<aside class="sidebar">{aside}</aside>\n<footer>{footer}</footer></body></html>\n'
    )


def story_main(story: Story, after: str = "") -> str:
    """The main part of an article's page."""
    text = "".join(f"<p>{escape(paragraph)}</p>" for paragraph in story.paragraphs)
    day = story.published
    stamp = f'<time datetime="{day.isoformat()}">{day:%d %B %Y}</time>'
    return f"<article><h1>{escape(story.title)}</h1>{stamp}{text}</article>{after}"


def url_set(entries: Iterable[str], names: str = "") -> str:
    """A sitemap of ready-made entries."""
    space = "http://www.sitemaps.org/schemas/sitemap/0.9"
    lines = "\n".join(f"<url>{entry}</url>" for entry in entries)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="{space}" {names}>\n{lines}\n</urlset>\n'


def sitemap_index(locations: Iterable[str]) -> str:
    """An index of sitemaps."""
    space = "http://www.sitemaps.org/schemas/sitemap/0.9"
    lines = "\n".join(f"<sitemap><loc>{escape(location)}</loc></sitemap>" for location in locations)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<sitemapindex xmlns="{space}">\n{lines}\n</sitemapindex>\n'
