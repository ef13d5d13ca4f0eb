"""Crawls of the real sample site over loopback, through Scrapy, as users start them."""

import gzip
import json
import random
import signal
import subprocess
import sys
import threading
import time
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from samples.site import expected, list_slugs
from samples.source import list_articles
from samples.trouble import misbehaving

FAST = ("-s", "DOWNLOAD_DELAY=0", "-s", "AUTOTHROTTLE_ENABLED=False", "-s", "RETRY_TIMES=0")
KILLS = 6


def read_output(home):
    output = Path(home["CLEARWELL_OUTPUT"])
    articles = [json.loads(line) for line in (output / "articles.jsonl").read_text().splitlines()]
    rejected = [
        json.loads(line) for path in (output / "rejected").glob("*.jsonl") for line in path.read_text().splitlines()
    ]
    return {a["canonicalUrl"]: a for a in articles}, {r["url"]: r for r in rejected}


def starts(farm):
    return ",".join(farm + path for path in ("/sitemap.xml", "/feed.xml", "/"))


@pytest.fixture
def crawled(farm, run, home):
    """The whole farm, crawled once."""
    done = run("crawl", "sample", "--start", starts(farm))
    return done, *read_output(home)


def test_the_farm_end_to_end(crawled, farm):
    """Every article is there once, with its facts; every broken page has its reason; the summary says so."""
    done, articles, rejected = crawled
    assert done.returncode == 1  # the farm has broken pages
    assert "Traceback" not in done.stdout + done.stderr
    for article in list_articles():
        truth = expected(article.slug)
        found = articles[farm + truth.path]
        assert found["headline"] == truth.title
        assert [author["name"] for author in found["authors"]] == list(truth.authors)
        assert found["datePublished"][:10] == truth.date_published
        assert found["inLanguage"].split("-")[0] == truth.language
        assert found["site"] == "sample"
    reasons = {url.removeprefix(farm): record["reason"] for url, record in rejected.items()}
    wanted = {
        "/trouble/missing.html": "http-404", "/trouble/broken.html": "http-500", "/trouble/busy.html": "http-503",
        "/trouble/empty.html": "empty", "/trouble/binary.html": "binary", "/private/notes.html": "robots",
        "/trouble/packing-a-first-aid-tin.html": "truncated",
    }  # fmt: skip
    assert {path: reasons.get(path) for path in wanted} == wanted
    assert "/trouble/products.html" in reasons
    for reason in set(reasons.values()):
        assert reason in done.stdout


def test_every_troubled_address_ends_as_an_article_or_a_recorded_reason(crawled, farm):
    _, articles, rejected = crawled
    ended = {url.removeprefix(farm) for url in (*articles, *rejected, *(a["url"] for a in articles.values()))}
    loops = {path for path in misbehaving() if "loop" in path}  # two addresses, one loop, recorded once at least
    # What an address is by its words (a login) or says beside the page (tracking) is not fetched at all.
    unasked = {path for path in misbehaving() if "login" in path or "utm_" in path}
    assert set(misbehaving()) - loops - unasked - ended == set()
    assert loops & ended


def test_one_article_under_several_addresses_is_published_once(crawled, farm):
    _, articles, rejected = crawled
    twins = [a for a in articles.values() if a["canonicalUrl"].endswith("/en/porridge-that-keeps-you-full.html")]
    assert len(twins) == 1
    assert sum(record["reason"] == "duplicate-url" for record in rejected.values()) >= 2


def squeeze(text):
    return " ".join(text.split())


def test_the_dirt_is_gone_and_the_article_is_not(crawled, farm):
    """Over the regular pages: every true block is there, and of what was injected next to nothing is left."""
    _, articles, _ = crawled
    left, made, lost = [], 0, []
    for slug in (article.slug for article in list_articles()):
        truth, body = expected(slug), squeeze(articles[farm + expected(slug).path]["articleBody"])
        made += len(truth.injected)
        here = [
            (category, squeeze(text)) for category, text in truth.injected if len(text) > 12 and squeeze(text) in body
        ]
        left += here
        for _, text in here:  # what is left may stand in the middle of a true block
            body = squeeze(body.replace(text, " "))
        cells = [cell for _, text in truth.blocks for row in text.split("\n") for cell in row.split(" | ")]
        lost += [(slug, cell) for cell in cells if squeeze(cell) not in body]
    assert lost == []
    # Notices without a rights word are told only by what a site repeats, which nothing remembers in a first crawl.
    others = [entry for entry in left if entry[0] != "watermark"]
    assert len(others) <= 0.005 * made, others
    assert len(left) <= 0.02 * made, left


