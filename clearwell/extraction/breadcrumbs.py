"""The trail of sections that leads to the page, as it states it."""

import re
from typing import Any

from selectolax.lexbor import LexborHTMLParser, LexborNode

from clearwell.article import Breadcrumb
from clearwell.extraction.addresses import absolute_url
from clearwell.extraction.json_ld import Thing
from clearwell.extraction.marks import Marks
from clearwell.extraction.segment import Segments
from clearwell.extraction.values import MAX_ITEMS, clean_text, listed, node_text, string, types_of

MAX_NAME = 200  # characters of one step

MAX_TRAILS = 3  # elements marked as one

_NAME = "breadcrumb"
_TRAIL = '[class*="breadcrumb" i],[id*="breadcrumb" i]'
_STEPS = "a, li, [aria-current]"
_SIGNS = re.compile(r"^[\s/>»›|:·•→\-–—]+|[\s/>»›|:·•→\-–—]+$")


def find_breadcrumbs(
    things: list[Thing], tree: LexborHTMLParser, marks: Marks, segments: Segments, base: str
) -> tuple[Breadcrumb, ...]:
    """The first trail of two steps or more: a BreadcrumbList, else the links of an element that is marked as one."""
    for thing in things:
        lists = [thing, *(item for item in listed(thing.get("breadcrumb")) if isinstance(item, dict))]
        for candidate in lists:
            if "BreadcrumbList" in types_of(candidate):
                trail = _stated(candidate, base)
                if len(trail) > 1:
                    return trail
    return _marked(tree, marks, segments, base)


def _stated(trail: Thing, base: str) -> tuple[Breadcrumb, ...]:
    steps = [step for step in listed(trail.get("itemListElement")) if isinstance(step, dict)]
    steps.sort(key=_position)
    return tuple(found for step in steps if (found := _step(step, base)))


def _position(step: Thing) -> int:
    value = str(step.get("position"))[:6]
    return int(value) if value.isascii() and value.isdigit() else 0


def _step(step: Thing, base: str) -> Breadcrumb | None:
    item: Any = step.get("item")
    item = item[0] if isinstance(item, list) and item else item
    within = item if isinstance(item, dict) else {}
    name = clean_text(step.get("name")) or clean_text(within.get("name"))
    address = string(item) or string(within.get("@id")) or string(within.get("url")) or string(step.get("url"))
    return Breadcrumb(name[:MAX_NAME], absolute_url(base, address or "")) if name else None


def _marked(tree: LexborHTMLParser, marks: Marks, segments: Segments, base: str) -> tuple[Breadcrumb, ...]:
    trails = [nav for nav in marks.navs if _NAME in (nav.attributes.get("aria-label") or "").lower()]
    if not trails and any(_NAME in container.names for container in segments.containers):
        trails = tree.css(_TRAIL)
    for trail in trails[:MAX_TRAILS]:
        steps = _links(trail, base)
        if len(steps) > 1:
            return steps
    return ()


def _links(trail: LexborNode, base: str) -> tuple[Breadcrumb, ...]:
    steps: dict[str, Breadcrumb] = {}
    for node in trail.css(_STEPS)[:MAX_ITEMS]:
        name = _SIGNS.sub("", (node_text(node) or "")[:MAX_NAME])
        address = absolute_url(base, node.attributes.get("href") or "") if node.tag == "a" else None
        if name and (address or name not in steps):  # a list item comes before the link in it
            steps[name] = Breadcrumb(name, address)
    return tuple(steps.values())
