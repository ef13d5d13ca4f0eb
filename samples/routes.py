"""Which path gives which reply; pure, so a test or a tool can ask without a socket."""

from __future__ import annotations

import re

from samples import pages
from samples.reply import HTML, XML, Reply, reply_text
from samples.site import render
from samples.source import LANGUAGES, TROUBLE, list_articles, load_articles
from samples.trouble import answer_trouble, misbehaving

_LISTING = re.compile(rf"/({'|'.join(LANGUAGES)})/(?:page/(\d{{1,4}})/)?")
_ARTICLE = re.compile(rf"/({'|'.join(LANGUAGES)})/([a-z0-9-]{{1,80}})\.html")
_SITEMAP = re.compile(rf"/sitemap-({'|'.join(LANGUAGES)})\.xml")


def _answer_fixed(path: str, base: str) -> Reply | None:
    """Answer the paths there is one of."""
    if path == "/":
        return reply_text(pages.make_home(misbehaving()))
    if path == "/robots.txt":
        return reply_text(pages.make_robots(base), "text/plain; charset=utf-8")
    if path == "/sitemap.xml":
        return reply_text(pages.make_sitemap_index(base), XML)
    if path == "/sitemap-trouble.xml":
        return reply_text(pages.make_trouble_sitemap(base, misbehaving()), XML)
    if path == "/feed.xml":
        return reply_text(pages.make_feed(base), "application/rss+xml; charset=utf-8")
    return None


def _answer_listing(language: str, number: int) -> Reply | None:
    if not 1 <= number <= pages.count_pages(language):
        return None
    newest = max(article.changed for article in list_articles(language))
    return reply_text(pages.make_listing(language, number), changed=newest)


def _answer_article(folder: str, slug: str, base: str) -> Reply | None:
    article = load_articles().get(slug)
    if article is None or article.folder != folder or folder == TROUBLE:
        return None
    return reply_text(render(slug, base), HTML, changed=article.changed)


def answer(target: str, base: str) -> Reply:
    """Answer a request; `target` is path and query, `base` is `http://` and the request's Host."""
    path = target.partition("?")[0]
    if reply := answer_trouble(target, base) or _answer_fixed(path, base):
        return reply
    if match := _SITEMAP.fullmatch(path):
        return reply_text(pages.make_sitemap(base, match[1]), XML)
    if match := _LISTING.fullmatch(path):
        reply = _answer_listing(match[1], int(match[2] or 1))
    elif match := _ARTICLE.fullmatch(path):
        reply = _answer_article(match[1], match[2], base)
    return reply or reply_text("<h1>Not found</h1>", status=404)