def test_a_crawl_of_a_known_site_changes_nothing(farm, run, home):
    for _ in range(2):  # what the first learns, the second takes off
        run("crawl", "sample", "--start", starts(farm))
    before = read_output(home)[0]
    done = run("crawl", "sample", "--start", starts(farm))
    assert read_output(home)[0] == before
    assert "│   0 │       0 │" in done.stdout  # none new, none changed


def test_scrapy_crawls_a_list_of_addresses(farm, run, home, tmp_path):
    slugs = list_slugs()[:4]
    addresses = [farm + expected(slug).path for slug in slugs]
    lines = [
        "# a comment",
        "",
        *addresses,
        farm + "/trouble/missing.html",
        "javascript:alert(1)",
        "http://[broken",
        "no address",
    ]
    (tmp_path / "urls.txt").write_text("\n".join(lines))
    done = run("crawl", "article", "-a", f"urls={tmp_path / 'urls.txt'}", *FAST, command="scrapy")
    assert done.returncode == 0
    articles, rejected = read_output(home)
    assert set(articles) == set(addresses)
    assert rejected[farm + "/trouble/missing.html"]["reason"] == "http-404"
    assert {rejected[bad]["reason"] for bad in ("javascript:alert(1)", "http://[broken", "no address")} == {"bad-url"}


def test_a_redirect_loop_is_named(farm, run, home):
    loop = farm + next(path for path in misbehaving() if "loop" in path)
    assert run("crawl", loop).returncode == 1
    assert read_output(home)[1][loop]["reason"] == "redirect-loop"


def test_scrapy_crawls_one_address(farm, run, home):
    address = farm + expected(list_slugs()[0]).path
    assert run("crawl", "article", "-a", f"url={address}", *FAST, command="scrapy").returncode == 0
    articles, _ = read_output(home)
    assert list(articles) == [address]
    assert articles[address]["site"] == "127.0.0.1"


def test_all_well_is_exit_code_0(farm, run):
    assert run("crawl", farm + expected(list_slugs()[0]).path).returncode == 0


def test_an_output_folder_that_cannot_be_written_is_told_before_the_first_request(farm, run, home, tmp_path):
    (tmp_path / "file").write_text("in the way")
    home["CLEARWELL_OUTPUT"] = str(tmp_path / "file" / "output")
    done = run("crawl", farm + "/")
    assert done.returncode == 2
    assert "cannot be written" in done.stderr
    assert "Traceback" not in done.stderr


