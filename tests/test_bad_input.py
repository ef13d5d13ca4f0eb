"""Whatever is given ends as an article or as a named UnsupportedPage, soon."""

import json
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from bench.fuzz import check
from bench.fuzz.__main__ import fuzz
from bench.speed.synthetic import write_article
from clearwell import Page, clean
from clearwell.checking import REJECT_REASONS
from clearwell.errors import UnsupportedPage

LIMIT = 20.0  # seconds, generously, for a machine busy with other tests; alone each takes about two; 2026-11
LINE = "Drinking enough water every day helps the body, and most people can do it without much effort at all. "
P = f"<p>{LINE * 3}</p>"
MANY = 100_000
NAMES = {"ok", "empty", "binary", "too-large", "too-deep", "not-html", *REJECT_REASONS}
SECONDS, MEGABYTES = 2.0, 500  # of processor time and of peak memory, for any page; issue 3, 2026-11


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


def content(markup: str) -> str:
    """Markup in a page that is more than plain text, so that the model is asked about it."""
    return f"<div class=content><h1>On water</h1>{P}{markup}{P.replace('water', 'tea')}</div>"


XHTML = '<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE html>\n<html xmlns="http://www.w3.org/1999/xhtml"><body>'
GERMAN = f"<div class=content><p>Täglich genügend Wasser hält gesund. {LINE * 3}</p></div>"
CHINESE = (
    "<meta charset=utf-8><div class=content><p>" + "每天喝足够的水对身体有好处，很多人都能做到。" * 9 + "</p></div>"
)

