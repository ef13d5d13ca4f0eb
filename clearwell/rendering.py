"""An article's blocks as text, as safe semantic HTML and as Markdown."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import escape
from itertools import groupby

import nh3

from clearwell.article import ArticleBlock

_TAGS = {
    "p",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "ul",
    "ol",
    "li",
    "blockquote",
    "pre",
    "code",
    "table",
    "tbody",
    "tr",
    "td",
    "a",
}
_ATTRIBUTES = {"a": {"href"}, "ol": {"start"}, "li": {"value"}}
_MARKDOWN_SPECIAL = re.compile(r"([\\`*_~&\[\]<>])")
_ORDERED = re.compile(r"(\d{1,9})")
MAX_STRETCH = 20_000  # characters; 20 ms where each is an entity; 2026-11
MAX_NESTING = 12  # levels of lists; deeper ones stand at this level


@dataclass(slots=True)
class _OpenList:
    """A list that HTML is being written into, and the number its last item has."""

    level: int
    tag: str
    number: int = 0


def to_text(blocks: Iterable[ArticleBlock]) -> str:
    """Render plain text: blocks parted by a blank line, items of a list and rows of a table by a line break."""
    parts: list[str] = []
    previous = ""
    for block in blocks:
        together = block.kind in ("list_item", "table") and block.kind == previous
        parts.append(("\n" if together else "\n\n") if parts else "")
        parts.append(f"{block.marker} {block.text}" if block.marker else block.text)
        previous = block.kind
    return "".join(parts)


def to_html(blocks: Iterable[ArticleBlock]) -> str:
    """Render semantic HTML.  It is written from text alone, every character escaped, and sanitised all the same.

    Kept are paragraphs, headings, lists, tables, quotes, code and http(s) links; no class, style, script or image.
    """
    html = "\n".join(_html_parts(blocks))
    return nh3.clean(
        html, tags=_TAGS, attributes=_ATTRIBUTES, url_schemes={"http", "https"}, link_rel="nofollow noopener"
    )


def to_markdown(blocks: Iterable[ArticleBlock]) -> str:
    """Render Markdown (CommonMark with tables)."""
    parts: list[str] = []
    for kind, group in groupby(blocks, key=lambda block: block.kind):
        members = list(group)
        if kind == "list_item":
            parts.append(_markdown_list(members))
        elif kind == "table":
            parts.append(_markdown_table([block.text.split("\t") for block in members]))
        else:
            parts += [_markdown_block(block) for block in members]
    return "\n\n".join(parts)


def _html_parts(blocks: Iterable[ArticleBlock]) -> Iterator[str]:
    for kind, group in groupby(blocks, key=lambda block: block.kind):
        members = list(group)
        if kind == "list_item":
            yield _html_list(members)
        elif kind == "table":
            rows = ("".join(f"<td>{_escape(cell)}</td>" for cell in block.text.split("\t")) for block in members)
            yield "<table><tbody>" + "".join(f"<tr>{row}</tr>" for row in rows) + "</tbody></table>"
        else:
            yield from (_html_block(block) for block in members)


def _html_block(block: ArticleBlock) -> str:
    text = _linked(block)
    if block.kind == "heading":
        return f"<h{block.level or 2}>{text}</h{block.level or 2}>"
    if block.kind == "quote":
        return f"<blockquote><p>{text}</p></blockquote>"
    if block.kind == "code":
        return f"<pre><code>{_escape(block.text)}</code></pre>"
    return f"<p>{text}</p>"


def _html_list(items: list[ArticleBlock]) -> str:
    """Nested lists from the items' levels; a jump of several levels opens one list only.

    An item without a marker is a further paragraph of the item before it.
    """
    out: list[str] = []
    open_lists: list[_OpenList] = []
    for item in items:
        level = min(item.level or 1, MAX_NESTING)
        if open_lists and not item.marker:
            while len(open_lists) > 1 and open_lists[-1].level > level:
                out.append(f"</li></{open_lists.pop().tag}>")
            out.append(f"<p>{_linked(item)}</p>")
            continue
        number = int(found.group(1)) if (found := _ORDERED.match(item.marker or "")) else None
        tag = "ul" if number is None else "ol"
        while open_lists and (
            open_lists[-1].level > level or (open_lists[-1].level == level and open_lists[-1].tag != tag)
        ):
            out.append(f"</li></{open_lists.pop().tag}>")
        if open_lists and open_lists[-1].level == level:
            value = "" if number in (None, open_lists[-1].number + 1) else f' value="{number}"'
            out.append(f"</li><li{value}>")
        else:
            start = "" if number in (None, 1) else f' start="{number}"'
            out.append(f"<{tag}{start}><li>")
            open_lists.append(_OpenList(level, tag))
        open_lists[-1].number = number or 0
        out.append(_linked(item))
    out += [f"</li></{opened.tag}>" for opened in reversed(open_lists)]
    return "".join(out)


def _escape(text: str) -> str:
    """Escape for HTML; comments, which the sanitiser strips, part long text: it is slow on many entities in a row."""
    if len(text) <= MAX_STRETCH:
        return escape(text)
    parts = (text[start : start + MAX_STRETCH] for start in range(0, len(text), MAX_STRETCH))
    return "<!---->".join(map(escape, parts))


def _linked(block: ArticleBlock) -> str:
    if not block.links:
        return _escape(block.text)
    parts: list[str] = []
    position = 0
    for link in sorted(block.links, key=lambda link: link.start):
        if link.start < position:
            continue
        inner = _escape(block.text[link.start : link.end])
        parts += [_escape(block.text[position : link.start]), f'<a href="{escape(link.url)}">{inner}</a>']
        position = link.end
    return "".join((*parts, _escape(block.text[position:])))


def _markdown_block(block: ArticleBlock) -> str:
    if block.kind == "code":
        fence = "`" * max(3, 1 + max((len(run) for run in re.findall(r"`+", block.text)), default=0))
        return f"{fence}\n{block.text}\n{fence}"
    text = _markdown_linked(block)
    if block.kind == "heading":
        return f"{'#' * (block.level or 2)} {text}"
    return f"> {text}" if block.kind == "quote" else _guard_line(text)


def _markdown_list(items: list[ArticleBlock]) -> str:
    """List lines, nested ones indented by four spaces, which is right below `-` and below `10.` alike."""
    lines: list[str] = []
    levels: list[int] = []
    for item in items:
        level = min(item.level or 1, MAX_NESTING)
        while levels and levels[-1] > level:
            levels.pop()
        if not levels or levels[-1] < level:
            levels.append(level)
        indent = "    " * (len(levels) - 1)
        goes_on = lines and not item.marker
        lines.append(
            f"\n{indent}    {_markdown_linked(item)}"
            if goes_on
            else f"{indent}{item.marker or '-'} {_markdown_linked(item)}"
        )
    return "\n".join(lines)


def _markdown_table(rows: list[list[str]]) -> str:
    width = max(len(row) for row in rows)
    lines = [
        "| " + " | ".join(_escape_markdown(c).replace("|", "\\|") for c in row + [""] * (width - len(row))) + " |"
        for row in rows
    ]
    return "\n".join([lines[0], "|" + " --- |" * width, *lines[1:]])


def _markdown_linked(block: ArticleBlock) -> str:
    parts: list[str] = []
    position = 0
    for link in sorted(block.links, key=lambda link: link.start):
        if link.start < position:
            continue
        address = (
            link.url.replace("(", "%28").replace(")", "%29").replace(" ", "%20").replace("<", "%3C").replace(">", "%3E")
        )
        parts += [
            _escape_markdown(block.text[position : link.start]),
            f"[{_escape_markdown(block.text[link.start : link.end])}]({address})",
        ]
        position = link.end
    return "".join((*parts, _escape_markdown(block.text[position:])))


def _escape_markdown(text: str) -> str:
    return _MARKDOWN_SPECIAL.sub(r"\\\1", text)


def _guard_line(text: str) -> str:
    """Keep a paragraph a paragraph: `1. Vigorous exercise` or `# 5` at its start would be a list or a heading."""
    return re.sub(
        r"^(\d{1,9})([.)])(?=\s)|^([#+-])(?=\s)|^(=+|-+)$",
        lambda m: f"{m.group(1)}\\{m.group(2)}" if m.group(1) else "\\" + m.group(0),
        text,
    )
