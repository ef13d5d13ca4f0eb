"""What a crawl learns of its site only while it runs is used for all its pages, those it cleaned first too."""

import json
from pathlib import Path

import pytest

from tests.web import Answer, serve_web

MOTTO = "Marlow Harbour Pages evening edition"
TOPICS = (
    ("Salt", "Most of it hides in bread and cheese", "You taste it in a soup at once"),
    ("Naps", "Twenty minutes are enough for most of us", "The longer ones leave people dazed"),
    ("Stairs", "Ten floors a day strengthened the thighs of office workers", "If two are enough, stay with two"),
    ("Tea", "Green tea holds less caffeine than coffee does", "It is best before four o'clock"),
    ("Feet", "Dry the skin between your toes with care", "The socks go when they are damp"),
    ("Backs", "Lift heavy boxes from your knees", "In doubt ask somebody to help"),
    ("Eyes", "Screens make people blink too rarely", "A look out of the window helps"),
    ("Teeth", "Two minutes of brushing remove most plaque", "The rest is for the brush between them"),
)


def write_page(topic: str, first: str, second: str, motto: str) -> bytes:
    """A page with the motto twice between its sentences."""
    more = f"{topic} are a matter of habit, one clinic wrote after a year with four hundred visitors. " * 2
    body = f"<h1>{topic} in daily life</h1><p>{first}. {motto} {second}.</p><p>{more}</p><p>{more}{motto} {second}.</p>"
    return (
        f"<html><head><title>{topic} in daily life</title></head><body><article>{body}</article></body></html>".encode()
    )


@pytest.fixture
def site(home, tmp_path):
    with serve_web({}) as web:
        home["CLEARWELL_HOME"] = str(tmp_path)
        (tmp_path / "sites").mkdir()
        (tmp_path / "sites" / "farm.toml").write_text(
            f'start = ["{web.base}/sitemap.xml"]\n[politeness]\ndelay = 0\n', "utf-8"
        )
        publish(web, {topic[0]: write_page(*topic, MOTTO) for topic in TOPICS})
        yield web


def publish(web, pages):
    paths = {f"/tips/{topic.lower()}-in-daily-life.html": page for topic, page in pages.items()}
    entries = "".join(f"<url><loc>{web.base}{path}</loc></url>" for path in paths)
    web.routes.update({path: tagged(page) for path, page in paths.items()})
    web.routes["/sitemap.xml"] = f"<urlset>{entries}</urlset>".encode()


def tagged(page):
    tag = f'"{hash(page)}"'
    whole = Answer(page, headers={"ETag": tag, "Content-Type": "text/html"})
    return lambda asked: Answer(status=304) if asked.headers.get("if-none-match") == tag else whole


def read_bodies(home):
    lines = (Path(home["CLEARWELL_OUTPUT"]) / "articles.jsonl").read_text("utf-8").splitlines()
    return [json.loads(line) for line in lines]


def test_the_first_crawl_takes_off_what_it_learned_on_its_way(run, home, site):
    done = run("crawl", "farm")
    assert done.returncode == 0, done.stderr
    articles = read_bodies(home)
    assert len(articles) == len(TOPICS)
    assert [a["headline"] for a in articles if MOTTO in a["articleBody"]] == []
    removals = [removal for a in articles for removal in a["cleaning"]["removals"]]
    assert [(r["rule"], r["text"]) for r in removals] == [("known-phrase", MOTTO)] * 2 * len(TOPICS)


def test_what_was_cleaned_again_is_the_same_for_the_next_crawl(run, home, site):
    run("crawl", "farm")
    site.asked.clear()
    done = run("crawl", "farm")
    assert done.returncode == 0, done.stderr
    conditions = [asked.headers.get("if-none-match") for asked in site.asked if asked.path.startswith("/tips/")]
    assert len(conditions) == len(TOPICS)
    assert all(conditions)
    segments = sorted((Path(home["CLEARWELL_OUTPUT"]) / "changes").glob("*.jsonl"))
    assert sum(len(path.read_text("utf-8").splitlines()) for path in segments) == len(TOPICS)


def test_pages_of_earlier_crawls_are_cleaned_again_without_a_request(run, home, site):
    few = TOPICS[:2]
    publish(site, {topic[0]: write_page(*topic, MOTTO) for topic in few})
    run("crawl", "farm")
    assert all(MOTTO in article["articleBody"] for article in read_bodies(home))
    publish(site, {topic[0]: write_page(*topic, MOTTO) for topic in TOPICS})
    run("crawl", "farm")
    articles = read_bodies(home)
    assert len(articles) == len(TOPICS)
    assert [a["headline"] for a in articles if MOTTO in a["articleBody"]] == []


def test_a_wrong_guess_is_taken_back(run, home, site):
    run("crawl", "farm")
    assert [a["headline"] for a in read_bodies(home) if MOTTO in a["articleBody"]] == []
    pages = {topic[0]: write_page(*topic, MOTTO) for topic in TOPICS}
    for topic in ("Sleep", "Walks"):  # where sentences go on from it: it is language
        pages[topic] = write_page(topic, "Seven are a good number", "has asked those who know", MOTTO)
    publish(site, pages)
    done = run("crawl", "farm")
    assert done.returncode == 0, done.stderr
    assert [a["headline"] for a in read_bodies(home) if MOTTO not in a["articleBody"]] == []


def test_an_address_given_by_hand_is_cleaned_as_its_site_is(run, home, site, tmp_path):
    start = f'start = ["{site.base}/sitemap.xml"]\n[politeness]\ndelay = 0\n'
    (tmp_path / "sites" / "farm.toml").unlink()
    settings = f'[memory]\nforbid = ["{MOTTO}"]\n[extraction]\ndrop = ["h1 + p"]\n'
    (tmp_path / "sites" / "127.0.0.1.toml").write_text(start + settings, "utf-8")  # called as the host is
    assert run("crawl", "127.0.0.1").returncode == 0
    before = read_bodies(home)
    assert len(before) == len(TOPICS)
    assert all(MOTTO in article["articleBody"] for article in before)
    salt = next(path for path in site.routes if "salt" in path)
    done = run("crawl", f"{site.base}{salt}")
    assert done.returncode == 0, done.stderr
    assert [a["articleBody"] for a in read_bodies(home)] == [a["articleBody"] for a in before]
