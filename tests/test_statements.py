"""What a page declares beyond its title, authors and dates: microdata, reviews, medical types, trails, images."""

import json
import time
from typing import Any

import msgspec
import pytest

from clearwell import Page, clean
from clearwell.article import Breadcrumb, Image, MedicalType
from clearwell.extraction.dates import date_in_path
from clearwell.extraction.extract import extract
from clearwell.extraction.metadata import Metadata

PROSE = "Salt was once worth its weight in gold, and those who boiled it from the sea lived well on the coast for long."
URL = "https://farm.example/food/salt"


def read(head: str = "", body: str = "", url: str = URL) -> Metadata:
    html = f"<html><head>{head}</head><body>{body}<p>{PROSE}</p><p>{PROSE[:80]}</p></body></html>"
    return extract(Page(html=html, url=url)).metadata


def linked(kind: str = "Article", **fields: Any) -> str:
    return f'<script type="application/ld+json">{json.dumps({"@type": kind, **fields})}</script>'


ARTICLE = (
    '<div itemscope itemtype="https://schema.org/Article"><h1 itemprop="headline">Salt</h1>'
    '<div itemprop="author" itemscope itemtype="https://schema.org/Person"><b itemprop="name">Ana Ruiz</b></div>'
    '<div itemprop="comment" itemscope itemtype="https://schema.org/Comment">'
    '<i itemprop="author">Max Ott</i><time itemprop="datePublished" datetime="2025-12-31">x</time></div>'
    '<meta itemprop="datePublished" content="2026-03-05T08:00:00+01:00">'
    '<meta itemprop="lastReviewed" content="2026-03-06">'
    '<div itemprop="reviewedBy" itemscope itemtype="https://schema.org/Person"><b itemprop="name">Jo Li</b></div></div>'
)


def test_microdata_belongs_to_the_nearest_object() -> None:
    found = read("", ARTICLE)
    assert found.authors == ("Ana Ruiz",)
    assert (found.datePublished, found.dateSource) == ("2026-03-05T08:00:00+01:00", "microdata")
    assert (found.lastReviewed, found.reviewedBy) == ("2026-03-06", ("Jo Li",))


def test_microdata_of_the_page_and_not_of_another_it_shows() -> None:
    card = (
        '<div itemscope itemtype="http://schema.org/BlogPosting">'
        '<b itemprop="headline">{}</b><i itemprop="author">{}</i></div>'
    )
    body = card.format("Ten kinds of honey", "Jo Li") + card.format("How salt is made", "Ana Ruiz")
    assert read("<title>How salt is made | Farm</title>", body).authors == ("Ana Ruiz",)


def test_linked_data_of_the_page_and_not_of_another_it_shows() -> None:
    head = linked(headline="Ten kinds of honey", datePublished="2026-01-01", author="Jo Li")
    head += linked(headline="How salt is made", author="Ana Ruiz") + "<title>How salt is made | Farm</title>"
    assert read(head).authors == ("Ana Ruiz",)


@pytest.mark.parametrize(
    ("head", "wanted"),
    [
        (linked(author=[{"@type": "Organization", "name": "Salt Board"}, {"name": "Ana Ruiz"}]), ("Ana Ruiz",)),
        (linked(author={"@type": "http://schema.org/Organization", "name": "Salt Board"}), ("Salt Board",)),
        (linked(author="Ana Ruiz | Author"), ("Ana Ruiz",)),
        (
            '<meta name="citation_author" content="Ruiz, Ana"><meta name="citation_author" content="Jo Li">',
            ("Ana Ruiz", "Jo Li"),
        ),
        (linked("DiscussionForumPosting", author={"name": "saltfan"}), ("saltfan",)),
        (linked("QAPage", mainEntity={"@type": "Question", "author": {"name": "saltfan"}}), ("saltfan",)),
    ],
)
def test_stated_authors(head: str, wanted: tuple[str, ...]) -> None:
    assert read(head).authors == wanted


