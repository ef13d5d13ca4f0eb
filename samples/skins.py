"""Three page skins: `press` (like a blog), `farm` (div soup, raw text and `<br>`), `journal` (semantic HTML5)."""

from __future__ import annotations

import json
from dataclasses import dataclass
from html import escape
from itertools import groupby

from samples.dirt import Part, Piece, seed_random
from samples.phrases import Language
from samples.source import Article, list_articles


@dataclass(frozen=True)
class View:
    """What a skin needs to draw one page."""

    article: Article
    pieces: tuple[Piece, ...]
    words: Language
    base: str  # scheme and host, no slash at the end
    robots: str = ""  # content of the robots meta, if any

    @property
    def canonical(self) -> str:
        """The absolute address the page declares, whatever address it was asked for."""
        return self.base + self.article.path

    @property
    def locale(self) -> str:
        """The value of `<html lang>`; wrong on about a third of the pages."""
        wrong = seed_random(self.article.slug, "locale").random() < 0.35
        return self.words.wrong_locale if wrong else self.article.locale


def _draw_part(part: Part) -> str:
    text = escape(part.text, quote=False)
    return f'<span style="color:#fefefe;font-size:1px">{text}</span>' if part.span else text


def _draw_text(piece: Piece) -> str:
    text = "".join(_draw_part(part) for part in piece.parts)
    return f'<a href="{escape(piece.href)}">{text}</a>' if piece.href else text


def _draw_table(piece: Piece) -> str:
    rows = [row.split(" | ") for row in "".join(part.text for part in piece.parts).split("\n")]
    head = "".join(f"<th>{escape(cell, quote=False)}</th>" for cell in rows[0])
    body = "".join(
        "<tr>" + "".join(f"<td>{escape(cell, quote=False)}</td>" for cell in row) + "</tr>\n" for row in rows[1:]
    )
    return f"<table>\n<tr>{head}</tr>\n{body}</table>"


def _draw_list(pieces: list[Piece]) -> str:
    tag = "ol" if pieces[0].ordered else "ul"
    items = "\n".join(f"<li>{_draw_text(piece)}</li>" for piece in pieces)
    return f"<{tag}>\n{items}\n</{tag}>"


def _draw_piece(piece: Piece) -> str:
    """Draw one piece that stands alone, as `press` and `journal` do."""
    if piece.kind == "table":
        return _draw_table(piece)
    text = _draw_text(piece)
    if piece.kind == "heading":
        return f"<h{piece.level}>{text}</h{piece.level}>"
    if piece.kind == "quote":
        return f"<blockquote><p>{text}</p></blockquote>"
    if piece.category == "credit":
        return f'<p class="meta-line"><em>{text}</em></p>'
    if piece.category == "navigation":
        return f"<p><strong>{text}</strong></p>"
    return f"<p>{text}</p>"


def _draw_semantic(pieces: tuple[Piece, ...]) -> str:
    """Draw the pieces with elements, the items of one list together."""
    drawn = []
    for key, run in groupby(pieces, key=lambda piece: (piece.kind == "list_item", piece.ordered)):
        found = list(run)
        drawn += [_draw_list(found)] if key[0] else [_draw_piece(piece) for piece in found]
    return "\n".join(drawn)


def _draw_soup(pieces: tuple[Piece, ...]) -> str:
    """Draw the pieces as raw lines and `<br>`; only tables and lists keep elements."""
    drawn = []
    for kind, run in groupby(pieces, key=lambda piece: piece.kind):
        if kind == "list_item":
            drawn.append(_draw_list(list(run)))
        elif kind == "table":
            drawn += [_draw_table(piece) for piece in run]
        elif kind == "heading":
            drawn += [f"<strong>{_draw_text(piece)}</strong><br>" for piece in run]
        else:
            drawn += [f"　　{_draw_text(piece)}<br><br>" for piece in run]
    return "\n".join(drawn)


def _meta(name: str, content: str, attribute: str = "name") -> str:
    return f'<meta {attribute}="{name}" content="{escape(content)}">'


def _make_linked_data(view: View, kind: str) -> str:
    """Return the JSON-LD script of the article."""
    article = view.article
    data = {
        "@context": "https://schema.org",
        "@type": kind,
        "headline": article.title,
        "description": article.description,
        "author": [{"@type": "Person", "name": name} for name in article.authors],
        "datePublished": article.published,
        "dateModified": article.modified or article.published,
        "inLanguage": article.locale,
        "mainEntityOfPage": view.canonical,
        "publisher": {"@type": "Organization", "name": view.words.site},
    }
    return f'<script type="application/ld+json">{json.dumps(data, ensure_ascii=False)}</script>'


def _make_open_graph(view: View) -> str:
    article = view.article
    pairs = {
        "og:type": "article",
        "og:title": article.title,
        "og:description": article.description,
        "og:url": view.canonical,
        "og:site_name": view.words.site,
        "article:published_time": article.published,
        "article:modified_time": article.modified or article.published,
    }
    return "\n".join(_meta(name, content, "property") for name, content in pairs.items())


