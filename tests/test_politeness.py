"""How servers are spared and obeyed: crawls of real servers on loopback, each address of which is a host of its own."""

import json
import re
import time
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from itertools import pairwise
from pathlib import Path

import pytest

from spiders import settings
from spiders.directives import MESSAGES
from tests.web import Answer, article, serve_web

FAST = ("-s", "DOWNLOAD_DELAY=0", "-s", "AUTOTHROTTLE_ENABLED=False", "-s", "RETRY_TIMES=0", "-s", "DOWNLOAD_TIMEOUT=3")
POLITE = ("-s", "DOWNLOAD_DELAY=0.02", "-s", "AUTOTHROTTLE_START_DELAY=0.02")
ALLOWED = "an article"


def read_ends(home):
    """How each address ended: as an article, or with its reason."""
    output = Path(home["CLEARWELL_OUTPUT"])
    ends = {json.loads(line)["url"]: ALLOWED for line in (output / "articles.jsonl").read_text().splitlines()}
    for path in (output / "rejected").glob("*.jsonl"):
        ends |= {record["url"]: record["reason"] for record in map(json.loads, path.read_text().splitlines())}
    return ends


@pytest.fixture
def crawl_urls(run, home, tmp_path):
    """Crawl a list of addresses with Scrapy settings; how each ended."""

    def crawl(urls, *settings):
        (tmp_path / "urls.txt").write_text("\n".join(urls))
        done = run("crawl", "article", "-a", f"urls={tmp_path / 'urls.txt'}", *settings, command="scrapy")
        assert done.returncode == 0, done.stderr
        assert "Traceback" not in done.stderr, done.stderr
        return read_ends(home), done.stderr

    return crawl


@pytest.fixture
def crawl_site(run, home, tmp_path):
    """Crawl a site of its own file; what was printed, and how each address ended."""

    def crawl(site_file):
        home["CLEARWELL_HOME"] = str(tmp_path)
        (tmp_path / "sites").mkdir(exist_ok=True)
        (tmp_path / "sites" / "mine.toml").write_text(site_file)
        done = run("crawl", "mine")
        assert "Traceback" not in done.stderr, done.stderr
        return done, read_ends(home)

    return crawl


# -- robots.txt ------------------------------------------------------------------------------------------------------


def text(body, status=200, **more):
    return Answer(body.encode() if isinstance(body, str) else body, status, {"Content-Type": "text/plain"}, **more)


def hops(count):
    """robots.txt by way of redirects, which forbids everything in the end."""
    routes = {f"/hop{n}": Answer(status=302, headers={"Location": f"/hop{n + 1}"}) for n in range(1, count)}
    routes |= {"/robots.txt": Answer(status=302, headers={"Location": "/hop1"}), f"/hop{count}": FORBIDDEN}
    return routes


