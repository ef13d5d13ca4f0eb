"""What the links of a page most likely lead to."""

import time
from contextlib import suppress

import pytest

from clearwell.discovery.feeds import read_feed, read_json_feed
from clearwell.discovery.leads import Fault, Lead
from clearwell.discovery.listings import MAX_LINKS, list_key, read_listing
from clearwell.errors import UnsupportedPage

BASE = "https://a.example/"
WORDS = "why small habits at night change how well you sleep".split()


def rows(paths, label="{words}", row='<div class="row"><h3><a href="{path}">{label}</a></h3><p>Some text.</p></div>'):
    """Rows of a list, as a site draws them; labels are several words, different each time."""
    drawn = []
    for number, path in enumerate(paths):
        words = " ".join(WORDS[number % 5 :][:5]) + f" {number}"
        drawn.append(row.format(path=path, label=label.format(words=words)))
    return "".join(drawn)


def kinds(html, url=BASE):
    leads = read_listing(f"<html><body>{html}</body></html>".encode(), url).leads
    return {lead.url.removeprefix(BASE): lead.kind for lead in leads}


def wanted(found):
    return {path for path, kind in found.items() if kind in ("article", "either")}


SHAPES = {
    "slugs at the root": ["my-first-article/", "sleep-and-salt/", "knees/"],
    "folders": ["health/sleep/insomnia/", "health/food/salt/", "health/knees/"],
    "numbers": ["12345.html", "12346.html", "12347.html"],
    "numbers in a folder": ["a/12345", "a/12346", "a/12347"],
    "numbers alone": ["10231/", "10232/", "10233/"],
    "posts by query": ["?p=101", "?p=102", "?p=103"],
    "a script with ids": ["article.php?id=1", "article.php?id=2", "article.php?id=3"],
    "two parameters": ["index.php?option=com_content&id=31", "index.php?option=com_content&id=32"],
    "Chinese": ["%E5%81%A5%E5%BA%B7/%E9%A5%AD%E5%90%8E%E6%95%A3%E6%AD%A5", "%E5%81%A5%E5%BA%B7/%E7%9D%A1%E7%9C%A0"],
    "Arabic": ["%D8%A7%D9%84%D9%86%D9%88%D9%85-%D9%81%D9%8A-%D8%A7%D9%84%D8%B4%D8%AA%D8%A7%D8%A1/"],
    "Cyrillic": ["%D0%BF%D0%BE%D1%87%D0%B5%D0%BC%D1%83-%D0%BC%D1%8B-%D1%81%D0%BF%D0%B8%D0%BC/"],
    "codes": ["story/5f3b9c2e8d", "story/7a1c4e9b2f", "story/0d9e8f7a6b"],
    "dates": ["2026/03/05/salt.html", "2026/03/06/knees.html"],
    "Chinese farm": ["jkzs/202603/t20260305_1234567.html", "jkzs/202603/t20260306_1234568.html"],
    "question pages": ["q/why-do-i-yawn", "q/why-do-we-sleep-at-all"],
}


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("row", ["rows", "list", "cards"])
def test_article_links_of_a_list_are_found_whatever_their_address(shape, row):
    drawn = {
        "rows": rows(SHAPES[shape]),
        "list": "<ul>" + rows(SHAPES[shape], row='<li><a href="{path}">{label}</a></li>') + "</ul>",
        "cards": rows(
            SHAPES[shape],
            row='<a class="card" href="{path}"><img src="i.jpg"><h2>{label}</h2></a><a href="{path}">Read more</a>',
        ),
    }
    assert wanted(kinds(f"<main>{drawn[row]}</main>")) == set(SHAPES[shape])


def test_menus_and_footers_hold_no_articles():
    menu = ("sleep/", "food/", "about-our-clinic/", "our-doctors/", "book-a-visit/")
    html = (
        "<nav>" + "".join(f'<a href="{path}">{path[:-1].title()}</a>' for path in menu) + "</nav>"
        "<footer><a href='/imprint/'>Imprint</a><a href='/jobs-at-our-site/'>Jobs</a></footer>"
        '<div class="site-sidebar"><a href="/shop-for-mugs/">Shop</a></div>' + rows(["one-two-three/"])
    )
    found = kinds(html)
    assert [path for path in found if found[path] == "article"] == ["one-two-three/"]


