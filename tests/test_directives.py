"""What pages, headers and sites' files say about their use."""

import time
from datetime import UTC, datetime

import pytest

from clearwell.directives import (
    Directives,
    UseRule,
    is_reserved,
    matches_path,
    read_directives,
    read_signals,
    read_tdmrep,
)
from clearwell.errors import SiteConfigError
from clearwell.hours import seconds_left
from spiders.backoff import read_retry_after
from spiders.contact import check_contact
from spiders.robots import MAX_BYTES, BoundedRobotParser

NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)


def meta(content, name="robots"):
    return f'<html><head><meta name="{name}" content="{content}"></head><body>x'.encode()


NOINDEX, NOFOLLOW, NOARCHIVE = (Directives(**{name: True}) for name in ("noindex", "nofollow", "noarchive"))
BOTH, NOTHING = Directives(noindex=True, nofollow=True), Directives()
RESERVED, FREE = Directives(reserved=True), Directives(reserved=False)

META = [
    (meta("noindex"), NOINDEX),
    (meta("NoIndex,NOFOLLOW"), BOTH),
    (meta("none"), BOTH),
    (meta("index, follow, noarchive"), NOARCHIVE),
    (meta("all"), NOTHING),
    (meta("noindex", "clearwell"), NOINDEX),
    (meta("noindex", "googlebot"), NOTHING),
    (meta("max-snippet:20, noimageai"), NOTHING),
    (meta("noai, noimageai"), RESERVED),
    (meta("1", "tdm-reservation"), RESERVED),
    (meta("0", "tdm-reservation"), FREE),
    (meta("perhaps", "tdm-reservation"), NOTHING),
    (meta("unavailable_after: 2026-11-24T00:00:00Z"), NOINDEX),
    (meta("unavailable_after: 2026-11-26"), NOTHING),
    (b"<META CONTENT='noindex' NAME='Robots'>", NOINDEX),
    (b"<head><!-- <meta name=robots content=noindex> --></head>", NOTHING),
    (b"<head><script>'<meta name=robots content=noindex>'</script></head>", NOTHING),
    (b"<head></head><body><p>The meta robots noindex keeps pages out.</p>", NOTHING),
    (meta("noindex").decode().encode("utf-16"), NOINDEX),
    (b"", NOTHING),
]
TAGS = [
    (["noindex"], NOINDEX),
    (["noindex, nofollow"], BOTH),
    (["index", "nofollow"], NOFOLLOW),
    (["clearwell: noindex"], NOINDEX),
    (["otherbot: noindex, nofollow"], NOTHING),
    (["otherbot: noindex", "clearwell: noarchive"], NOARCHIVE),
    (["unavailable_after: 25 Jun 2010 15:00:00 GMT"], NOINDEX),
    (["clearwell: unavailable_after: 25 Jun 2010 15:00:00 GMT"], NOINDEX),
    (["otherbot: unavailable_after: 25 Jun 2010 15:00:00 GMT"], NOTHING),
    (["unavailable_after: Fri, 25 Jun 2060 15:00:00 GMT"], NOTHING),
    (["unavailable_after: some day"], NOTHING),
    (["max-image-preview:large, noindex"], NOINDEX),
]


@pytest.mark.parametrize(("body", "wanted"), META)
def test_meta_elements(body, wanted):
    assert read_directives([], [], body, NOW) == wanted


@pytest.mark.parametrize(("tags", "wanted"), TAGS)
def test_headers(tags, wanted):
    assert read_directives(tags, [], b"", NOW) == wanted


def test_the_page_itself_has_the_last_word_on_its_rights():
    assert read_directives([], ["1"], b"", NOW) == RESERVED
    assert read_directives([], ["1"], meta("0", "tdm-reservation"), NOW) == FREE


TDMREP = [
    (b'[{"location": "/", "tdm-reservation": 1}]', (UseRule("/", True),)),
    (
        b'[{"location": "/open/*", "tdm-reservation": 0}, {"location": "/*", "tdm-reservation": "1"}]',
        (UseRule("/open/*", False), UseRule("/*", True)),
    ),
    (b'{"location": "/", "tdm-reservation": 1}', ()),
    (b'[{"location": 7, "tdm-reservation": 1}, "x", {"location": "/"}]', ()),
    (b"<html>not found</html>", ()),
    (b"[" * 100_000, ()),
    (b"\xff\xfe", ()),
]


@pytest.mark.parametrize(("content", "rules"), TDMREP)
def test_tdmrep(content, rules):
    assert read_tdmrep(content) == rules


SIGNALS = [
    ("User-agent: *\nContent-Signal: search=yes, ai-train=no\nAllow: /", "/x", True),
    ("User-agent: *\nContent-Signal: search=yes, ai-train=yes", "/x", False),
    ("Content-Signal: ai-input=no", "/x", True),
    ("User-agent: other\nContent-Signal: ai-train=no", "/x", False),
    ("User-agent: *\nContent-Signal: ai-train=no\n\nUser-agent: Clearwell\nAllow: /", "/x", False),
    ("User-agent: a\nUser-agent: clearwell\nContent-Signal: ai-train=no", "/x", True),
    ("User-agent: *\nContent-Signal: /paid/ ai-train=no", "/x", False),
    ("User-agent: *\nContent-Signal: /paid/ ai-train=no", "/paid/x", True),
    ("User-agent: *\nContent-Usage: train-ai=n", "/x", True),
    ("# Content-Signal: ai-train=no", "/x", False),
]


