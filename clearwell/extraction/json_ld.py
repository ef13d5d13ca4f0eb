"""The linked data of a page (JSON-LD): its objects, and the one that describes its article."""

import json
from collections import deque
from collections.abc import Iterator
from typing import Any

import msgspec
from selectolax.lexbor import LexborNode

from clearwell.extraction.values import MAX_ITEMS, clean_text, types_of
from clearwell.extraction.words import likeness

MAX_JSON = 1_000_000  # characters of one script
MAX_NODES = 2_000  # objects looked at in all of them
SAME_TITLE = 0.5  # of the words of one, to take an object for that of the page and not of another it shows

ARTICLE_TYPES = frozenset(
    "Article NewsArticle BlogPosting MedicalWebPage ScholarlyArticle MedicalScholarlyArticle Report TechArticle "
    "OpinionNewsArticle AnalysisNewsArticle ReportageNewsArticle ReviewNewsArticle BackgroundNewsArticle "
    "AdvertiserContentArticle SatiricalArticle APIReference LiveBlogPosting SocialMediaPosting DiscussionForumPosting "
    "HealthTopicContent Recipe HowTo".split()
)
_PAGE_TYPES = frozenset("WebPage ItemPage AboutPage FAQPage QAPage CreativeWork".split())
_WAYS_IN = ("@graph", "mainEntity", "mainEntityOfPage", "itemReviewed", "hasPart")
_REFERENCES = ("author", "publisher", "image", "creator", "reviewedBy", "breadcrumb", "about")
_ENDS = str.maketrans("", "", "\ufeff")

Thing = dict[str, Any]


def load_json_ld(scripts: list[LexborNode]) -> list[Thing]:
    """All objects of the page's scripts that may describe it; broken JSON is passed over as browsers do."""
    return list(_walk([loaded for script in scripts if (loaded := _load(script)) is not None]))


def _load(script: LexborNode) -> Any:
    text = (script.text_content or script.text() or "").strip()
    if not text or len(text) > MAX_JSON:
        return None
    text = (
        text.translate(_ENDS).removeprefix("<!--").removesuffix("-->").rstrip("; \n") if text[0] not in "{[" else text
    )
    try:
        return msgspec.json.decode(text)
    except (msgspec.MsgspecError, ValueError, RecursionError):
        pass
    try:  # slower, and less strict: raw line breaks in texts, lone surrogates
        return json.loads(text.rstrip("; \n").removesuffix("-->"), strict=False)
    except (ValueError, RecursionError):
        return None


def _walk(loaded: list[Any]) -> Iterator[Thing]:
    queue = deque(loaded)
    for _ in range(MAX_NODES):
        if not queue:
            return
        item = queue.popleft()
        if isinstance(item, list):
            queue.extend(item[:MAX_NODES])
        elif isinstance(item, dict):
            yield item
            queue.extend(item[key] for key in _WAYS_IN if isinstance(item.get(key), list | dict))
            queue.extend(item[key] for key in _REFERENCES if isinstance(item.get(key), dict) and "@id" in item[key])


def choose_article(things: list[Thing], titles: list[str]) -> Thing:
    """The object that describes the article, or an empty one.

    An article is preferred to a page, one that goes by one of the page's `titles` to one that does not, and one with a
    date or headline to one without.  Where it refers to a person, a publisher or an image by `@id`, what stands
    elsewhere under that name is put in.
    """
    ranked = [(_rank(thing), thing) for thing in things]
    best_rank, best = max(ranked, key=lambda pair: pair[0], default=(0, {}))
    if best_rank == 0:
        return {}
    rivals = [thing for rank, thing in ranked if rank >= ARTICLE_RANK]
    if len(rivals) > 1:
        best = max(rivals[:MAX_ITEMS], key=lambda thing: (_goes_by(thing, titles), _rank(thing)))
    named = {thing["@id"]: thing for thing in things if isinstance(thing.get("@id"), str) and len(thing) > 1}
    return best | {key: _resolve(best[key], named) for key in _REFERENCES if key in best}


ARTICLE_RANK = 4


def _rank(thing: Thing) -> int:
    """How likely an object is the article: 0 is none; the first of equals is taken."""
    kinds = types_of(thing)
    if not ARTICLE_TYPES.isdisjoint(kinds):
        return ARTICLE_RANK + 2 * ("datePublished" in thing) + ("headline" in thing or "author" in thing)
    if "Question" in kinds and "author" in thing:
        return 3
    return 1 + ("datePublished" in thing) if not _PAGE_TYPES.isdisjoint(kinds) else 0


def _goes_by(thing: Thing, titles: list[str]) -> bool:
    name = clean_text(thing.get("headline")) or clean_text(thing.get("name"))
    return name is not None and any(likeness(name, title) >= SAME_TITLE for title in titles)


def _resolve(value: Any, named: dict[str, Thing]) -> Any:
    if isinstance(value, list):
        return [_resolve(item, named) for item in value[:MAX_ITEMS] if not isinstance(item, list)]
    if isinstance(value, dict) and "name" not in value and "url" not in value:
        reference = value.get("@id")
        return named.get(reference, value) if isinstance(reference, str) else value
    return value
