"""A hand-made judgement: a container that holds most of the prose, and what in it is prose.

It is one voice among the features the model weighs, and knows short news better than the long guides the model is
trained on.  No rule knows a language, only lengths, links, tags and the class names that templates share.
"""

import re
from collections.abc import Sequence
from itertools import accumulate, groupby

from clearwell.extraction.segment import Container, RawBlock, Segments

PROSE_CHARACTERS = 60  # a block this long with few links counts as prose; WCXB dev articles, 2026-11
WIDE_SCRIPT_WEIGHT = 3  # a character of Chinese, Japanese or Korean says as much as about three Latin ones
PROSE_LINK_SHARE = 0.4  # of a block's characters
KEPT_LINK_SHARE = 0.6  # of a block's characters, in the chosen container
TOP_SHARE = 0.75  # of the page's prose that the chosen container must hold; WCXB dev articles, 2026-11
BOILERPLATE_SHARE = 0.5  # of the page's prose; a container with more is no boilerplate; WCXB dev, 2026-11
SPARSE_CHARACTERS = 250  # kept text shorter than this is worth a second, more lenient look
SPARSE_GAIN = 3  # times as much text as the strict look must be found to believe the lenient one
MAX_NAMES = 2_000  # characters of class, id and role looked at
MAX_WRAPPERS = 12  # lists in lists looked through for the container around them: hostile pages have thousands

_BOILERPLATE_TAGS = frozenset("nav footer aside form menu".split())
_BOILERPLATE_ROLES = frozenset("navigation banner contentinfo complementary search dialog alertdialog".split())
_BOILERPLATE_NAMES = frozenset(
    "navbar navigation menu breadcrumb breadcrumbs pagination pager footer sidebar comment comments respond disqus "
    "related recommended recommendation recommendations popular share sharing social sharebar newsletter subscribe "
    "subscription cookie cookies consent gdpr modal popup banner advert ads advertisement sponsored promo cta author "
    "authorbio bio byline widgets tags tagcloud login signup masthead skip topbar offcanvas dropdown toolbar meta "
    "postmeta metadata caption copyright".split()
)
_NOTE_NAMES = frozenset("warning caution danger alert note notice tip info important box callout disclaimer".split())
_BOILERPLATE, _NOTE, _DISCLAIMER = 1, 2, 4
_KINDS = (
    dict.fromkeys(_BOILERPLATE_NAMES | _BOILERPLATE_ROLES, _BOILERPLATE)
    | dict.fromkeys(_NOTE_NAMES, _NOTE)
    | {"disclaimer": _NOTE | _DISCLAIMER}
)
_NEVER_BOILERPLATE = frozenset("body main article p".split())
_WRAPPERS = frozenset("p li ul ol blockquote dd dl".split())
_PLAIN_TAGS = frozenset(
    "body main article p h1 h2 h3 h4 h5 h6 ul ol li blockquote pre table caption thead tbody tfoot tr td th dl dt dd "
    "figure figcaption hr".split()
)
_NAME = re.compile(r"[^\W_]+")
_SENTENCE_ENDS = tuple(".!?。！？।؟")
_CLOSING = "\"'”’»）)」』]"  # may stand after the end of a sentence
_WIDE = re.compile(r"[぀-ヿ㐀-鿿가-힯]+")


def vote(segments: Segments) -> list[bool]:
    """For each block, whether it reads as the article's own; all False when the page shows no prose at all."""
    weights = [_weight(block) for block in segments.blocks]
    shown = [n for n, block in enumerate(segments.blocks) if not segments.containers[block.container].hidden]
    kept = set(_select(segments, weights, shown))
    return [number in kept for number in range(len(segments.blocks))]


def is_bare(segments: Segments) -> bool:
    """Whether a page is nothing but plain content markup, with prose in it: an article already."""
    if any(container.hidden or container.tag not in _PLAIN_TAGS for container in segments.containers):
        return False
    return any(_is_prose(block, _weight(block)) for block in segments.blocks)