FORBIDDEN = text("User-agent: *\nDisallow: /")
FILLER = "# " + "x" * 97 + "\n"
RESERVING = [{"location": "/page", "tdm-reservation": 1}]
ROBOTS = {
    "none": ({}, ALLOWED),
    "403": ({"/robots.txt": text("", 403)}, ALLOWED),
    "401": ({"/robots.txt": text("", 401)}, ALLOWED),
    "429, which asks to wait": ({"/robots.txt": text("", 429)}, "robots-unreachable"),
    "500": ({"/robots.txt": text("", 500)}, "robots-unreachable"),
    "503": ({"/robots.txt": text("", 503)}, "robots-unreachable"),
    "it never comes": ({"/robots.txt": text("", wait=6)}, "robots-unreachable"),
    "it forbids": ({"/robots.txt": FORBIDDEN}, "robots"),
    "five redirects are followed": (hops(5), "robots"),
    "six are not": (hops(6), ALLOWED),
    "a loop": ({"/robots.txt": Answer(status=302, headers={"Location": "/robots.txt"})}, ALLOWED),
    "10 MB, a rule at its head": ({"/robots.txt": text("User-agent: *\nDisallow: /\n" + FILLER * 100_000)}, "robots"),
    "10 MB, a rule at its end": ({"/robots.txt": text(FILLER * 100_000 + "User-agent: *\nDisallow: /\n")}, ALLOWED),
    "UTF-16": ({"/robots.txt": text("User-agent: *\nDisallow: /".encode("utf-16"))}, "robots"),
    "a byte order mark": ({"/robots.txt": text(b"\xef\xbb\xbfUser-agent: *\nDisallow: /")}, "robots"),
    "HTML": ({"/robots.txt": b"<html><body><p>User-agent: all<p>Disallow nothing</html>"}, ALLOWED),
    "binary": ({"/robots.txt": text(bytes(range(256)) * 100)}, ALLOWED),
    "us by name": ({"/robots.txt": text("User-agent: *\nAllow: /\n\nUser-agent: clearwell\nDisallow: /")}, "robots"),
    "all but us": ({"/robots.txt": text("User-agent: *\nDisallow: /\n\nUser-agent: Clearwell\nAllow: /")}, ALLOWED),
    "another by name": ({"/robots.txt": text("User-agent: clearwellbot\nDisallow: /")}, ALLOWED),
    "a signal": ({"/robots.txt": text("User-agent: *\nContent-Signal: search=yes,ai-train=no")}, "rights-reserved"),
    "tdmrep.json": ({"/.well-known/tdmrep.json": text(json.dumps(RESERVING))}, "rights-reserved"),
    "tdmrep.json that is broken": ({"/.well-known/tdmrep.json": text("[{")}, ALLOWED),
}


def test_what_each_robots_txt_means(crawl_urls):
    """One crawl, a host for each case; a forbidden page is never asked for."""
    with ExitStack() as stack:
        webs = {}
        for number, (name, (routes, _)) in enumerate(ROBOTS.items(), 2):
            host = f"127.0.0.{number}"
            webs[name] = stack.enter_context(serve_web({"/page": article(number=number), **routes}, host))
        ends, _ = crawl_urls([web.base + "/page" for web in webs.values()], *FAST)
        assert {name: ends.get(web.base + "/page") for name, web in webs.items()} == {
            name: wanted for name, (_, wanted) in ROBOTS.items()
        }
        asked = {name for name, web in webs.items() if "/page" in web.paths()}
        assert asked == {name for name, (_, wanted) in ROBOTS.items() if wanted == ALLOWED}
        assert all(web.paths().count("/robots.txt") == 1 for name, web in webs.items() if name != "a loop")


def test_a_host_without_a_server_is_named_for_that(crawl_urls):
    with serve_web({}) as web:
        gone = web.base + "/page"
    ends, _ = crawl_urls([gone, "http://no-such-host.invalid/page"], *FAST)
    assert ends == {gone: "connection", "http://no-such-host.invalid/page": "dns"}


# -- what pages say --------------------------------------------------------------------------------------------------


def page(number, head="", **headers):
    return Answer(article(head=head, number=number), headers={name.replace("_", "-"): v for name, v in headers.items()})


SAYING = {
    "/plain": (page(0), ALLOWED),
    "/meta-noindex": (page(1, '<meta name="robots" content="noindex">'), "noindex"),
    "/meta-none": (page(2, '<meta name="clearwell" content="none">'), "noindex"),
    "/meta-other": (page(3, '<meta name="otherbot" content="noindex">'), ALLOWED),
    "/header-noindex": (page(4, X_Robots_Tag="noindex"), "noindex"),
    "/header-other": (page(5, X_Robots_Tag="otherbot: noindex"), ALLOWED),
    "/over": (page(6, X_Robots_Tag="unavailable_after: 25 Jun 2010 15:00:00 GMT"), "noindex"),
    "/noarchive": (page(7, '<meta name="robots" content="noarchive">'), ALLOWED),
    "/noai": (page(8, '<meta name="robots" content="noai, noimageai">'), "rights-reserved"),
    "/tdm-meta": (page(9, '<meta name="tdm-reservation" content="1">'), "rights-reserved"),
    "/tdm-header": (page(10, tdm_reservation="1"), "rights-reserved"),
    "/tdm-both": (page(11, '<meta name="tdm-reservation" content="0">', tdm_reservation="1"), ALLOWED),
}