@pytest.mark.parametrize(
    ("body", "wanted"),
    [
        ("<h1>Salt</h1><p>By <a href=/x>Ana Ruiz</a> Head Baker</p>", ("Ana Ruiz",)),
        ("<h1>Salt</h1><p>by <a href=/x>Ana</a> · yesterday</p>", ("Ana",)),
        (
            "<h1>Salt</h1><p>by <a href=/x>Ana Ruiz</a> and <a href=/y>Jo Li</a> with <a href=/z>more</a></p>",
            ("Ana Ruiz", "Jo Li"),
        ),
        ("<h1>Salt</h1><p><a href=/authors/ana-ruiz>Ana Ruiz</a></p>", ("Ana Ruiz",)),
        ("<h1>Salt</h1><p>Reviewed by <a href=/authors/ana-ruiz>Ana Ruiz</a></p>", ()),
        ("<h1>Salt</h1><p><a href=/shop/ana-ruiz>Ana Ruiz</a></p>", ()),
        ('<h1>Salt</h1><div class="postAuthor"><span>Ana Ruiz</span> <span>Head Baker</span></div>', ("Ana Ruiz",)),
        ('<h1>Salt</h1><div class="author vcard">By<b>Ana Ruiz</b>and<b>Jo Li</b></div>', ("Ana Ruiz", "Jo Li")),
        ('<h1>Salt</h1><div class="comment-author">Max Ott</div>', ()),
        ('<h1>Salt</h1><div class="byline">Updated by <b>Max Ott</b></div>', ()),
    ],
)
def test_marked_and_linked_authors(body: str, wanted: tuple[str, ...]) -> None:
    assert read("", body).authors == wanted


PUBLISHED = [
    ("<h1>Salt</h1><h5>2026-03-05</h5>", URL, "2026-03-05", "text"),
    ("<h1>Salt</h1><p>Reviewed by Ana Ruiz</p><p>March 5, 2026</p>", URL, "2026-03-05", "text"),
    (
        "<p>Salt events of the year, all of them in one place</p><h1>Salt</h1><p>5 Mar, 2026</p>",
        URL,
        "2026-03-05",
        "text",
    ),
    ("<h1>Salt</h1>" + "<p>a</p>" * 30 + "<h4>Published</h4><p>March 5, 2026</p>", URL, "2026-03-05", "text"),
    ("<h1>Salt</h1>" + "<p>a</p>" * 30 + "<p>Published May 1, 2025</p><p>Published May 2, 2025</p>", URL, None, None),
    ("<h1>Salt</h1>" + "<p>a</p>" * 30 + '<p>Home<b class="postDate">March 5, 2026</b>', URL, "2026-03-05", "text"),
    (
        "<h1>Salt</h1>" + "<p>a</p>" * 30 + '<b class="date">May 1, 2025</b><b class="date">May 2, 2025</b>',
        URL,
        None,
        None,
    ),
    ("<h1>Salt</h1>" + "<p>a</p>" * 30 + '<b class="comment-date">March 5, 2026</b>', URL, None, None),
    (
        '<h1>Salt</h1><div><time class="entry-date published" datetime="2026-03-05T10:00Z">x</time></div>',
        URL,
        "2026-03-05T10:00:00Z",
        "time",
    ),
    ("<h1>Salt</h1>", "https://farm.example/2026/03/05/salt", "2026-03-05", "url"),
    ("<h1>Salt</h1>", "https://farm.example/2026/13/05/salt", None, None),
]


@pytest.mark.parametrize(("body", "url", "wanted", "source"), PUBLISHED)
def test_dates_beyond_the_stated(body: str, url: str, wanted: str | None, source: str | None) -> None:
    found = read("", body, url)
    assert (found.datePublished, found.dateSource) == (wanted, source)


def test_a_date_that_is_called_updated_is_that_of_a_change_only() -> None:
    found = read("", "<h1>Salt</h1>" + "<p>a</p>" * 30 + '<p class="pub-dates">Updated March 5, 2026</p>')
    assert (found.datePublished, found.dateModified) == (None, "2026-03-05")


@pytest.mark.parametrize("url", ["https://farm.example/2026/03/05/", "https://farm.example/?d=/2026/03/05/salt", ""])
def test_an_archive_of_a_day_is_no_date_of_an_article(url: str) -> None:
    assert date_in_path(url) is None


HEADLINES = [
    (
        "<title>How salt is made | Salt Weekly</title><meta property=og:site_name content='Salt Weekly'>",
        "<h1>Salt Weekly</h1>",
        "How salt is made",
    ),
    ("<title>How salt is made - Farm Growers Union</title>", "", "How salt is made - Farm Growers Union"),
    ("<title>How salt is made</title>", "<h1>How salt is made¶</h1>", "How salt is made"),
    ("<title>How salt is made</title>", "<h1>How s\u00adalt is made | Farm</h1>", "How s\u00adalt is made"),
]


@pytest.mark.parametrize(("head", "body", "wanted"), HEADLINES)
def test_headline(head: str, body: str, wanted: str) -> None:
    assert (read(head, body).headline or "").replace("\u00ad", "") == wanted.replace("\u00ad", "")


REVIEWED = linked(
    "MedicalWebPage",
    lastReviewed="2026-02-01",
    reviewedBy=[{"@type": "Person", "name": "Jo Li"}, {"@type": "Organization", "name": "Salt Board"}],
    about={"@type": ["MedicalCondition", "Thing"], "name": "Hyponatraemia"},
    mentions=[{"@type": "Drug", "name": "Saline"}, {"@type": "Person", "name": "Max Ott"}],
)