def test_an_article_header_is_no_menu():
    html = "<article><header><h2><a href='/knees/'>Why our knees hurt on stairs</a></h2></header></article>"
    assert kinds(html) == {"knees/": "article"}


PAGINATION = {
    "rel": ('<a rel="next" href="/sleep/2">2</a>', {"sleep/2"}),
    "link rel": ('<link rel="next" href="/x?o=20"><p>', {"x?o=20"}),
    "numbers": ('<a href="?page=2">2</a><a href="?page=3">3</a>', {"sleep/?page=2", "sleep/?page=3"}),
    "WordPress": ('<a href="/sleep/page/2/">2</a>', {"sleep/page/2/"}),
    "a label": ('<a href="/sleep/?offset=20">Older posts »</a>', {"sleep/?offset=20"}),
    "German": ('<a href="/sleep/?seite=2">Weiter</a>', {"sleep/?seite=2"}),
    "Chinese": ('<a href="/sleep/index_2.html">下一页</a>', {"sleep/index_2.html"}),
    "Arabic": ('<a href="/sleep/?x=2">التالي</a>', {"sleep/?x=2"}),
    "an arrow": ('<a href="/sleep/?x=2">→</a>', {"sleep/?x=2"}),
    "bare numbers": ('<a href="/sleep/2/">2</a><a href="/sleep/3/">3</a>', {"sleep/2/", "sleep/3/"}),
    "numbers in names": ('<a href="/sleep_2.html">2</a>', {"sleep_2.html"}),
    "p": ('<a href="/sleep/?p=2">2</a>', {"sleep/?p=2"}),
    "odd parameter": ('<a href="/sleep/?blatt=2">2</a>', {"sleep/?blatt=2"}),
}


@pytest.mark.parametrize("case", PAGINATION)
def test_next_pages_are_told_from_articles(case):
    html, pages = PAGINATION[case]
    found = kinds(rows(["one-two-three/", "?p=7"]) + html, BASE + "sleep/")
    assert {path for path, kind in found.items() if kind == "pages"} == pages
    assert wanted(found) == {"sleep/one-two-three/", "sleep/?p=7"}


def test_links_are_made_absolute_once_and_without_noise():
    html = (
        '<base href="https://a.example/deep/er/"><a href="one-two-three?utm_id=1#top">Why we yawn at night</a>'
        '<a href="/deep/er/one-two-three">Read more</a><a href="javascript:x()">no</a><a href="mailto:a@b">no</a>'
        '<a href="#top">no</a><a href="">no</a><a href="http://[x">no</a><a href="//b.example/x">off</a><a>none</a>'
    )
    leads = read_listing(html.encode(), BASE).leads
    assert [(lead.url, lead.title) for lead in leads] == [
        (BASE + "deep/er/one-two-three", "Why we yawn at night"),
        ("https://b.example/x", "off"),
    ]


def test_a_base_that_is_none_is_left_alone():
    assert set(kinds('<base href="javascript:alert(1)"><a href="one-two-three">x</a>')) == {"one-two-three"}


def test_sorting_calendars_and_accounts_are_neither_articles_nor_lists():
    paths = ["?sort=title&page=2", "?order=asc", "calendar/2026/11/05/", "login", "cart", "search?q=x", "wp-login.php",
             "photo.jpg", "x/?share=mail", "feed/"]  # fmt: skip
    found = kinds("".join(f'<a href="/{path}">Some words about this link</a>' for path in paths))
    assert found == dict.fromkeys(paths, "other")


def test_a_forum_of_links_is_cut_at_the_bound():
    html = "".join(f'<li><a href="/thread/{n}">Thread number {n} about sleep</a></li>' for n in range(MAX_LINKS + 500))
    assert len(kinds(html)) == MAX_LINKS


