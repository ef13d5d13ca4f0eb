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
from collections.abc import Callable
from functools import lru_cache, partial
from typing import NamedTuple

from w3lib.url import canonicalize_url, url_query_cleaner

from clearwell import rendering
from clearwell.article import SCHEMA_VERSION, Article, Author, Cleaning
from clearwell.checking import check
from clearwell.cleaning import find_removals
from clearwell.cleaning.apply import Edit, apply, to_article_blocks
from clearwell.cleaning.memory import NOTHING_LEARNED, SiteMemory
from clearwell.cleaning.watermarks import claims_rights
from clearwell.document import Document
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

_TRACKING = (
    "utm_source utm_medium utm_campaign utm_term utm_content utm_id gclid gclsrc dclid fbclid msclkid yclid igshid "
    "mc_cid mc_eid _ga _gl spm from_source ref_src wt_mc cmpid ncid".split()
)


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
    site, memory = site or UNKNOWN_SITE, memory or NOTHING_LEARNED
    find = lru_cache(1)(partial(find_removals, site=site, memory=memory))  # the extracted document is asked for twice
    document, metadata, kind = extract(page, find)
    edit = apply(document, find, recover)
    return Cleaned(_assemble(page, site, document, metadata, kind, edit), document)


def _assemble(page: Page, site: Site, document: Document, metadata: Metadata, kind: PageKind, edit: Edit) -> Article:
    blocks = to_article_blocks(edit, document)
    body = rendering.to_text(blocks)
    language, confidence = detect_language(body, metadata.language)
    url = without_controls(page.url)
    canonical = canonical_url(url, metadata.canonical)
    content_hash = _digest(body)
    words = count_words(body)
    labels = join_labels(metadata.section, (crumb.name for crumb in metadata.breadcrumbs), metadata.keywords)
    subject = Subject(metadata.headline or "", labels, body, words, language, bool(metadata.medicalTypes))
    health = score_health(subject)
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


def canonical_url(url: str, stated: str | None) -> str:
    """The address an article is known by: what its page states, else its own; no fragment, no tracking, keys in order.

    >>> canonical_url("https://Example.org/a?utm_source=x&b=2&a=1#top", None)
    'https://example.org/a?a=1&b=2'
    """
    address = stated or url
    if not address:
        return ""
    try:
        return canonicalize_url(url_query_cleaner(address, _TRACKING, remove=True, unique=False))
    except ValueError:
        return address


def has_own_address(article: Article) -> bool:
    """Whether an article came by its canonical address, not by a variant (AMP, print) that names another."""
    return canonical_url(article.url, None) == article.canonicalUrl


def _moved(edit: Edit, category: str, accept: Callable[[str], bool] = bool) -> str | None:
    """Attribution that left the text, once each, so that downstream can still honour it."""
    taken = (removal.text.strip() for removal in edit.removals if removal.category == category)
    return "\n".join(dict.fromkeys(filter(accept, taken))) or None


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
