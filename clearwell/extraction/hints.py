"""What a person knows of a site's markup, from its file: CSS selectors of what is never the article, and of what is."""

from selectolax.lexbor import LexborHTMLParser, LexborNode

from clearwell.extraction.segment import Segments, parse, segment
from clearwell.site import ExtractionHints

_WHOLE_PAGE = frozenset(("html", "head", "body"))


def drop_hinted(tree: LexborHTMLParser, hints: ExtractionHints) -> None:
    """Take the elements that `drop` names out of a parsed page, before anything looks at it."""
    for selector in hints.drop:
        for node in _outermost(tree.css(selector)):
            node.decompose()


def keep_hinted(tree: LexborHTMLParser, hints: ExtractionHints) -> Segments | None:
    """The blocks of the elements that `keep` names, as a page of their own.

    The first selector that finds something to read counts, with all it finds.  None when there is none: the page is of
    another shape than the file's author had in mind.
    """
    for selector in hints.keep:
        markup = "".join(node.html or "" for node in _outermost(tree.css(selector)))
        segments = segment(parse(f"<body>{markup}")).shown() if markup else None
        if segments is not None and segments.blocks:
            return segments
    return None


def _outermost(nodes: list[LexborNode]) -> list[LexborNode]:
    """Those that stand in no other of them; the page as a whole is never meant."""
    parts = [node for node in nodes if node.tag not in _WHOLE_PAGE]
    found = {node.mem_id for node in parts}
    known: dict[int, bool] = {}
    return [node for node in parts if not _is_inside(node, found, known)]


def _is_inside(node: LexborNode, found: set[int], known: dict[int, bool]) -> bool:
    """Whether an element around is one of those found; each element is asked once."""
    passed: list[int] = []
    around = node.parent
    while around is not None and around.mem_id not in known and around.mem_id not in found:
        passed.append(around.mem_id)
        around = around.parent
    answer = around is not None and (around.mem_id in found or known[around.mem_id])
    known.update(dict.fromkeys(passed, answer))
    return answer
