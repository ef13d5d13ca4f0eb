"""Farm tails: what content farms hang under an article, put under pages of the training data.

The data sets hold hardly any, and their pages are what the product is for.  The lines are cut from other pages of the
same data; nothing of them is the article's, so all are labelled 0.
"""

import random
from collections.abc import Sequence

from clearwell.extraction.segment import RawBlock, Segments

TEASERS = (4, 16)  # how many lines, at least and at most
WIDTHS = (30, 120)  # characters at which a site cuts its teasers; each site at one width
_TURNS = (("<<: ", ">>: "), ("Previous: ", "Next: "), ("上一篇：", "下一篇："), ("« ", "» "), ("Prev ", "Next "))


def add_tail(segments: Segments, labels: Sequence[float], titles: Sequence[str], chance: random.Random) -> list[float]:
    """Put a tail behind a page's last own block, in the same container, and return the labels of all blocks.

    `segments` is changed.  `titles` are lines of other pages, of which previous, next and the teasers are made.
    """
    last = max(number for number, label in enumerate(labels) if label > 0.5)
    container = segments.blocks[last].container
    if segments.containers[container].tag in ("p", "li", "h2", "h3") and segments.containers[container].parent >= 0:
        container = segments.containers[container].parent
    tail = _write_tail(titles, container, chance)
    place = last + 1
    segments.blocks[place:place] = tail
    around: set[int] = set()
    while container >= 0:
        around.add(container)
        container = segments.containers[container].parent
    for number, holder in enumerate(segments.containers):
        if number in around:
            holder.last += len(tail)
        elif holder.first >= place:
            holder.first += len(tail)
            holder.last += len(tail)
    return [*labels[:place], *[0.0] * len(tail), *labels[place:]]


def _write_tail(titles: Sequence[str], container: int, chance: random.Random) -> list[RawBlock]:
    width, linked = chance.randint(*WIDTHS), chance.random() < 0.5
    turns = chance.choice(_TURNS)
    lines = [turn + chance.choice(titles)[:90] for turn in turns if chance.random() < 0.8]
    if chance.random() < 0.3:
        lines.append("Recommend")
    for _ in range(chance.randint(*TEASERS)):
        title = chance.choice(titles)
        lines.append(title[:width] + "..." if len(title) > width else title)
    kind = chance.choice(("paragraph", "paragraph", "list_item"))
    return [_to_block(line, kind, container, linked) for line in lines]


def _to_block(line: str, kind: str, container: int, linked: bool) -> RawBlock:
    marker, level = ("-", 1) if kind == "list_item" else (None, None)
    links = [(0, len(line), "/x")] if linked else []
    return RawBlock(kind, line, container, level, marker, links, len(line) if linked else 0)  # type: ignore[arg-type]
