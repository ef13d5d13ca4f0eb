"""Whether an article is in a language that its site's file asks for."""

from collections.abc import Iterable

import langcodes

from clearwell.extraction.language import can_detect

SURE = 0.9  # probability below which a detected language is no reason to let an article go; 2026-11
ALIKE = 9  # distance up to which readers of one language read the other (UTS 35: no and nb, gsw and de); 10 parts them


def is_wanted(wanted: Iterable[str], detected: str | None, confidence: float | None, declared: str | None) -> bool:
    """Whether an article may be in one of the languages `wanted` (BCP 47; any, if there are none).

    In doubt it may.  The detector takes a language it does not know for one that looks like it: then the page's word
    counts.

    >>> is_wanted(["en-GB", "zh"], "zh-Hant", 0.99, None), is_wanted(["de"], "fr", 0.99, "de")
    (True, False)
    """
    asked = tuple(wanted)
    if not asked or detected is None or (confidence or 0.0) < SURE:
        return True
    unknown = [tag for tag in asked if not can_detect(tag)]
    return _is_one_of(detected, asked) or (declared is not None and _is_one_of(declared, unknown))


def _is_one_of(tag: str, asked: Iterable[str]) -> bool:
    if not langcodes.tag_is_valid(tag):
        return False
    return any(tag.lower().startswith(f"{one.lower()}-") or langcodes.tag_distance(tag, one) <= ALIKE for one in asked)