# What comes of each, in a process of its own: an outcome, within SECONDS and MEGABYTES.
WANTED: dict[str, tuple[Callable[[], str | bytes], str]] = {
    "10 MB": (lambda: write_article(10_000_000), "ok"),
    "10 MB of text": (lambda: "".join(f"<p>{LINE * 3}{n}" for n in range(10_000_000 // len(P))), "too-large"),
    "100,000 nested elements": (lambda: "<div>" * MANY + P, "too-deep"),
    "an attribute of 1 MB": (lambda: content(f'<p title="{"x" * 1_000_000}">x</p>'), "ok"),
    "no body": (lambda: "<html><head><title>On water</title></head></html>", "no-article"),
    "no body tag": (lambda: f"<title>On water</title>{content('')}", "ok"),
    "a frameset": (lambda: "<html><frameset><frame src=a></frameset></html>", "no-article"),
    "XHTML with a prologue": (lambda: XHTML + content("<br />") + "</body></html>", "ok"),
    "UTF-16 without a mark, little end first": (lambda: GERMAN.encode("utf-16-le"), "ok"),
    "UTF-16 without a mark, big end first": (lambda: GERMAN.encode("utf-16-be"), "ok"),
    "declared UTF-8, is GBK": (lambda: CHINESE.encode("gbk"), "ok"),
    "NUL bytes": (lambda: b"\x00<\x00html>" + content("").encode().replace(b"water", b"wa\x00ter"), "ok"),
    "nothing but NUL bytes": (lambda: b"\x00" * 1_000_000, "empty"),
    "an SVG": (lambda: '<svg xmlns="http://www.w3.org/2000/svg"><text>Water</text></svg>', "not-html"),
    "JSON": (lambda: json.dumps({"html": content("")}), "not-html"),
}
# Pages that ask much of the features, the model and its repair; whatever they are taken for.
LABORIOUS: dict[str, Callable[[], str]] = {
    "18,000 blocks, 2,500 deep": lambda: "<div class=a>" * 2_500 + "".join(f"<p>{LINE}{n}</p>" for n in range(18_000)),
    "16,000 blocks, each in containers of its own": lambda: "".join(
        f"<div class=x{n}><section><p>{LINE}{n}</p></section></div>" for n in range(16_000)
    ),
    "deep, shallow, deep": lambda: ("<div>" * 2_000 + f"<p>{LINE}" + "</div>" * 2_000) * 15,
    "1,000 names of 10 KB": lambda: content(
        "".join(f'<div class="{f"n{n}-" * 1_600}"><p>{LINE}</p></div>' for n in range(1_000))
    ),
    "1,000 times 1,600 names": lambda: content(
        "".join(f'<div class="{f"n{n} " * 1_600}"><p>{LINE}</p></div>' for n in range(1_000))
    ),
    "10,000 names": lambda: content("".join(f'<div class="a{n} b{n}c"><p>{LINE}</p></div>' for n in range(10_000))),
    "70,000 empty containers": lambda: content("<div></div>" * 70_000),
    "70,000 empty containers, no text": lambda: "<div></div>" * 70_000,
    "100,000 blocks": lambda: content("x<br>" * 100_000),
    "one block": lambda: f"<div class=x>{LINE}</div>",
    "one character": lambda: "<div class=x>x</div>",
    "one character beyond the basic plane": lambda: "<div class=x>\U0001f600</div>",
    "only hidden blocks": lambda: f"<div hidden>{P * 20}</div>",
    "only hidden links": lambda: f"<div hidden><p><a href=/x>{LINE}</a></p></div>" * 50,
    "only references to surrogates": lambda: f"<div class=x>{'&#xD800;&#xDFFF;' * 5_000}</div>",
    "characters of plane 2": lambda: "<div class=x>" + "".join(f"<p>{chr(0x20000 + n) * 80}" for n in range(2_000)),
    "emoji": lambda: f"<div class=x><p>{chr(0x1F469) * 60_000}</p></div>",
    "3.9 MB in one text": lambda: f"<div class=x>{LINE * 37_000}</div>",
    "3.9 million Chinese characters in one text": lambda: f"<div class=x>{'水在这里。' * 780_000}</div>",
    "50,000 cells": lambda: content("<table>" + ("<tr>" + "<td>cell" * 10) * 5_000 + "</table>"),
    "50,000 cells in a row": lambda: content("<table><tr>" + "<td>cell" * 50_000 + "</table>"),
    "1,400 tables in each other": lambda: content("<table><tr><td>a<td>b" * 1_400),
    "numbers that no list has": lambda: content(
        "<ol start=-5><li value=-9>a<li value=99999999999999999999>b<li value=1e9>c<li value=²>d<li value=٣>e</ol>"
    ),
    "900 lists in each other": lambda: content("<ul><li>An item of the list here" * 900),
    "18,000 headings": lambda: content("<h2>What helps?</h2>" * 18_000),
    "18,000 titles": lambda: content("".join(f"<h1>Title {n}</h1>" for n in range(18_000))),
    "9,000 notes": lambda: content(f"<aside class='note disclaimer'><p>{LINE}</p></aside>" * 9_000),
    "2,500 links open": lambda: content("".join(f"<div><a href=/{n}>t" for n in range(2_500))),
    "a style of spaces": lambda: content(f"<p style='display{' ' * 100_000}'>{LINE}</p>" * 20),
    "password fields of spaces": lambda: content(("<i type" + " " * 3_000 + ">password</i>") * 1_000),
}
MEASURE = """
import json, resource, sys, time, warnings
from pathlib import Path
import msgspec
from clearwell import Page, clean
from clearwell.errors import UnsupportedPage

def peak():  # of this program alone; what getrusage tells counts the parent at the time it forked
    try:
        status = Path("/proc/self/status").read_text()
        return int(status.partition("VmHWM:")[2].split()[0]) / 1000
    except (OSError, IndexError):
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000

clean(Page(html=f"<div class=x><p>{'What is loaded late is loaded now. ' * 9}</p><p>x</p></div>"))
warnings.simplefilter("error")
body, best, text = sys.stdin.buffer.read(), 1e9, ""
for _ in range(3):  # a busy machine spoils one run, seldom all
    started = time.process_time()
    try:
        article = clean(Page(body=body, url="https://example.org/on/water.html"))
        msgspec.json.encode(article)
        outcome, text = article.quality.rejectReason or article.status, article.articleBody[:100]
    except UnsupportedPage as unsupported:
        outcome = unsupported.reason
    best = min(best, time.process_time() - started)
    if best < float(sys.argv[1]):
        break
print(json.dumps([outcome, best, peak(), text]))
"""


def measure(page: str | bytes) -> tuple[str, str]:
    """The outcome and the text's beginning of a page cleaned in a process of its own, within the limits."""
    body = page.encode("utf-8", "surrogatepass") if isinstance(page, str) else page
    done = subprocess.run(
        [sys.executable, "-c", MEASURE, str(SECONDS)],
        input=body,
        capture_output=True,
        timeout=120,
        check=False,
        cwd=Path(__file__).parents[1],
    )
    assert done.returncode == 0, done.stderr.decode()[-1_000:]
    outcome, seconds, megabytes, text = json.loads(done.stdout)
    assert outcome in NAMES
    assert seconds < SECONDS
    assert megabytes < MEGABYTES
    return outcome, text


@pytest.mark.parametrize(("make", "outcome"), WANTED.values(), ids=WANTED)
def test_bad_input_within_time_and_memory(make: Callable[[], str | bytes], outcome: str) -> None:
    assert measure(make())[0] == outcome


@pytest.mark.parametrize("make", LABORIOUS.values(), ids=LABORIOUS)
def test_laborious_pages_within_time_and_memory(make: Callable[[], str]) -> None:
    measure(make())


@pytest.mark.parametrize(
    ("page", "begins"),
    [
        (GERMAN.encode("utf-16-le"), "Täglich genügend Wasser hält"),
        (GERMAN.encode("utf-16-be"), "Täglich genügend Wasser hält"),
        (CHINESE.encode("gbk"), "每天喝足够的水"),
        (content("").encode().replace(b"water", b"wa\x00ter"), "Drinking enough water"),
    ],
    ids=["UTF-16 LE", "UTF-16 BE", "GBK", "NUL"],
)
def test_what_lies_about_its_charset_is_read_right(page: bytes, begins: str) -> None:
    assert clean(Page(body=page)).articleBody.startswith(begins)


def test_mutated_pages() -> None:
    """A small part of `python -m bench.fuzz`, the same pages every time."""
    found = fuzz(300, seed=1, processes=1)
    assert found["faults"] == {}
    assert found["pages"] == 300
    assert found["outcomes"]["ok"] > 50
    assert set(found["outcomes"]) <= NAMES


@pytest.mark.parametrize(
    ("broken", "fault"),
    [
        ({"restore": lambda article: "x"}, "restore does not give the extracted text back"),
        ({"clean": lambda page: 1 / 0}, "clean raised ZeroDivisionError"),
        ({"MAX_SECONDS": 0.0}, "cleaning took more than 0.0 s"),
    ],
    ids=["restore", "exception", "time"],
)
def test_the_fuzzer_sees_what_it_looks_for(
    monkeypatch: pytest.MonkeyPatch, broken: dict[str, object], fault: str
) -> None:
    for name, value in broken.items():
        monkeypatch.setattr(check, name, value)
    found = fuzz(20, seed=1, processes=1)
    assert [name for name in found["faults"] if name.startswith(fault)]
