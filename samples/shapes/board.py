"""A site that only lists: thirty pages by query string, numbers for addresses, much that is no article beside it."""

from __future__ import annotations

from html import escape
from urllib.parse import parse_qs

from samples.reply import Reply, reply_text
from samples.shapes.site import Shape, Story, items, link, make_stories, page, story_main

STORIES = make_stories(120)
PER_PAGE = 4
LAST = len(STORIES) // PER_PAGE
SECTIONS = ("body", "kitchen", "night")


def _path(story: Story) -> str:
    return f"/{story.number + 7_001}.html"


def _menu() -> str:
    places = ("/login.php", "/cart", "/calendar/2026/11/", "/search?q=", "/about-us.html", "/shop/tea-mugs")
    sections = [link(f"/{name}/", name.title()) for name in SECTIONS]
    return items([link("/", "Home"), *sections, *(link(path, path.strip("/")) for path in places)])


def _footer() -> str:
    return items(link(path, path.strip("/")) for path in ("/contact.html", "/privacy.html", "/terms.html", "/rss"))


def _teaser(story: Story) -> str:
    return f'<div class="row"><h3>{link(_path(story), story.title)}</h3><p>{escape(story.teaser)}</p></div>'


def _list_page(number: int) -> Reply:
    newest = list(reversed(STORIES))[(number - 1) * PER_PAGE : number * PER_PAGE]
    near = sorted({1, *range(max(number - 2, 1), min(number + 2, LAST) + 1), LAST} - {number})
    numbers = "".join(link(f"/?page={n}" if n > 1 else "/", str(n)) for n in near)
    sorts = "".join(link(f"/?sort={name}&page={number}", f"Sort by {name}") for name in ("title", "date", "views"))
    older = link(f"/?page={number + 1}", "Older →") if number < LAST else ""
    days = "".join(link(f"/calendar/2026/11/{day:02}/", str(day)) for day in range(1, 31))
    main = f'<div class="tools">{sorts}</div>{"".join(map(_teaser, newest))}<div class="pages">{numbers}{older}</div>'
    aside = f'<table class="calendar"><tr><td>{days}</td></tr></table>' + items(
        link(_path(story), story.title) for story in STORIES[-6:]
    )
    return reply_text(page(f"Page {number}", main, _menu(), aside, _footer()))


def _section(name: str) -> Reply:
    mine = [story for story in reversed(STORIES) if story.number % len(SECTIONS) == SECTIONS.index(name)]
    return reply_text(page(name.title(), "".join(map(_teaser, mine[:8])), _menu(), "", _footer()))


def _article(story: Story) -> Reply:
    related = [STORIES[(story.number + step) % len(STORIES)] for step in (11, 29, 53)]
    after = f"<h3>Related articles</h3>{items(link(_path(other), other.title) for other in related)}"
    return reply_text(page(story.title, story_main(story, after), _menu(), "", _footer()))


def _answer(target: str, _: str) -> Reply:
    path, _, query = target.partition("?")
    fields = parse_qs(query)
    if path == "/" and set(fields) <= {"page", "sort"}:
        number = int(fields.get("page", ["1"])[0])
        if 1 <= number <= LAST:
            return _list_page(number)
    if path.strip("/") in SECTIONS:
        return _section(path.strip("/"))
    if story := next((story for story in STORIES if _path(story) == path), None):
        return _article(story)
    if path in ("/robots.txt", "/sitemap.xml", "/rss"):
        return reply_text("<h1>Not found</h1>", status=404)
    return reply_text(page("Page", "<h1>A page</h1><p>Nothing to read here.</p>", _menu(), "", _footer()))


BOARD = Shape(_answer, frozenset(_path(story) for story in STORIES))