def _select(segments: Segments, weights: list[int], shown: list[int]) -> list[int]:
    totals = _prose_totals(segments, weights, shown)
    kinds = _find_kinds(segments.containers)
    boilerplate = _find_boilerplate(segments.containers, totals, kinds)
    beside = _find_beside(segments.containers, totals, kinds)
    clear = [number for number in shown if not boilerplate[segments.blocks[number].container]]
    candidates = [number for number in clear if beside[segments.blocks[number].container] < 0]
    kept = _keep(segments, candidates, weights, _find_notes(segments, clear, beside))
    size = sum(weights[number] for number in kept)
    if size < SPARSE_CHARACTERS:
        lenient = _keep(segments, shown, weights)
        if sum(weights[number] for number in lenient) > SPARSE_GAIN * size:
            return lenient
    return kept


def _prose_totals(segments: Segments, weights: list[int], among: list[int]) -> list[int]:
    """The prose each container holds, with all inside it: its blocks stand in a row."""
    prose = [0] * len(weights)
    for number in among:
        if _is_prose(segments.blocks[number], weights[number]):
            prose[number] = weights[number]
    before = [0, *accumulate(prose)]
    return [before[container.last] - before[container.first] for container in segments.containers]


def _find_kinds(containers: list[Container]) -> list[int]:
    """What the names of each container say; on a page the same names come again and again."""
    known = {names: _name_kinds(names) for names in {container.names for container in containers}}
    return [known[container.names] for container in containers]


def _find_boilerplate(containers: list[Container], totals: list[int], kinds: list[int]) -> list[bool]:
    """For each container, whether it or anything around it is called what boilerplate is called, and is small.

    What holds a good part of the page's prose is the article, whatever its template calls it.
    """
    marks: list[bool] = []
    limit = BOILERPLATE_SHARE * totals[0] or 1
    for container, total, kind in zip(containers, totals, kinds, strict=True):
        inherited = container.parent >= 0 and marks[container.parent]
        marks.append(inherited or (total < limit and _is_boilerplate(container, kind)))
    return marks


def _find_beside(containers: list[Container], totals: list[int], kinds: list[int]) -> list[int]:
    """For each container, the outermost small one around it that stands beside a text: -1 for none."""
    found: list[int] = []
    limit = BOILERPLATE_SHARE * totals[0] or 1
    for number, (container, total, kind) in enumerate(zip(containers, totals, kinds, strict=True)):
        outer = found[container.parent] if container.parent >= 0 else -1
        found.append(number if kind and outer < 0 and total < limit and _is_beside(container, kind) else outer)
    return found


def _is_beside(container: Container, kind: int) -> bool:
    named = kind & _DISCLAIMER or (container.tag == "aside" and kind & _NOTE)
    return bool(named) and container.tag not in _NEVER_BOILERPLATE


def _find_notes(segments: Segments, clear: list[int], beside: list[int]) -> list[int]:
    """The blocks that stand beside a text and may belong to it: few links, and a finished sentence among them."""
    notes: list[int] = []
    for place, run in groupby(clear, key=lambda n: beside[segments.blocks[n].container]):
        numbers = list(run) if place >= 0 else []
        blocks = [segments.blocks[n] for n in numbers]
        if any(map(_is_sentence, blocks)) and _is_text_list(blocks):
            notes += numbers
    return notes


def _is_boilerplate(container: Container, kind: int) -> bool:
    if container.tag in _BOILERPLATE_TAGS and not _is_beside(container, kind):
        return container.tag != "form" or container.depth > 4  # some servers wrap the whole page in a form
    return bool(kind & _BOILERPLATE) and container.depth >= 2 and container.tag not in _NEVER_BOILERPLATE


def _name_kinds(names: str) -> int:
    """Whether parts of the class names, the id or the role are among those that templates call such containers."""
    parts = _NAME.findall(names[:MAX_NAMES])
    kinds = 0
    if not _KINDS.keys().isdisjoint(parts):
        for part in parts:
            kinds |= _KINDS.get(part, 0)
    return kinds


def _weight(block: RawBlock) -> int:
    """The size of a block in characters of Latin script."""
    length = len(block.text)
    return (
        length if block.text.isascii() else length + (WIDE_SCRIPT_WEIGHT - 1) * sum(map(len, _WIDE.findall(block.text)))
    )


