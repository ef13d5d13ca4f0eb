"""`clearwell probe`: sites of many shapes looked up over loopback, and the files that come of it."""

import importlib.util
import re
import shutil
from datetime import date
from pathlib import Path

import pytest
from small_server import serving

from clearwell.app.site_draft import draft_site, name_site
from clearwell.article import Article
from clearwell.clean import clean
from clearwell.discovery.findings import Findings, FoundSource, choose_samples
from clearwell.discovery.leads import Lead
from clearwell.discovery.platforms import PLATFORMS, Platform, find_platform, is_script_shell
from clearwell.page import Page
from clearwell.patterns import find_pattern_fault
from clearwell.storage.site_file import parse_site
from clearwell.storage.sites import load_site
from spiders.rendering import BROWSERS

WORDS = (
    "Broth number {0} moistens what is dry in a body of kind {0}, and carries salt and water into it. "
    "Simmer {0} carrots for forty minutes, and season late. Whoever cannot swallow sees a doctor the same day. "
)
TITLES = [f"A bowl of soup for sore throats, part {number}" for number in range(12)]
PATHS = [f"/kitchen/a-bowl-of-soup-part-{number}.html" for number in range(12)]
TEXT, XML = "text/plain", "application/xml"


def article(number):
    paragraphs = "".join(f"<p>{WORDS.format(number * 10 + part)}</p>" for part in range(4))
    title = TITLES[number]
    return (
        "text/html; charset=utf-8",
        f"<html lang=en><title>{title}</title><h1>{title}</h1><article>{paragraphs}</article>",
    )


def url_set(*addresses, tag="urlset", entry="url"):
    inside = "".join(f"<{entry}><loc>{address}</loc></{entry}>" for address in addresses)
    return XML, f'<{tag} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{inside}</{tag}>'


def feed(*addresses):
    items = "".join(f"<item><title>x</title><link>{address}</link></item>" for address in addresses)
    return "application/rss+xml", f'<rss version="2.0"><channel><title>x</title>{items}</channel></rss>'


ARTICLES = {path: article(number) for number, path in enumerate(PATHS)}
ALL = [f"BASE{path}" for path in PATHS]
LINKS = "".join(f'<li><h3><a href="{path}">{title}</a></h3></li>' for path, title in zip(PATHS, TITLES, strict=True))
LIST = "text/html; charset=utf-8", f"<!DOCTYPE html><title>Kitchen</title><h1>Kitchen</h1><ul>{LINKS}</ul>"
SHELL = "text/html", '<title>App</title><div id="root"></div><script src="/app.js"></script>'


@pytest.fixture
def probe(run, home, tmp_path):
    """Look a site up in a home of its own; the finished command, and the written file's site."""
    home["CLEARWELL_HOME"] = str(tmp_path)

    def start(address, *options):
        done = run("probe", address, "--name", "mine", *options)
        assert "Traceback" not in done.stdout + done.stderr
        written = (tmp_path / "sites" / "mine.toml").exists()
        return done, load_site(tmp_path / "sites", "mine") if written else None

    return start


def test_the_sample_site_in_one_minute(probe, run, farm, home, tmp_path):
    """What is written is ready to use: the crawl from it finds every article."""
    done, site = probe(farm)
    assert done.returncode == 0
    assert site.start == (f"{farm}/sitemap.xml", f"{farm}/feed.xml")
    assert len(re.findall(r"^│ article ", done.stdout, re.M)) == 10
    assert re.search(r"│ article │ en +│ +\d{3} │ 20\d\d-\d\d-\d\d │ \d+ teaser, \d+ ", done.stdout)
    assert run("sites", "check", "mine").stdout == "mine: right\n"
    assert run("crawl", "mine").returncode == 0
    assert len((Path(home["CLEARWELL_OUTPUT"]) / "articles.jsonl").read_text().splitlines()) == 24


def test_a_look_stores_and_publishes_nothing(probe, farm, home, tmp_path):
    probe(farm)
    assert not Path(home["CLEARWELL_OUTPUT"]).exists()
    assert not Path(home["CLEARWELL_STORE"]).exists()


