"""A second look at a page without its dirt, so that what a farm hangs on an article moves no choice of its blocks.

What stands around a block, and how much of it, decides whether it is the page's own.  A tail of teasers or notices
between the paragraphs changes that for their neighbours.  So where a detector points at something among the chosen
blocks, the page is searched for more of it, and the choice is made again on what is left.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from copy import copy
from itertools import accumulate

from msgspec.structs import replace

from clearwell.document import Document, Removal
from clearwell.extraction.containers import Floats
from clearwell.extraction.page_type import PageKind
from clearwell.extraction.segment import RawBlock, Segments
from clearwell.extraction.select import Selection, select_blocks

Find = Callable[[Document], Iterable[Removal]]
Span = tuple[int, int]

LIKELY_ARTICLE = 0.5  # probability; 2026-11
FARM_MARKS = frozenset(("watermark", "navigation", "listing"))  # other pages are made of teasers and calls


def may_be_moved(claims: Iterable[Removal], kind: PageKind) -> bool:
    """Whether what was found among the chosen blocks is reason to look again."""
    found = {claim.category for claim in claims}
    return bool(found if kind.article >= LIKELY_ARTICLE else found & FARM_MARKS)


def look_again(segments: Segments, source: Floats, chosen: Selection, claims: Iterable[Removal]) -> Selection:
    """Choose again without what `claims`, on all blocks of the page, point at near the chosen ones.

    Dirt that was chosen at first stays chosen: to take it off, and to say why, is the cleaning's part.
    """
    near = _stand_near(segments, chosen.blocks)
    cuts: dict[int, list[Span]] = defaultdict(list)
    for claim in claims:
        if near[claim.block]:
            cuts[claim.block].append((claim.start, claim.end))
    rest = [_cut(raw, sorted(cuts[number])) if number in cuts else raw for number, raw in enumerate(segments.blocks)]
    again = select_blocks(_without_empty(segments, rest), source)
    kept, taken = set(map(id, again.blocks)), set(map(id, chosen.blocks))
    blocks = [
        raw
        for raw, left in zip(segments.blocks, rest, strict=True)
        if id(left) in kept or (not left.text and id(raw) in taken)
    ]
    return again._replace(blocks=blocks)


def _stand_near(segments: Segments, chosen: Sequence[RawBlock]) -> list[bool]:
    """Which blocks share a container, or the one around it, with a chosen one.

    Other parts of the page have teasers by right; without them the page would not look as its clean like does.
    """
    around = [container.parent for container in segments.containers]
    places = {block.container for block in chosen}
    places |= {around[place] for place in places}
    return [block.container in places or around[block.container] in places for block in segments.blocks]


def _cut(block: RawBlock, gaps: list[Span]) -> RawBlock:
    """A block without some spans of its text; its links keep their number and what is left of their length."""
    parts: list[str] = []
    linked = position = 0
    for start, end in (*gaps, (len(block.text), len(block.text))):
        if start > position:
            parts.append(block.text[position:start])
            linked += sum(max(0, min(b, start) - max(a, position)) for a, b, _ in block.links)
        position = max(position, end)
    text = " ".join("".join(parts).split()) if block.kind != "code" else "".join(parts).strip()
    return replace(block, text=text, link_length=min(linked, len(text)))


def _without_empty(segments: Segments, blocks: Sequence[RawBlock]) -> Segments:
    """The same containers round those blocks that have text."""
    places = [0, *accumulate(bool(block.text) for block in blocks)]
    containers = [copy(container) for container in segments.containers]
    for container in containers:
        container.first, container.last = places[container.first], places[container.last]
    return Segments([block for block in blocks if block.text], containers, segments.tags)
