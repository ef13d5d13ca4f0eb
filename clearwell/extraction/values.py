"""Values that a page states, made safe: short lines of text, names, addresses; wrong types give nothing."""

import re
from html import unescape
from typing import Any

from selectolax.lexbor import LexborNode

from clearwell.extraction.decode import without_controls
from clearwell.extraction.segment import SKIPPED

MAX_TEXT = 2_000  # characters of any field
MAX_ITEMS = 50  # authors, keywords, breadcrumbs
PIECES = " | "  # parts the texts of an element's parts
MAX_PIECES = 50  # text nodes read of one element
MAX_VISITED = 500  # elements looked at for them

_CLASS_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+")
_SOFT_HYPHEN = "\u00ad"


def clean_text(value: Any) -> str | None:
    """A short line of text, or None; lists give their first text."""
    if isinstance(value, list):
        value = next((item for item in value[:MAX_ITEMS] if isinstance(item, str)), None)
    if not isinstance(value, str):
        return None
    value = value[: 2 * MAX_TEXT]
    if "&" in value:  # entities stand doubled in JSON-LD and in attributes of many templates
        value = unescape(value)
    return without_controls(" ".join(value.split())).replace(_SOFT_HYPHEN, "")[:MAX_TEXT] or None


def string(value: Any) -> str | None:
    """A text as it stands, however long, or None."""
    return without_controls(value) if isinstance(value, str) else None


def listed(value: Any) -> list[Any]:
    """What is stated as one or as several, as a short list."""
    if value is None:
        return []
    return value[:MAX_ITEMS] if isinstance(value, list) else [value]


def name_of(value: Any) -> str | None:
    """The name of a thing of linked data, or the text that stands for it."""
    for item in listed(value)[:1]:
        return clean_text(item.get("name")) if isinstance(item, dict) else clean_text(item)
    return None


def types_of(item: dict[str, Any]) -> list[str]:
    """The schema.org types of a thing, without the vocabulary's address."""
    kinds = (kind for kind in listed(item.get("@type"))[:10] if isinstance(kind, str))
    return [kind[:200].replace("#", "/").rstrip("/").rpartition("/")[2].rpartition(":")[2] for kind in kinds]


def text_pieces(node: LexborNode | None) -> list[str]:
    """The texts in a small element, one a text node, without the scripts and styles in it."""
    if node is None:
        return []
    pieces: list[str] = []
    waiting: list[LexborNode | None] = [node.first_child]
    for _ in range(2 * MAX_VISITED):
        if not waiting or len(pieces) == MAX_PIECES:
            break
        if (child := waiting.pop()) is None:
            continue
        waiting.append(child.next)
        if child.tag == "-text":
            if text := clean_text((child.text_content or "")[:MAX_TEXT]):
                pieces.append(text)
        elif child.tag not in SKIPPED:
            waiting.append(child.first_child)
    return pieces


def node_text(node: LexborNode | None) -> str | None:
    """The text of a small element in one line."""
    return clean_text(" ".join(text_pieces(node)))


def class_words(node: LexborNode) -> frozenset[str]:
    """The words of an element's classes, lower case: `post-meta__publishDate` has `post`, `meta`, `publish`, `date`."""
    return frozenset(word.lower() for word in _CLASS_WORD.findall((node.attributes.get("class") or "")[:500]))