def test_what_a_health_page_declares() -> None:
    found = read(REVIEWED)
    assert (found.lastReviewed, found.reviewedBy) == ("2026-02-01", ("Jo Li", "Salt Board"))
    assert found.medicalTypes == (
        MedicalType("MedicalWebPage"),
        MedicalType("MedicalCondition", "Hyponatraemia"),
        MedicalType("Drug", "Saline"),
    )


def test_a_page_that_declares_nothing_medical_has_none() -> None:
    found = read(linked(about={"@type": "Thing", "name": "Salt"}, lastReviewed="soon"))
    assert (found.lastReviewed, found.reviewedBy, found.medicalTypes) == (None, (), ())


TRAIL = [
    {"@type": "ListItem", "position": 2, "name": "Food", "item": {"@id": "/food"}},
    {"@type": "ListItem", "position": "1", "item": {"@id": "https://farm.example/", "name": "Home"}},
    {"@type": "ListItem", "position": 3, "name": "Salt"},
]
STEPS = (
    Breadcrumb("Home", "https://farm.example/"),
    Breadcrumb("Food", "https://farm.example/food"),
    Breadcrumb("Salt", None),
)
MICRO_STEP = (
    '<li itemprop="itemListElement" itemscope itemtype="https://schema.org/ListItem">{}'
    '<meta itemprop="position" content="{}"></li>'
)
TRAILS = [
    (linked("BreadcrumbList", itemListElement=TRAIL), "", STEPS),
    (linked("WebPage", breadcrumb={"@type": "BreadcrumbList", "itemListElement": TRAIL}), "", STEPS),
    (
        "",
        '<ol itemscope itemtype="https://schema.org/BreadcrumbList">'
        + MICRO_STEP.format('<a itemprop="item" href="/"><b itemprop="name">Home</b></a>', 1)
        + MICRO_STEP.format('<a itemprop="item" href="/food"><b itemprop="name">Food</b></a>', 2)
        + MICRO_STEP.format('<b itemprop="name">Salt</b>', 3)
        + "</ol>",
        STEPS,
    ),
    (
        "",
        '<nav aria-label="Breadcrumb"><a href="/">Home</a> › <a href="/food">Food</a> › '
        "<b aria-current=page>Salt</b></nav>",
        STEPS,
    ),
    (
        "",
        '<ul class="site-breadcrumbs"><li><a href="/">Home</a> /</li><li><a href="/food">Food</a></li>'
        "<li>Salt</li></ul>",
        STEPS,
    ),
    ("", '<nav><a href="/">Home</a><a href="/food">Food</a></nav>', ()),
    ("", '<nav aria-label="breadcrumb"><a href="/">Home</a></nav>', ()),
    (
        "",
        '<nav aria-label="breadcrumb"><a href="javascript:x()">A</a><a href="data:,x">B</a></nav>',
        (Breadcrumb("A"), Breadcrumb("B")),
    ),
]


@pytest.mark.parametrize(("head", "body", "wanted"), TRAILS)
def test_breadcrumbs(head: str, body: str, wanted: tuple[Breadcrumb, ...]) -> None:
    assert read(head, body).breadcrumbs == wanted


IMG = "https://farm.example/i/salt.jpg"
OG = f'<meta property="og:image" content="{IMG}?w=900">'
FIGURE = '<figure><img src="{}"><figcaption>{}</figcaption></figure>'
IMAGES = [
    (
        linked(image={"@type": "ImageObject", "url": "/i/salt.jpg", "caption": "Pans", "creditText": "Ana"}),
        "",
        Image(IMG, "Pans", "Ana"),
    ),
    (linked(image={"contentUrl": IMG, "creator": {"name": "Ana Ruiz"}}), "", Image(IMG, None, "Ana Ruiz")),
    (linked(image=[{"url": IMG, "copyrightHolder": {"name": "Farm"}}, "/b.jpg"]), "", Image(IMG, None, "Farm")),
    (linked(image="javascript:alert(1)") + OG, "", Image(IMG + "?w=900")),
    (OG, FIGURE.format("/i/salt-300x200.jpg", "Pans"), Image(IMG + "?w=900", "Pans")),
    (
        OG,
        FIGURE.format("/i/salt.jpg", "Pans <i class=photo-credit>Ana Ruiz</i>"),
        Image(IMG + "?w=900", "Pans", "Ana Ruiz"),
    ),
    (OG, FIGURE.format("/i/honey.jpg", "Bees"), Image(IMG + "?w=900")),
    ("", FIGURE.format("/i/salt.jpg", "Pans"), None),
    (linked(image=[[["x"]]]), "", None),
    (linked(image={"url": {"a": 1}, "caption": 5}), "", None),
]


