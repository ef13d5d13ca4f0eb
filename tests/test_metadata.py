"""What a page says about itself, read from every place pages say it, and nothing that they do not say."""

import json
from datetime import UTC, datetime
from typing import Any

import msgspec
import pytest

from clearwell import Page, clean
from clearwell.extraction.addresses import absolute_url
from clearwell.extraction.byline import split_names
from clearwell.extraction.dates import parse_date
from clearwell.extraction.extract import extract
from clearwell.extraction.metadata import Metadata

PROSE = (
    "Most people drink too little on a cold day and do not notice it until the evening, when the head begins to ache."
)
FETCHED = datetime(2026, 3, 10, 12, 0, tzinfo=UTC)


def read(head: str = "", body: str = "", url: str = "https://farm.example/water") -> Metadata:
    html = f"<html><head>{head}</head><body>{body}<p>{PROSE}</p><p>{PROSE[:80]}</p></body></html>"
    return extract(Page(html=html, url=url, fetchedAt=FETCHED)).metadata


def linked(**fields: Any) -> str:
    return f'<script type="application/ld+json">{json.dumps({"@type": "NewsArticle", **fields})}</script>'


DATES = {
    "2026-03-05": "2026-03-05",
    "2026-03-05T08:30:00Z": "2026-03-05T08:30:00Z",
    "2026-03-05T08:30:00.123+0100": "2026-03-05T08:30:00+01:00",
    "2026-03-05 08:30": "2026-03-05T08:30:00",
    "2026/3/5": "2026-03-05",
    "2026. 3. 5.": "2026-03-05",
    "2026年3月5日 08:30": "2026-03-05T08:30:00",
    "2026년 3월 5일": "2026-03-05",
    "Thu, 05 Mar 2026 08:30:00 GMT": "2026-03-05T08:30:00+00:00",
    "March 5, 2026": "2026-03-05",
    "Mar. 5th, 2026": "2026-03-05",
    "5 March 2026": "2026-03-05",
    "5 de marzo de 2026": "2026-03-05",
    "5. März 2026": "2026-03-05",
    "le 5 mars 2026": "2026-03-05",
    "1er août 2025": "2025-08-01",
    "5 de março de 2026": "2026-03-05",
    "5 marzo 2026": "2026-03-05",
    "5 марта 2026": "2026-03-05",
    "04-ago-2021": "2021-08-04",
    "05.03.2026": "2026-03-05",
    "25/02/2026": "2026-02-25",
    "02/25/2026": "2026-02-25",
    "03/03/2026": "2026-03-03",
    "03/04/2025": None,  # nobody can tell day from month
    "2026-13-40": None,
    "February 30, 2025": None,
    "1888-01-01": None,
    "2026-04-01": None,  # after the fetch
    "March 2026": None,
    "5 juicy 2026": None,
    "yesterday": None,
    "": None,
    "9" * 10_000: None,
}


@pytest.mark.parametrize(("written", "wanted"), DATES.items(), ids=[written[:30] for written in DATES])
def test_dates(written: str, wanted: str | None) -> None:
    assert parse_date(written, FETCHED) == wanted


NAMES = {
    "Ana Ruiz": ["Ana Ruiz"],
    "Ana Ruiz and Jan van der Berg": ["Ana Ruiz", "Jan van der Berg"],
    "Ana Ruiz, Jo Li, and Max Ott": ["Ana Ruiz", "Jo Li", "Max Ott"],
    "Ana Ruiz, MD, PhD": ["Ana Ruiz"],
    "Ana Ruiz, Senior Editor": ["Ana Ruiz"],
    "Martin Luther King Jr.": ["Martin Luther King Jr."],
    "何岚、沈一舟": ["何岚", "沈一舟"],
    "https://farm.example/ana": [],
    "a sentence that is no name": [],
    "}} const t = 5": [],
}


@pytest.mark.parametrize(("text", "wanted"), NAMES.items(), ids=NAMES)
def test_names(text: str, wanted: list[str]) -> None:
    assert list(split_names(text)) == wanted


