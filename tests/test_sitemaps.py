"""Sitemaps as they should be, as they are, and as somebody might make them to do harm."""

import gzip
import time
import tracemalloc

import pytest

from clearwell.discovery.leads import Fault, Lead
from clearwell.discovery.sitemaps import MAX_ENTRIES, MAX_SITEMAP_BYTES, parse_lastmod, read_robots, read_sitemap
from clearwell.discovery.source import find_kind, read_source

URL = "https://a.example/maps/sitemap.xml"
BASE = "https://a.example/"
HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
SPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'


def urlset(*entries, head=HEAD, name="urlset"):
    return f"{head}<{name} {SPACE}>{''.join(entries)}</{name}>"


def entry(path, more=""):
    return f"<url><loc>{BASE}{path}</loc>{more}</url>"


def read(body, url=URL):
    found = list(read_source(body if isinstance(body, bytes) else body.encode(), url).leads)
    return [lead.url.removeprefix(BASE) for lead in found if isinstance(lead, Lead)], [
        fault.reason for fault in found if isinstance(fault, Fault)
    ]


TWO = urlset(entry("one"), entry("two"))

# What is served, what is read of it, and what is told to be wrong with it.
READ = {
    "plain": (TWO, ["one", "two"], []),
    "no namespace": ("<urlset>" + entry("one") + "</urlset>", ["one"], []),
    "prefixed": (
        f'<sm:urlset xmlns:sm="http://x"><sm:url><sm:loc>{BASE}one</sm:loc></sm:url></sm:urlset>', ["one"], [],
    ),
    "capitals": (f"<URLSET><URL><LOC>{BASE}one</LOC></URL></URLSET>", ["one"], []),
    "white space": (urlset(f"<url><loc>\n  {BASE}one\t\n</loc></url>"), ["one"], []),
    "CDATA": (urlset(f"<url><loc><![CDATA[{BASE}one?a=1&b=2]]></loc></url>"), ["one?a=1&b=2"], []),
    "escaped twice": (urlset(entry("a?x=1&amp;amp;y=2")), ["a?x=1&y=2"], []),
    "relative": (urlset("<url><loc>/one</loc></url><url><loc>two</loc></url>"), ["one", "maps/two"], []),
    "no loc": (urlset("<url><lastmod>2026-01-01</lastmod></url>", entry("one")), ["one"], []),
    "empty set": (urlset(), [], []),
    "bare ampersand": (urlset(entry("a?x=1&y=2&copy=3"), entry("two")), ["a?x=1&y=2&copy=3", "two"], []),
    "entity of HTML": (urlset(entry("caf&eacute;&nbsp;au&shy;lait")), ["café\xa0au\xadlait"], None),
    "control characters": (urlset(entry("on\x00e"), entry("t\x0bwo")), ["one", "two"], []),
    "image": (urlset(entry("one", "<image:image><image:loc>https://a.example/i.jpg</image:loc></image:image>")),
              ["one"], None),
    "translations": (urlset(entry("one", '<xhtml:link rel="alternate" hreflang="de" href="/de/one"/>')), ["one"], None),
    "stylesheet": (urlset(entry("one"), head=HEAD + '<?xml-stylesheet href="/s.xsl"?><!-- made by a tool -->'),
                   ["one"], []),
    "white space before the declaration": ("\n\n" + TWO, ["one", "two"], []),
    "packed": (gzip.compress(TWO.encode()), ["one", "two"], []),
    "packed twice over": (gzip.compress(TWO[:70].encode()) + gzip.compress(TWO[70:].encode()), ["one", "two"], []),
    "UTF-16 with a mark": (TWO.replace("UTF-8", "UTF-16").encode("utf-16"), ["one", "two"], []),
    "UTF-16 without a mark": (TWO.encode("utf-16-le"), ["one", "two"], []),
    "UTF-8 with a mark": (b"\xef\xbb\xbf" + TWO.encode(), ["one", "two"], []),
    "says UTF-16, is UTF-8": (TWO.replace("UTF-8", "UTF-16").encode(), ["one", "two"], []),
    "Latin-1": (urlset(entry("caf\xe9")).replace("UTF-8", "ISO-8859-1").encode("latin-1"), ["caf\xe9"], []),
    "unknown charset": (TWO.replace("UTF-8", "x-none"), ["one", "two"], []),
    "a charset that is none": (TWO.replace("UTF-8", "zip"), ["one", "two"], []),
    "broken bytes": (TWO.encode().replace(b"</urlset>", b"<!-- \xff\xfe --></urlset>"), ["one", "two"], []),
    "broken in the middle": (urlset(entry("one"), f"<url><loc>{BASE}two</lok></url>", entry("three")),
                             ["one", "two", "three"], ["bad-xml"]),
    "cut off": (TWO[: TWO.index("two")], ["one"], ["bad-xml"]),
    "cut off while packed": (gzip.compress((TWO * 50).encode())[:-30], None, ["truncated"]),
    "no gzip after all": (b"\x1f\x8b\x08" + TWO.encode(), [], ["truncated"]),
    "two roots": (TWO + TWO.removeprefix(HEAD), None, ["bad-xml"]),
    "a bomb": ('<!DOCTYPE u [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>' + urlset(entry("&b;"), head=""),
               [], ["xml-entities"]),
    "an outside entity": ('<!DOCTYPE u [<!ENTITY a SYSTEM "file:///etc/passwd">]>' + urlset(entry("&a;"), head=""),
                          [], ["xml-entities"]),
    "a document type": ('<!DOCTYPE urlset SYSTEM "http://evil.example/x.dtd">' + urlset(entry("one"), head=""),
                        [], ["xml-entities"]),
    "a bomb in UTF-16": (('<!DOCTYPE u [<!ENTITY a "a">]>' + urlset(entry("&a;"), head="")).encode("utf-16"),
                         [], ["xml-entities"]),
    "lines": (f"{BASE}one\n{BASE}two\r\n\n# a comment\n", ["one", "two"], []),
    "lines with a mark": ("\ufeff" + f"{BASE}one\n", ["one"], []),
    "lines, some of them none": (f"{BASE}one\nnonsense\n{BASE}t wo\n", ["one"], ["bad-line"]),
}  # fmt: skip


