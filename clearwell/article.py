"""What comes out: the Article, its field names taken from schema.org and zyte-common-items.

Fields are spelled as in the JSON (camelCase), so that there is one vocabulary in Python and downstream.
"""

from datetime import datetime
from typing import Literal

import msgspec

from clearwell.document import BlockKind, Link, Removal

SCHEMA_VERSION: Literal["1.0"] = "1.0"

PageType = Literal["article", "documentation", "service", "forum", "product", "listing", "collection"]
Status = Literal["ok", "rejected"]


class Author(msgspec.Struct, frozen=True):
    """Someone the page names as an author or a reviewer."""

    name: str


class Image(msgspec.Struct, frozen=True):
    """The page's main image; `url` is absolute, http or https; `creditText` names who made or owns it."""

    url: str
    caption: str | None = None
    creditText: str | None = None


class Breadcrumb(msgspec.Struct, frozen=True):
    """One step of the trail that leads to the page, outermost first; `url` is absolute, http or https, or null."""

    name: str
    url: str | None = None


class MedicalType(msgspec.Struct, frozen=True):
    """A medical type of schema.org that the page declares, of itself or of what it is about, with its name there."""

    type: str
    name: str | None = None


class ArticleBlock(msgspec.Struct, frozen=True, omit_defaults=True):
    """One block of the published article; `level`, `marker` and `links` are left out where they say nothing.

    `source` is the number of the extracted block its text comes from, which is what makes cleaning reversible.
    """

    kind: BlockKind
    text: str
    source: int
    level: int | None = None
    marker: str | None = None
    links: tuple[Link, ...] = ()


class Mend(msgspec.Struct, frozen=True):
    """White space or a list or heading mark that a cut or a recovered structure left without a use."""

    block: int
    start: int
    text: str


class Cleaning(msgspec.Struct, frozen=True):
    """The account of what was taken off: enough to read every reason and to put everything back.

    Positions are in the extracted document, which had `extractedBlocks` blocks.
    """

    version: str
    removals: tuple[Removal, ...]
    removedCharacters: int
    mends: tuple[Mend, ...]
    extractedBlocks: int


class Quality(msgspec.Struct, frozen=True):
    """What the checks say of the article; `rejectReason` is set exactly when `status` is `rejected`.

    `pageType` is the likeliest kind of the page: article, documentation, service, forum, product, listing, collection.
    `healthScore` says how surely the article is about human health, 0 to 1 (docs/topic.md).  `disclaimers` are the
    numbers of the blocks that say they are no medical advice.
    """

    rejectReason: str | None
    pageType: PageType
    linkDensity: float
    removedShare: float
    mojibake: bool
    healthScore: float = 0.0  # of articles stored before there was one
    disclaimers: tuple[int, ...] = ()


class Article(msgspec.Struct, frozen=True, kw_only=True):
    """A clean article.  What the page does not give is null or empty, never guessed.

    `id` is stable for a canonical URL; `contentHash` is over the cleaned text alone.  Dates are ISO 8601.
    """

    schemaVersion: Literal["1.0"]
    id: str
    url: str
    canonicalUrl: str
    site: str
    fetchedAt: datetime | None
    headline: str | None
    description: str | None
    authors: tuple[Author, ...]
    publisher: str | None
    datePublished: str | None
    dateModified: str | None
    dateSource: str | None
    lastReviewed: str | None
    reviewedBy: tuple[Author, ...]
    medicalTypes: tuple[MedicalType, ...]
    declaredLanguage: str | None
    inLanguage: str | None
    languageConfidence: float | None
    image: Image | None
    breadcrumbs: tuple[Breadcrumb, ...]
    articleSection: str | None
    keywords: tuple[str, ...]
    copyrightNotice: str | None
    creditText: str | None
    articleBody: str
    articleBodyHtml: str
    blocks: tuple[ArticleBlock, ...]
    wordCount: int
    contentHash: str
    cleaning: Cleaning
    quality: Quality
    duplicateOf: str | None
    status: Status


NOT_SAID = ("fetchedAt", "url", "cleaning", "quality", "duplicateOf")  # what a reader of the article does not see


def says_the_same(one: Article, other: Article) -> bool:
    """Whether two states of an article are the same to its readers, however their pages differ around it."""
    blank = {name: getattr(one, name) for name in NOT_SAID}
    return msgspec.structs.replace(other, **blank) == one


def restore(article: Article) -> str:
    """Give back the extracted text as it was before cleaning, character for character.

    Removals and mends stand at known places; what was kept fills the rest, in order.
    """
    removed: list[list[tuple[int, str]]] = [[] for _ in range(article.cleaning.extractedBlocks)]
    kept: list[list[str]] = [[] for _ in removed]
    gaps = [(gap.block, gap.start, gap.text) for gap in article.cleaning.removals]
    gaps += [(gap.block, gap.start, gap.text) for gap in article.cleaning.mends]
    for number, start, text in gaps:
        removed[number].append((start, text))
    for block in article.blocks:
        kept[block.source].append(block.text)
    return "\n".join(_interleave("".join(texts), sorted(gone)) for texts, gone in zip(kept, removed, strict=True))


def _interleave(kept: str, gaps: list[tuple[int, str]]) -> str:
    parts: list[str] = []
    length = taken = 0
    for start, text in gaps:
        piece = kept[taken : taken + start - length]
        parts += (piece, text)
        taken += len(piece)
        length = start + len(text)
    return "".join((*parts, kept[taken:]))
