"""What a site puts below its articles again and again: whole lines, and labels with another title on every page.

Rules: `known-line` (a line that stands behind the last prose of a fifth of the remembered pages, word for word), and
`known-label` (`Elder letter: ...`: what stands before the colon recurs, the title behind it changes).  Both are learned
by the site's memory, of blocks behind the last prose only.  Left alone on purpose: headings, items of a list without a
link (`1 teaspoon of salt` ends many recipes), finished sentences, labels of facts (`Serves: 4`), references, short lines.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from clearwell.cleaning.claims import is_headline, last_prose, whole
from clearwell.cleaning.memory import PageRecord, SiteMemory
from clearwell.document import Block, Document, Removal
from clearwell.sentences import fold, is_terminated, weigh
from clearwell.site import Site

MIN_PAGES, MIN_PAGE_SHARE = 3, 0.2  # distinct pages, share of the remembered ones; 2026-11
MIN_LINE_WEIGHT = 20  # Latin characters of a line: shorter ones are words that a text closes with
MIN_TITLES = 0.6  # share of a label's pages behind which a headline stands, all of them different
_LABEL = re.compile(r"[^\w\s]{0,3}\s?[^\W\d_][^:：\n]{1,40}[:：](?=\s?\S)")
_FACTS = re.compile(r"references?|sources?|notes?|tips?|quellen?|fuentes?|fontes?|источник\w*|参考\w*|出典|출처")


class Ending(NamedTuple):
    """A line, or a label up to its colon, and on how many of the remembered pages it stands."""

    text: str
    pages: int
    is_label: bool


def learn_endings(pages: Sequence[PageRecord]) -> tuple[Ending, ...]:
    """The lines and labels that stand below enough of the pages; linear in their number."""
    least = max(MIN_PAGES, MIN_PAGE_SHARE * len(pages))
    lines: dict[str, set[int]] = defaultdict(set)
    titles: dict[str, dict[int, str]] = defaultdict(dict)
    for number, page in enumerate(pages):
        for opening in page.openings[len(page.openings) - page.tail :]:
            if opening.behind or is_terminated(opening.text.rstrip(".…")) or opening.text.endswith((".", "…")):
                continue
            if opening.last and weigh(opening.text) >= MIN_LINE_WEIGHT:
                lines[opening.text].add(number)
            if label := _LABEL.match(opening.text):
                titles[label.group()].setdefault(number, opening.text[label.end() :].strip())
    found = [Ending(line, len(seen), False) for line, seen in lines.items() if len(seen) >= least]
    found += [
        Ending(label, len(seen), True)
        for label, seen in titles.items()
        if len(seen) >= least and _are_titles(list(seen.values())) and not _FACTS.fullmatch(fold(label).strip(" :："))
    ]
    return tuple(sorted(found))


def _are_titles(rests: list[str]) -> bool:
    """Whether what stands behind a label differs, and reads as headlines do."""
    return len({*rests}) >= MIN_TITLES * len(rests) and sum(map(is_headline, rests)) >= MIN_TITLES * len(rests)


def find(document: Document, site: Site, memory: SiteMemory) -> Iterator[Removal]:
    """Point at blocks that are such a line, or such a label and its title."""
    if not memory.endings:
        return
    spared = {fold(" ".join(phrase.split())) for phrase in site.memory.forbid}
    endings = [ending for ending in memory.endings if fold(ending.text) not in spared]
    lines = {ending.text for ending in endings if not ending.is_label}
    labels = {ending.text for ending in endings if ending.is_label}
    tail = last_prose(document)
    for number, block in enumerate(document.blocks):
        if not _may_be_ending(block, document.flattened):
            continue
        text = " ".join(block.text.split())
        label = _LABEL.match(text)
        if text in lines:
            yield whole(document, number, "navigation", "known-line", 0.85)
        elif number > tail and label and label.group() in labels and not is_terminated(text):
            yield whole(document, number, "navigation", "known-label", 0.85)


def _may_be_ending(block: Block, flattened: bool) -> bool:
    if block.kind in ("heading", "code", "table") or not block.text:
        return flattened and block.kind == "heading"
    return block.kind != "list_item" or bool(block.links) or flattened
