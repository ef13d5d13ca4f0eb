"""The feeds are read by a feed reader, and say what the articles say."""

import json
from datetime import UTC, datetime

import feedparser
import msgspec
import pytest
from lxml import etree

from clearwell import Page, clean
from clearwell.article import Author, Image
from clearwell.publishing.feeds import make_atom, make_json_feed

MOMENT = datetime(2026, 11, 25, 4, 30, tzinfo=UTC)
ATOM = "{http://www.w3.org/2005/Atom}"


def article(**fields):
    body = "<h1>Sleep well</h1>" + "<p>A cool and dark room helps most people to sleep through the night.</p>" * 1
    page = Page(url="https://health.example/sleep", html=f"<html><body><article>{body * 1}</article></body></html>")
    return msgspec.structs.replace(clean(page), **fields)


FULL = {
    "headline": "Sleep & rest <better>\x0b\ufffe",
    "datePublished": "2026-11-01",
    "dateModified": "2026-11-02T08:00:00+02:00",
    "authors": (Author("Ada Moor"), Author("李明")),
    "keywords": ("sleep", "rest"),
    "description": "How to.",
    "copyrightNotice": "All rights reserved",
    "inLanguage": "en",
    "image": Image("https://health.example/i.jpg", None, None),
}


def test_a_feed_reader_reads_the_atom_feed():
    feed = feedparser.parse(make_atom("health.example", [article(**FULL), article()], MOMENT))
    assert not feed.bozo
    assert feed.version == "atom10"
    full, bare = feed.entries
    assert full.title == "Sleep & rest <better>"
    assert full.link == "https://health.example/sleep"
    assert full.published == "2026-11-01T00:00:00+00:00"
    assert full.updated == "2026-11-02T08:00:00+02:00"
    assert [author.name for author in full.authors] == ["Ada Moor", "李明"]
    assert [tag.term for tag in full.tags] == ["sleep", "rest"]
    assert full.rights == "All rights reserved"
    assert "A cool and dark room" in full.content[0].value
    assert bare.updated == MOMENT.isoformat()
    assert full.id == bare.id
    assert full.id.startswith("urn:uuid:")


def test_atom_has_what_the_standard_asks_for():
    root = etree.fromstring(make_atom("health.example", [article()], MOMENT))
    assert {child.tag for child in root} >= {ATOM + name for name in ("id", "title", "updated", "author", "entry")}
    assert {child.tag for child in root.find(ATOM + "entry")} >= {ATOM + name for name in ("id", "title", "updated")}


def test_the_json_feed_has_what_the_standard_asks_for_and_nothing_empty():
    feed = json.loads(make_json_feed("health.example", [article(**FULL), article()]))
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    full, bare = feed["items"]
    assert full["authors"] == [{"name": "Ada Moor"}, {"name": "李明"}]
    assert full["date_published"] == "2026-11-01T00:00:00+00:00"
    assert full["image"] == "https://health.example/i.jpg"
    assert full["_clearwell"]["copyrightNotice"] == "All rights reserved"
    assert bare["id"] == full["id"] == article().id
    assert bare["content_html"]
    assert not {"date_published", "authors", "tags", "image"} & set(bare)


@pytest.mark.parametrize("make", [lambda: make_atom("x", [], MOMENT), lambda: make_json_feed("x", [])])
def test_a_feed_of_nothing_is_a_feed(make):
    assert not feedparser.parse(make()).entries
