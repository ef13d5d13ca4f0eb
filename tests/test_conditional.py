"""Pages are asked for only if they changed: crawls, one after another, of servers with every kind of validator."""

import json
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest
from sqlalchemy import delete, select, update

from clearwell.storage.store import Store
from clearwell.storage.tables import articles, urls, versions
from clearwell.storage.visits import Visits, address_key
from samples.server import serve
from tests.web import Answer, article, serve_web

FAST = ("-s", "DOWNLOAD_DELAY=0", "-s", "AUTOTHROTTLE_ENABLED=False", "-s", "RETRY_TIMES=0")
LAST = format_datetime(datetime(2026, 3, 1, 12, tzinfo=UTC), usegmt=True)
VALIDATORS = ("if-none-match", "if-modified-since")


def valid(body, etag=None, modified=None):
    """A page that answers 304 to its own validators, exactly as it gave them."""
    given = {name: value for name, value in (("ETag", etag), ("Last-Modified", modified)) if value}

    def answer(asked):
        sent = asked.headers.get("if-none-match") if etag else asked.headers.get("if-modified-since")
        return Answer(body, 304 if sent and sent == (etag or modified) else 200, given)

    return answer


def in_turn(*answers):
    """One answer after another, the last for ever; each may be a route of its own."""
    left = list(answers)

    def answer(asked):
        found = left.pop(0) if len(left) > 1 else left[0]
        return found(asked) if callable(found) else found

    return answer


def restless(body):
    count = [0]

    def answer(asked):
        count[0] += 1
        return Answer(body, headers={"ETag": f'"{count[0]}"'})

    return answer


def unless_plainly_asked(body):
    return lambda asked: Answer(body, 200 if asked.headers.get("cache-control") == "no-cache" else 304)


NUMBERS = iter(range(0, 10_000, 10))


def page(head=""):
    return article(head=head, number=next(NUMBERS))


ONE, TWO = page(), b"<p>Next to nothing, and no more of it.</p>"
THREE, FOUR, FIVE = page(), page(), page()
NOINDEX = {"X-Robots-Tag": "noindex"}
OTHER_FRAME = ONE.replace(b"</body>", b"<!-- drawn in 7 ms --></body>")
MOVED = Answer(status=301, headers={"Location": "/to", "ETag": '"r"'})
# Path: the route, how the second crawl's visit ends (status, outcome), and the validators it sends.
CASES = {
    "/etag": (valid(page(), '"abc"'), ("304", "unchanged"), ('"abc"', None)),
    "/weak": (valid(page(), 'W/"abc"'), ("304", "unchanged"), ('W/"abc"', None)),
    "/suffix": (valid(page(), '"abc-gzip"'), ("304", "unchanged"), ('"abc-gzip"', None)),
    "/modified": (valid(page(), None, LAST), ("304", "unchanged"), (None, LAST)),
    "/both": (valid(page(), '"abc"', LAST), ("304", "unchanged"), ('"abc"', LAST)),
    "/restless": (restless(page()), ("200", "unchanged"), ('"1"', None)),
    "/plain": (page(), ("200", "unchanged"), (None, None)),
    "/changed": (in_turn(valid(page(), '"1"'), valid(page(), '"2"')), ("200", "article"), ('"1"', None)),
    "/frame": (in_turn(ONE, OTHER_FRAME), ("200", "article"), (None, None)),
    "/noindex": (valid(page('<meta name="robots" content="noindex">'), '"n"'), ("304", "unchanged"), ('"n"', None)),
    "/short": (valid(TWO, '"s"'), ("200", "rejected:no-article"), (None, None)),
    "/endless": (valid(page(), '"' + "x" * 5_000 + '"'), ("200", "unchanged"), (None, None)),
    "/fails": (in_turn(valid(page(), '"f"'), Answer(b"", 500)), ("500", "failed:http-500"), ('"f"', None)),
    "/unasked": (unless_plainly_asked(page()), ("200", "article"), (None, None)),
    "/refused": (in_turn(THREE, Answer(THREE, headers=NOINDEX)), ("200", "rejected:noindex"), (None, None)),
    "/refused-304": (
        in_turn(valid(FOUR, '"x"'), Answer(status=304, headers=NOINDEX), Answer(FOUR, headers=NOINDEX)),
        ("200", "rejected:noindex"), ('"x"', None),
    ),
    "/allowed": (in_turn(Answer(FIVE, headers=NOINDEX), FIVE), ("200", "article"), (None, None)),
    "/never": (Answer(status=304), ("304", "failed:http-304"), (None, None)),
    "/lost": (valid(page(), '"l"'), ("200", "article"), (None, None)),  # its article is taken from the store
    "/stale": (valid(page(), '"o"'), ("200", "article"), (None, None)),  # and this one's rules are made older
    "/to": (valid(page(), '"t"'), ("304", "unchanged"), ('"t"', None)),
    "/from": (MOVED, ("moved", "rejected:redirected"), (None, None)),
}  # fmt: skip