def test_what_pages_say_is_done(crawl_urls):
    with serve_web({path: answer for path, (answer, _) in SAYING.items()}) as web:
        ends, _ = crawl_urls([web.base + path for path in SAYING], *FAST)
        assert {url.removeprefix(web.base): end for url, end in ends.items()} == {
            path: wanted for path, (_, wanted) in SAYING.items()
        }


def test_links_of_a_page_that_says_nofollow_are_not_followed(crawl_site):
    listing = '<html><head>{}</head><body><ul><li><a href="{}">A long title of an article</a></ul></body></html>'
    routes = {
        "/a/": listing.format('<meta name="robots" content="nofollow">', "/hidden.html").encode(),
        "/b/": listing.format("", "/shown.html").encode(),
        "/hidden.html": article(number=1),
        "/shown.html": article(number=2),
    }
    with serve_web(routes) as web:
        done, ends = crawl_site(f'start = ["{web.base}/a/", "{web.base}/b/"]\n[politeness]\ndelay = 0\n')
        assert ends == {web.base + "/a/": "nofollow", web.base + "/shown.html": ALLOWED}
        assert "/hidden.html" not in web.paths()
        assert done.returncode == 0


# -- pace ------------------------------------------------------------------------------------------------------------


def gaps(times):
    """Seconds between requests as the server saw them; on a busy machine one may be late, and the next seem early."""
    return [later - earlier for earlier, later in pairwise(times)]


def pages(count):
    return {f"/page{n}": article(number=10 * n) for n in range(count)}


def test_crawl_delay_is_kept_and_is_each_hosts_own(crawl_urls):
    slow = {"/robots.txt": text("User-agent: *\nCrawl-delay: 0.4"), **pages(5)}
    with serve_web(slow, "127.0.0.2") as one, serve_web(pages(5), "127.0.0.3") as other:
        ends, _ = crawl_urls([web.base + path for path in pages(5) for web in (one, other)], *POLITE)
        assert set(ends.values()) == {ALLOWED}
        assert min(gaps(one.times("/page"))) >= 0.3
        assert min(gaps(other.times("/page"))) < 0.3


def test_a_crawl_delay_beyond_reason_is_cut_and_told(crawl_urls):
    with serve_web({"/robots.txt": text("User-agent: *\nCrawl-delay: 86400"), **pages(1)}) as web:
        ends, log = crawl_urls([web.base + "/page0"], *POLITE, "-s", "CLEARWELL_MAX_CRAWL_DELAY=0.3")
        assert "asks for a Crawl-delay of 86400 s; 0.3 s are kept" in log
        assert set(ends.values()) == {ALLOWED}
        assert min(gaps(web.times())) >= 0.2


def test_the_delay_of_the_site_file_is_kept_where_robots_txt_asks_for_less(crawl_site):
    links = "".join(f'<a href="{path}.html">An article with a long title</a> ' for path in pages(4))
    routes = {"/list/": f"<html><body>{links}</body></html>".encode()}
    routes |= {f"{path}.html": body for path, body in pages(4).items()}
    with serve_web({"/robots.txt": text("User-agent: *\nCrawl-delay: 0.1"), **routes}) as web:
        _, ends = crawl_site(f'start = ["{web.base}/list/"]\n[politeness]\ndelay = 0.3\n')
        assert set(ends.values()) == {ALLOWED}
        assert min(gaps(web.times("/page"))) >= 0.2