def _make_head(view: View, extra: str) -> str:
    """Draw the `<head>` all skins share, and what one of them adds."""
    article = view.article
    robots = _meta("robots", view.robots) if view.robots else ""
    return f"""<head>
<meta charset="utf-8">
<title>{escape(article.title + view.words.title_suffix, quote=False)}</title>
{_meta("description", article.description)}
{_meta("keywords", ",".join(article.keywords))}
<link rel="canonical" href="{escape(view.canonical)}">
{robots}
{extra}
</head>"""


def _draw_links(view: View, separator: str) -> str:
    links = (f'<a href="/{view.article.language}/">{escape(word)}</a>' for word in view.words.nav)
    return separator.join(links)


def _draw_sidebar(view: View, count: int = 5) -> str:
    articles = list_articles(view.article.language)[:count]
    items = "".join(f'<li><a href="{item.path}">{escape(item.title, quote=False)}</a></li>' for item in articles)
    return f"<h3>{view.words.sidebar}</h3><ul>{items}</ul>"


def _draw_comments(view: View) -> str:
    return "".join(f'<div class="comment"><p>{escape(text)}</p></div>' for text in view.words.comments)


def draw_press(view: View) -> str:
    """Draw a blog-like page; half of them carry JSON-LD, the others only meta tags."""
    article, words = view.article, view.words
    linked = seed_random(article.slug, "linked").random() < 0.5
    extra = _make_linked_data(view, "Article") if linked else _meta("author", ", ".join(article.authors))
    share = "".join(f'<a class="share-button" href="#share">{word}</a>' for word in words.share)
    day = article.published[:10]
    return f"""<!DOCTYPE html>
<html lang="{view.locale}">
{_make_head(view, _make_open_graph(view) + extra)}
<body class="post-template single single-post">
<header id="masthead"><a href="/">{words.site}</a><nav>{_draw_links(view, " ")}</nav></header>
<main id="main">
<article class="post type-post hentry">
<header class="entry-header"><h1 class="entry-title">{escape(article.title, quote=False)}</h1>
<div class="entry-meta">{words.byline} <span class="author vcard">{escape(", ".join(article.authors))}</span>
<time class="entry-date published" datetime="{article.published}">{day}</time></div></header>
<div class="entry-content">
{_draw_semantic(view.pieces)}
</div>
<div class="sharedaddy">{share}</div>
</article>
<aside id="secondary" class="widget-area sidebar">{_draw_sidebar(view)}</aside>
<section id="comments">{_draw_comments(view)}</section>
</main>
<footer id="colophon"><p>{words.footer}</p></footer>
</body>
</html>
"""


def draw_farm(view: View) -> str:
    """Draw a div-soup page: no article element, no JSON-LD, the date only as text."""
    article, words = view.article, view.words
    day = article.published[:16].replace("T", " ")
    return f"""<!DOCTYPE html>
<html lang="{view.locale}">
{_make_head(view, "")}
<body>
<div class="top"><div class="logo"><a href="/">{words.site}</a></div>
<div class="menu">{_draw_links(view, " | ")}</div></div>
<div class="wrap">
<div class="pos">{words.nav[0]} &gt; {words.nav[1]}</div>
<div class="left">
<div class="bt"><h1>{escape(article.title, quote=False)}</h1></div>
<div class="info">发布时间：{day}　{words.byline}{escape("、".join(article.authors))}</div>
<div class="con" id="zoom">
{_draw_soup(view.pieces)}
</div>
<div class="fx">{" ".join(words.share)}</div>
</div>
<div class="right">{_draw_sidebar(view, 8)}<div class="pl">{_draw_comments(view)}</div></div>
</div>
<div class="bottom">{words.footer}</div>
</body>
</html>
"""


def draw_journal(view: View) -> str:
    """Draw a semantic page: one `<main>`, one `<article>`, JSON-LD and Open Graph."""
    article, words = view.article, view.words
    kind = "MedicalWebPage" if seed_random(article.slug, "linked").random() < 0.4 else "NewsArticle"
    return f"""<!DOCTYPE html>
<html lang="{view.locale}">
{_make_head(view, _make_open_graph(view) + _make_linked_data(view, kind))}
<body>
<header><nav aria-label="main">{_draw_links(view, " · ")}</nav></header>
<main>
<article itemscope itemtype="https://schema.org/{kind}">
<h1 itemprop="headline">{escape(article.title, quote=False)}</h1>
<p class="lead-meta">{words.byline} {escape(" und ".join(article.authors))}, \
<time itemprop="datePublished" datetime="{article.published}">{article.published[:10]}</time></p>
<section itemprop="articleBody">
{_draw_semantic(view.pieces)}
</section>
</article>
<aside>{_draw_sidebar(view, 4)}</aside>
</main>
<footer><p>{words.footer}</p><p>{" ".join(words.share)}</p></footer>
</body>
</html>
"""


SKINS = {"press": draw_press, "farm": draw_farm, "journal": draw_journal}