HEADLINES = [
    ("<title>Water | Farm</title>", "<h1>Water</h1>", "Water"),
    (
        "<title>Why you should drink water - Farm</title>",
        "<h1>Why should you drink water?</h1>",
        "Why should you drink water?",
    ),
    ('<meta property="og:site_name" content="The Farm"><title>Water – The Farm</title>', "", "Water"),
    ("<title>Farm | Water</title>", "", "Water"),
    ("<title>Water - a history</title>", "", "Water - a history"),
    ('<meta property="og:title" content="Water &amp;amp; salt">', "", "Water & salt"),
    (
        "<title>How to drink water well</title>",
        "<h1>Farm</h1><h2>How to drink water well</h2>",
        "How to drink water well",
    ),
    (linked(headline="Water for all people"), "<h1>News</h1><h1>Water for all people</h1>", "Water for all people"),
    ("", "<h1>Water</h1>", "Water"),
    ("", "", None),
]


@pytest.mark.parametrize(("head", "body", "wanted"), HEADLINES)
def test_headline(head: str, body: str, wanted: str | None) -> None:
    assert read(head, body).headline == wanted


AUTHORS = [
    (linked(author="Ana Ruiz"), "", ("Ana Ruiz",)),
    (linked(author={"@type": "Person", "name": "Ana Ruiz"}), "", ("Ana Ruiz",)),
    (linked(author=[{"name": "Ana Ruiz"}, {"name": "Jo Li"}, "Ana Ruiz"]), "", ("Ana Ruiz", "Jo Li")),
    (linked(author={"@type": "Organization", "name": "Center for Salt and Water"}), "", ("Center for Salt and Water",)),
    ('<meta name="author" content="By Ana Ruiz, MD">', "", ("Ana Ruiz",)),
    (
        '<meta name="citation_author" content="Ana Ruiz"><meta name="citation_author" content="Jo Li">',
        "",
        ("Ana Ruiz", "Jo Li"),
    ),
    (
        '<meta name="twitter:label1" content="Written by"><meta name="twitter:data1" content="Ana Ruiz">',
        "",
        ("Ana Ruiz",),
    ),
    ("", '<h1>Water</h1><span itemprop="author"><b itemprop="name">Ana Ruiz</b></span>', ("Ana Ruiz",)),
    ("", '<h1>Water</h1><div class="post-author">by <style>.a{b:c}</style>Ana Ruiz</div>', ("Ana Ruiz",)),
    ("", "<h1>Water</h1><p>By Ana Ruiz | March 5, 2026</p>", ("Ana Ruiz",)),
    ("", "<h1>Water</h1><p>By Dr. Ana Ruiz and Jo Li</p>", ("Dr. Ana Ruiz", "Jo Li")),
    ("", "<h1>Wasser</h1><p>Von Ana Ruiz und Max Ott</p>", ("Ana Ruiz", "Max Ott")),
    ("", "<h1>Agua</h1><p>Por: Ana Ruiz</p>", ("Ana Ruiz",)),
    ("", "<h1>水</h1><p>作者：何岚、沈一舟 来源：本站</p>", ("何岚", "沈一舟")),
    ("", "<h1>Water</h1><p>Written by</p><p>Ana Ruiz</p>", ("Ana Ruiz",)),
    ('<meta name="author" content="admin">', "", ()),
    (linked(author="https://farm.example/ana"), "", ()),
    ("", "<h1>Water</h1><p>By the way, this is long known to those who live here.</p>", ()),
]


@pytest.mark.parametrize(("head", "body", "wanted"), AUTHORS)
def test_authors(head: str, body: str, wanted: tuple[str, ...]) -> None:
    assert read(head, body).authors == wanted


def test_author_by_reference_into_the_graph() -> None:
    graph = [
        {"@type": "WebPage", "@id": "#page"},
        {"@type": "Article", "headline": "Water", "author": {"@id": "#ana"}, "publisher": {"@id": "#farm"}},
        {"@type": "Person", "@id": "#ana", "name": "Ana Ruiz"},
        {"@type": "Organization", "@id": "#farm", "name": "Farm Media"},
    ]
    found = read(f'<script type="application/ld+json">{json.dumps({"@graph": graph})}</script>')
    assert (found.authors, found.publisher) == (("Ana Ruiz",), "Farm Media")


