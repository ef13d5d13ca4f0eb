"""The article's headline: the heading readers see, or the title the page states, without the site's name."""

import re

from clearwell.extraction.segment import Segments
from clearwell.extraction.values import MAX_TEXT
from clearwell.extraction.words import SiteNames, likeness

SAME_TITLE = 0.9  # of the words of one
SHARED_WORDS = 0.5  # of the words of a heading or of the stated title, to take the heading for the title; WCXB dev
MAX_SITE_NAME = 40  # characters
MAX_CUTS = 5  # names of the site cut off one title
MAX_HEADINGS = 40  # headings compared with the stated titles

_SUFFIX = re.compile(r"\s+[|–—·•»:\-_]+\s+|\s*[|｜_]\s*")
_PERMALINK = "¶#§🔗 "  # marks that documentation tools hang on headings as links


def find_headline(titles: list[str], site: SiteNames, segments: Segments) -> str | None:
    """The heading readers see, if it is the stated title in other words; else that title without the site's name."""
    bare = [_strip_site_name(title, site) for title in titles]
    headings = [block for block in segments.blocks if block.kind == "heading"]
    first, second = ([block.text[:MAX_TEXT] for block in headings if block.level == level] for level in (1, 2))
    for wanted in (bare, titles):
        score, heading = _most_like(wanted, first)
        if heading and (score >= SHARED_WORDS or not titles) and (wanted is bare or not site.fit(heading)):
            return _strip_site_name(heading, site)
        score_2, heading_2 = _most_like(wanted, second)
        if heading_2 and score_2 >= SAME_TITLE:  # templates that give the first level to the site's name
            return _strip_site_name(heading_2, site)
    if len(first) == 1 and not site.fit(first[0]):
        return _bare_heading(first[0])
    return bare[0] if bare else None


def _most_like(titles: list[str], headings: list[str]) -> tuple[float, str | None]:
    """The heading that shares most words with a stated title; the first of equals."""
    rated = [(max((likeness(text, title) for title in titles), default=0.0), text) for text in headings[:MAX_HEADINGS]]
    score, text = max(rated, key=lambda candidate: candidate[0], default=(0.0, ""))
    return score, _bare_heading(text) or None


def _bare_heading(text: str) -> str:
    return text.rstrip(_PERMALINK) or text


def _strip_site_name(title: str, site: SiteNames) -> str:
    """Cut ` | Site` off a title, or `Site | ` from its beginning, where the page or its host goes by that name."""
    for _ in range(MAX_CUTS):
        shorter = _cut(title, site)
        if shorter == title:
            break
        title = shorter
    return title


def _cut(title: str, site: SiteNames) -> str:
    cuts = list(_SUFFIX.finditer(title))
    for match in reversed(cuts):
        head, tail = title[: match.start()].strip(), title[match.end() :].strip()
        if len(tail) > MAX_SITE_NAME:
            break
        if head and site.owns(tail):
            return head
    if cuts and (tail := title[cuts[0].end() :].strip()) and site.fit(title[: cuts[0].start()]):
        return tail
    return title