@contextmanager
def open_store(home):
    with Store(home["CLEARWELL_STORE"]) as store:
        yield store


def visits_of(home, base, paths):
    with open_store(home) as store:
        found = Visits(store.database).find_all(base + path for path in paths)
    return {path: found.get(address_key(base + path)) for path in paths}


def read_articles(home):
    lines = (Path(home["CLEARWELL_OUTPUT"]) / "articles.jsonl").read_text().splitlines()
    return {article["url"]: article for article in map(json.loads, lines)}


def test_every_kind_of_validator(run, home, tmp_path):
    with serve_web({path: route for path, (route, _, _) in CASES.items()}) as web:
        given = [web.base + path for path in CASES if path != "/to"]  # which /from leads to
        (tmp_path / "urls.txt").write_text("\n".join(given))
        crawl = ("crawl", "article", "-a", f"urls={tmp_path / 'urls.txt'}", *FAST)
        assert "Traceback" not in run(*crawl, command="scrapy").stderr
        first = read_articles(home)
        assert not any(asked.headers.get(name) for asked in web.asked for name in VALIDATORS)
        with open_store(home) as store, store.database.begin() as connection:
            gone = select(articles.c.id).where(articles.c.url == web.base + "/lost")
            connection.execute(delete(versions).where(versions.c.id.in_(gone)))
            connection.execute(delete(articles).where(articles.c.url == web.base + "/lost"))
            connection.execute(update(urls).where(urls.c.url == web.base + "/stale").values(rules="older"))
        web.asked.clear()
        done = run(*crawl, command="scrapy")
        assert "Traceback" not in done.stderr
        visits, second = visits_of(home, web.base, CASES), read_articles(home)
        ends = {path: (visit.status, visit.outcome) for path, visit in visits.items()}
        assert ends == {path: wanted for path, (_, wanted, _) in CASES.items()}
        sent = {asked.path: tuple(map(asked.headers.get, VALIDATORS)) for asked in reversed(web.asked)}
        assert {path: sent[path] for path in CASES} == {path: wanted for path, (_, _, wanted) in CASES.items()}
        assert second.keys() - first.keys() == {web.base + "/allowed"}
        assert first.keys() - second.keys() == {web.base + "/refused", web.base + "/refused-304"}  # withdrawn
        assert {url for url in first if url in second and first[url] != second[url]} == {
            web.base + "/changed",
            web.base + "/lost",
        }
        assert "'clearwell/articles/changed': 1," in done.stderr
        published = {
            json.loads(path.read_bytes())["url"] for path in Path(home["CLEARWELL_OUTPUT"]).rglob("articles/*/*")
        }
        assert published == set(second)
        assert "'clearwell/unchanged/not-modified': 7," in done.stderr
        assert "'clearwell/unchanged/same-body': 3," in done.stderr
        assert visits["/fails"].reading.etag == '"f"'  # for the next crawl


def test_a_page_that_failed_is_asked_conditionally_when_it_is_back(run, home):
    answers = valid(page(), '"f"')
    with serve_web({"/page": in_turn(answers, Answer(b"", 500), answers)}) as web:
        for outcome in ("article", "failed:http-500", "unchanged"):
            run("crawl", "article", "-a", f"url={web.base}/page", *FAST, command="scrapy")
            visit = visits_of(home, web.base, ["/page"])["/page"]
            assert (visit.outcome, visit.failures) == (outcome, int(outcome.startswith("failed")))


# -- sitemaps --------------------------------------------------------------------------------------------------------