PUBLISHED = [
    (linked(datePublished="2026-03-05T08:00:00Z", dateModified="2026-03-06"), "", "2026-03-05T08:00:00Z", "json-ld"),
    (linked(dateModified="2026-03-06"), "", None, None),
    ('<meta property="article:published_time" content="2026-03-05">', "", "2026-03-05", "meta"),
    ('<meta property="article:modified_time" content="2026-03-05">', "", None, None),
    ("", '<h1>Water</h1><i itemprop="datePublished" content="2026-03-05">x</i>', "2026-03-05", "microdata"),
    ("", '<article><time datetime="2026-03-05">last week</time></article>', "2026-03-05", "time"),
    ("", '<article><time itemprop="dateModified" datetime="2026-03-05">x</time></article>', None, None),
    ("", "<h1>Water</h1><p>March 5, 2026 · 4 min read</p>", "2026-03-05", "text"),
    ("", "<h1>Water</h1><p>Published on</p><p>5 March 2026</p>", "2026-03-05", "text"),
    ("", "<h1>水</h1><p>发布时间：2026-03-05 08:30</p>", "2026-03-05T08:30:00", "text"),
    ("", "<h1>Water</h1><p>Updated March 5, 2026</p>", None, None),
    ("", "<h1>Water</h1><p>Last updated on:</p><p>March 5, 2026</p>", None, None),
    ("", "<h1>Wasser</h1><p>Aktualisiert: 05.03.2026</p>", None, None),
    ("", "<h1>水</h1><p>更新时间：2026-03-05</p>", None, None),
    ("", "<h1>Water</h1><p>Event: March 5, 2026</p>", None, None),
    ("", "<h1>Water</h1><p>On March 5, 2026, the river rose again.</p>", None, None),
    (
        "",
        "<p>Thursday, March 5, 2026</p><p>a</p><p>b</p><p>c</p><p>d</p><h1>Water</h1>",
        None,
        None,
    ),  # today's, in the page's head
    ("", "<h1>Water</h1><p>Next clinic: 12 May 2024, town hall</p>", None, None),
    ("", "<h1>Water</h1><p>Outbreak began 12 May 2009 in Mexico</p>", None, None),
    ("", "<h1>Water</h1><p>Declared on 12 May 2009</p>", None, None),
    ("", "<h1>水</h1><p>2009年5月12日墨西哥爆发疫情</p>", None, None),
    ("", "<h1>Woda</h1><p>Łucja Żak, 5 marca 2026</p>", "2026-03-05", "text"),
    ("", "<h1>Water</h1><p>Founded: 12 May 2009</p>", None, None),
    ("", "<h1>Water</h1><p>By Ana Ruiz | 5 March 2026 | Farm News</p>", "2026-03-05", "text"),
    ("", "<h1>水</h1><p>2026-03-05 08:30 来源：农场健康网</p>", "2026-03-05T08:30:00", "text"),
    ("", "<article><p>Declared on <time datetime=2009-06-11>June 11</time></p></article>", None, None),
    ("", "<article><ul><li><b>It was <time datetime=2009-06-11>June 11</time></b></ul></article>", None, None),
    ("", "<article><p>By Ana Ruiz <time datetime=2026-03-05>5 March</time></p></article>", "2026-03-05", "time"),
    (linked(datePublished="2999-01-01"), "", None, None),
    (linked(datePublished="1066-10-14"), "", None, None),
    (linked(datePublished={"@value": "2026-03-05"}), "", None, None),
]


@pytest.mark.parametrize(("head", "body", "wanted", "source"), PUBLISHED)
def test_date_published(head: str, body: str, wanted: str | None, source: str | None) -> None:
    found = read(head, body)
    assert (found.datePublished, found.dateSource) == (wanted, source)


def test_date_modified_is_read_from_the_page_too() -> None:
    assert read("", "<h1>Water</h1><p>Published 2 March 2026, updated 5 March 2026</p>").dateModified == "2026-03-05"


