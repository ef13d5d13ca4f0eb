"""Listing pages: the links of a page, each with what it most likely leads to.

A link is judged by its address (article_urls.py), by its label and by where it stands: article links of a list have
labels of several words, stand in headings or in rows of their kind, outside of menus and footers.  Language-neutral
but for the labels of `next` and `read more`.
"""

import math
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple
from urllib.parse import urlsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode

from clearwell.discovery.address_words import NEXT_LABELS, PAGE_FOLDERS, PAGE_PARAMETERS, READ_MORE_LABELS
from clearwell.discovery.addresses import page_key, without_tracking
from clearwell.discovery.article_urls import MAYBE, SURE, Verdict, judge_address, score_address
from clearwell.discovery.leads import Kind, Lead
from clearwell.discovery.shapes import count_slug_words, split_address, split_ending
from clearwell.extraction.addresses import absolute_url
from clearwell.extraction.decode import decode
from clearwell.extraction.limits import check_size
from clearwell.extraction.segment import parse

MAX_LINKS = 2_000  # different addresses of one page
MAX_ANCHORS = 10_000  # of one page that are looked at
MAX_LABEL = 200  # characters
MAX_FEEDS = 3  # that a page names
MIN_PROSE = 600  # characters in paragraphs of a page that may be an article; 2026-11
PROSE_PER_LINK = 300  # characters in paragraphs for each link to an article; a teaser has about 150; 2026-11
PLACE_DEPTH = 12  # elements above a link that are looked at
ROW_DEPTH = 4  # elements above a link that make a row of a list
MIN_ROWS = 3  # links that stand alike, to call them a list

# Log odds added to those of the address; weighed on links of 26 listing pages of WCXB dev (bench/discovery), 2026-11.
LABEL_WORDS = (-1.0, -0.8, -0.3, 0.3, 0.9, 1.3, 1.6)  # by the label's words, 0 to 6 and more
IN_HEADING = 1.2
IN_FRAME = -1.8  # menu, header, footer, sidebar
IN_ROWS = 0.4  # of a list whose labels have several words
READ_MORE = 0.8

_FRAME_TAGS = frozenset("nav header footer aside form".split())
_FRAME_ROLES = frozenset("navigation banner contentinfo search menu menubar complementary".split())
_FRAME_NAMES = re.compile(
    r"(?:^|[\s_-])(?:nav|navbar|navigation|menu|menus|submenu|topbar|breadcrumbs?|footer|sidebar|sidenav|cookies?|share|social|"
    r"tags|tagcloud|login|toolbar|langs?|languages?)(?:$|[\s_-])",
    re.I,
)
_HEADINGS = frozenset("h1 h2 h3 h4 h5 h6".split())
_LABEL_EDGES = " \t\n\r\xa0»«›‹→←>|<…·.:+▸▶➜[]()"
_FEED_TYPES = ("application/rss+xml", "application/atom+xml", "application/feed+json")
_DIGITS = re.compile(r"\d{1,5}")
_PAGE_AT_END = re.compile(rf"/(?:{'|'.join(sorted(PAGE_FOLDERS))}|index|list|default)[/_-]?\d{{1,5}}/?$", re.I)
_NUMBER_AT_END = re.compile(r"[_/-]\d{1,5}$")


@dataclass(slots=True)
class _Link:
    """What all the anchors to one address of a page say together."""

    url: str
    label: str = ""
    in_heading: bool = False
    framed: bool = True  # until one stands outside of menus and the like
    reads_more: bool = False
    next: bool = False
    rows: set[str] = field(default_factory=set)


class _Place(NamedTuple):
    framed: bool
    in_heading: bool
    row: str


class Listing(NamedTuple):
    """A page's links, and whether it reads like an article that has links, not like a list."""

    leads: tuple[Lead, ...]
    reads_like_article: bool


def read_listing(body: bytes, url: str, charset: str | None = None) -> Listing:
    """Read what a page links to, in its order, each address once; UnsupportedPage for what is no HTML page.

    Links to other hosts are among them.  `<base href>` counts; fragments and tracking are taken off.
    """
    html = decode(body, charset)
    check_size(html)
    tree = parse(html)
    base = _find_base(tree, url)
    links = _collect(tree, base, url)
    rows = Counter(row for link in links for row in link.rows if _label_words(link) >= MIN_ROWS)
    leads = [_to_lead(link, url, any(rows[row] >= MIN_ROWS for row in link.rows)) for link in links]
    prose = sum(len(node.text(deep=True)) for node in tree.css("p")[:MAX_ANCHORS])
    articles = sum(lead.kind == "article" for lead in leads)
    reads = prose >= MIN_PROSE and prose >= PROSE_PER_LINK * articles
    return Listing((*_find_feeds(tree, base), *leads), reads)