def test_killed_at_any_moment_every_file_is_whole_and_the_next_run_completes(farm, home, run):
    """SIGKILL at random moments: what lies in output/ parses each time, and after the next run nothing is missing."""
    output = Path(home["CLEARWELL_OUTPUT"])
    chance = random.Random(20261122)
    command = [str(Path(sys.executable).with_name("clearwell")), "crawl", "sample", "--start", starts(farm)]
    for _ in range(KILLS):
        process = subprocess.Popen(command, env=home, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(chance.uniform(0.8, 3.5))
        process.send_signal(signal.SIGKILL)
        process.wait()
        for path in output.rglob("*.json"):
            assert json.loads(path.read_bytes()) is not None
        for path in output.rglob("*.jsonl"):
            assert all(json.loads(line) for line in path.read_text().splitlines())
    run("crawl", "sample", "--start", starts(farm))
    articles, _ = read_output(home)
    assert len(articles) == 26
    files = {json.loads(path.read_bytes())["canonicalUrl"] for path in (output / "articles").rglob("*.json")}
    assert files == set(articles)
    assert list(output.rglob(".*.tmp")) == []


PROSE = (
    "<p>"
    + "Stretching for a minute before bed eased the night cramps of older people in one small trial. " * 5
    + "</p>"
)
WORST = {
    "empty.html": (b"", "empty"),
    "blank.html": (b" \n" * 500, "empty"),
    "binary.html": (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 50, "binary"),
    "huge.html": (b"<p>" + b"word " * 10_000_000, "too-large"),
    "deep.html": (b"<div>" * 100_000 + PROSE.encode(), "too-deep"),
    "unbroken.html": (b"<p>" + b"x" * 1_000_000, "too-short"),
    "nothing.html": (b"<html><body><a href='/'>Home</a></body></html>", "no-article"),
    "json.html": (b'{"a": "b"}', "not-html"),
    "deep-inline.html": (b"<b><i>" * 50_000 + PROSE.encode(), "too-deep"),
    "good.html": (PROSE.encode(), None),
}


def test_pages_at_their_worst_each_have_a_reason_and_cost_nothing_else(run, home, tmp_path):
    folder = tmp_path / "www"
    folder.mkdir()
    for name, (content, _) in WORST.items():
        (folder / name).write_bytes(content)
    with serve_folder(folder) as base:
        (tmp_path / "urls.txt").write_text("\n".join(f"{base}/{name}" for name in WORST))
        done = run("crawl", "article", "-a", f"urls={tmp_path / 'urls.txt'}", *FAST, command="scrapy")
    articles, rejected = read_output(home)
    assert "Traceback" not in done.stderr
    ends = {name: rejected.get(f"{base}/{name}", {}).get("reason") for name in WORST}
    assert ends == {name: reason for name, (_, reason) in WORST.items()}
    assert {url.rpartition("/")[2] for url in articles} == {name for name, (_, reason) in WORST.items() if not reason}
    assert all(record["message"] for record in rejected.values())


def test_pages_of_the_real_web(run, home, tmp_path, shared):
    """Sixty of WCXB's pages: each ends as an article or with a reason, and nothing is logged as an error."""
    folder = tmp_path / "www"
    folder.mkdir()
    pages = sorted((shared / "wcxb/dev/html").glob("*.html.gz"))[::25]
    for page in pages:
        (folder / page.name.removesuffix(".gz")).write_bytes(gzip.decompress(page.read_bytes()))
    with serve_folder(folder) as base:
        addresses = {f"{base}/{page.name.removesuffix('.gz')}" for page in pages}
        (tmp_path / "urls.txt").write_text("\n".join(addresses))
        done = run("crawl", "article", "-a", f"urls={tmp_path / 'urls.txt'}", *FAST, command="scrapy")
    articles, rejected = read_output(home)
    assert {article["url"] for article in articles.values()} | set(rejected) == addresses
    assert "ERROR" not in done.stderr
    assert "Traceback" not in done.stderr


@contextmanager
def serve_folder(folder):
    handler = partial(QuietHandler, directory=str(folder))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


class QuietHandler(SimpleHTTPRequestHandler):
    def log_message(self, *_):
        pass


MOTTO = "Mossbank Morning Pages lantern edition"  # of samples/dirt.toml; nothing in it speaks of rights


def test_what_a_crawl_learns_it_takes_off(farm, run, home, crawled):
    _, first, _ = crawled
    removals = {url: article["cleaning"]["removals"] for url, article in first.items()}
    rules = {removal["rule"] for some in removals.values() for removal in some if MOTTO in removal["text"]}
    assert rules
    assert rules <= {"known-phrase", "repeated-phrase"}  # told by the site, or by the page alone
    assert [url for url, article in first.items() if MOTTO in article["articleBody"]] == []
    shown = run("memory", "show", "sample")
    assert shown.returncode == 0
    assert f"sample: {len(first)} pages seen" in shown.stdout
    assert MOTTO in shown.stdout
    run("crawl", "sample", "--start", starts(farm))
    second, _ = read_output(home)
    assert {url: article["contentHash"] for url, article in second.items()} == {
        url: article["contentHash"] for url, article in first.items()
    }
    unknown = run("memory", "show", "nowhere")
    assert unknown.returncode == 2
    assert "crawled so far: sample" in unknown.stderr


def put_site(home, folder, name, text):
    (folder / "sites").mkdir(exist_ok=True)
    (folder / "sites" / f"{name}.toml").write_text(f"{text}\n[politeness]\ndelay = 0\n")
    home["CLEARWELL_HOME"] = str(folder)


def test_one_wrong_site_file_does_not_stop_the_others(run, home, farm, tmp_path):
    put_site(home, tmp_path, "right", f'start = ["{farm}/sitemap-en.xml"]\ninclude = ["knees"]')
    put_site(home, tmp_path, "wrong", "maxPage = 3")
    done = run("crawl", "wrong", "right", "wronk")
    assert done.returncode == 2
    assert "wrong.toml, line 1: unknown key `maxPage`" in done.stderr
    assert "there is no site `wronk`" in done.stderr
    assert list(read_output(home)[0]) == [farm + expected("knees-and-stairs").path]


def test_articles_in_languages_that_a_site_does_not_ask_for_are_rejected(run, home, farm, tmp_path):
    starts = f'start = ["{farm}/sitemap-de.xml", "{farm}/sitemap-es.xml"]'
    put_site(home, tmp_path, "mine", f'{starts}\nlanguages = ["de"]')
    assert run("crawl", "mine").returncode == 0
    articles, rejected = read_output(home)
    assert {article["inLanguage"] for article in articles.values()} == {"de"}
    assert {record["reason"] for record in rejected.values()} == {"other-language"}
    assert len(articles) == len(rejected) == 5