def _link_share(block: RawBlock) -> float:
    return block.link_length / len(block.text)


def _is_prose(block: RawBlock, weight: int) -> bool:
    return weight >= PROSE_CHARACTERS and _link_share(block) < PROSE_LINK_SHARE and block.kind != "caption"


def _keep(segments: Segments, candidates: list[int], weights: list[int], notes: Sequence[int] = ()) -> list[int]:
    """The candidates inside the top container, and the notes there, that read as its text; lists judged as a whole."""
    blocks = segments.blocks
    prose = {number for number in candidates if _is_prose(blocks[number], weights[number])}
    if not prose:
        return []
    top = _top_container(segments, _prose_totals(segments, weights, candidates))
    first, last = segments.containers[top].first, segments.containers[top].last
    within = sorted(number for number in (*candidates, *notes) if first <= number < last)
    prose.update(n for n in notes if _is_prose(blocks[n], weights[n]) or _is_sentence(blocks[n]))
    within = _lead(blocks, candidates, prose, within[0]) + within
    kept: list[int] = []
    for is_list, run in groupby(within, key=lambda n: blocks[n].kind == "list_item"):
        numbers = list(run)
        if not is_list:
            kept += [n for n in numbers if _link_share(blocks[n]) < KEPT_LINK_SHARE]
        elif _is_text_list([blocks[n] for n in numbers]):
            kept += numbers
    return _trim_ends(segments, kept, prose)


def _lead(blocks: list[RawBlock], candidates: list[int], prose: set[int], first: int) -> list[int]:
    """The prose between the page's title and the chosen container: many templates set the opening apart."""
    title = max(
        (n for n in candidates if n < first and blocks[n].level == 1 and blocks[n].kind == "heading"), default=first
    )
    return [number for number in range(title + 1, first) if number in prose]


def _top_container(segments: Segments, totals: list[int]) -> int:
    """The deepest container that still holds TOP_SHARE of the prose."""
    enough = TOP_SHARE * totals[0]
    depths = [(container.depth, -n) for n, container in enumerate(segments.containers) if totals[n] >= enough]
    return -max(depths)[1]  # the first of equals


def _is_text_list(items: list[RawBlock]) -> bool:
    total = sum(len(item.text) for item in items)
    return sum(item.link_length for item in items) < KEPT_LINK_SHARE * total


def _trim_ends(segments: Segments, kept: list[int], prose: set[int]) -> list[int]:
    """Cut what trails after the last prose and what leads up to the first, but a heading or list that belongs.

    A short sentence at an end stays where it stands among the prose: `Never take more than 4 g a day.`
    """
    blocks = segments.blocks
    homes = {_home(segments, blocks[number]) for number in kept if number in prose}
    prose = prose | {
        number for number in kept if _is_sentence(blocks[number]) and _home(segments, blocks[number]) in homes
    }
    positions = [place for place, number in enumerate(kept) if number in prose]
    if not positions:
        return kept
    first, last = positions[0], positions[-1]
    while first > 0 and blocks[kept[first - 1]].kind in ("heading", "quote", "table"):
        first -= 1
    kinds = [blocks[number].kind for number in kept]
    while last + 1 < len(kept):
        ahead = last + 2 if kinds[last + 1] == "heading" and last + 2 < len(kept) else last + 1
        if kinds[ahead] not in ("list_item", "table", "code", "quote"):
            break
        last = ahead
    return kept[first : last + 1]


def _home(segments: Segments, block: RawBlock) -> int:
    """The container a block stands in, not counting its paragraph, list or quotation."""
    number = block.container
    for _ in range(MAX_WRAPPERS):
        if segments.containers[number].tag not in _WRAPPERS or segments.containers[number].parent < 0:
            break
        number = segments.containers[number].parent
    return number


def _is_sentence(block: RawBlock) -> bool:
    belongs = block.kind in ("paragraph", "list_item", "quote") and _link_share(block) < PROSE_LINK_SHARE
    return belongs and block.text.rstrip(_CLOSING).endswith(_SENTENCE_ENDS)
