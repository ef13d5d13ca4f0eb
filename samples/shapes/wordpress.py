"""A site laid out as WordPress does: posts at the root, archives of everything, feeds, an index of sitemaps by type."""

from __future__ import annotations

import re
from email.utils import format_datetime
from html import escape

from samples.reply import XML, Reply, reply_text
from samples.shapes.site import Shape, Story, items, link, make_stories, page, sitemap_index, story_main, url_set

STORIES = make_stories(48)
CATEGORIES = ("sleep", "food", "movement", "at-home")
TAGS = ("knees", "breakfast", "salt", "water", "stairs", "naps", "labels", "winter")
AUTHORS = ("ida-brandt", "tom-okafor")
PER_PAGE = 10
PAGES = {
    "about": "We write about small habits.",
    "contact": "Write to us.",
    "privacy-policy": "We keep no data.",
    "meet-the-kitchen-table": "A photo of our kitchen table.",
}
_LIST = re.compile(r"/(?:(category|tag|author)/([a-z-]+)/|(\d{4})/(\d\d)/)?(?:page/(\d{1,3})/)?")
_BY_SLUG = {story.slug: story for story in STORIES}


def _chosen(kind: str | None, name: str, year: str, month: str) -> list[Story]:
    """The posts of an archive, newest first; of the home page all."""
    groups = {"category": CATEGORIES, "tag": TAGS, "author": AUTHORS}
    newest = list(reversed(STORIES))
    if kind:
        names = groups[kind]
        return [s for s in newest if name in names and s.number % len(names) == names.index(name)]
    if year:
        return [s for s in newest if f"{s.published:%Y-%m}" == f"{year}-{month}"]
    return newest


def _menu() -> str:
    return items([link("/", "Home"), *(link(f"/category/{c}/", c) for c in CATEGORIES), link("/about/", "About")])


def _aside() -> str:
    months = sorted({f"/{s.published:%Y/%m}/" for s in STORIES}, reverse=True)
    recent = [f"{link(f'/{s.slug}/#comment-{s.number}', 'on ' + s.title)}" for s in STORIES[-3:]]
    return (
        '<form role="search" action="/"><input name="s"></form>'
        + items(link(f"/{s.slug}/", s.title) for s in STORIES[-5:])
        + items(recent)
        + '<div class="tagcloud">' + "".join(link(f"/tag/{t}/", t) for t in TAGS) + "</div>"
        + items(link(f"/author/{a}/", a) for a in AUTHORS)
        + items(link(month, month) for month in months)
    )  # fmt: skip


def _footer() -> str:
    names = ("contact", "privacy-policy", "meet-the-kitchen-table")
    return items([*(link(f"/{n}/", n) for n in names), link("/wp-login.php", "Log in"), link("/feed/", "Entries feed")])


def _head(path: str = "", number: int = 0) -> str:
    amp = f'<link rel="canonical" href="{path}"><link rel="amphtml" href="{path}amp/">' if path else ""
    return (
        '<link rel="alternate" type="application/rss+xml" href="/feed/">'
        '<link rel="alternate" type="application/rss+xml" href="/comments/feed/">'
        f'<link rel="https://api.w.org/" href="/wp-json/">{amp}'
        + (f'<link rel="shortlink" href="/?p={number}">' if number else "")
    )


