"""Where a wording can stand in an article: one short article, as text or as a page, with one string put into it."""

import html
import re
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from clearwell import Page

URL = "https://wordings.example/article"
HERE = Path(__file__).parent
_SIGN = re.compile(r"[:：|｜」】\]]\s*|\s[-–—]\s|\s=\s")
_WIDE = re.compile(r"[぀-ヿ㐀-鿿]")
_SENTENCE_END = re.compile(r"[.!?]\s+|[。！？]")


class Article(NamedTuple):
    """A language's article: its title, and the paragraphs and headings below."""

    title: str
    lines: tuple[str, ...]


Place = Callable[[Article, str], Page]


def read_language(language: str) -> tuple[Article, dict[str, list[str]]]:
    """The article of a language, and its wordings by category; `\\n` in a wording parts the lines of one string."""
    sections: dict[str, list[str]] = {}
    for line in (HERE / f"{language}.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("# "):
            section = sections.setdefault(line[2:], [])
        elif line:
            section.append(line.replace("\\n", "\n"))
    title, *lines = sections.pop("prose")
    return Article(title, tuple(lines)), sections


def list_languages() -> list[str]:
    """Every language there are wordings of."""
    return sorted(path.stem for path in HERE.glob("*.txt"))


def _text(lines: list[str]) -> Page:
    return Page(url=URL, text="\n\n".join(line for line in lines if line))


def text_top(article: Article, string: str) -> Page:
    """Above the title."""
    return _text([string, article.title, *article.lines])


def text_head(article: Article, string: str) -> Page:
    """Below the title."""
    return _text([article.title, string, *article.lines])


def text_between(article: Article, string: str) -> Page:
    """Between two paragraphs."""
    return _text([article.title, *article.lines[:2], string, *article.lines[2:]])


def text_tail(article: Article, string: str) -> Page:
    """Behind the last paragraph."""
    return _text([article.title, *article.lines, string])


def text_end(article: Article, string: str) -> Page:
    """Behind the last sentence of a paragraph, on its line."""
    return _text([article.title, article.lines[0], _join(article.lines[1], string), *article.lines[2:]])


def text_middle(article: Article, string: str) -> Page:
    """Between two sentences of a paragraph."""
    return _text([article.title, _between(article.lines[0], string), *article.lines[1:]])


def _join(*parts: str) -> str:
    return ("" if _WIDE.search(parts[0]) else " ").join(part for part in parts if part)


def _between(paragraph: str, string: str) -> str:
    end = next(_SENTENCE_END.finditer(paragraph)).end()
    return _join(paragraph[:end].rstrip(), string, paragraph[end:])


def _page(article: Article, blocks: list[str]) -> Page:
    body = "".join(blocks)
    source = (
        f"<html><head><title>{html.escape(article.title)}</title></head><body><main><article>{body}</article></main>"
        "</body></html>"
    )
    return Page(url=URL, html=source)


def _blocks(article: Article) -> list[str]:
    return [
        f"<p>{html.escape(line)}</p>" if line[-1] in ".。" else f"<h2>{html.escape(line)}</h2>"
        for line in article.lines
    ]


def _title(article: Article) -> str:
    return f"<h1>{html.escape(article.title)}</h1>"


def _link(string: str) -> str:
    """A line with a link over what stands behind its first sign, over all of it without one."""
    sign = _SIGN.search(string)
    at = sign.end() if sign and sign.end() < len(string) else 0
    return f'{html.escape(string[:at])}<a href="/other/article">{html.escape(string[at:])}</a>'


def _wrap(string: str, tag: str, linked: bool = False) -> str:
    lines = [_link(line) if linked else html.escape(line) for line in string.split("\n") if line]
    return "".join(f"<{tag}>{line}</{tag}>" for line in lines)


def page_top(article: Article, string: str) -> Page:
    """Links above the title."""
    return _page(article, [_wrap(string, "div", linked=True), _title(article), *_blocks(article)])


def page_head(article: Article, string: str) -> Page:
    """A paragraph below the title."""
    return _page(article, [_title(article), _wrap(string, "p"), *_blocks(article)])


def page_between(article: Article, string: str) -> Page:
    """A paragraph between two others."""
    blocks = _blocks(article)
    return _page(article, [_title(article), *blocks[:2], _wrap(string, "p"), *blocks[2:]])


def page_division(article: Article, string: str) -> Page:
    """A div between two paragraphs, its text in a span."""
    blocks = _blocks(article)
    inner = f"<div>{_wrap(string, 'span')}</div>" if string else ""
    return _page(article, [_title(article), *blocks[:2], inner, *blocks[2:]])


def page_linked(article: Article, string: str) -> Page:
    """A paragraph with a link, between two others."""
    blocks = _blocks(article)
    return _page(article, [_title(article), *blocks[:2], _wrap(string, "p", linked=True), *blocks[2:]])


def page_item(article: Article, string: str) -> Page:
    """A linked item of a list between two paragraphs."""
    blocks = _blocks(article)
    inner = f"<ul>{_wrap(string, 'li', linked=True)}</ul>" if string else ""
    return _page(article, [_title(article), *blocks[:2], inner, *blocks[2:]])


def page_plain_item(article: Article, string: str) -> Page:
    """An item of a list, without a link, among two of the article's own."""
    blocks = _blocks(article)
    own = [f"<li>{html.escape(line)}</li>" for line in article.lines[-2:]]
    inner = f"<ul>{own[0]}{_wrap(string, 'li')}{own[1]}</ul>"
    return _page(article, [_title(article), *blocks[:-2], inner])


def page_tail(article: Article, string: str) -> Page:
    """A paragraph behind the last one."""
    return _page(article, [_title(article), *_blocks(article), _wrap(string, "p")])


def page_tail_linked(article: Article, string: str) -> Page:
    """The same with links."""
    return _page(article, [_title(article), *_blocks(article), _wrap(string, "p", linked=True)])


def page_caption(article: Article, string: str) -> Page:
    """The caption of a picture."""
    blocks = _blocks(article)
    inner = f'<figure><img src="/a.jpg">{_wrap(string, "figcaption")}</figure>'
    return _page(article, [_title(article), *blocks[:2], inner, *blocks[2:]])


def page_span(article: Article, string: str) -> Page:
    """A span between two sentences of a paragraph."""
    blocks = _blocks(article)
    paragraph = _between(article.lines[0], "\0")
    inner = html.escape(paragraph).replace("\0", f"<span>{html.escape(string)}</span>")
    return _page(article, [_title(article), f"<p>{inner}</p>", *blocks[1:]])


PLACES: dict[str, tuple[Place, ...]] = {
    "also": (text_between, text_tail, text_end, page_between, page_linked, page_item),
    "call": (text_between, text_head, text_tail, text_end, page_tail, page_division, page_item),
    "credit": (text_head, text_tail, page_head, page_tail),
    "photo": (text_between, text_tail, page_between, page_division, page_caption),
    "residue": (text_between, text_tail, page_between, page_division),
    "spam": (text_head, page_head),
    "noise": (text_middle, page_between),
    "watermark": (text_middle, page_span, text_between, text_end, page_tail),
    "nav": (text_tail, page_tail, page_tail_linked),
    "crumb": (text_top, text_head, page_top, page_head),
    "keep": (text_between, text_tail, text_end, page_between, page_plain_item),
}
