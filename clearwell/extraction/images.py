"""The page's main image, with the caption and the credit that the page gives it."""

import re
from typing import Any
from urllib.parse import unquote

from selectolax.lexbor import LexborNode

from clearwell.article import Image
from clearwell.extraction.addresses import absolute_url
from clearwell.extraction.json_ld import Thing
from clearwell.extraction.values import clean_text, listed, name_of, node_text, string, types_of

MAX_FIGURES = 20  # looked at for the one that holds the image
MAX_SOURCES = 20  # addresses of one image in a figure

_SIZE = re.compile(
    r"[-_]\d{2,5}x\d{2,5}(?=\.\w{2,5}$)|-scaled(?=\.\w{2,5}$)"
)  # what blog software adds to a file's name
_CREDIT = re.compile(r"credit|copyright|photographer|attribution|source|byline", re.I)


def find_image(stated: list[Thing], meta: str | None, figures: list[LexborNode], base: str) -> Image | None:
    """The image of linked data, else of the meta elements; `base` is what relative addresses start from.

    Caption and credit are those stated with it (schema.org `caption`, `creditText`, `creator`, `copyrightHolder`), else
    those of the <figure> that holds this very image.
    """
    for value in [thing.get("image") for thing in stated] + [meta]:
        for item in listed(value)[:1]:
            if (address := absolute_url(base, _address(item) or "")) is not None:
                caption, credit = _stated_words(item)
                if caption is None and credit is None:
                    caption, credit = _figure_words(figures, address, base)
                return Image(address, caption, credit)
    return None


def _address(item: Any) -> str | None:
    if not isinstance(item, dict):
        return string(item)
    return next((found for key in ("url", "contentUrl", "@id") if (found := string(item.get(key)))), None)


def _stated_words(item: Any) -> tuple[str | None, str | None]:
    if not isinstance(item, dict) or (types_of(item) or ["ImageObject"]) != ["ImageObject"]:
        return None, None
    credit = clean_text(item.get("creditText")) or name_of(item.get("creator")) or name_of(item.get("copyrightHolder"))
    return clean_text(item.get("caption")), credit


def _figure_words(figures: list[LexborNode], address: str, base: str) -> tuple[str | None, str | None]:
    wanted = _file_name(address)
    for figure in figures[:MAX_FIGURES] if wanted else []:
        if any(_file_name(source) == wanted for source in _sources(figure)):
            words = figure.css_first("figcaption")
            return _split_caption(words) if words is not None else (None, None)
    return None, None


def _sources(figure: LexborNode) -> list[str]:
    found: list[str] = []
    for image in figure.css("img, source")[:MAX_SOURCES]:
        attributes = image.attributes
        for name in ("src", "data-src", "srcset", "data-srcset"):
            value = (attributes.get(name) or "")[:4_000]
            found += [part.split()[0] for part in value.split(", ") if part.strip()] if "srcset" in name else [value]
    return found[: 5 * MAX_SOURCES]


def _file_name(address: str) -> str:
    """An image's file name without the size that blog software puts into it; what makes two addresses one image."""
    path = address.partition("?")[0].partition("#")[0].strip()
    return _SIZE.sub("", unquote(path.rpartition("/")[2])).casefold()


def _split_caption(words: LexborNode) -> tuple[str | None, str | None]:
    """A <figcaption> as caption and credit, where an element in it is marked as the latter."""
    text = node_text(words) or ""
    for part in words.css("[class]")[:MAX_SOURCES]:
        if _CREDIT.search(part.attributes.get("class") or "") and (credit := node_text(part)):
            return clean_text(text.replace(credit, " ", 1)), credit
    return text or None, None