WORDPRESS_HOME = f"""<meta name="generator" content="WordPress 6.8">
<link rel="alternate" type="application/rss+xml" href="/feed/">
<link rel="alternate" type="application/rss+xml" href="/comments/feed/">{LIST[1]}"""
INDEX = {"tag": "sitemapindex", "entry": "sitemap"}
WORDPRESS = {
    "/": ("text/html", WORDPRESS_HOME),
    "/robots.txt": (TEXT, "User-agent: *\nCrawl-delay: 0.7\nDisallow: /wp-admin/\nSitemap: BASE/sitemap_index.xml\n"),
    "/sitemap_index.xml": url_set(
        "BASE/post-sitemap.xml", "BASE/category-sitemap.xml", "http://b.example/s.xml", **INDEX
    ),
    "/post-sitemap.xml": url_set(*ALL[:9], "http://elsewhere.example/kitchen/not-ours-at-all.html"),
    "/feed/": feed(*ALL[8:]),
    **ARTICLES,
}
LISTING_ONLY = {"/": LIST, **ARTICLES}
FEED_ONLY = {"/": ("text/html", "<p>Hello</p>"), "/rss.xml": feed(*ALL), **ARTICLES}
MENU = '<ul><li><a href="/kitchen/">Kitchen</a><li><a href="/about/">About</a></ul>'
SECTIONS = {"/": ("text/html", MENU), "/kitchen/": LIST, **ARTICLES}
LED_ON = {"/": ("to", "/en/"), "/en/": LIST, **ARTICLES}
SOME_BAD = {
    "/": LIST,
    **dict(list(ARTICLES.items())[:4]),
    PATHS[4]: (500, "x"),
    PATHS[5]: ("text/html", ""),
    PATHS[6]: ("image/png", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 9),
    PATHS[7]: ("to", PATHS[7]),
}
UTF_16 = {"/robots.txt": (TEXT, b"\xff\xfe" + "User-agent: *\nDisallow:".encode("utf-16-le"))}
ENDLESS = {
    "/robots.txt": (TEXT, "Sitemap: BASE/s.xml\nSitemap: BASE/gone.xml\nSitemap: http://[x\n"),
    "/s.xml": url_set(*["BASE/s.xml"] * 9, **INDEX),
}


@pytest.mark.parametrize(
    ("table", "starts", "shows"),
    [
        (WORDPRESS, ["/sitemap_index.xml", "/feed/"], "made with WordPress"),
        (LISTING_ONLY, [""], "10 pages looked at"),
        (FEED_ONLY, ["/rss.xml", ""], "10 pages looked at"),
        (SECTIONS, [""], "10 pages looked at"),
        (LED_ON, ["/en/"], "10 pages looked at"),
        (SOME_BAD, [""], "http-500"),
        ({**LISTING_ONLY, **UTF_16}, [""], "article"),
        ({**LISTING_ONLY, "/robots.txt": (TEXT, "# x\n" * 2_000_000)}, [""], "article"),
        ({**LISTING_ONLY, "/robots.txt": LIST, "/sitemap.xml": LIST}, [""], "it is a page, not robots.txt"),
        ({**LISTING_ONLY, **ENDLESS}, [""], "gone.xml: http-404"),
        ({**LISTING_ONLY, "/feed/": (XML, "<rss><channel><item>" * 1000)}, [""], "article"),
    ],
    ids="wordpress listing feed sections led-on some-bad utf-16 8-mb pages-for-all endless broken-feed".split(),
)
def test_sites_of_many_shapes(probe, table, starts, shows):
    with serving(table) as (base, asked):
        done, site = probe(base)
    assert done.returncode == 0, done.stdout + done.stderr
    assert [start.removeprefix(base).rstrip("/") for start in site.start] == [start.rstrip("/") for start in starts]
    assert shows in done.stdout
    assert len(asked) < 45


