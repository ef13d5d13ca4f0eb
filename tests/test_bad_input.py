"""Whatever is given ends as an article or as a named UnsupportedPage, soon."""

import time
from collections.abc import Callable

import msgspec
import pytest

from clearwell import Page, clean
from clearwell.errors import UnsupportedPage

LIMIT = 20.0  # seconds, generously, for a machine busy with other tests; alone each takes about two; 2026-11
LINE = "Drinking enough water every day helps the body, and most people can do it without much effort at all. "
P = f"<p>{LINE * 3}</p>"
MANY = 100_000
NAMES = {"ok", "no-article", "too-short", "only-links", "empty", "binary", "too-large", "too-deep", "not-html"}


def nested(tag: str) -> Callable[[], str]:
    return lambda: tag * MANY + P


DEEP = {
    tag: nested(tag)
    for tag in (
        "<div>", "<DIV>", "<div/>", "<b>", "<a href=/x>", "<span>", "<x-card>", "<ul><li>", "<dl><dd>", "<li>",
        "<blockquote>",
        "<table>", "<table><tr><td>", "<table><div>", "<svg>", "<svg><g>", "<math>", "<svg><foreignObject>",
        "<select><option>",
        "<button>", "<form>", "<template>", "<noscript>", "<object>", "<p><span>", "<font><p>", "<h1>", "<frameset>",
    )
}  # fmt: skip
HIDDEN_DEPTH = {
    "self-closing slash": "<div/>",
    "end tag in a comment": "<div><!-- </div> -->",
    "end tag in an attribute": '<div title="></div>">',
    "end tag in a bare attribute": "<div title=</div>>",
    "end tag in raw text": "<div><textarea></div></textarea>",
    "end tag in a title": "<div><title></div></title>",
    "end tag in xmp": "<div><xmp></div></xmp>",
    "end tag in a script": "<div><script></div></script>",
    "end tag in CDATA": "<div><![CDATA[</div>]]>",
    "end tag of another": "<div></span>",
    "end tag with a space": "<div></ div>",
    "formatting left open": "<font id=#><p>",
    "distinct formatting": "<p><font id=#>x</p>",
    "before a table": "<table>|<div>",  # once, then many times
}
LONG = {
    "an attribute of 1 MB": lambda: f'<p title="{"x" * 1_000_000}">{LINE * 3}</p>',
    "a class of 1 MB": lambda: f'<div class="{"x " * 500_000}">{P}</div>',
    "a style of 1 MB": lambda: f'<div style="{"display:" * 125_000}">{P}</div>',
    "a link of 1 MB": lambda: f'<p>{LINE} <a href="http://e.org/{"x" * 1_000_000}">here</a> {LINE}</p>',
    "100,000 attributes": lambda: f"<div {' '.join(f'a{n}=1' for n in range(MANY))}>{P}</div>",
    "1 MB without a space": lambda: f"<p>{'x' * 1_000_000}</p>{P}",
    "1 MB of Chinese": lambda: f"<p>{'水' * 1_000_000}</p>",
    "1 MB of spaces": lambda: f"<p>x{' ' * 1_000_000}y</p>{P}",
    "1 MB of ampersands": lambda: f"<p>{'&' * 1_000_000}</p>{P}",
    "1 MB of <": lambda: "<" * 1_000_000 + P,
    "1 MB of <a": lambda: "<a" * 500_000 + P,
    "80 KB of <a": lambda: "<a" * 40_000 + P,
    "1,000 <a and 1 MB": lambda: "<a" * 1_000 + "x" * 1_000_000 + P,
    "long attributes in each other": lambda: ("<a=" + "x" * 4_000) * 2_000 + P,
    "open quotes in each other": lambda: "<a '=\"" * 30_000 + P,
    "tags in an open script": lambda: ("<script>a<b " + "x " * 300) * 10_000,
    "1 MB of >": lambda: ">" * 1_000_000 + P,
    "an open comment": lambda: P + "<!--" * 30_000,
    "an open quote": lambda: P + '<a href="' * 30_000,
    "an open script": lambda: P + "<script>" * 30_000,
    "10 MB": lambda: P * (10_000_000 // len(P)),
    "10 MB in one": lambda: f"<p>{LINE * (10_000_000 // len(LINE))}</p>",
    "a million line breaks": lambda: P + "<br>" * 1_000_000 + P,
    "200,000 items": lambda: "<ul>" + "<li>An item of the list here" * 200_000 + "</ul>" + P,
    "15,000 items": lambda: "<ul>" + "<li>An item of the list here" * 15_000 + "</ul>" + P,
    "100,000 links": lambda: "<p>" + "text <a href='/x'>a</a> " * MANY + "</p>" + P,
    "50,000 links": lambda: "<p>" + "text <a href='/x'>a</a> " * 50_000 + "</p>" + P,
    "100,000 meta": lambda: "<head>" + "<meta name=author content=b>" * MANY + "</head>" + P,
    "50,000 first headings": lambda: "<h1>A heading</h1>" * 50_000 + P,
    "70,000 cells in a row": lambda: "<table><tr>" + "<td>x" * 70_000 + "</table>" + P,
    "70,000 rows": lambda: "<table>" + "<tr><td>x" * 70_000 + "</table>" + P,
    "30,000 dates": lambda: "<h1>T</h1>" + "<p>5 March 2020</p>" * 30_000,
    "a byline of 100 KB": lambda: f"<h1>T</h1><p class=author>by {'A B, ' * 20_000}</p>{P}",
    "linked data nested deep": lambda: f'<script type="application/ld+json">{"[" * 400_000}{"]" * 400_000}</script>{P}',
    "linked data of one number": lambda: f'<script type="application/ld+json">{{"v":{"9" * 500_000}}}</script>{P}',
    "1,000 combining marks": lambda: f"<p>a{chr(0x301) * 1_000_000}</p>{P}",
    "mojibake": lambda: "<p>the patientâ€™s leg</p>" * 15_000 + P,
}
ODD = {
    "nothing": "",
    "white space": " \n\t ",
    "plain text": "only words, no markup, and a < b but c > d",
    "JSON": '{"html": "<p>x</p>"}',
    "a JSON list": ' [{"a": 1}]\n',
    "RSS": '<?xml version="1.0"?><?xml-stylesheet href="x"?><!-- feed --><rss version="2.0"><channel/></rss>',
    "Atom": '<feed xmlns="http://www.w3.org/2005/Atom"></feed>',
    "a sitemap": '<?xml version="1.0"?>\n<urlset></urlset>',
    "SVG": '<svg xmlns="http://www.w3.org/2000/svg"><text>x</text></svg>',
}
STILL_PAGES = {
    "XHTML": '<?xml version="1.0" encoding="UTF-8"?><!DOCTYPE html><html xmlns="http://www.w3.org/1999/xhtml"><body>',
    "a brace first": "{{ header }}",
    "a bracket first": "[if IE]",
    "a drawing first": "<svg><symbol id=a></symbol></svg>",
    "a mark first": "\ufeff",
    "NULs": "\x00<\x00p>",
    "plaintext": "<plaintext>",
    "a template": "<template><p>not this</p></template>",
    "a character out of range": "&#xD800;&#0;&#x110000;&#xFFFF;",
    "many bases": "<base href='http://a/'>" * 1_000,
}


def run(page: Page) -> str:
    """The status of the article, or the reason there is none; fails when it takes too long or cannot be written."""
    start = time.perf_counter()
    try:
        article = clean(page)
        msgspec.json.encode(article)
        outcome = article.quality.rejectReason or article.status
    except UnsupportedPage as unsupported:
        outcome = unsupported.reason
    assert outcome in NAMES
    assert time.perf_counter() - start < LIMIT
    return outcome


@pytest.mark.parametrize("make", DEEP.values(), ids=DEEP)
def test_deep_markup(make: Callable[[], str]) -> None:
    run(Page(html=make()))


@pytest.mark.parametrize("unit", HIDDEN_DEPTH.values(), ids=HIDDEN_DEPTH)
def test_depth_cannot_be_hidden(unit: str) -> None:
    once, _, unit = unit.rpartition("|")
    units = 120_000 // unit.count("<")
    html = once + "".join(unit.replace("#", str(n)) for n in range(units)) + P
    assert run(Page(html=html)) == "too-deep"


@pytest.mark.parametrize("make", LONG.values(), ids=LONG)
def test_long_input(make: Callable[[], str]) -> None:
    run(Page(html=make()))


@pytest.mark.parametrize("html", ODD.values(), ids=ODD)
def test_what_is_no_page_is_refused_by_name(html: str) -> None:
    assert run(Page(html=html)) in {"empty", "not-html"}


@pytest.mark.parametrize("head", STILL_PAGES.values(), ids=STILL_PAGES)
def test_odd_pages_are_pages(head: str) -> None:
    assert run(Page(html=head + P + P.replace("water", "tea"))) == "ok"


@pytest.mark.parametrize("size", [17, 50])
def test_a_page_too_large_is_refused(size: int) -> None:
    text = LINE * (size * 1024 * 1024 // len(LINE))
    assert run(Page(html=text)) == run(Page(body=text.encode())) == run(Page(text=text)) == "too-large"


@pytest.mark.parametrize(
    "text", ["x" * 1_000_000, "word " * 200_000, "A line here...\n" * 100_000, "\ud800 half " * 50]
)
def test_flattened_text(text: str) -> None:
    run(Page(text=text))


@pytest.mark.parametrize(
    "url", ["http://[bad", "http://a:port/x", "//", "not a url", "http://exa mple.org:99999999/", "\x00"]
)
def test_addresses_that_are_none(url: str) -> None:
    html = f'<link rel=canonical href="http://[x"><meta property=og:url content="http://[y"><h1>T</h1>{P}'
    assert run(Page(html=html + '<p>And <a href="http://[z">so</a> <a href="/w">on</a>.</p>', url=url)) == "ok"


@pytest.mark.parametrize(
    "before", ["", '<script>a<b ="</script>', "<!-- <a b='' -->", "<a" * 500 + ">"], ids=lambda before: before[:12]
)
@pytest.mark.parametrize("name", ["a", "a<"])
def test_a_tag_of_endless_attributes_is_refused(before: str, name: str) -> None:
    tag = f"<div {' '.join(f'{name}{n}' for n in range(5_000))}>"
    assert run(Page(html=f"{before}{tag}{P}")) == "too-large"


def test_frames_hold_no_article() -> None:
    assert run(Page(html="<frameset><frame src=a></frameset><noframes>none</noframes>")) == "no-article"
