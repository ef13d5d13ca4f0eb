"""The dirty farm keeps its promises: routes, truth beside dirt, the same page in every process."""

from __future__ import annotations

import http.client
import os
import re
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from html.parser import HTMLParser
from itertools import product
from pathlib import Path
from urllib.parse import urlsplit
from xml.etree import ElementTree

import pytest

from samples.phrases import load_language, load_section
from samples.server import serve
from samples.site import CATEGORIES, expected, list_slugs, render
from samples.source import LANGUAGES, TROUBLE, Article, list_articles, load_articles
from samples.trouble import TWIN, misbehaving

ROOT = Path(__file__).resolve().parent.parent
REGULAR = [article.slug for article in list_articles()]
TIMEOUT = 10  # seconds


@dataclass(frozen=True)
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode("utf-8")


def fetch(base: str, target: str, method: str = "GET", **headers: str) -> Answer:
    """Ask once, follow nothing."""
    with closing(http.client.HTTPConnection(urlsplit(base).netloc, timeout=TIMEOUT)) as connection:
        connection.request(method, target, headers={name.replace("_", "-"): value for name, value in headers.items()})
        response = connection.getresponse()
        return Answer(response.status, {k.lower(): v for k, v in response.getheaders()}, response.read())


@pytest.fixture(scope="module")
def base() -> Iterator[str]:
    with serve() as url:
        yield url


class TextParser(HTMLParser):
    """Collect the text of a page; elements that break a line become line breaks."""

    BREAKS = frozenset({"p", "br", "li", "h1", "h2", "h3", "div", "td", "th", "tr", "table", "ul", "ol", "section"})

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []

    def _break(self, tag: str, *_: object) -> None:
        self.parts.append("\n" if tag in self.BREAKS else "")

    handle_starttag = handle_endtag = _break

    def handle_data(self, data: str) -> None:
        self.parts.append(data)


def flatten(text: str) -> str:
    return re.sub(r"\s+", " ", text)


def read_text(html: str) -> str:
    parser = TextParser()
    parser.feed(html)
    return "".join(parser.parts)


def read_lines(block: tuple[str, str]) -> list[str]:
    """Split a block: a table's text is its cells, any other block is one line."""
    kind, text = block
    return re.split(r" \| |\n", text) if kind == "table" else [text]


def test_there_are_enough_articles() -> None:
    counts = Counter(article.language for article in list_articles())
    assert len(REGULAR) >= 24
    assert set(counts) == set(LANGUAGES)
    assert counts["en"] >= 9
    assert min(counts.values()) >= 5


def test_no_sentence_stands_in_two_articles() -> None:
    seen = Counter(
        sentence
        for article in load_articles().values()
        for sentence in {s for block in article.blocks for s in re.split(r"(?<=[.!?。！？])\s*", block.text)}
        if len(sentence) > 20
    )
    assert [sentence for sentence, count in seen.items() if count > 1] == []


def test_every_kind_of_block_occurs() -> None:
    kinds = {block.kind for article in list_articles() for block in article.blocks}
    assert kinds == {"heading", "paragraph", "list_item", "quote", "table"}


@pytest.mark.parametrize("article", load_articles().values(), ids=list_slugs())
def test_front_matter_is_complete(article: Article) -> None:
    published = datetime.fromisoformat(article.published)
    assert article.authors
    assert len(article.keywords) >= 5
    assert published.astimezone(UTC).date() == published.date() <= article.changed.date()


MUST_STAY = ["Contact your doctor", "Source: CDC", "Let's take a look", "...", "Disclaimer", "500 mg", "1. Magnesium M"]


@pytest.mark.parametrize("phrase", MUST_STAY)
def test_what_must_stay_occurs(phrase: str) -> None:
    assert any(phrase in block.text for article in list_articles("en") for block in article.blocks)


# --- truth and dirt