@pytest.mark.parametrize(
    ("base", "address", "wanted"),
    [
        ("https://a.example/b/", "c", "https://a.example/b/c"),
        ("https://a.example/", "http://[bad", None),
        ("http://[bad", "/c", None),
        ("http://[bad", "https://a.example/c", None),
        ("", "c", None),
        ("https://a.example/", "javascript:alert(1)", None),
        ("https://a.example/", " JAVASCRIPT:alert(1)", None),
        ("https://a.example/", "data:text/html;base64,AA", None),
        ("https://a.example/", "ftp://a.example/c", None),
        ("https://a.example/", "c\ud800d", "https://a.example/cd"),
        ("https://a.example/", "http\n://b.example/c", "http://b.example/c"),
        ("https://a.example/", "https://b.example/\tc\r", "https://b.example/c"),
        ("https://a.example/", "java\nscript:alert(1)", None),
        ("https://a.example/", "x" * 100_000, None),
    ],
)
def test_addresses(base: str, address: str, wanted: str | None) -> None:
    assert absolute_url(base, address) == wanted


def test_canonical_is_believed_on_its_own_host_only() -> None:
    assert read('<link rel="canonical" href="/w">').canonical == "https://farm.example/w"
    assert read('<link rel="canonical" href="https://thief.example/w">').canonical is None


@pytest.mark.parametrize(
    ("url", "stated", "wanted"),
    [
        ("https://farm.example/one", "/", None),
        ("https://farm.example/one", "https://farm.example", None),
        ("https://farm.example/one", "/?p=7", "https://farm.example/?p=7"),
        ("https://farm.example/", "/", "https://farm.example/"),
        ("https://farm.example/?p=12", "/", None),  # an article of a site without paths
        ("https://farm.example/one", "https://FARM.example/w", "https://FARM.example/w"),
        ("http://farm.example/one", "https://farm.example/w", "https://farm.example/w"),
        ("https://farm.example:443/one", "https://farm.example/w", "https://farm.example/w"),
        ("https://farm.example:8443/one", "https://farm.example/w", None),
        ("https://farm.example/one", "https://farm.example:99999/w", None),
    ],
)
@pytest.mark.parametrize("form", ['<link rel=canonical href="{}">', '<meta property=og:url content="{}">'])
def test_canonical_is_of_this_page(form: str, url: str, stated: str, wanted: str | None) -> None:
    assert read(form.format(stated), url=url).canonical == wanted


HOSTILE = [
    {"headline": 3, "author": {"name": {"name": ["x"]}}, "datePublished": 20260305, "keywords": {"a": 1}},
    {"headline": "x" * 900_000, "author": ", " * 100_000, "keywords": "a," * 100_000},
    {"author": [{"name": f"A{n} B"} for n in range(20_000)], "image": [[["x"]]], "publisher": [[[]]]},
    {"headline": "A \ud800 B", "author": "Bob\udc00 Jones", "description": "\ud83d", "image": "http://x/\ud800"},
    {"author": {"@id": {"@id": "x"}}, "image": {"url": {"a": 1}}, "articleBody": ["x"], "dateModified": []},
    {"@graph": [[[[["deep"]]]]], "mainEntity": {"mainEntity": {"mainEntity": "x"}}},
    {"@type": [["Article"], 5, None], "headline": "x"},
    {"@type": {"a": 1}, "headline": "x"},
]


@pytest.mark.parametrize("fields", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_linked_data_does_no_harm(fields: dict[str, Any]) -> None:
    html = f"<head>{linked(**fields)}</head><h1>Water</h1><p>{PROSE}</p><p>{PROSE[:80]}</p>"
    article = clean(Page(html=html, url="https://farm.example/"))
    assert msgspec.json.decode(msgspec.json.encode(article))["articleBody"].startswith(PROSE)
    assert len(article.headline or "") <= 2_000
    assert len(article.authors) <= 50


@pytest.mark.parametrize(
    "script", ["", "{", "null", "[]", "5", '"x"', "[" * 50_000, '{"a":' * 50_000, "<!-- {} -->", "{},"]
)
def test_broken_linked_data_is_passed_over(script: str) -> None:
    assert read(f'<script type="application/ld+json">{script}</script><title>Water</title>').headline == "Water"
