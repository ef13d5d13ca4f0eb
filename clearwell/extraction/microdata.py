"""Microdata as objects of linked data, so that both are read alike.

Each property belongs to the nearest `itemscope` around it (https://html.spec.whatwg.org/multipage/microdata.html).
`itemref` is left alone: no page of WCXB dev needs it (2026-11).
"""

from typing import Any

from selectolax.lexbor import LexborNode

from clearwell.extraction.json_ld import Thing
from clearwell.extraction.values import MAX_ITEMS, PIECES, node_text, text_pieces

MAX_CLIMB = 60  # levels between a property and its object
_WANTED = frozenset(
    "headline name description datePublished dateModified dateCreated author creator publisher image url contentUrl "
    "caption creditText copyrightHolder copyrightNotice articleSection keywords reviewedBy lastReviewed about "
    "mainEntity itemListElement item position inLanguage".split()
)


def read_microdata(properties: list[LexborNode]) -> tuple[list[Thing], Thing]:
    """All objects in order, and the loose properties that stand in none."""
    things: list[Thing] = []
    loose: Thing = {}
    owners: dict[int, Thing] = {}
    for node in properties:
        attributes = node.attributes
        thing: Thing | None = None
        if "itemscope" in attributes:
            thing = {"@type": (attributes.get("itemtype") or "").split()[:5]}
            if address := attributes.get("itemid") or attributes.get("href"):
                thing["@id"] = address
            things.append(thing)
        for name in (attributes.get("itemprop") or "").split()[:5]:
            if name in _WANTED:
                value = _value(node, attributes, name) if thing is None else thing
                _put(_owner(node, owners, loose), name, value)
        if thing is not None:
            owners[node.mem_id] = thing
    return things, loose


def _owner(node: LexborNode, owners: dict[int, Thing], loose: Thing) -> Thing:
    parent = node.parent
    for _ in range(MAX_CLIMB):
        if parent is None:
            break
        if (owner := owners.get(parent.mem_id)) is not None:
            return owner
        parent = parent.parent
    return loose


def _put(owner: Thing, name: str, value: Any) -> None:
    if not value:
        return
    held = owner.get(name)
    if held is None:
        owner[name] = value
    elif isinstance(held, list):
        if len(held) < 4 * MAX_ITEMS:
            held.append(value)
    else:
        owner[name] = [held, value]


def _value(node: LexborNode, attributes: dict[str, str | None], name: str) -> str | None:
    """A property's value: what its element states for machines, else its text (also of a link: its name is meant)."""
    stated = attributes.get("content") or attributes.get("datetime")
    if node.tag in ("img", "link", "source"):
        stated = stated or attributes.get("src") or attributes.get("href")
    elif node.tag == "a" and name in ("url", "item"):
        stated = stated or attributes.get("href")
    if stated is None and name in ("author", "creator"):
        return PIECES.join(text_pieces(node))
    return stated or node_text(node)