@pytest.mark.parametrize("slug", list_slugs())
def test_truth_is_in_the_page_once_the_watermarks_are_out(slug: str) -> None:
    truth = expected(slug)
    text = read_text(render(slug, "http://h"))
    for category, injected in truth.injected:
        if category == "watermark":
            text = text.replace(injected, "", 1)
    page = flatten(text)
    lines = [flatten(line) for block in truth.blocks for line in read_lines(block)]
    assert [line for line in [truth.title, *lines] if line not in page] == []


@pytest.mark.parametrize("slug", list_slugs())
def test_every_injected_text_is_in_the_page_as_often_as_listed(slug: str) -> None:
    page = flatten(read_text(render(slug, "http://h")))
    counts = Counter(text for _, text in expected(slug).injected)
    assert [text for text, count in counts.items() if page.count(flatten(text)) < count] == []


@pytest.mark.parametrize("slug", REGULAR)
def test_every_page_has_several_kinds_of_dirt(slug: str) -> None:
    injected = expected(slug).injected
    kinds = {category for category, _ in injected}
    assert {"watermark", "navigation", "teaser"} < kinds <= set(CATEGORIES)
    assert 2 <= sum(category == "watermark" for category, _ in injected) <= 4
    assert 10 <= sum(category == "teaser" for category, _ in injected) <= 31