@pytest.mark.parametrize(("concurrency", "least", "most"), [(1, 1, 1), (3, 2, 3)])
def test_no_more_requests_at_a_time_than_the_site_file_says(crawl_site, concurrency, least, most):
    at_work, peak = [0], [0]

    def answer(asked):
        at_work[0] += 1
        peak[0] = max(peak[0], at_work[0])
        time.sleep(0.3)
        at_work[0] -= 1
        return article(number=int(asked.path[5:-5]))

    links = "".join(f'<a href="/page{n}.html">An article with a long title</a> ' for n in range(6))
    routes = {"/list/": f"<html><body>{links}</body></html>".encode()}
    routes |= {f"/page{n}.html": answer for n in range(6)}
    with serve_web(routes) as web:
        crawl_site(f'start = ["{web.base}/list/"]\n[politeness]\ndelay = 0.01\nconcurrency = {concurrency}\n')
    assert least <= peak[0] <= most


# -- 429 and 503 -----------------------------------------------------------------------------------------------------


def busy(times, header=None, status=429, body=None):
    """An answer that is `times` times no, then a page."""
    left = [times]

    def answer(asked):
        left[0] -= 1
        if left[0] >= 0:
            return Answer(b"slow down", status, {"Retry-After": header()} if header else {})
        return body or article()

    return answer


BACKOFF = (*POLITE, "-s", "CLEARWELL_FIRST_WAIT=0.4", "-s", "CLEARWELL_MAX_WAIT=3")
IN_TWO = lambda: format_datetime(datetime.now(UTC) + timedelta(seconds=2.9), usegmt=True)  # noqa: E731


@pytest.mark.parametrize(
    ("status", "header", "wait"),
    [(429, lambda: "1", 1), (503, lambda: "1", 1), (429, IN_TWO, 1.5), (429, None, 0.4), (429, lambda: "soon", 0.4)],
)
def test_a_busy_host_is_left_alone_for_as_long_as_it_asks(crawl_urls, status, header, wait):
    routes = pages(4) | {"/page0": busy(1, header, status, article(number=99))}
    with serve_web(routes) as web:
        ends, _ = crawl_urls([web.base + path for path in routes], *BACKOFF, "-s", "CONCURRENT_REQUESTS_PER_DOMAIN=1")
        assert set(ends.values()) == {ALLOWED}
        first, *others = web.times("/page0")
        assert min(at for at in web.times("/page") if at > first) - first >= wait - 0.05
        assert len(others) == 1


def test_each_wait_is_longer_than_the_one_before(crawl_urls):
    with serve_web({"/page0": busy(3)}) as web:
        ends, _ = crawl_urls([web.base + "/page0"], *BACKOFF)
        assert set(ends.values()) == {ALLOWED}
        waits = gaps(web.times("/page"))
        assert [wait >= least - 0.05 for wait, least in zip(waits, (0.4, 0.8, 1.6), strict=True)] == [True] * 3


def test_one_page_that_stays_busy_costs_only_itself(crawl_urls):
    routes = pages(3) | {"/page0": busy(99, lambda: "0")}
    with serve_web(routes) as web:
        ends, _ = crawl_urls([web.base + path for path in routes], *BACKOFF)
        assert {url.removeprefix(web.base): end for url, end in ends.items()} == {
            "/page0": "throttled", "/page1": ALLOWED, "/page2": ALLOWED,
        }  # fmt: skip
        assert web.paths().count("/page0") == 4


def test_a_host_that_asks_for_a_long_wait_is_left_to_the_next_crawl(crawl_urls):
    routes = {path: busy(99, lambda: "3600") for path in pages(6)}
    with serve_web(routes, "127.0.0.2") as web, serve_web(pages(2), "127.0.0.3") as other:
        urls = [web.base + path for path in routes] + [other.base + path for path in pages(2)]
        ends, _ = crawl_urls(urls, *BACKOFF, "-s", "CONCURRENT_REQUESTS_PER_DOMAIN=1")
        assert {end for url, end in ends.items() if url.startswith(web.base)} == {"throttled"}
        assert {end for url, end in ends.items() if url.startswith(other.base)} == {ALLOWED}
        assert len(web.times("/page")) == 1