def test_what_a_wordpress_tells_stands_in_its_file(probe, tmp_path):
    with serving(WORDPRESS) as (base, asked):
        _, site = probe(base)
    text = (tmp_path / "sites" / "mine.toml").read_text()
    assert site.exclude[0] == "/(tag|author|wp-json|wp-content)/"
    assert "# include = ['^https?://[^/]+/(kitchen)/']" in text
    assert '# languages = ["en"]' in text
    assert "/category-sitemap.xml" not in asked
    assert "/comments/feed/" not in asked


@pytest.mark.parametrize(
    ("table", "says"),
    [
        ({"*": (403, "no")}, "http-403"),
        ({"*": (503, "no")}, "robots-unreachable"),
        ({"/": SHELL}, "its pages show no text by themselves; try --browser"),
        ({"/": LIST, **dict.fromkeys(PATHS, SHELL)}, "try --browser"),
        ({"/": ("text/html", "<p>Hello</p>")}, "names an article; give the address of a list of articles"),
        (
            {"/": LIST, "/robots.txt": (TEXT, "User-agent: *\nDisallow: /")},
            "robots: the site's robots.txt does not allow",
        ),
        ({"/": ("to", "/")}, "redirect"),
        ({"/": ("application/pdf", b"%PDF-1.4")}, "not-html"),
        ({"/": ("text/html", "")}, "names an article"),
        ({"/": LIST, **dict.fromkeys(PATHS, (404, "x"))}, "no article among the samples"),
    ],
    ids="403 503 shell shells nothing disallowed loop pdf empty gone".split(),
)
def test_sites_that_give_nothing_are_told_and_leave_no_file(probe, table, says):
    with serving(table) as (base, _):
        done, site = probe(base)
    assert done.returncode == 1
    assert says in done.stderr
    assert "nothing was written" in done.stderr
    assert site is None


def test_nobody_there(probe):
    with serving({}) as (base, _):
        pass
    done, _ = probe(base)
    assert (done.returncode, "connection: " in done.stderr) == (1, True)


def test_a_host_without_a_scheme_is_tried_both_ways(probe):
    with serving(LISTING_ONLY) as (base, _):
        done, site = probe(base.removeprefix("http://"))
    assert done.returncode == 0
    assert site.start[0].rstrip("/") == base


def test_a_file_that_is_there_stays_unless_forced(probe, tmp_path):
    (tmp_path / "sites").mkdir()
    (tmp_path / "sites" / "mine.toml").write_text("maxPages = 3\n")
    with serving(LISTING_ONLY) as (base, asked):
        done, site = probe(base)
        assert (done.returncode, site.maxPages, asked) == (2, 3, [])
        assert "mine.toml is there already; --force replaces it" in done.stderr
        done, site = probe(base, "--force")
    assert (done.returncode, site.start[0].rstrip("/")) == (0, base)


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("ftp://a.example/",), "only http and https"),
        (("https://",), "this is no address"),
        (("http://[bad/",), "this is no address"),
        (("https://a.example", "--name", "../etc"), "--name: `../etc`"),
    ],
)
def test_bad_use_is_told(run, home, tmp_path, arguments, says):
    home["CLEARWELL_HOME"] = str(tmp_path)
    done = run("probe", *arguments)
    assert (done.returncode, says in done.stderr) == (2, True)
    assert "Traceback" not in done.stderr


def test_what_a_site_says_cannot_write_to_the_terminal(probe):
    evil = article(0)[1].replace(TITLES[0], "Soup \x1b]0;owned\x07\x1b[31m [bold]red[/bold]")
    with serving({"/": LIST, **ARTICLES, **dict.fromkeys(PATHS, ("text/html", evil))}) as (base, _):
        done, _ = probe(base)
    assert "\x1b" not in done.stdout
    assert "\x07" not in done.stdout


@pytest.mark.skipif(
    importlib.util.find_spec("playwright") is None or not any(map(shutil.which, BROWSERS)),
    reason="needs a browser: pip install 'clearwell[browser]' and apt-get install chromium",
)
def test_a_site_of_scripts_is_looked_up_with_a_browser(probe):
    script = f"document.getElementById('root').innerHTML = `{LIST[1]}`;"
    shown = {path: ("text/html", f'<div id="root"></div><script>document.body.innerHTML = `{article(n)[1]}`</script>')
             for n, path in enumerate(PATHS)}  # fmt: skip
    with serving({"/": SHELL, "/app.js": ("text/javascript", script), **shown}) as (base, _):
        done, site = probe(base, "--browser")
    assert done.returncode == 0
    assert site.browser