def test_the_readme_names_every_category() -> None:
    rows = re.findall(r"^\| (\w+) \| ", (ROOT / "samples/README.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert tuple(row for row in rows if row not in ("Where", "Category")) == CATEGORIES


def test_every_category_occurs_in_every_language() -> None:
    found = {(article.language, c) for article in list_articles() for c, _ in expected(article.slug).injected}
    assert found == set(product(LANGUAGES, CATEGORIES))


@pytest.mark.parametrize("slug", REGULAR)
def test_teasers_are_cut_at_the_width_of_the_section(slug: str) -> None:
    section = load_section(load_articles()[slug].section)
    cut = [text for category, text in expected(slug).injected if category == "teaser" and text.endswith("...")]
    assert {len(text) for text in cut} == (set() if section.tail == "titles" else {section.teaser_width + 3})


@pytest.mark.parametrize("slug", REGULAR)
def test_a_page_never_teases_itself(slug: str) -> None:
    article = load_articles()[slug]
    teasers = [text for category, text in expected(slug).injected if category == "teaser"]
    assert not [text for text in teasers if article.opening.startswith(text.removesuffix("..."))]


def test_each_section_has_its_own_watermark_on_several_pages() -> None:
    pages = Counter(article.section for article in list_articles())
    marks = {name: load_section(name).watermark for name in pages}
    assert len(set(marks.values())) == len(marks)
    assert min(pages.values()) >= 2


def test_archive_openings_are_longer_than_any_cut() -> None:
    for article in list_articles():
        width = load_section(article.section).teaser_width
        assert min(len(opening) for _, opening in load_language(article.language).archive) > width, article.section


# --- the server


@pytest.mark.parametrize(
    ("target", "content_type", "needle"),
    [
        ("/", "text/html; charset=utf-8", "/trouble/missing.html"),
        ("/robots.txt", "text/plain; charset=utf-8", "Disallow: /private/\nAllow: /\n\nSitemap: http"),
        ("/sitemap.xml", "application/xml; charset=utf-8", "/sitemap-zh.xml"),
        ("/sitemap-de.xml", "application/xml; charset=utf-8", "<lastmod>"),
        ("/sitemap-trouble.xml", "application/xml; charset=utf-8", "/trouble/busy.html"),
        ("/feed.xml", "application/rss+xml; charset=utf-8", "<pubDate>"),
        ("/en/", "text/html; charset=utf-8", "/en/page/2/"),
        ("/es/page/2/", "text/html; charset=utf-8", 'href="/es/"'),
        ("/zh/fanhou-sanbu.html", "text/html; charset=utf-8", "飯後"),
        ("/de/brot-mit-biss.html?x=1", "text/html; charset=utf-8", "NewsArticle"),
    ],
)
def test_routes(base: str, target: str, content_type: str, needle: str) -> None:
    answer = fetch(base, target)
    assert (answer.status, answer.headers["content-type"]) == (200, content_type)
    assert needle in answer.text


@pytest.mark.parametrize("target", ["/nope", "/en/nope.html", "/en/fanhou-sanbu.html", "/en/page/99/", "/en/page/0/"])
def test_unknown_paths_are_404(base: str, target: str) -> None:
    assert fetch(base, target).status == 404


def test_listings_reach_every_article_and_sitemaps_name_it(base: str) -> None:
    for language in LANGUAGES:
        paths = {article.path for article in list_articles(language)}
        number, found = 1, ""
        while (answer := fetch(base, f"/{language}/" if number == 1 else f"/{language}/page/{number}/")).status == 200:
            found, number = found + answer.text, number + 1
        located = ElementTree.fromstring(fetch(base, f"/sitemap-{language}.xml").body).findall("{*}url/{*}loc")
        assert {path for path in paths if f'"{path}"' in found} == paths
        assert {urlsplit(element.text or "").path for element in located} == paths


def test_xml_is_well_formed(base: str) -> None:
    counts = [len(ElementTree.fromstring(fetch(base, f"/{name}.xml").body)) for name in ("sitemap", "sitemap-trouble")]
    assert counts == [len(LANGUAGES), len(misbehaving())]
    assert len(ElementTree.fromstring(fetch(base, "/feed.xml").body).findall("channel/item")) == len(REGULAR)


@pytest.mark.parametrize("slug", REGULAR)
def test_articles_are_served_as_rendered(base: str, slug: str) -> None:
    assert fetch(base, expected(slug).path).text == render(slug, base)


@pytest.mark.parametrize("host", ["127.0.0.1:8123", "health.example", "[::1]:9000"])
def test_canonical_follows_the_host(base: str, host: str) -> None:
    path = expected(TWIN).path
    assert f'<link rel="canonical" href="http://{host}{path}">' in fetch(base, path, Host=host).text


def test_a_hostile_host_is_not_echoed(base: str) -> None:
    assert "<script>x" not in fetch(base, expected(TWIN).path, Host="<script>x</script>").text


@pytest.mark.parametrize(("sent", "stored"), [("If_None_Match", "etag"), ("If_Modified_Since", "last-modified")])
def test_an_unchanged_page_is_304(base: str, sent: str, stored: str) -> None:
    path = expected(TWIN).path
    answer = fetch(base, path, **{sent: fetch(base, path).headers[stored]})
    assert (answer.status, answer.body) == (304, b"")


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"If_None_Match": '"other"', "If_Modified_Since": "Fri, 01 Jan 2038 00:00:00 GMT"}, 200),
        ({"If_None_Match": "*"}, 304),
        ({"If_Modified_Since": "Thu, 01 Jan 1998 00:00:00 GMT"}, 200),
        ({"If_Modified_Since": "yesterday"}, 200),
    ],
)
def test_conditional_requests(base: str, headers: dict[str, str], status: int) -> None:
    assert fetch(base, expected(TWIN).path, **headers).status == status


def test_head_has_the_headers_and_no_body(base: str) -> None:
    head = fetch(base, "/en/", method="HEAD")
    assert (head.body, head.headers["content-length"]) == (b"", str(len(fetch(base, "/en/").body)))


def test_seen_lists_what_was_asked_for() -> None:
    seen: list[str] = []
    with serve(seen=seen) as url:
        fetch(url, "/en/?page=1")
    assert seen == ["/en/?page=1"]


# --- misbehaving pages


@pytest.mark.parametrize(
    ("target", "status", "header", "value"),
    [
        ("missing", 404, "content-type", "text/html; charset=utf-8"),
        ("broken", 500, "content-type", "text/html; charset=utf-8"),
        ("login", 200, "content-type", "text/html; charset=utf-8"),
        ("empty", 200, "content-length", "0"),
        ("busy", 503, "retry-after", "2"),
    ],
)
def test_misbehaving_statuses(base: str, target: str, status: int, header: str, value: str) -> None:
    answer = fetch(base, f"/trouble/{target}.html")
    assert (answer.status, answer.headers[header]) == (status, value)