# -- budgets and hours -----------------------------------------------------------------------------------------------


def listing(count):
    links = "".join(f'<a href="/page{n}.html">An article with a long title</a> ' for n in range(count))
    routes = {f"/page{n}.html": article(number=10 * n) for n in range(count)}
    return {"/list/": f"<html><body>{links}</body></html>".encode(), **routes}


def test_a_crawl_ends_gently_when_its_time_is_up_and_the_next_takes_the_rest(crawl_site):
    with serve_web(listing(12)) as web:
        site = f'start = ["{web.base}/list/"]\nmaxMinutes = 0.04\n[politeness]\ndelay = 0.5\n'
        done, ends = crawl_site(site)
        assert done.returncode == 0
        assert "the time of this crawl (maxMinutes) is up; " in done.stdout
        assert 1 <= len(ends) <= 8
        assert set(ends.values()) == {ALLOWED}  # what was not fetched did not fail
        left = int(done.stdout.partition("is up; ")[2].split()[0])
        assert len(ends) + left == 12
        _, ends = crawl_site(site.replace("0.04", "1").replace("0.5", "0"))
        assert len(ends) == 12


def window(begins, ends):
    now = datetime.now(UTC)
    return f"{now + timedelta(hours=begins):%H:%M}-{now + timedelta(hours=ends):%H:%M}"


@pytest.mark.parametrize(("hours", "fetched"), [(window(-1, 1), 3), (window(2, 4), 0)])
def test_outside_its_hours_a_site_is_not_asked_for_anything(crawl_site, hours, fetched):
    with serve_web(listing(3)) as web:
        done, ends = crawl_site(f'start = ["{web.base}/list/"]\n[politeness]\ndelay = 0\nhours = "{hours}"\n')
        assert done.returncode == 0, done.stderr
        assert len(ends) == fetched
        assert bool(web.asked) is bool(fetched)
        assert ("the site's hours (politeness.hours) are over" in done.stdout) is (not fetched)


# -- who asks --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("contact", "agent", "sender"),
    [
        ("", "Clearwell/0.1.0 (health article crawler; see robots.txt to opt out)", None),
        ("https://a.example/bot", "Clearwell/0.1.0 (+https://a.example/bot; health article", None),
        ("bot@a.example", "Clearwell/0.1.0 (+bot@a.example; health article", "bot@a.example"),
    ],
)
def test_every_request_says_who_asks(crawl_urls, home, contact, agent, sender):
    home["CLEARWELL_CONTACT"] = contact
    with serve_web(pages(1)) as web:
        _, log = crawl_urls([web.base + "/page0"], *FAST)
        assert web.paths() == ["/robots.txt", "/.well-known/tdmrep.json", "/page0"]
        for asked in web.asked:
            assert asked.headers["user-agent"].startswith(agent)
            assert asked.headers.get("from") == sender
        assert ("set CLEARWELL_CONTACT" in log) is (not contact)


# -- what the documents say ------------------------------------------------------------------------------------------

ROOT = Path(__file__).resolve().parents[1]


def test_the_document_names_the_settings_as_they_are():
    told = dict(
        re.findall(r"^\| `(CLEARWELL_\w+)` \|.*\| ([\d.]+) \|$", (ROOT / "docs/politeness.md").read_text(), re.M)
    )
    used = {
        name: value
        for name, value in vars(settings).items()
        if name.startswith("CLEARWELL_") and isinstance(value, float)
    }
    assert {name: float(value) for name, value in told.items()} == used


def test_every_reason_to_refuse_stands_in_the_contract():
    told = set(re.findall(r"`([\w-]+)`", (ROOT / "output/README.md").read_text()))
    source = "\n".join(path.read_text() for path in (ROOT / "spiders").glob("*.py"))
    used = set(re.findall(r'RefusedRequest\("([\w-]+)"', source)) | set(MESSAGES)
    assert len(used) >= 5
    assert used - told == set()
