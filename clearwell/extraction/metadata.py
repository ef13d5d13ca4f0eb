"""What a page says about itself, one field after the other; never inferred.

For each field the sources are asked in the order of trust: linked data (JSON-LD), meta elements, microdata, the markup,
the words readers see.  Everything is untrusted: lengths and numbers are capped, addresses are http.
"""

import re
from datetime import datetime
from typing import Any

import msgspec
from selectolax.lexbor import LexborHTMLParser

from clearwell.article import Breadcrumb, Image, MedicalType
from clearwell.extraction.addresses import absolute_url, may_be_address_of
from clearwell.extraction.authors import find_authors
from clearwell.extraction.breadcrumbs import find_breadcrumbs
from clearwell.extraction.byline import find_byline
from clearwell.extraction.headline import find_headline
from clearwell.extraction.health import find_last_reviewed, find_medical_types, find_reviewers
from clearwell.extraction.images import find_image
from clearwell.extraction.json_ld import Thing, choose_article, load_json_ld
from clearwell.extraction.marks import Marks
from clearwell.extraction.microdata import read_microdata
from clearwell.extraction.published import find_page_dates
from clearwell.extraction.segment import Segments
from clearwell.extraction.values import MAX_ITEMS, MAX_TEXT, clean_text, name_of, string
from clearwell.extraction.words import SiteNames

_TITLE = ("ogtitle", "twittertitle", "dctitle", "citationtitle")
_DESCRIPTION = ("description", "ogdescription", "twitterdescription", "dcdescription")
_PUBLISHER = ("ogsitename", "applicationname", "dcpublisher")
_IMAGE = ("ogimage", "ogimageurl", "ogimagesecureurl", "twitterimage", "twitterimagesrc")
_SECTION = ("articlesection", "ogarticlesection")
_KEYWORDS = ("keywords", "newskeywords")
_RIGHTS = ("copyright", "dcrights", "dctermsrights", "rights")
_LANGUAGE = ("contentlanguage", "language", "oglocale", "dclanguage")
_LANGUAGE_TAG = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,3}")


class Metadata(msgspec.Struct, frozen=True, kw_only=True):
    """The page's statements about itself; None or empty where it makes none.  Dates are ISO 8601."""

    headline: str | None = None
    description: str | None = None
    authors: tuple[str, ...] = ()
    publisher: str | None = None
    datePublished: str | None = None
    dateModified: str | None = None
    dateSource: str | None = None
    lastReviewed: str | None = None
    reviewedBy: tuple[str, ...] = ()
    medicalTypes: tuple[MedicalType, ...] = ()
    image: Image | None = None
    breadcrumbs: tuple[Breadcrumb, ...] = ()
    section: str | None = None
    keywords: tuple[str, ...] = ()
    rights: str | None = None
    canonical: str | None = None
    base: str | None = None  # what relative links start from, where that is not the page's own address
    language: str | None = None
    jsonBody: str | None = None


def read_metadata(
    tree: LexborHTMLParser, marks: Marks, url: str, fetched: datetime | None, segments: Segments
) -> Metadata:
    """Read a parsed page's metadata; `segments` are its visible blocks, where titles and bylines stand."""
    shown = [title for title in (marks.meta(_TITLE), marks.title) if title]
    things = load_json_ld(marks.scripts)
    items, loose = read_microdata(marks.properties)
    linked, micro = choose_article(things, shown), choose_article(items, shown) or loose
    stated = [linked, micro]
    publisher = name_of(linked.get("publisher")) or marks.meta(_PUBLISHER) or name_of(micro.get("publisher"))
    site = SiteNames(publisher, url)
    titles = [title for thing in stated if (title := clean_text(thing.get("headline")))] + shown
    headline = find_headline(titles, site, segments)
    byline = find_byline(segments, headline)
    dates = find_page_dates(tree, segments, linked, micro, marks, byline, url, fetched)
    return Metadata(
        headline=headline,
        description=_first("description", linked, marks, _DESCRIPTION, micro),
        authors=find_authors(tree, stated, marks, byline, site),
        publisher=publisher,
        datePublished=dates.published,
        dateModified=dates.modified,
        dateSource=dates.source,
        lastReviewed=find_last_reviewed([*stated, *things, *items], fetched),
        reviewedBy=find_reviewers([*stated, *things, *items]),
        medicalTypes=find_medical_types([*stated, *things, *items]),
        image=find_image(stated, marks.meta(_IMAGE), marks.figures, url),
        breadcrumbs=find_breadcrumbs([*things, *items], tree, marks, segments, url),
        section=_first("articleSection", linked, marks, _SECTION, micro),
        keywords=_find_keywords([linked.get("keywords"), marks.meta(_KEYWORDS), marks.metas.get("articletag")]),
        rights=clean_text(linked.get("copyrightNotice")) or marks.meta(_RIGHTS),
        canonical=_find_canonical(marks, url),
        base=absolute_url(url, marks.base or ""),
        language=_find_language(marks, linked),
        jsonBody=string(linked.get("articleBody")),
    )


def _first(name: str, linked: Thing, marks: Marks, metas: tuple[str, ...], micro: Thing) -> str | None:
    return clean_text(linked.get(name)) or marks.meta(metas) or clean_text(micro.get(name))


def _find_keywords(sources: list[Any]) -> tuple[str, ...]:
    """The keywords of the first source that gives any, as a list or in one line."""
    for stated in sources:
        items = stated if isinstance(stated, list) else re.split(r"[,;，、]", (string(stated) or "")[:MAX_TEXT])
        cleaned = (clean_text(item) for item in items[:MAX_ITEMS])
        if keywords := tuple(dict.fromkeys(item for item in cleaned if item)):
            return keywords
    return ()


def _find_canonical(marks: Marks, url: str) -> str | None:
    """The address the page gives for itself, believed only on its own host and port."""
    absolute = absolute_url(url, marks.canonical or marks.meta(("ogurl",)) or "")
    return absolute if absolute and (not url or may_be_address_of(absolute, url)) else None


def _find_language(marks: Marks, linked: Thing) -> str | None:
    """The language the page declares, as a BCP 47 tag; what is no tag (`English`, `{{lang}}`) is left out."""
    for stated in (marks.language, clean_text(linked.get("inLanguage")), marks.meta(_LANGUAGE)):
        tag = (stated or "").replace("_", "-").strip()
        if _LANGUAGE_TAG.fullmatch(tag):
            return tag
    return None