@pytest.mark.parametrize(("head", "body", "wanted"), IMAGES)
def test_image_with_its_caption_and_credit(head: str, body: str, wanted: Image | None) -> None:
    assert read(head, body).image == wanted


@pytest.mark.parametrize(
    ("attributes", "head", "wanted"),
    [
        ('lang="en-GB"', "", "en-GB"),
        ('lang="de_AT"', "", "de-AT"),
        ("", '<meta property="og:locale" content="pt_BR">', "pt-BR"),
        ("", linked(inLanguage="fr"), "fr"),
        ('lang="{{lang}}"', "", None),
        ('lang="English"', "", None),
        ("", "", None),
    ],
)
def test_declared_language_is_kept_apart(attributes: str, head: str, wanted: str | None) -> None:
    html = (
        f"<html {attributes}><head>{head}</head><body><h1>Salt</h1><p>{PROSE}</p><p>{PROSE} {PROSE}</p></body></html>"
    )
    article = clean(Page(html=html, url=URL))
    assert (article.declaredLanguage, article.inLanguage) == (wanted, "en")


def test_keywords_of_several_elements() -> None:
    head = '<meta property="article:tag" content="salt"><meta property="article:tag" content="sea">'
    assert read(head).keywords == ("salt", "sea")


HOSTILE: list[tuple[str, str]] = [
    (linked(about=[[5], None, {"@type": [["Drug"]]}], reviewedBy=[7, {"name": {}}], lastReviewed={"a": 1}), ""),
    (linked(about=[{"@type": "Drug", "name": "x" * 9_000}] * 900, reviewedBy=["A B"] * 9_000), ""),
    (linked("BreadcrumbList", itemListElement=[{"name": "A", "position": [], "item": [[]]}, 5, "x"] * 5_000), ""),
    (linked("BreadcrumbList", itemListElement={"a": 1}), ""),
    (linked(image=[{"url": f"/{n}.jpg"} for n in range(9_000)], breadcrumb=[[], 5, {"@type": 5}]), ""),
    (linked(**{"@type": {"a": "Article"}, "author": 5, "keywords": 5, "inLanguage": ["xx"]}), ""),
    (linked(author=["\x00\x1b[31mBob\u202e Ott", 5, None, [["x"]]]), ""),
    ("", '<nav aria-label="breadcrumb">' + '<a href="/a">Step</a><a href="/b">Stop</a>' * 5_000 + "</nav>"),
    ("", '<ul class="breadcrumb">' + "<li>" * 200 + "<b></b>" * 50_000 + "</ul>"),
    (
        "",
        '<div itemscope itemtype="https://schema.org/Article">' * 10
        + '<b itemprop="headline author">' * 10
        + "x"
        + "<i></i>" * 50_000,
    ),
    ("", "<figure>" * 200 + '<img src="/i/salt.jpg" srcset="' + "a b, " * 50_000 + '">' + OG),
    ("", '<b class="author date byline">' * 40 + "By Ana 2026-03-05" + "<i></i>" * 20_000),
    ("", "<time datetime='" + "9" * 100_000 + "'>" * 5_000),
    ("<meta name='" + "author." * 50_000 + "' content='x'>" + "<meta name=author content='Ana Ruiz'>" * 5_000, ""),
    ("<title>" + " | ".join(["farm"] * 20_000) + "</title>", ""),
    ("<script itemscope>x</script><meta itemprop><link itemprop=image><title itemscope>x</title>", ""),
    ("<title>" + "| " * 100_000 + "</title>", "<h1>" + "- " * 100_000 + "</h1>"),
]


@pytest.mark.parametrize(("head", "body"), HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_statements_are_bounded(head: str, body: str) -> None:
    html = f"<html><head>{head}</head><body><h1>Salt</h1><p>{PROSE}</p><p>{PROSE} {PROSE}</p>{body}</body></html>"
    started = time.process_time()
    article = clean(Page(html=html, url=URL))
    assert time.process_time() - started < 2  # seconds; the limit for a page
    assert msgspec.json.decode(msgspec.json.encode(article), type=type(article)) == article
    assert max(map(len, (article.breadcrumbs, article.medicalTypes, article.reviewedBy, article.authors))) <= 50
    stated = json.dumps(msgspec.to_builtins((article.headline, article.authors, article.breadcrumbs, article.image)))
    assert len(stated) < 50_000
    assert "\\u001b" not in stated
    assert "javascript:" not in stated