def _list_page(path: str, stories: list[Story], number: int) -> Reply | None:
    last = -(-len(stories) // PER_PAGE)
    if not 1 <= number <= last:
        return None
    base = re.sub(r"page/\d+/$", "", path)
    teasers = "".join(
        f'<article class="post"><h2>{link(f"/{s.slug}/", s.title)}</h2><p>{escape(s.teaser)} '
        f"{link(f'/{s.slug}/', 'Continue reading')}</p><footer>{link(f'/category/{_category(s)}/', _category(s))} "
        f"{link(f'/{s.slug}/#respond', 'Leave a comment')}</footer></article>"
        for s in stories[(number - 1) * PER_PAGE : number * PER_PAGE]
    )
    numbers = [link(f"{base}page/{n}/" if n > 1 else base, str(n)) for n in range(1, last + 1) if n != number]
    older = f'<a class="next" href="{base}page/{number + 1}/">Older posts</a>' if number < last else ""
    main = teasers + f'<div class="nav-links">{"".join(numbers)}{older}</div>'
    return reply_text(page("Kitchen Table Notes", main, _menu(), _aside(), _footer(), _head()))


def _category(story: Story) -> str:
    return CATEGORIES[story.number % len(CATEGORIES)]


def _post(story: Story) -> Reply:
    path, near = f"/{story.slug}/", (story.number + 1) % len(STORIES)
    comments = "".join(
        f"<li><p>That helped me too.</p>{link(f'{path}?replytocom={n}#respond', 'Reply')}</li>" for n in range(4)
    )
    after = (
        f"<figure>{link(f'{path}photo-{story.number}/', 'photo')}"
        f"{link(f'/wp-content/uploads/{story.number}.jpg', '')}</figure><div>"
        f"{link(f'{path}?share=mail', 'Email')}{link(f'{path}?print=1', 'Print')}{link(f'{path}amp/', 'AMP')}</div>"
        f"<h3>Related</h3>{items([link(f'/{STORIES[near].slug}/', STORIES[near].title)])}<ol>{comments}</ol>"
    )
    title, main = story.title, story_main(story, after)
    return reply_text(page(title, main, _menu(), _aside(), _footer(), _head(path, story.number + 100)))


def _sitemap(path: str, base: str) -> str | None:
    if path == "/sitemap_index.xml":
        kinds = ("post", "page", "category", "post_tag", "author")
        return sitemap_index(f"{base}/{kind}-sitemap.xml" for kind in kinds)
    folders = {
        "/category-sitemap.xml": [f"category/{c}" for c in CATEGORIES],
        "/post_tag-sitemap.xml": [f"tag/{t}" for t in TAGS],
        "/author-sitemap.xml": [f"author/{a}" for a in AUTHORS],
        "/page-sitemap.xml": list(PAGES),
    }
    if path == "/post-sitemap.xml":
        posts = (f"<loc>{base}/{s.slug}/</loc><lastmod>{s.published.isoformat()}</lastmod>" for s in STORIES)
        return url_set([f"<loc>{base}/</loc>", *posts])
    return url_set(f"<loc>{base}/{name}/</loc>" for name in folders[path]) if path in folders else None


def _feed(base: str) -> str:
    entries = "".join(
        f"<item><title>{escape(s.title)}</title><link>{base}/{s.slug}/</link>"
        f"<pubDate>{format_datetime(s.published)}</pubDate><comments>{base}/{s.slug}/#comments</comments></item>"
        for s in reversed(STORIES[-10:])
    )
    channel = f"<channel><title>Notes</title><link>{base}</link>{entries}</channel>"
    return f'<?xml version="1.0"?><rss version="2.0">{channel}</rss>'


def _answer(target: str, base: str) -> Reply:
    path, _, query = target.partition("?")
    if path == "/robots.txt":
        return reply_text(
            f"User-agent: *\nDisallow: /wp-admin/\n\nSitemap: {base}/sitemap_index.xml\n", "text/plain; charset=utf-8"
        )
    if sitemap := _sitemap(path, base):
        return reply_text(sitemap, XML)
    if path in ("/feed/", "/comments/feed/"):
        return reply_text(_feed(base), "application/rss+xml; charset=utf-8")
    slug, _, rest = path.strip("/").partition("/")
    if slug in _BY_SLUG and (not rest or rest == "amp"):
        return _post(_BY_SLUG[slug])
    if slug in _BY_SLUG and rest.startswith("photo-"):
        return reply_text(page("A photo", '<img src="/wp-content/uploads/1.jpg" alt="">', _menu(), _aside(), _footer()))
    if slug in PAGES and not rest:
        return reply_text(page(slug, f"<h1>{slug}</h1><p>{PAGES[slug]}</p>", _menu(), _aside(), _footer()))
    if (match := _LIST.fullmatch(path)) and not query:
        stories = _chosen(match[1], match[2], match[3], match[4])
        if reply := _list_page(path, stories, int(match[5] or 1)):
            return reply
    return reply_text(page("Not found", "<h1>Not found</h1>", _menu()), status=404)


WORDPRESS = Shape(_answer, frozenset(f"/{story.slug}/" for story in STORIES))
