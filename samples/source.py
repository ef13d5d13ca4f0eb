"""Articles as data: read `articles/<folder>/<slug>.md` into `Article` values.

A file is a front matter between two `---` lines (`name: value`), then a body in a tiny markdown subset.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path

ARTICLES = Path(__file__).parent / "articles"
LANGUAGES = ("en", "zh", "es", "de")
TROUBLE = "trouble"  # folder of articles that are only served by misbehaving pages

_ORDERED = re.compile(r"\d{1,2}\. ")
_RULE_ROW = re.compile(r"[|\s:-]+")


@dataclass(frozen=True)
class Block:
    """One true block of an article; a table is one block, rows on lines, cells joined by ` | `."""

    kind: str  # heading, paragraph, list_item, quote, table
    text: str
    level: int = 0  # of a heading: 2 or 3
    ordered: bool = False  # of a list item


@dataclass(frozen=True)
class Article:
    """One article as we wrote it, before any dirt."""

    slug: str
    folder: str
    language: str  # en, zh, es, de
    locale: str  # the right value of `<html lang>`
    title: str
    authors: tuple[str, ...]
    published: str  # ISO 8601, with a time zone
    modified: str  # the same, or empty
    section: str
    description: str
    keywords: tuple[str, ...]
    blocks: tuple[Block, ...]

    @property
    def path(self) -> str:
        """The URL path the article is served at."""
        return f"/{self.folder}/{self.slug}.html"

    @property
    def changed(self) -> datetime:
        """When the article last changed, with its time zone."""
        return datetime.fromisoformat(self.modified or self.published)

    @property
    def opening(self) -> str:
        """The first paragraphs as one line, what a farm cuts its teasers from."""
        return " ".join(block.text for block in self.blocks if block.kind == "paragraph")


def _split_front_matter(text: str) -> tuple[dict[str, str], str]:
    """Return the front matter as a dict and the body."""
    _, head, body = text.split("---\n", 2)
    pairs = (line.split(":", 1) for line in head.splitlines() if line.strip())
    return {name.strip(): value.strip() for name, value in pairs}, body


def _parse_line(line: str) -> Block:
    """Read one line that stands for one block."""
    if line.startswith("### "):
        return Block("heading", line[4:], level=3)
    if line.startswith("## "):
        return Block("heading", line[3:], level=2)
    if line.startswith("- "):
        return Block("list_item", line[2:])
    if line.startswith("> "):
        return Block("quote", line[2:])
    if match := _ORDERED.match(line):
        return Block("list_item", line[match.end() :], ordered=True)
    return Block("paragraph", line.removeprefix("\\"))


def _parse_table(rows: list[str]) -> Block:
    """Read the rows of one table."""
    kept = (row for row in rows if not _RULE_ROW.fullmatch(row))
    cells = ([cell.strip() for cell in row.strip("| ").split("|")] for row in kept)
    return Block("table", "\n".join(" | ".join(row) for row in cells))


def parse_body(body: str) -> Iterator[Block]:
    r"""Read the markdown subset: one line is one block, a run of `|` lines is one table.

    >>> [block.kind for block in parse_body("## A\n\nText.\n- one\n- two\n| a | b |\n| 1 | 2 |\n")]
    ['heading', 'paragraph', 'list_item', 'list_item', 'table']

    A backslash at the start keeps a paragraph that begins with `1. ` from being a list.
    """
    rows: list[str] = []
    for line in [*body.splitlines(), ""]:
        if line.startswith("|"):
            rows.append(line)
            continue
        if rows:
            yield _parse_table(rows)
            rows = []
        if line.strip():
            yield _parse_line(line.strip())


def _split_list(value: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in value.split(";") if part.strip())


def parse_article(slug: str, folder: str, text: str) -> Article:
    """Read one article file."""
    fields, body = _split_front_matter(text)
    language = fields.get("language", folder)
    return Article(
        slug=slug,
        folder=folder,
        language=language,
        locale=fields.get("locale", language),
        title=fields["title"],
        authors=_split_list(fields["author"]),
        published=fields["published"],
        modified=fields.get("modified", ""),
        section=fields["section"],
        description=fields["description"],
        keywords=_split_list(fields["keywords"]),
        blocks=tuple(parse_body(body)),
    )


@cache
def load_articles() -> dict[str, Article]:
    """Read every article, by slug; a slug used twice is an error."""
    articles: dict[str, Article] = {}
    for path in sorted(ARTICLES.glob("*/*.md")):
        if path.stem in articles:
            raise ValueError(f"{path}: the slug {path.stem!r} is taken; rename the file")
        articles[path.stem] = parse_article(path.stem, path.parent.name, path.read_text(encoding="utf-8"))
    return articles


def list_articles(language: str = "") -> tuple[Article, ...]:
    """List the articles of the regular site, newest first, of one language or of all."""
    articles = (article for article in load_articles().values() if article.folder != TROUBLE)
    chosen = (article for article in articles if language in ("", article.language))
    return tuple(sorted(chosen, key=lambda article: (article.published[:10], article.slug), reverse=True))