def judge_link(verdict: Verdict, label_words: int, place: float) -> tuple[Kind, float]:
    """What a link leads to whose address gave `verdict`; `place` are the log odds of where it stands.

    >>> judge_link(Verdict("either", 0.4), 6, IN_HEADING)[0], judge_link(Verdict("either", 0.4), 1, IN_FRAME)[0]
    ('article', 'listing')
    """
    score = min(max(verdict.score, 0.001), 0.999)
    odds = math.log(score / (1 - score)) + LABEL_WORDS[min(label_words, len(LABEL_WORDS) - 1)] + place
    score = 1 / (1 + math.exp(-odds))
    return ("article" if score >= SURE else "either" if score >= MAYBE else "listing"), score


def _to_lead(link: _Link, page: str, in_list: bool) -> Lead:
    verdict = judge_address(link.url)
    if verdict.kind in ("other", "sitemap", "feed"):  # the page's head and robots.txt name those that are meant
        return Lead(link.url, "other", "listing", 0.0, title=link.label, why=verdict.why or verdict.kind)
    if _turns_page(link, page, verdict):
        return Lead(link.url, "pages", "listing", 0.0, title=link.label)
    if verdict.kind == "archive":
        return Lead(link.url, "archive", "listing", 0.0, title=link.label)
    if verdict.kind == "pages":  # `?p=12` behind a title is a post
        verdict = Verdict("either", score_address(*split_address(link.url)))
    place = IN_HEADING * link.in_heading + IN_FRAME * link.framed + IN_ROWS * in_list + READ_MORE * link.reads_more
    kind, score = judge_link(verdict, _label_words(link), place)
    return Lead(link.url, kind, "listing", score, title=link.label)


def _turns_page(link: _Link, page: str, verdict: Verdict) -> bool:
    """Whether a link leads to other pages of the same list: it says so, or its address differs in a number alone."""
    if link.next:
        return True
    number = _DIGITS.fullmatch(link.label.strip(_LABEL_EDGES))
    if verdict.kind == "pages":  # `?p=12` may be the twelfth page or the post with that number
        return number is not None or _label_words(link) < MIN_ROWS
    return number is not None and _numbered_like(link.url, page, int(number[0]))


def _numbered_like(url: str, page: str, number: int) -> bool:
    """Whether an address is that of the page it stands on but for the number that its label shows.

    The number may stand in the page's name (`sleep_2.html`), below it (`sleep/2/`) or in a parameter that comes, goes
    or changes.
    """
    path, query = split_address(url)
    its_path, its_query = split_address(page)
    sign = str(number)
    if path.rstrip("/") == its_path.rstrip("/"):
        pairs, its_pairs = ([p for p in q.split("&") if p] for q in (query, its_query))
        shared = {pair.partition("=")[0] for pair in pairs if pair.rpartition("=")[2] == sign}
        rest, its_rest = ([p for p in some if p.partition("=")[0] not in shared] for some in (pairs, its_pairs))
        return bool(shared) and sorted(rest) == sorted(its_rest)
    return sign in _DIGITS.findall(path) and query == its_query and _without_number(path) == _without_number(its_path)


def _without_number(path: str) -> str:
    """A path without its ending and the number at its end.

    >>> [_without_number(path) for path in ("/sleep/2/", "/sleep_2.html", "/sleep/", "/sleep.html")]
    ['/sleep', '/sleep', '/sleep', '/sleep']
    """
    return _NUMBER_AT_END.sub("", split_ending(path.rstrip("/"))[0])


# -- the page's anchors ----------------------------------------------------------------------------------------------


def _collect(tree: LexborHTMLParser, base: str, page: str) -> list[_Link]:
    """The page's links, anchors to one address taken together; links to the page itself are none."""
    links: dict[str, _Link] = {}
    places: dict[int, _Place] = {}
    own = page_key(page)
    for node in tree.css("link[rel~=next][href]")[:1]:
        _add(links, _Link(_resolve(base, node.attributes.get("href")), framed=False, next=True), own)
    for number, anchor in enumerate(tree.css("a[href], area[href]")):
        if number >= MAX_ANCHORS or len(links) >= MAX_LINKS:
            break
        _add(links, _read_anchor(anchor, base, places), own)
    return list(links.values())


