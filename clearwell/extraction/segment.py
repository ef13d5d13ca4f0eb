"""Markup to blocks: one walk down the tree, no judgement yet."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

import msgspec
from selectolax.lexbor import LexborHTMLParser, LexborNode

from clearwell.document import BlockKind
from clearwell.extraction.decode import encode, without_controls
from clearwell.extraction.limits import check_markup, check_page_blocks

MAX_PATH = 8  # elements named in a block's path; the outer ones say nothing

SKIPPED = frozenset(
    "script style noscript template svg math iframe object embed canvas audio video select option textarea button "
    "input map head title dialog applet frameset noframes datalist progress meter".split()
)
INLINE = frozenset(
    "a abbr acronym b bdi bdo big cite code data del dfn em font i img ins kbd label mark nobr output picture q rp "
    "rt ruby s samp small source span strike strong sub sup time tt u var wbr".split()
)
HEADINGS = {f"h{level}": level for level in range(1, 7)}
_SHAPING = frozenset((*HEADINGS, *"ul ol menu li blockquote figcaption caption table tr".split()))
_PARAGRAPH: tuple[BlockKind, int | None] = ("paragraph", None)
_PASSED_ON = frozenset(("quote", "table", "list_item", "heading"))  # kinds of what stands inside, too
_CELL_KEEPS = frozenset("td th".split())
_COLUMNS = "td + td, th + td, td + th, th + th"  # what a table of data has
_LAYOUT_CONTENT = (
    "table, h1, h2, h3, article, section, pre, p + p"  # what a cell holds when the table lays out the page
)
_FEEDS = re.compile("[\x0b\x0c\x1c-\x1f]")  # controls that part words
_STREAMED = re.compile(r"S:\d+$")
NO_NAMES = "  "  # of a container without class, id and role
_HIDING = frozenset(("hidden", "aria-hidden", "style"))  # attributes that may hide an element
_HIDING_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)


class Container(msgspec.Struct, gc=False):
    """A block-level element; `parent` is the number of the container around it (-1 for none).

    Containers stand in document order: the blocks inside are `first` to `last` (exclusive), the containers inside end
    before number `end`.
    """

    parent: int
    tag: str
    names: str  # class, id and role, lower case, for hints
    depth: int
    hidden: bool  # by its markup, or by that of a container around it
    first: int
    last: int = 0
    end: int = 0


class RawBlock(msgspec.Struct, gc=False):
    """A block as it stands in the page; `links` are (start, end, href as written).

    A list item without a marker goes on with the item before it.
    """

    kind: BlockKind
    text: str
    container: int
    level: int | None = None
    marker: str | None = None
    links: list[tuple[int, int, str]] = []
    link_length: int = 0


@dataclass(slots=True)
class Segments:
    """All blocks of a page in order, and the containers they stand in.

    `tags` is how many elements of each tag the page's body has, those inside of skipped ones not counted.
    """

    blocks: list[RawBlock]
    containers: list[Container]
    tags: Counter[str] = field(default_factory=Counter)

    def shown(self) -> "Segments":
        """The same page without the blocks that its markup hides."""
        shown = [block for block in self.blocks if not self.containers[block.container].hidden]
        return Segments(shown, self.containers, self.tags)

    def path(self, block: RawBlock) -> str:
        """The element path of a block, outermost first, e.g. `body/article/ul/li`."""
        names: list[str] = []
        number = block.container
        while number >= 0 and len(names) < MAX_PATH:
            container = self.containers[number]
            names.append(container.tag)
            number = container.parent
        return "/".join(reversed(names))


def parse(page: str | bytes) -> LexborHTMLParser:
    """Parse a page, as text or in UTF-8, once.

    Raises UnsupportedPage (`too-deep`, `too-large`) for what would take the parser seconds.
    """
    source = encode(page).source if isinstance(page, str) else page
    source = source.replace(b"\x00", b"")
    check_markup(source)
    return LexborHTMLParser(source)


def segment(tree: LexborHTMLParser, with_hidden: bool = False) -> Segments:
    """Cut a parsed page into blocks in reading order; scripts and form controls are left out.

    `with_hidden` takes in what the markup hides, and what it keeps for readers without scripts: pages exist whose whole
    text waits there for a script to show it.
    """
    walker = _Walker(with_hidden)
    if tree.body is not None:
        walker.walk(tree.body)
    check_page_blocks(len(walker.blocks))
    return Segments(walker.blocks, walker.containers, Counter(walker.tags))


class _Walker:
    """The state of one walk: the containers we are in, and the block being written."""

    def __init__(self, with_hidden: bool = False) -> None:
        self.with_hidden = with_hidden
        self.skipped = SKIPPED - {"noscript"} if with_hidden else SKIPPED
        self.blocks: list[RawBlock] = []
        self.containers: list[Container] = []
        self.tags: list[str] = []
        self.here = -1
        self.lists: list[tuple[str, int]] = []  # (ul or ol, number of the last item)
        self.kinds = [_PARAGRAPH]
        self.marker: str | None = None
        self.tables: list[bool] = []  # for each open table, whether it has columns
        self.rows = 0  # depth of data-table rows
        self._clear()

    def _clear(self) -> None:
        self.parts: list[str] = []
        self.length = 0
        self.space = False
        self.links: list[tuple[int, int, str]] = []
        self.anchors: list[tuple[int, str]] = []
        self.breaks = 0

    # -- walking -----------------------------------------------------------------------------------------------

    def walk(self, root: LexborNode) -> None:
        """Enter and leave every element below `root` without recursion, however deep the page is."""
        open_elements: list[tuple[LexborNode, str]] = []
        node: LexborNode | None = root
        while node is not None:
            following = None
            if node.is_text_node:
                if node.is_empty_text_node:  # as most are
                    self.space = True
                else:
                    self._write(node.text_content or "")
            else:
                tag = node.tag or ""
                self.tags.append(tag)
                if tag not in self.skipped and self._enter(node, tag):
                    following = node.first_child if tag != "pre" else None
                    if following is None:
                        self._leave(tag)
                    else:
                        open_elements.append((node, tag))
            while following is None and open_elements:  # the root has nothing after it
                following = node.next
                if following is None:
                    node, tag = open_elements.pop()
                    self._leave(tag)
            node = following
        self._flush()

    def _enter(self, node: LexborNode, tag: str) -> bool:
        """Take note of an element; false when its content is not to be seen (then it is not left either)."""
        if not tag or tag[0] in "-!":
            return False
        if tag == "br":
            self._break()
            return False
        attributes = node.attributes
        hidden = not _HIDING.isdisjoint(attributes) and not self.with_hidden and _is_hidden(attributes)
        if hidden and (self.rows or tag == "li" or tag in INLINE):  # part of a block, or counted by its list
            return False
        if tag in INLINE:
            if tag == "a":
                self.anchors.append((self.length, attributes.get("href") or ""))
            return True
        self._enter_block(node, tag, attributes, hidden)
        return True

    def _enter_block(self, node: LexborNode, tag: str, attributes: dict[str, str | None], hidden: bool) -> None:
        if self.rows and tag != "tr":
            if tag in _CELL_KEEPS:
                self._cell()
        elif self.length:
            self._flush()
        else:
            self.space, self.breaks = False, 0
        names = NO_NAMES
        if attributes:
            get = attributes.get
            names = f"{get('class') or ''} {get('id') or ''} {get('role') or ''}".lower()
        depth = 0
        if self.here >= 0:
            around = self.containers[self.here]
            depth, hidden = around.depth + 1, hidden or around.hidden
        self.containers.append(Container(self.here, tag, names, depth, hidden, len(self.blocks)))
        self.here = len(self.containers) - 1
        if tag == "pre":
            self._write_code(node)
        kind = self.kinds[-1]
        if tag in _SHAPING:
            kind = self._kind(node, tag, attributes)
        elif kind[0] not in _PASSED_ON:
            kind = _PARAGRAPH
        self.kinds.append(kind)

    def _kind(self, node: LexborNode, tag: str, attributes: dict[str, str | None]) -> tuple[BlockKind, int | None]:
        if tag in HEADINGS:
            return "heading", HEADINGS[tag]
        if tag in ("ul", "ol", "menu"):
            self.lists.append((tag, _number(attributes.get("start"), 1) - 1))
        elif tag == "li":
            self.marker = self._next_marker(attributes.get("value"))
            return "list_item", max(len(self.lists), 1)
        elif tag == "blockquote":
            return "quote", None
        elif tag in ("figcaption", "caption"):
            return "caption", None
        elif tag == "table":
            self.tables.append(node.css_first(_COLUMNS) is not None)
        elif tag == "tr" and (
            self.rows or (self.tables and self.tables[-1] and node.css_first(_LAYOUT_CONTENT) is None)
        ):
            self.rows += 1
            return "table", None
        return self.kinds[-1] if self.kinds[-1][0] in _PASSED_ON else _PARAGRAPH

    def _next_marker(self, value: str | None) -> str:
        if not self.lists or self.lists[-1][0] != "ol":
            return "-"
        tag, last = self.lists[-1]
        number = _number(value, last + 1)
        self.lists[-1] = (tag, number)
        return f"{number}."

    def _leave(self, tag: str) -> None:
        if tag in INLINE:
            if tag == "a" and self.anchors:
                self._close_anchor(self.anchors.pop())
            return
        if self.rows and tag != "tr":
            self.space = True
        elif self.length:
            self._flush()
        else:
            self.space, self.breaks = False, 0
        if tag in _SHAPING:
            if tag in ("ul", "ol", "menu") and self.lists:
                self.lists.pop()
            elif tag == "table" and self.tables:
                self.tables.pop()
            elif tag == "tr" and self.rows:
                self.rows -= 1
        self.kinds.pop()
        container = self.containers[self.here]
        container.last, container.end = len(self.blocks), len(self.containers)
        self.here = container.parent

    # -- writing -----------------------------------------------------------------------------------------------

    def _write(self, text: str) -> None:
        plain = text.isprintable() and "  " not in text  # of all white space a single space alone is printable
        core = text.strip() if plain else " ".join(text.split())
        if not plain and not core.isprintable():  # controls go before white space is counted: they may stand beside it
            text = without_controls(_FEEDS.sub(" ", text))
            core = " ".join(text.split())
        if not core:  # what else there is of white space, or was nothing but controls
            self.space = self.space or bool(text)
            return
        if self.length and self.parts[-1] != "\t" and (self.space or text[0].isspace()):
            core = " " + core
        self.parts.append(core)
        self.length += len(core)
        self.space = text[-1].isspace()
        self.breaks = 0

    def _write_code(self, node: LexborNode) -> None:
        text = without_controls("".join(_code_parts(node))).strip("\n")
        if text.strip():
            self.blocks.append(RawBlock("code", text, self.here))

    def _break(self) -> None:
        """One <br> in a paragraph is a space; two, or one in a bare container, part paragraphs."""
        self.breaks += 1
        in_prose = self.here >= 0 and self.containers[self.here].tag in ("p", "li", "td", "th", *HEADINGS)
        if self.rows or (in_prose and self.breaks < 2):
            self.space = True
        else:
            self._flush()

    def _cell(self) -> None:
        if self.parts:
            self.parts.append("\t")
            self.length += 1
        self.space = False

    def _close_anchor(self, anchor: tuple[int, str]) -> None:
        start, href = anchor
        if self.length > start and href:
            self.links.append((start, self.length, href))

    def _flush(self) -> None:
        """End the block being written; anchors still open go on into the next one."""
        if not self.length:
            self.space, self.breaks = False, 0
            return
        still_open = [(0, href) for _, href in self.anchors]
        for anchor in self.anchors:
            self._close_anchor(anchor)
        if text := "".join(self.parts).strip():
            self._emit(text)
        self._clear()
        self.anchors = still_open

    def _emit(self, text: str) -> None:
        kind, level = self.kinds[-1]
        links: list[tuple[int, int, str]] = []
        linked, size = 0, len(text)
        for start, end, href in self.links:  # what was before and behind the text is gone
            end = min(end, size)
            while start < end and text[start].isspace():
                start += 1
            if start < end:
                links.append((start, end, href))
                linked += end - start
        block = RawBlock(kind, text, self.here, level, None, links, linked)
        if kind == "list_item":
            block.marker, self.marker = self.marker, None
        self.blocks.append(block)


def _code_parts(pre: LexborNode) -> Iterator[str]:
    """The text of a <pre> as it stands, with a line break for each <br> and after each block element."""
    waiting: list[LexborNode | str | None] = [pre.first_child]
    while waiting:
        node = waiting.pop()
        if isinstance(node, str):
            yield node
        elif node is not None:
            tag = node.tag or ""
            waiting.append(node.next)
            if tag == "-text":
                yield node.text_content or ""
            elif tag == "br":
                yield "\n"
            elif tag not in SKIPPED and tag[0] not in "-!":
                waiting += [] if tag in INLINE else ["\n"]
                waiting.append(node.first_child)


def _number(written: str | None, default: int) -> int:
    """The number in an attribute; what browsers would refuse, and what no list has, gives the default."""
    return int(written) if written and written.isascii() and written.isdigit() and len(written) < 6 else default


def _is_hidden(attributes: dict[str, str | None]) -> bool:
    if "hidden" in attributes:  # React sends late parts of a page hidden and has a script put them in their places
        return not _STREAMED.match(attributes.get("id") or "")
    if attributes.get("aria-hidden") == "true":
        return True
    style = attributes.get("style")
    return bool(style) and _HIDING_STYLE.search(style or "") is not None