def test_feeds_are_named_in_the_head_and_comments_are_none():
    html = (
        '<link rel="alternate" type="application/rss+xml" href="/feed/">'
        '<link rel="alternate" type="application/rss+xml" href="/comments/feed/">'
        '<link rel="alternate" type="application/feed+json" href="/feed.json">'
        '<link rel="alternate" hreflang="de" href="/de/">'
    )
    assert kinds(html) == {"feed/": "feed", "feed.json": "feed"}


PROSE = "<p>" + "Stretching for a minute before bed eased the cramps of older people in one small trial. " * 4 + "</p>"


@pytest.mark.parametrize(
    ("html", "reads"),
    [
        (PROSE * 5 + rows(["one-two-three/"]), True),
        (rows([f"one-two-{n}-three/" for n in range(20)]), False),
        ("<p>short</p>", False),
        ("".join(rows([f"a-long-slug-{n}/"]) + "<p>" + "x" * 150 + "</p>" for n in range(12)), False),
    ],
)
def test_an_article_with_links_is_told_from_a_list(html, reads):
    assert read_listing(html.encode(), BASE).reads_like_article is reads


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("sleep/", "sleep/page/3/", True),
        ("sleep/?x=1", "sleep/?x=1&page=3", True),
        ("sleep", "sleep/?page=2", True),
        ("sleep/", "food/page/2/", False),
        ("?page=2", "", True),
        ("sleep/2/", "sleep/", True),
        ("sleep_2.html", "sleep.html", True),
        ("list_3.html", "list_4.html", True),
        ("part-1/?page=2", "part-2/?page=2", False),
        ("covid19/?page=2", "covid20/?page=2", False),
        ("?cat=sleep&page=2", "?cat=food&page=2", False),
        ("?cat=5&page=2", "?cat=6&page=2", False),
        ("?cat=5&page=2", "?cat=5", True),
    ],
)
def test_pages_of_one_list_share_a_key(one, other, same):
    assert (list_key(BASE + one) == list_key(BASE + other)) is same


@pytest.mark.parametrize("body", [b"", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 50])
def test_what_is_no_page_is_told(body):
    with pytest.raises(UnsupportedPage):
        read_listing(body, BASE)


HOSTILE = {
    "anchors": "<a href=/x>" * 60_000,
    "nested anchors": "<div>" * 2_000 + "".join(f"<a href=/{n}>x</a>" for n in range(5_000)),
    "one long label": "<a href=/x>" + "next " * 400_000,
    "long class": f"<div class='{'nav ' * 100_000}'><a href=/x>y</a></div>",
    "many attributes": "<a " + " ".join(f"a{n}=1" for n in range(4_000)) + " href=/x>y</a>",
    "long addresses": "".join(f"<a href='/{'x-' * 1_900}{n}'>y</a>" for n in range(2_000)),
    "headings": "<a href=/x>" + "<h1>" * 20_000,
    "bases": "<base href='/a/'>" * 50_000 + "<a href=x>y</a>",
    "numbers": "".join(f"<a href='/{'1' * 300}?{n}'>{n}</a>" for n in range(2_000)),
}


@pytest.mark.parametrize("case", HOSTILE)
def test_hostile_pages_end_in_time(case):
    start = time.process_time()
    with suppress(UnsupportedPage):
        read_listing(HOSTILE[case].encode(), BASE)
    assert time.process_time() - start < 3


# -- feeds -----------------------------------------------------------------------------------------------------------

