"""Lines of other articles: cut at a fixed width, paired with their titles, or announced by a read-also.

Rules: `fixed-width` (at least three lines cut at the same length), `after-navigation` (cut lines behind previous and
next), `teaser-title` and `teaser-heading` (what stands between and above them), `read-also`.
A teaser may be on the article's topic, so its subject proves nothing; only form and place do.  Left alone on purpose:
real ellipses, quotations that trail off, `Read also the package leaflet.`
"""

import re
from collections import Counter
from collections.abc import Iterator

from clearwell.cleaning.memory import SiteMemory
from clearwell.cleaning.navigation import find as find_navigation
from clearwell.cleaning.claims import is_prose, part, whole
from clearwell.document import Document, Removal
from clearwell.sentences import is_terminated, weigh
from clearwell.site import Site

MIN_RUN = 3  # lines cut at one width, to be sure without other signs; 2026-11
MIN_WIDTH, MAX_WIDTH = 15, 260  # characters of a cut line, ellipsis included
WIDTH_SLACK = 2  # characters: a cut may fall on a space that the page then drops
MAX_GAP = 3  # blocks between two teasers of one run
MAX_TITLE = 200  # Latin characters of a title
MAX_HEADING = 40  # Latin characters of the line above a run (`Recommend`)

_CUT = re.compile(r"(?:\.{3,4}|…+)\s*(?:\[?(?:read more|more)\]?)?\s*$", re.I)
_ALSO = (
    r"(?:(?:you may|you might|people) (?:also )?(?:like|be interested in)|(?:please )?(?:read|see|watch) also|also read|read (?:more|next)|related"
    r"(?: (?:articles?|reading|posts?|stor(?:y|ies)))?|recommended(?: (?:reading|articles?))?|further reading|don['’]t miss|more|"
    r"recommended for you|extended reading|"
    r"(?:lee|lea|leer|mira|ve[ar]?) también|te puede interesar|también te puede interesar|artículos? relacionados?|"
    r"(?:à )?lire aussi|(?:à )?voir aussi|sur le même sujet|lesen sie auch|lies auch|mehr zum thema|auch interessant|"
    r"das könnte (?:sie|dich) (?:auch )?interessieren|leia (?:também|mais)|veja também|saiba mais|читайте также|смотрите также|по теме|"
    r"推荐阅读|相关阅读|延伸阅读|相关文章|猜你喜欢|点击阅读|推薦閱讀|相關閱讀|延伸閱讀|相關文章|你可能也喜歡|関連記事|あわせて読みたい|"
    r"こちらもおすすめ|관련 ?기사|관련 ?글|leggi anche|vedi anche|baca juga|lihat juga|simak juga|ilgili haber|xem thêm|đọc thêm|اقرأ أيضا|"
    r"إقرأ أيضا)"
)
_READ_ALSO = re.compile(rf"\s*[\[【(（>▶☞👉*•]*\s*{_ALSO}\s*[:：|｜–—>▶-]+\s*\S", re.I)
_GLUED_ALSO = re.compile(rf"(?<=[.!?。！？\"”)）])\s*[\[【(（]?{_ALSO}\s*[:：]\s*\S", re.I)
_ALSO_HEADING = re.compile(rf"\s*[【\[]?{_ALSO}[】\]]?\s*[:：]?\s*$", re.I)


def find(document: Document, site: Site, memory: SiteMemory) -> Iterator[Removal]:
    """Point at teasers of other articles; linear in the number of blocks."""
    leads = {removal.block for removal in find_navigation(document, site, memory) if removal.rule != "closing-bar"}
    cut = {number: len(block.text.rstrip()) for number, block in enumerate(document.blocks) if _is_cut(block.text)}
    teasers = _fixed_width(cut)
    yield from (whole(document, number, "teaser", "fixed-width", 0.95) for number in sorted(teasers))
    behind = _behind(document, cut, min(leads, default=len(document.blocks))) - teasers if leads else set()
    yield from (whole(document, number, "teaser", "after-navigation", 0.85) for number in sorted(behind))
    yield from _find_titles(document, sorted(teasers | behind), leads)
    yield from _find_read_also(document)


def _is_cut(text: str) -> bool:
    return MIN_WIDTH <= len(text) <= MAX_WIDTH and _CUT.search(text) is not None and "\t" not in text


def _fixed_width(cut: dict[int, int]) -> set[int]:
    """The cut lines that share a width with at least two others near them."""
    teasers: set[int] = set()
    for run in _runs(sorted(cut)):
        widths = Counter(cut[number] for number in run)
        width = max(widths, key=lambda w: (sum(widths[w - slack] for slack in range(WIDTH_SLACK + 1)), w))
        same = [number for number in run if 0 <= width - cut[number] <= WIDTH_SLACK]
        if len(same) >= MIN_RUN:
            teasers.update(same)
    return teasers


def _runs(numbers: list[int]) -> Iterator[list[int]]:
    run: list[int] = []
    for number in numbers:
        if run and number - run[-1] > MAX_GAP:
            yield run
            run = []
        run.append(number)
    if run:
        yield run


def _behind(document: Document, cut: dict[int, int], first_lead: int) -> set[int]:
    """Cut lines after the previous and next lines, up to where prose begins again."""
    prose = (n for n in range(first_lead + 1, len(document.blocks)) if is_prose(document.blocks[n]))
    end = next(prose, len(document.blocks))
    return {number for number in cut if first_lead < number < end}


def _find_titles(document: Document, teasers: list[int], leads: set[int]) -> Iterator[Removal]:
    """The title lines between the teasers of a run, and the heading above it."""
    known = set(teasers) | leads
    for run in _runs(teasers):
        first = run[0]
        if len(run) < MIN_RUN and not leads:
            continue
        for number in range(first, run[-1]):
            if number not in known and _is_title(document.blocks[number].text):
                yield whole(document, number, "teaser", "teaser-title", 0.8)
        above = document.blocks[first - 1].text if first and first - 1 not in known else ""
        paired = len(run) > 1 and all(step == 2 for step in map(int.__sub__, run[1:], run[:-1]))
        if paired and _is_title(above):
            yield whole(document, first - 1, "teaser", "teaser-title", 0.8)
            above = document.blocks[first - 2].text if first > 1 and first - 2 not in known else ""
            first -= 1
        if above and weigh(above) <= MAX_HEADING and not is_terminated(above) and (paired or _ALSO_HEADING.match(above)):
            yield whole(document, first - 1, "teaser", "teaser-heading", 0.75)


def _is_title(text: str) -> bool:
    return 0 < weigh(text) <= MAX_TITLE and text.rstrip()[-1:] not in ".。;；:："


def _find_read_also(document: Document) -> Iterator[Removal]:
    for number, block in enumerate(document.blocks):
        text = block.text
        if block.kind in ("code", "table", "heading"):
            continue
        if _READ_ALSO.match(text) and _is_title(text) and not is_prose(block):
            yield whole(document, number, "teaser", "read-also", 0.85)
        elif (glued := _GLUED_ALSO.search(text)) and _is_title(text[glued.start() :]):
            yield part(document, number, glued.start(), len(text), "teaser", "read-also", 0.8)