@pytest.mark.parametrize("case", READ)
def test_what_is_read_of_a_sitemap(case):
    body, urls, faults = READ[case]
    found, wrong = read(body)
    assert urls is None or found == urls
    assert faults is None or wrong == faults


@pytest.mark.parametrize(
    ("loc", "kind"),
    [
        ("eat-less-salt-at-night/", "article"),
        ("insomnia/", "article"),  # who is named in a sitemap has the benefit of the doubt
        ("?p=123", "article"),
        ("12345.html", "article"),
        ("category/sleep/", "archive"),
        ("contact/", "other"),
        ("photo.jpg", "other"),
        ("", "listing"),
    ],
)
def test_entries_are_judged_by_their_address(loc, kind):
    assert next(iter(read_sitemap(urlset(entry(loc)).encode(), URL))).kind == kind


def test_an_index_leads_to_sitemaps_with_their_dates():
    body = urlset(
        f"<sitemap><loc>{BASE}s1.xml.gz</loc><lastmod>2026-02-01T10:00:00+02:00</lastmod></sitemap>",
        name="sitemapindex",
    )
    (lead,) = read_sitemap(body.encode(), URL)
    assert (lead.kind, lead.url, lead.lastmod.isoformat()) == (
        "sitemap",
        BASE + "s1.xml.gz",
        "2026-02-01T08:00:00+00:00",
    )


def test_news_have_a_title_and_a_date():
    news = (
        "<news:news><news:publication><news:name>P</news:name></news:publication>"
        "<news:publication_date>2026-03-04</news:publication_date><news:title>Salt &amp; sleep</news:title></news:news>"
    )
    space = 'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"'
    body = f"<urlset {SPACE} {space}>{entry('one', news)}</urlset>"
    (lead,) = read_sitemap(body.encode(), URL)
    assert (lead.title, lead.published.isoformat()) == ("Salt & sleep", "2026-03-04T00:00:00+00:00")


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026", "2026-01-01T00:00:00+00:00"),
        ("2026-03", "2026-03-01T00:00:00+00:00"),
        ("2026-03-05", "2026-03-05T00:00:00+00:00"),
        ("2026-03-05T10:00:00Z", "2026-03-05T10:00:00+00:00"),
        ("2026-03-05T10:00:00.123+02:00", "2026-03-05T08:00:00.123000+00:00"),
        ("2026-03-05 10:00", "2026-03-05T10:00:00+00:00"),
        ("Thu, 05 Mar 2026 10:00:00 GMT", "2026-03-05T10:00:00+00:00"),
        ("  2026-03-05\n", "2026-03-05T00:00:00+00:00"),
        ("1970-01-01", None),  # no page is older than the web
        ("0001-01-01T00:00:00+14:00", None),
        ("9999-12-31T23:59:59-14:00", None),
        ("yesterday", None),
        ("", None),
        ("2026-13-45", None),
        ("9" * 5_000, None),
    ],
)
def test_when_a_page_changed(text, moment):
    found = parse_lastmod(text)
    assert (found.isoformat() if found else None) == moment