RSS = (
    '<?xml version="1.0"?><rss version="2.0"><channel><title>T</title><link>https://a.example/</link>'
    "<item><title>One &amp; only</title><link>https://a.example/one</link><comments>https://a.example/one#c</comments>"
    "<pubDate>Thu, 05 Mar 2026 10:00:00 +0200</pubDate></item>"
    "<item><link> /two </link></item><item><guid>https://a.example/three</guid></item>"
    '<item><title>none</title><guid isPermaLink="false">tag:1</guid></item></channel></rss>'
)
ATOM = (
    '<feed xmlns="http://www.w3.org/2005/Atom"><title>T</title><entry><title>One</title>'
    '<link rel="replies" href="https://a.example/one/comments"/><link rel="enclosure" href="https://a.example/one.mp3"/>'
    '<link rel="alternate" href="https://a.example/one"/><updated>2026-03-06T08:00:00Z</updated>'
    "<published>2026-03-05T08:00:00Z</published></entry></feed>"
)
RDF = (
    '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/">'
    '<item rdf:about="https://a.example/one"><link>https://a.example/one</link></item></rdf:RDF>'
)
JSON = (
    '{"version": "https://jsonfeed.org/version/1.1", "items": [{"id": "1", "url": "https://a.example/one", '
    '"title": "One", "date_published": "2026-03-05T10:00:00+02:00"}, {"id": "https://a.example/two"}, '
    '{"id": 7, "url": "/three"}, {"id": 8}]}'
)
FEEDS = {
    "RSS": (RSS, ["one", "two", "three"], []),
    "Atom": (ATOM, ["one"], []),
    "RDF": (RDF, ["one"], []),
    "JSON": (JSON, ["one", "two", "three"], []),
    "RSS, cut off": (RSS[: RSS.index("<item><guid>")], ["one", "two"], []),
    "RSS, bare ampersand": (RSS.replace("/one<", "/one?a=1&b=2<", 1), ["one?a=1&b=2", "two", "three"], []),
    "RSS in UTF-16": (RSS.replace("?>", ' encoding="utf-16"?>', 1).encode("utf-16"), ["one", "two", "three"], []),
    "a bomb": ('<!DOCTYPE r [<!ENTITY a "aa">]>' + RSS, [], ["xml-entities"]),
    "a file": ('<!DOCTYPE r [<!ENTITY a SYSTEM "file:///etc/passwd">]>' + RSS, [], ["xml-entities"]),
    "empty": ("<rss version='2.0'><channel></channel></rss>", [], []),
    "no JSON": (JSON[:-5], [], ["bad-json"]),
    "JSON of another kind": ('{"items": 3, "version": "https://jsonfeed.org/version/1"}', [], ["bad-json"]),
}


def read(body, name):
    body = body if isinstance(body, bytes) else body.encode()
    return list((read_json_feed if "JSON" in name else read_feed)(body, BASE + "feed"))


@pytest.mark.parametrize("name", FEEDS)
def test_what_is_read_of_a_feed(name):
    body, paths, faults = FEEDS[name]
    found = read(body, name)
    assert [lead.url.removeprefix(BASE) for lead in found if isinstance(lead, Lead)] == paths
    assert [fault.reason for fault in found if isinstance(fault, Fault)] == faults


def test_feeds_give_dates_and_titles():
    (rss, *_), (atom,), (json, *_) = read(RSS, "RSS"), read(ATOM, "Atom"), read(JSON, "JSON")
    assert (rss.title, rss.published.isoformat()) == ("One & only", "2026-03-05T08:00:00+00:00")
    assert (atom.lastmod.isoformat(), atom.published.isoformat()) == (
        "2026-03-06T08:00:00+00:00",
        "2026-03-05T08:00:00+00:00",
    )
    assert (json.title, json.published.isoformat()) == ("One", "2026-03-05T08:00:00+00:00")


HOSTILE_FEEDS = {
    "open tags": b"<rss>" + b"<a" * 2_000_000,
    "items": b"<rss>" + b"<item>" * 600_000,
    "signs": b"<rss>" + b"<" * 4_000_000,
    "ampersands": b"<rss>" + b"&" * 4_000_000,
    "an address": b"http://127.0.0.1:1/feed",
    "a path": b"/etc/passwd",
    "long JSON": b'{"version": "https://jsonfeed.org/version/1", "items": [' + b"[" * 1_000_000,
}


@pytest.mark.parametrize("case", HOSTILE_FEEDS)
def test_hostile_feeds_end_in_time_and_fetch_nothing(case):
    start = time.process_time()
    found = read(HOSTILE_FEEDS[case], case)
    assert [lead for lead in found if isinstance(lead, Lead)] == []
    assert time.process_time() - start < 4