# -- what is decided, without a network ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("https://www.Health.example/de/?x=1", "health.example"),
        ("health.example", "health.example"),
        ("http://127.0.0.1:8471/", "127.0.0.1-8471"),
        ("https://me:secret@a.example/", "a.example"),
        ("https://xn--bcher-kva.example", "xn--bcher-kva.example"),
        ("https://../../etc/passwd", ""),
        ("https://", ""),
        ("https://" + "a" * 300 + ".example", "a" * 100),
    ],
)
def test_a_site_is_named_after_its_host(address, name):
    assert name_site(address) == name


@pytest.mark.parametrize("platform", PLATFORMS, ids=lambda platform: platform.name)
def test_platforms_are_told_by_generator_and_by_marks(platform: Platform):
    assert (
        find_platform(f'<meta content="x" name="generator"><meta name=generator content="{platform.generator} 7">')
        == platform
    )
    for mark in platform.marks:
        assert find_platform(f"<head><link href='{mark}x'>") == platform
    assert [find_pattern_fault(pattern) for pattern in platform.lists] == [None] * len(platform.lists)


@pytest.mark.parametrize(
    ("html", "shell"),
    [
        (SHELL[1], True),
        (LIST[1], False),
        (LIST[1] + "<script></script>", False),
        ("<p>short</p>", False),
        ("<script></script>" + "<div>" * 12_000, False),
    ],
)
def test_pages_that_scripts_fill(html, shell):
    assert is_script_shell(html) is shell


def leads(*names, kind="article"):
    return tuple(Lead(f"https://a.example/{name}.html", kind, "sitemap") for name in names)


@pytest.mark.parametrize(
    ("sitemap", "feeds", "lists", "count", "chosen"),
    [
        (leads(*"abcdefghij"), (), (), 5, "acegi"),
        (leads(*"abcdefghij"), leads("y", "z"), (), 4, "yzaf"),
        (leads("a"), leads("a"), leads("a", "b"), 5, "ab"),
        (leads("a", "b", kind="either"), (), (), 5, "ab"),
        ((*leads("a"), *leads("b", kind="either")), (), (), 5, "a"),
        ((), leads(*"abcdef"), (), 5, "acebd"),
        ((Lead("https://b.example/x.html", "article", "sitemap"),), (), (), 5, ""),
        ((Lead("https://de.a.example/x.html", "article", "sitemap"),), (), (), 5, "x"),
    ],
)
def test_samples_come_from_all_over_the_site(sitemap, feeds, lists, count, chosen):
    sources = ([FoundSource("s", found)] for found in (sitemap, feeds, lists))
    maps, feed_sources, listings = sources
    findings = Findings("https://www.a.example/", sitemaps=maps, feeds=feed_sources, listings=listings)
    assert [url.split("/")[-1][0] for url in choose_samples(findings, count)] == list(chosen)


def test_a_draft_says_what_the_site_asks_for_and_is_right():
    pages = [f"https://blog.a.example/{folder}/x-{number}" for number, folder in enumerate(("soup's", "a b", "c"))]
    articles: list[Article] = [clean(Page(html=article(0)[1], url=url)) for url in pages]
    findings = Findings('https://a.example/?q="x"', crawl_delay=5.0, robots="read")
    text = draft_site("mine", findings, articles, True, date(2026, 11, 25))
    site = parse_site(text, "mine.toml", "mine")
    assert site.politeness.delay == 5
    assert site.hosts == ("a.example", "blog.a.example")
    assert site.browser
    assert "include" not in text
    assert parse_site(re.sub(r"^# (?=[\[a-zA-Z]+ ?[=\]])", "", text, flags=re.M), "mine.toml", "mine").schedule.cron