@pytest.mark.parametrize(("robots", "path", "reserved"), SIGNALS)
def test_signals_in_robots_txt(robots, path, reserved):
    assert is_reserved(read_signals(robots), f"https://a.example{path}") is reserved


@pytest.mark.parametrize(
    ("pattern", "target", "matches"),
    [
        ("/", "/x", True),
        ("/a", "/ab?c", True),
        ("/a$", "/ab", False),
        ("/a$", "/a", True),
        ("/*.pdf$", "/a.pdf.pdf", True),
        ("/*a*b", "/xxaxxbxx", True),
        ("/*a*b", "/xxbxxaxx", False),
        ("/ab*b$", "/ab", False),
        ("*", "/", True),
    ],
)
def test_path_patterns(pattern, target, matches):
    assert matches_path(pattern, target) is matches


def test_hostile_input_costs_no_more_than_its_length():
    started = time.process_time()
    matches_path("/" + "*a" * 1_000 + "b", "/" + "a" * 4_000)
    read_directives(["a" * 100_000 + ":" * 10_000], [], b"<!--" * 60_000 + b"robots", NOW)
    read_directives([], [], b"<meta name=robots " * 14_000, NOW)
    read_signals("Content-Signal: " + "ai-train " * 50_000 + "\n" + "User-agent: x\n" * 30_000)
    read_signals("".join(f"User-agent: x{n}\n" for n in range(30_000)) + "Content-Signal: ai-train=no\n" * 9_000)
    BoundedRobotParser(b"User-agent: *\n" + b"Disallow: /*a*b*c$\n" * 500_000).allowed(
        "https://a.example/" + "a" * 4_000, "x"
    )
    assert time.process_time() - started < 3


def test_a_robots_txt_is_read_to_its_last_whole_line_within_the_limit():
    filler = b"# " + b"x" * 97 + b"\n"
    body = b"User-agent: *\nDisallow: /early\n" + filler * (MAX_BYTES // 100) + b"Disallow: /late\n"
    parser = BoundedRobotParser(body)
    assert not parser.allowed("https://a.example/early", "Clearwell")
    assert parser.allowed("https://a.example/late", "Clearwell")


@pytest.mark.parametrize(
    ("robots", "seconds"),
    [
        ("User-agent: *\nCrawl-delay: 7", 7),
        ("User-agent: *\nRequest-rate: 1/20", 20),
        ("User-agent: *\nCrawl-delay: 7\nRequest-rate: 1/20", 20),
        ("User-agent: other\nCrawl-delay: 7", None),
        ("User-agent: *\nCrawl-delay: 7\nUser-agent: clearwell\nCrawl-delay: 2", 2),
        ("User-agent: *\nCrawl-delay: soon", None),
        ("", None),
    ],
)
def test_the_delay_a_robots_txt_asks_for(robots, seconds):
    assert BoundedRobotParser(robots.encode()).crawl_delay("Clearwell") == seconds


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("30", 30),
        (" 0 ", 0),
        ("Wed, 25 Nov 2026 12:02:00 GMT", 120),
        ("Wed, 25 Nov 2026 11:00:00 GMT", 0),
        ("", None),
        ("soon", None),
        ("-5", None),
        ("1.5", None),
        ("9" * 400, None),
        ("Wed, 99 Nov 2026 12:02:00 GMT", None),
    ],
)
def test_retry_after(value, seconds):
    assert read_retry_after(value, NOW) == seconds


BERLIN = "Europe/Berlin"  # an hour before UTC in winter, two in summer


@pytest.mark.parametrize(
    ("hours", "zone", "now", "left"),
    [
        ("22:00-06:00", BERLIN, datetime(2026, 11, 25, 21, 0, tzinfo=UTC), 8 * 3600),
        ("22:00-06:00", BERLIN, datetime(2026, 11, 25, 20, 59, tzinfo=UTC), None),
        ("22:00-06:00", BERLIN, datetime(2026, 11, 25, 5, 0, tzinfo=UTC), None),
        ("22:00-06:00", BERLIN, datetime(2026, 7, 1, 3, 59, tzinfo=UTC), 60),
        ("22:00-06:00", BERLIN, datetime(2026, 10, 24, 20, 0, tzinfo=UTC), 9 * 3600),  # the clock goes back that night
        ("22:00-06:00", BERLIN, datetime(2026, 3, 28, 21, 0, tzinfo=UTC), 7 * 3600),  # and forth that one
        ("01:00-05:00", "UTC", datetime(2026, 11, 25, 4, 59, 30, tzinfo=UTC), 30),
        ("00:00-00:00", "UTC", datetime(2026, 11, 25, 4, 0, tzinfo=UTC), 20 * 3600),
    ],
)
def test_how_long_a_window_is_open(hours, zone, now, left):
    assert seconds_left(hours, zone, now) == left


@pytest.mark.parametrize("zone", ["Europe/Berlim", "../../etc/passwd", "", "/etc/passwd"])
def test_a_zone_that_is_none(zone):
    with pytest.raises(SiteConfigError, match="is no time zone"):
        seconds_left("22:00-06:00", zone, NOW)


@pytest.mark.parametrize(
    "contact", ["me@a.example\r\nX: y", "just words", "ftp://a.example/", "mé@a.example", "@", "a@b@c"]
)
def test_a_contact_that_is_none(contact):
    with pytest.raises(SiteConfigError, match="CLEARWELL_CONTACT"):
        check_contact(contact)


@pytest.mark.parametrize("contact", ["", "me@a.example", " https://a.example/about "])
def test_a_contact(contact):
    assert check_contact(contact) == contact.strip()