def test_robots_names_sitemaps():
    body = (
        b"\xef\xbb\xbfUser-agent: *\r\nDisallow: /x\r\nSitemap: https://a.example/one.xml # ours\r\n"
        b"SITEMAP:/two.xml\r\n"
        b"  sitemap :  three.xml\r\nSitemap:\r\n# Sitemap: /no.xml\r\nSitemap: javascript:alert(1)\r\n"
    )
    assert [lead.url for lead in read_robots(body, BASE + "robots.txt")] == [
        BASE + "one.xml", BASE + "two.xml", BASE + "three.xml",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "body", [b"", b"\x00" * 100, b"Sitemap:" * 500_000, "Sitemap: /ü.xml".encode("utf-16"), b"\xff" * 9]
)
def test_robots_of_any_kind_costs_nothing(body):
    start = time.process_time()
    list(read_robots(body, BASE + "robots.txt"))
    assert time.process_time() - start < 2


@pytest.mark.parametrize(
    ("body", "url", "kind"),
    [
        (b"<!doctype html><title>Not found</title>", URL, "page"),
        (b"<html><body><pre>&lt;urlset&gt;", URL, "page"),
        (b"<rss version='2.0'><channel/></rss>", URL, "feed"),
        (b'<feed xmlns="http://www.w3.org/2005/Atom"/>', URL, "feed"),
        (b'<rdf:RDF xmlns:rdf="x"/>', URL, "feed"),
        (b'{"version": "https://jsonfeed.org/version/1.1", "items": []}', URL, "json-feed"),
        (b"User-agent: *", BASE + "robots.txt", "robots"),
        (b"<!DOCTYPE html><html>", BASE + "robots.txt", "page"),
        (b"", URL, "page"),
        (b"https://a.example/one\n", BASE + "list.txt", "text"),
        (gzip.compress(b"https://a.example/one\n", mtime=0), BASE + "list.txt.gz", "text"),
        (b'{"a": 1}', URL, "page"),
    ],
)
def test_a_source_is_told_by_its_content(body, url, kind):
    assert find_kind(body, url) == kind


def test_more_entries_than_allowed_are_left_out():
    body = urlset(*(entry(str(number)) for number in range(MAX_ENTRIES + 10))).encode()
    found, wrong = read(body)
    assert (len(found), wrong) == (MAX_ENTRIES, ["too-many-entries"])


def test_a_huge_sitemap_takes_little_memory():
    """300 MB in 300 KB: unpacked and read piece by piece, up to the limit."""
    piece = (entry("x" * 900) * 1_000).encode()
    packed = gzip.compress(f"{HEAD}<urlset {SPACE}>".encode() + b" " * 10_000_000 + piece + b" " * 300_000_000)
    tracemalloc.start()
    leads = list(read_sitemap(packed, URL))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert sum(isinstance(item, Lead) for item in leads) == 1_000
    assert [item.reason for item in leads if isinstance(item, Fault)] == ["too-large"]
    assert peak < 20_000_000


HOSTILE = {
    "one entry of a million parts": "<urlset><url>" + "<a/>" * 1_000_000,
    "deep": "<urlset>" + "<a>" * 500_000,
    "tags that never end": "<urlset>" + "<a" * 500_000,
    "ampersands": "<urlset><url><loc>" + "&" * 1_000_000,
    "open entities": "<urlset><url><loc>" + "&a" * 500_000,
    "declarations": "<urlset>" + "<!" * 500_000,
    "comments": "<urlset>" + "<!--" * 300_000,
    "CDATA": "<urlset>" + "<![CDATA[" * 200_000,
    "attributes": "<urlset " + " ".join(f'a{n}="x"' for n in range(100_000)) + ">",
    "one long text": "<urlset><url><loc>" + "x" * 20_000_000,
    "namespaces": "<urlset>" + "".join(f'<url xmlns:n{n}="x{n}"><loc>{BASE}{n}</loc></url>' for n in range(20_000)),
    "encoding": '<?xml encoding="' + "a" * 1_000_000,
}


@pytest.mark.parametrize("case", HOSTILE)
def test_hostile_sitemaps_end_in_time(case):
    start = time.process_time()
    list(read_sitemap(HOSTILE[case].encode(), URL))
    assert time.process_time() - start < 3


def test_a_sitemap_that_is_too_large_stops_at_the_limit():
    body = f"{HEAD}<urlset {SPACE}>".encode() + b" " * (MAX_SITEMAP_BYTES + 10)
    assert read(body) == ([], ["too-large"])
