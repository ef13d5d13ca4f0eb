"""Page to Article: the ordered list of steps.  Read this file first.

    extract    bytes to text, blocks chosen, metadata read       clearwell/extraction/
    detect     every detector points at what does not belong     clearwell/cleaning/
    apply      one editor cuts, mends and keeps the account      clearwell/cleaning/apply.py
    recover    headings and lists of texts that lost markup      clearwell/extraction/flattened.py
    language   on the cleaned text
    topic      is it about health?                               clearwell/topic.py
    check      is this an article, and one that is wanted?       clearwell/checking.py

Pure: no network, no disk, no clock; the same page, site and memory give the same article anywhere.
"""

import hashlib
from collections import deque
from collections.abc import Callable
from datetime import UTC
from functools import partial
from typing import NamedTuple

import msgspec

from clearwell import rendering
from clearwell.article import SCHEMA_VERSION, Article, Author, Cleaning
from clearwell.checking import check
from clearwell.cleaning import find_removals
from clearwell.cleaning.apply import Edit, Find, apply, to_article_blocks
from clearwell.cleaning.memory import NOTHING_LEARNED, SiteMemory
from clearwell.cleaning.watermarks import claims_rights
from clearwell.discovery.addresses import canonical_url
from clearwell.document import Document, Removal
from clearwell.extraction.addresses import host_of
from clearwell.extraction.decode import without_controls
from clearwell.extraction.extract import extract
from clearwell.extraction.flattened import recover
from clearwell.extraction.language import detect_language
from clearwell.extraction.metadata import Metadata
from clearwell.extraction.page_type import PageKind
from clearwell.page import Page
from clearwell.sentences import count_words
from clearwell.site import UNKNOWN_SITE, Site
from clearwell.topic import Subject, join_labels, score_health

RULES_VERSION = "3"  # of cleaning; raised whenever the same page comes out differently


class Cleaned(NamedTuple):
    """An article, and the document it was cleaned from."""

    article: Article
    document: Document


def clean(page: Page, site: Site | None = None, memory: SiteMemory | None = None) -> Article:
    """Clean a page to an article.

    Always gives an Article for what can be read as a page; one that should not be published has `status` `rejected`
    and the reason in `quality.rejectReason`.  Raises UnsupportedPage for what is no page at all.
    """
    return clean_observably(page, site, memory).article


def clean_observably(page: Page, site: Site | None = None, memory: SiteMemory | None = None) -> Cleaned:
    """The same, with the extracted document, which the site's memory can observe."""
    site = (site or UNKNOWN_SITE).on(page.fetchedAt.astimezone(UTC).date() if page.fetchedAt else None)
    memory = memory or NOTHING_LEARNED
    find = _remember(partial(find_removals, site=site, memory=memory))
    document, metadata, kind = extract(page, find, site.extraction)
    edit = apply(document, find, recover)
    return Cleaned(_assemble(page, site, document, metadata, kind, edit), document)


def _remember(find: Find) -> Find:
    """The same answers, each worked out once: at extraction the document is asked for that cleaning begins with."""
    known: deque[tuple[Document, list[Removal]]] = deque(maxlen=2)  # a second look comes in between

    def ask(document: Document) -> list[Removal]:
        removals = next((removals for old, removals in known if old == document), None)
        if removals is None:
            removals = list(find(document))
            known.append((document, removals))
        return removals

    return ask


def _assemble(page: Page, site: Site, document: Document, metadata: Metadata, kind: PageKind, edit: Edit) -> Article:
    blocks = to_article_blocks(edit, document)
    body = rendering.to_text(blocks)
    language, confidence = detect_language(body, metadata.language)
    url = without_controls(page.url)
    canonical = canonical_url(url, metadata.canonical)
    content_hash = _digest(body)
    words = count_words(body)
    health = _score_health(metadata, body, words, language)
    quality = check(blocks, body, edit, words, kind, health, site.topic.minHealthScore)
    return Article(
        schemaVersion=SCHEMA_VERSION,
        id=_digest(canonical or content_hash)[:32],
        url=url,
        canonicalUrl=canonical,
        site=site.name or host_of(canonical).removeprefix("www."),
        fetchedAt=page.fetchedAt,
        headline=metadata.headline,
        description=metadata.description,
        authors=tuple(Author(name) for name in metadata.authors),
        publisher=metadata.publisher,
        datePublished=metadata.datePublished,
        dateModified=metadata.dateModified,
        dateSource=metadata.dateSource,
        lastReviewed=metadata.lastReviewed,
        reviewedBy=tuple(Author(name) for name in metadata.reviewedBy),
        medicalTypes=metadata.medicalTypes,
        declaredLanguage=metadata.language,
        inLanguage=language,
        languageConfidence=confidence,
        image=metadata.image,
        breadcrumbs=metadata.breadcrumbs,
        articleSection=metadata.section,
        keywords=metadata.keywords,
        copyrightNotice=metadata.rights or _moved(edit, "watermark", claims_rights),
        creditText=_moved(edit, "credit"),
        articleBody=body,
        articleBodyHtml=rendering.to_html(blocks),
        blocks=blocks,
        wordCount=words,
        contentHash=content_hash,
        cleaning=Cleaning(
            version=RULES_VERSION,
            removals=edit.removals,
            removedCharacters=sum(len(removal.text) for removal in edit.removals),
            mends=edit.mends,
            extractedBlocks=len(document.blocks),
        ),
        quality=quality,
        duplicateOf=None,
        status="rejected" if quality.rejectReason else "ok",
    )


def _score_health(metadata: Metadata, body: str, words: int, language: str | None) -> float:
    labels = join_labels(metadata.section, (crumb.name for crumb in metadata.breadcrumbs), metadata.keywords)
    return score_health(Subject(metadata.headline or "", labels, body, words, language, bool(metadata.medicalTypes)))


def has_own_address(article: Article) -> bool:
    """Whether an article came by its canonical address, not by a variant (AMP, print) that names another."""
    return canonical_url(article.url, None) == article.canonicalUrl


def under_own_address(article: Article) -> Article:
    """The article as if its page had named no address for itself; its id is that of the address it was fetched from."""
    own = canonical_url(article.url, None)
    return msgspec.structs.replace(article, canonicalUrl=own, id=_digest(own)[:32])


def _moved(edit: Edit, category: str, accept: Callable[[str], bool] = bool) -> str | None:
    """Attribution that left the text, once each, so that downstream can still honour it."""
    taken = (removal.text.strip() for removal in edit.removals if removal.category == category)
    return "\n".join(dict.fromkeys(filter(accept, taken))) or None


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