def _add(links: dict[str, _Link], new: _Link, own: str) -> None:
    if not new.url:
        return
    key = page_key(new.url)
    if key == own:
        return
    known = links.setdefault(key, new)
    if known is new:
        return
    if not known.reads_more and not new.reads_more:
        known.label = max(known.label, new.label, key=len)
    elif not new.reads_more:
        known.label = new.label
    known.reads_more |= new.reads_more
    known.in_heading |= new.in_heading
    known.framed &= new.framed
    known.next |= new.next
    known.rows |= new.rows


def _read_anchor(anchor: LexborNode, base: str, places: dict[int, _Place]) -> _Link:
    attributes = anchor.attributes
    url = _resolve(base, attributes.get("href"))
    label = " ".join((anchor.text(deep=True, separator=" ") or attributes.get("title") or "")[:MAX_LABEL].split())
    plain = label.strip(_LABEL_EDGES).lower()
    place = _find_place(anchor.parent, places)
    heading = place.in_heading or anchor.css_first("h1, h2, h3, h4, h5, h6") is not None
    rel = (attributes.get("rel") or "").lower().split()
    reads_more = plain in READ_MORE_LABELS and "next" not in rel
    turns = (
        "next" in rel or (plain in NEXT_LABELS and not reads_more) or (not plain and label in "»›→>" and bool(label))
    )
    return _Link(url, label, heading, place.framed, reads_more, turns, {place.row})


def _resolve(base: str, address: str | None) -> str:
    if not address or address.startswith("#"):  # a place on the same page
        return ""
    absolute = absolute_url(base, address)
    return without_tracking(absolute) if absolute else ""


def _find_place(node: LexborNode | None, places: dict[int, _Place]) -> _Place:
    """Where a link stands, from the elements above it; `places` remembers those of parents seen before."""
    if node is None:
        return _Place(False, False, "")
    if known := places.get(node.mem_id):
        return known
    framed, heading, row, in_header = False, False, [], False
    above: LexborNode | None = node
    for level in range(PLACE_DEPTH):
        if above is None or not above.tag or above.tag in ("body", "html"):
            break
        attributes = above.attributes
        names = f"{attributes.get('class') or ''} {attributes.get('id') or ''}"[:MAX_LABEL]
        heading |= above.tag in _HEADINGS
        in_header = above.tag != "article" and (in_header or above.tag in ("header", "footer"))  # not an article's
        framed |= above.tag in _FRAME_TAGS - {"header", "footer"} or attributes.get("role") in _FRAME_ROLES
        framed |= bool(_FRAME_NAMES.search(names))
        if level < ROW_DEPTH:
            row.append(f"{above.tag}.{names.split(' ')[0]}")
        above = above.parent
    places[node.mem_id] = place = _Place(framed or in_header, heading, "/".join(row))
    return place


def _find_base(tree: LexborHTMLParser, url: str) -> str:
    node = tree.css_first("base[href]")
    stated = absolute_url(url, node.attributes.get("href") or "") if node is not None else None
    return stated or url


def _find_feeds(tree: LexborHTMLParser, base: str) -> Iterator[Lead]:
    """The feeds a page names in its head, not those of comments."""
    found = 0
    for node in tree.css("link[rel~=alternate][type][href]"):
        href = node.attributes.get("href") or ""
        if (node.attributes.get("type") or "").strip().lower() in _FEED_TYPES and "comment" not in href.lower():
            address = absolute_url(base, href)
            found += 1
            if address and found <= MAX_FEEDS:
                yield Lead(address, "feed", "listing", 0.0)


def _label_words(link: _Link) -> int:
    """How many words a link's label has; words of scripts without spaces are counted by letters."""
    return 0 if link.label.strip(_LABEL_EDGES).lower() in READ_MORE_LABELS else count_slug_words(link.label)


def list_key(url: str) -> str:
    """What the pages of one list share: the address without the number of the page.

    >>> list_key("https://a.example/sleep/page/3/?x=1") == list_key("https://a.example/sleep/?x=1")
    True
    >>> list_key("https://a.example/part-1/?page=2") == list_key("https://a.example/part-2/?page=2")
    False
    """
    parts = urlsplit(url)
    pairs = [pair for pair in parts.query.split("&") if pair]
    kept = [pair for pair in pairs if pair.partition("=")[0].lower() not in PAGE_PARAMETERS]
    path = _PAGE_AT_END.sub("", split_ending(parts.path)[0])
    if not pairs:
        path = _NUMBER_AT_END.sub("", path.rstrip("/"))
    return parts.netloc + path.rstrip("/") + "?" + "&".join(kept)