YEAR, DAY, NOW = timedelta(days=365), timedelta(days=1), datetime.now(UTC)
DATED_SPIDER = '''
from datetime import UTC, datetime
from scrapy.http import Request
from scrapy.utils.sitemap import Sitemap
from spiders.article import ArticleSpider

class DatedSpider(ArticleSpider):
    """Hands on what a sitemap says of each page."""
    name = "dated"
    def parse_source(self, response):
        dates = {entry["loc"]: entry.get("lastmod") for entry in Sitemap(response.body)}
        for found in super().parse_source(response):
            if isinstance(found, Request) and dates.get(found.url):
                found.meta["lastmod"] = datetime.fromisoformat(dates[found.url]).replace(tzinfo=UTC)
            yield found
'''
LASTMODS = {
    "/old.html": f"{NOW - YEAR:%Y-%m-%dT%H:%M:%S}",
    "/older.html": f"{NOW - YEAR:%Y-%m-%d}",
    "/today.html": f"{NOW:%Y-%m-%d}",  # at some moment of this day, perhaps after the visit
    "/new.html": f"{NOW + YEAR:%Y-%m-%dT%H:%M:%S}",
    "/undated.html": None,
}


def make_sitemap(base):
    dates = {path: f"<lastmod>{lastmod}</lastmod>" if lastmod else "" for path, lastmod in LASTMODS.items()}
    entries = "".join(f"<url><loc>{base}{path}</loc>{date}</url>" for path, date in dates.items())
    return Answer(f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{entries}</urlset>'.encode())


def test_a_sitemap_is_believed_for_a_while_and_as_long_as_it_does_not_lie(run, home, tmp_path):
    (tmp_path / "dated.py").write_text(DATED_SPIDER)
    old, changed = valid(page(), '"1"'), valid(page(), '"2"')
    routes = {path: valid(page(), '"e"') for path in LASTMODS} | {"/old.html": in_turn(old, old, changed)}
    with serve_web(routes) as web:
        web.routes["/sitemap.xml"] = make_sitemap(web.base)

        def crawl():
            web.asked.clear()
            arguments = ("-a", f"url={web.base}/sitemap.xml", *FAST)
            done = run("runspider", str(tmp_path / "dated.py"), *arguments, command="scrapy")
            assert "Traceback" not in done.stderr
            return {path for path in web.paths() if path.endswith(".html")}, done.stderr

        def set_back(path, by):
            with open_store(home) as store, store.database.begin() as connection:
                long_ago = urls.c.url == web.base + path
                connection.execute(update(urls).where(long_ago).values(confirmed_at=NOW - by))

        assert crawl()[0] == set(LASTMODS)
        asked, log = crawl()
        assert asked == {"/today.html", "/new.html", "/undated.html"}
        assert "'clearwell/unchanged/sitemap': 2," in log
        assert "'clearwell/articles/unchanged': 5," in log
        set_back("/old.html", 31 * DAY)  # believed too long: the page is asked, and is as it was
        assert crawl()[0] == {"/old.html", "/today.html", "/new.html", "/undated.html"}
        set_back("/old.html", 31 * DAY)  # asked again, and it has changed, whatever its sitemap says
        assert crawl()[0] == {"/old.html", "/today.html", "/new.html", "/undated.html"}
        assert visits_of(home, web.base, ["/old.html"])["/old.html"].lastmod_lied
        assert crawl()[0] == set(LASTMODS)


# -- the sample site -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("store", ["sqlite", "postgresql"])
def test_a_second_crawl_of_an_unchanged_site_fetches_next_to_nothing(run, home, store, request):
    """95 % of the article pages or more; the others are fetched for what the first crawl taught."""
    if store == "postgresql":
        home["CLEARWELL_STORE"] = request.getfixturevalue("postgres")()
    seen = []
    with serve(seen=seen) as base:
        starts = ",".join(base + path for path in ("/sitemap.xml", "/feed.xml", "/"))
        run("crawl", "sample", "--start", starts)
        first = read_articles(home)
        with open_store(home) as opened:
            pages = {visit.url for visit in Visits(opened.database).iterate("sample") if visit.outcome == "article"}
        seen.clear()
        done = run("crawl", "sample", "--start", starts)
        with open_store(home) as opened:
            visits = [visit for visit in Visits(opened.database).iterate("sample") if visit.url in pages]
        saved = [visit for visit in visits if visit.outcome == "unchanged"]
        print(f"{len(seen)} requests, {len(visits)} article pages, {len(saved)} of them not sent again")
        assert len(saved) >= 0.95 * len(visits)
        assert "not sent again by the server (304)" in done.stdout
        assert read_articles(home).keys() == first.keys()
        done = run("crawl", "sample", "--start", starts)
        assert "│   0 │       0 │" in done.stdout
