"""A site whose pages list nothing: the home page is a shell for scripts, and only robots.txt knows the sitemaps.

Any path it does not know gets the shell with status 200, as such sites do.
"""

from __future__ import annotations

import gzip

from samples.reply import XML, Reply, reply_text
from samples.shapes.site import Shape, Story, link, make_stories, page, sitemap_index, story_main, url_set

STORIES = make_stories(60)
NEWS = STORIES[-4:]
OTHERS = ("about", "careers", "terms-of-use", "tag/sleep", "search", "how-we-read-the-studies")
NEWS_SPACE = 'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"'
SHELL = page("Lantern", '<div id="root"></div><script src="/app.js"></script>', head='<base href="/">')


def _path(story: Story) -> str:
    return f"/read/{story.number + 40_100}-{story.slug}"


def _entry(base: str, story: Story) -> str:
    return f"<loc>{base}{_path(story)}</loc><lastmod>{story.published:%Y-%m-%d}</lastmod>"


def _news_entry(base: str, story: Story) -> str:
    return (
        f"<loc>{base}{_path(story)}</loc><news:news><news:publication><news:name>Lantern</news:name>"
        f"<news:language>en</news:language></news:publication><news:publication_date>{story.published.isoformat()}"
        f"</news:publication_date><news:title>{story.title}</news:title></news:news>"
    )


def _sitemaps(base: str) -> dict[str, bytes]:
    names = ("articles-1.xml.gz", "articles-2.xml", "pages.xml")
    texts = {
        "/sitemaps/index.xml.gz": sitemap_index(f"{base}/sitemaps/{name}" for name in names),
        "/sitemaps/articles-1.xml.gz": url_set(_entry(base, story) for story in STORIES[:30]),
        "/sitemaps/articles-2.xml": url_set(_entry(base, story) for story in STORIES[30:-4]),
        "/sitemaps/pages.xml": url_set(f"<loc>{base}/{name}</loc>" for name in OTHERS),
        "/news-sitemap.xml": url_set((_news_entry(base, story) for story in NEWS), NEWS_SPACE),
    }
    return {p: gzip.compress(t.encode(), mtime=0) if p.endswith(".gz") else t.encode() for p, t in texts.items()}


def _answer(target: str, base: str) -> Reply:
    path = target.partition("?")[0]
    if path == "/robots.txt":
        lines = f"User-agent: *\nAllow: /\nSitemap: {base}/sitemaps/index.xml.gz\nsitemap:{base}/news-sitemap.xml\n"
        return reply_text(lines, "text/plain")
    if content := _sitemaps(base).get(path):
        return Reply(content, "application/gzip" if path.endswith(".gz") else XML)
    if story := next((story for story in STORIES if _path(story) == path), None):
        after = f"<p>{link('/read', 'More to read')}</p>"
        return reply_text(page(story.title, story_main(story, after), head='<base href="/">'))
    return reply_text(SHELL)


SHELL_SITE = Shape(_answer, frozenset(_path(story) for story in STORIES))
