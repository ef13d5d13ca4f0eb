"""The linked data of a page: the object that describes its article, with what it refers to."""

import json
from collections import deque
from collections.abc import Iterator
from typing import Any

from selectolax.lexbor import LexborHTMLParser

MAX_JSON = 1_000_000  # characters of one script
MAX_SCRIPTS = 100
MAX_NODES = 2_000  # objects looked at in all of them

_ARTICLE_TYPES = frozenset(
    "Article NewsArticle BlogPosting MedicalWebPage ScholarlyArticle MedicalScholarlyArticle Report TechArticle "
    "OpinionNewsArticle AnalysisNewsArticle ReportageNewsArticle ReviewNewsArticle BackgroundNewsArticle "
    "LiveBlogPosting SocialMediaPosting HealthTopicContent Recipe HowTo".split()
)
_PAGE_TYPES = frozenset("WebPage ItemPage AboutPage FAQPage QAPage".split())
_WAYS_IN = ("@graph", "mainEntity", "mainEntityOfPage", "itemReviewed", "hasPart")
_REFERENCES = ("author", "publisher", "image", "creator")


def read_json_ld(tree: LexborHTMLParser) -> dict[str, Any]:
    """The object that describes the article, or an empty one; broken JSON is passed over as browsers do.

    An article is preferred to a page, and one with a date or headline to one without.  Where it refers to a person, a
    publisher or an image by `@id`, what stands elsewhere under that name is put in.
    """
    nodes = list(_nodes(_load(tree)))
    best = max(nodes, key=_rank, default={})
    if not nodes or _rank(best) == 0:
        return {}
    named = {node["@id"]: node for node in nodes if isinstance(node.get("@id"), str) and len(node) > 1}
    return best | {key: _resolve(best[key], named) for key in _REFERENCES if key in best}


def _load(tree: LexborHTMLParser) -> list[Any]:
    loaded: list[Any] = []
    for script in tree.css('script[type^="application/ld+json"]')[:MAX_SCRIPTS]:
        text = (script.text_content or script.text() or "").strip()
        if not text or len(text) > MAX_JSON:
            continue
        try:
            loaded.append(json.loads(text.removeprefix("<!--").removesuffix("-->").rstrip("; \n"), strict=False))
        except (ValueError, RecursionError):
            continue
    return loaded


def _nodes(loaded: list[Any]) -> Iterator[dict[str, Any]]:
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


def _rank(node: dict[str, Any]) -> int:
    """How likely a node is the article: 0 is none; the first of equals is taken."""
    kinds = node.get("@type")
    names = {str(kind) for kind in kinds[:10]} if isinstance(kinds, list) else {str(kinds)}
    if names & _ARTICLE_TYPES:
        return 4 + 2 * ("datePublished" in node) + ("headline" in node or "author" in node)
    return 1 + ("datePublished" in node) if names & _PAGE_TYPES else 0


def _resolve(value: Any, named: dict[str, dict[str, Any]]) -> Any:
    if isinstance(value, list):
        return [_resolve(item, named) for item in value[:MAX_NODES] if not isinstance(item, list)]
    if isinstance(value, dict) and "name" not in value and "url" not in value:
        reference = value.get("@id")
        return named.get(reference, value) if isinstance(reference, str) else value
    return value