def test_every_misbehaving_page_is_linked_and_in_its_sitemap(base: str) -> None:
    home, sitemap = fetch(base, "/").text, fetch(base, "/sitemap-trouble.xml").text
    assert [p for p in misbehaving() if f'href="{p}"' not in home or f"{base}{p}</loc>" not in sitemap] == []


def test_the_redirect_loop_closes(base: str) -> None:
    there = fetch(base, "/trouble/loop-a.html").headers["location"]
    back = fetch(base, urlsplit(there).path).headers["location"]
    assert (there, back) == (f"{base}/trouble/loop-b.html", f"{base}/trouble/loop-a.html")


CHARSETS = [("kanshi-tiwen-ji", "utf-8", "gb18030"), ("dormir-la-siesta", "iso-8859-1", "utf-8")]


@pytest.mark.parametrize(("slug", "declared", "true"), CHARSETS)
def test_wrong_charsets(base: str, slug: str, declared: str, true: str) -> None:
    answer = fetch(base, f"/{TROUBLE}/{slug}.html")
    assert answer.headers["content-type"] == f"text/html; charset={declared}"
    assert load_articles()[slug].description in answer.body.decode(true)
    assert load_articles()[slug].description not in answer.body.decode(declared, errors="replace")


def test_the_truncated_body_ends_early(base: str) -> None:
    with pytest.raises(http.client.IncompleteRead) as caught:
        fetch(base, "/trouble/packing-a-first-aid-tin.html")
    assert caught.value.expected >= 4096


def test_the_binary_is_no_text(base: str) -> None:
    answer = fetch(base, "/trouble/binary.html")
    assert (answer.headers["content-type"], b"\x00" in answer.body) == ("text/html; charset=utf-8", True)


def test_the_twins_declare_one_canonical(base: str) -> None:
    texts = [fetch(base, target).text for target in misbehaving() if TWIN in target]
    assert [f'<link rel="canonical" href="{base}/en/{TWIN}.html">' in text for text in texts] == [True] * 3


def test_noindex_is_declared_once(base: str) -> None:
    pages = [fetch(base, f"/{TROUBLE}/a-walk-after-lunch.html").text, fetch(base, expected(TWIN).path).text]
    assert ["noindex" in page for page in pages] == [True, False]


# --- the process


DIGEST = """
import hashlib
from samples.site import expected, list_slugs, render
pages = "".join(render(slug, "http://h") + repr(expected(slug)) for slug in list_slugs())
print(hashlib.sha256(pages.encode()).hexdigest())
"""


def run_digest(hash_seed: str) -> str:
    environment = os.environ | {"PYTHONHASHSEED": hash_seed}
    return subprocess.check_output([sys.executable, "-c", DIGEST], cwd=ROOT, env=environment, text=True, timeout=60)


def test_pages_do_not_depend_on_the_hash_seed() -> None:
    assert len({run_digest(seed) for seed in ("0", "1", "4242")}) == 1


def wait_for(path: Path) -> str:
    deadline = time.monotonic() + TIMEOUT
    while not path.exists():
        assert time.monotonic() < deadline, f"{path} did not appear"
        time.sleep(0.02)
    return path.read_text(encoding="utf-8").strip()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_the_command_serves_and_stops_cleanly(tmp_path: Path, number: signal.Signals) -> None:
    ready = tmp_path / "ready"
    command = [sys.executable, "-m", "samples.server", "--ready-file", str(ready)]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    try:
        url = wait_for(ready)
        assert fetch(url, "/robots.txt").status == 200
        process.send_signal(number)
        out, err = process.communicate(timeout=TIMEOUT)
    finally:
        process.kill()
        process.wait()
    assert (process.returncode, out.strip(), err) == (0, url, "")
