"""The pages round the articles: home, listings, sitemaps, feed, robots.txt."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from email.utils import format_datetime
from html import escape

from samples.dirt import cut_teaser
from samples.phrases import load_language
from samples.source import LANGUAGES, Article, list_articles

PER_PAGE = 3  # articles a listing page; few, so that even a small language has a second page
LISTING_TEASER = 45  # characters
SITEMAP_SPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"


def make_robots(base: str) -> str:
    """Return robots.txt: everything but /private/, and where the sitemap is."""
    return f"User-agent: *\nDisallow: /private/\nAllow: /\n\nSitemap: {base}/sitemap.xml\n"


def _find_last_change(articles: Iterable[Article]) -> str:
    return max(article.changed for article in articles).isoformat()


def make_sitemap_index(base: str) -> str:
    """Return the index of the per-language sitemaps; the one with the trouble is not in it."""
    entries = "\n".join(
        f"<sitemap><loc>{base}/sitemap-{language}.xml</loc>"
        f"<lastmod>{_find_last_change(list_articles(language))}</lastmod></sitemap>"
        for language in LANGUAGES
    )
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<sitemapindex xmlns="{SITEMAP_SPACE}">\n{entries}\n</sitemapindex>\n'
    )


def _make_url_set(entries: Iterable[str]) -> str:
    lines = "\n".join(f"<url>{entry}</url>" for entry in entries)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="{SITEMAP_SPACE}">\n{lines}\n</urlset>\n'


def make_sitemap(base: str, language: str) -> str:
    """Return the sitemap of one language."""
    return _make_url_set(
        f"<loc>{base}{article.path}</loc><lastmod>{article.changed.isoformat()}</lastmod>"
        for article in list_articles(language)
    )


def make_trouble_sitemap(base: str, paths: Iterable[str]) -> str:
    """Return the sitemap of the misbehaving pages."""
    return _make_url_set(f"<loc>{base}{escape(path)}</loc>" for path in paths)


def _make_item(base: str, article: Article) -> str:
    url = base + article.path
    return (
        f"<item><title>{escape(article.title)}</title><link>{url}</link><guid>{url}</guid>"
        f"<pubDate>{format_datetime(article.changed)}</pubDate>"
        f"<description>{escape(article.description)}</description></item>"
    )


def make_feed(base: str) -> str:
    """Return the RSS 2.0 feed of all languages, newest first."""
    items = "\n".join(_make_item(base, article) for article in list_articles())
    site = load_language("en").site
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0"><channel>\n'
        f"<title>{site}</title><link>{base}/</link><description>New articles in four languages</description>\n"
        f"{items}\n</channel></rss>\n"
    )


def _make_page(language: str, title: str, body: str) -> str:
    return (
        f'<!DOCTYPE html>\n<html lang="{language}">\n<head><meta charset="utf-8"><title>{escape(title)}</title>'
        f'<link rel="alternate" type="application/rss+xml" href="/feed.xml"></head>\n<body>\n{body}\n</body>\n</html>\n'
    )


def make_home(trouble: Mapping[str, str]) -> str:
    """Return the home page: the languages, and the misbehaving pages with what is wrong with each."""
    languages = "".join(f'<li><a href="/{name}/">{load_language(name).site}</a></li>' for name in LANGUAGES)
    pages = "\n".join(f'<li><a href="{escape(path)}">{escape(text)}</a></li>' for path, text in trouble.items())
    title = load_language("en").site
    return _make_page("en", title, f"<h1>{title}</h1>\n<ul>{languages}</ul>\n<h2>Trouble</h2>\n<ul>\n{pages}\n</ul>")


def count_pages(language: str) -> int:
    """Count the listing pages of one language."""
    return -(-len(list_articles(language)) // PER_PAGE)


def _make_entry(article: Article) -> str:
    title = escape(article.title, quote=False)
    teaser = escape(cut_teaser(article.opening, LISTING_TEASER), quote=False)
    return f'<li><a href="{article.path}">{title}</a> <p>{teaser}</p></li>'


def make_listing(language: str, number: int) -> str:
    """Return one listing page; `number` counts from 1, page 1 lives at `/<language>/`."""
    words = load_language(language)
    shown = list_articles(language)[(number - 1) * PER_PAGE : number * PER_PAGE]
    links = "".join(
        f'<a href="/{language}/{f"page/{other}/" if other > 1 else ""}">{other}</a> '
        for other in range(1, count_pages(language) + 1)
        if other != number
    )
    entries = "\n".join(_make_entry(article) for article in shown)
    body = f'<h1>{words.site}</h1>\n<ul class="listing">\n{entries}\n</ul>\n<div class="pagination">{links}</div>'
    return _make_page(language, words.site, body)
