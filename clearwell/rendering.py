"""An article's blocks as text, as safe semantic HTML and as Markdown."""

import re
from collections.abc import Iterable, Iterator
from html import escape
from itertools import groupby

import nh3

from clearwell.article import ArticleBlock

_TAGS = {"p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "blockquote", "pre", "code", "table", "tbody", "tr", "td", "a"}
_ATTRIBUTES = {"a": {"href"}, "ol": {"start"}}
_MARKDOWN_SPECIAL = re.compile(r"([\\`*_\[\]<>])")
_ORDERED = re.compile(r"(\d{1,9})")
MAX_NESTING = 12  # levels of lists; deeper ones stand at this level


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
    return nh3.clean(html, tags=_TAGS, attributes=_ATTRIBUTES, url_schemes={"http", "https"}, link_rel="nofollow noopener")


def to_markdown(blocks: Iterable[ArticleBlock]) -> str:
    """Render Markdown (CommonMark with tables)."""
    parts: list[str] = []
    for kind, group in groupby(blocks, key=lambda block: block.kind):
        members = list(group)
        if kind == "list_item":
            parts.append("\n".join(_markdown_item(block) for block in members))
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
            rows = ("".join(f"<td>{escape(cell)}</td>" for cell in block.text.split("\t")) for block in members)
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
        return f"<pre><code>{escape(block.text)}</code></pre>"
    return f"<p>{text}</p>"


def _html_list(items: list[ArticleBlock]) -> str:
    """Nested lists from the items' levels; a jump of several levels opens one list only."""
    out: list[str] = []
    open_lists: list[tuple[int, str]] = []
    for item in items:
        level = min(item.level or 1, MAX_NESTING)
        number = _ORDERED.match(item.marker or "")
        tag = "ol" if number else "ul"
        while open_lists and (open_lists[-1][0] > level or (open_lists[-1] != (level, tag) and open_lists[-1][0] == level)):
            out.append(f"</li></{open_lists.pop()[1]}>")
        if open_lists and open_lists[-1][0] == level:
            out.append("</li>")
        else:
            start = f' start="{number.group(1)}"' if number and number.group(1) != "1" else ""
            out.append(f"<{tag}{start}>")
            open_lists.append((level, tag))
        out.append(f"<li>{_linked(item)}")
    out += [f"</li></{tag}>" for _, tag in reversed(open_lists)]
    return "".join(out)


def _linked(block: ArticleBlock) -> str:
    parts: list[str] = []
    position = 0
    for link in sorted(block.links, key=lambda link: link.start):
        if link.start < position:
            continue
        inner = escape(block.text[link.start : link.end])
        parts += [escape(block.text[position : link.start]), f'<a href="{escape(link.url)}">{inner}</a>']
        position = link.end
    return "".join((*parts, escape(block.text[position:])))


def _markdown_block(block: ArticleBlock) -> str:
    if block.kind == "code":
        fence = "`" * max(3, 1 + max((len(run) for run in re.findall(r"`+", block.text)), default=0))
        return f"{fence}\n{block.text}\n{fence}"
    text = _markdown_linked(block)
    if block.kind == "heading":
        return f"{'#' * (block.level or 2)} {text}"
    return f"> {text}" if block.kind == "quote" else _guard_line(text)


def _markdown_item(block: ArticleBlock) -> str:
    indent = "  " * (min(block.level or 1, MAX_NESTING) - 1)
    return f"{indent}{block.marker or '-'} {_markdown_linked(block)}"


def _markdown_table(rows: list[list[str]]) -> str:
    width = max(len(row) for row in rows)
    lines = ["| " + " | ".join(_escape_markdown(c).replace("|", "\\|") for c in row + [""] * (width - len(row))) + " |" for row in rows]
    return "\n".join([lines[0], "|" + " --- |" * width, *lines[1:]])


def _markdown_linked(block: ArticleBlock) -> str:
    parts: list[str] = []
    position = 0
    for link in sorted(block.links, key=lambda link: link.start):
        if link.start < position:
            continue
        address = link.url.replace("(", "%28").replace(")", "%29").replace(" ", "%20").replace("<", "%3C").replace(">", "%3E")
        parts += [_escape_markdown(block.text[position : link.start]), f"[{_escape_markdown(block.text[link.start : link.end])}]({address})"]
        position = link.end
    return "".join((*parts, _escape_markdown(block.text[position:])))


def _escape_markdown(text: str) -> str:
    return _MARKDOWN_SPECIAL.sub(r"\\\1", text)


def _guard_line(text: str) -> str:
    """Keep a paragraph a paragraph: `1. Vigorous exercise` or `# 5` at its start would be a list or a heading."""
    return re.sub(r"^(\d{1,9})([.)])(?=\s)|^([#+-])(?=\s)|^(=+|-+)$", lambda m: f"{m.group(1)}\\{m.group(2)}" if m.group(1) else "\\" + m.group(0), text)
