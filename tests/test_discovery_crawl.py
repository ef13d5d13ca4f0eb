"""Whole crawls of whole sites: every article is found, and little else is fetched.

What counts as fetched in vain: a page (HTML, status 200) that is no article, and no listing page that named articles
which no source (sitemap, feed, listing page) fetched before it had named.  The start point counts like any other.
robots.txt, sitemaps and feeds are no pages; what answers with an error is none; neither are the sample site's pages
that are broken on purpose, which its home page lists as articles.
"""

import gzip
import json
import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import pytest

from samples.reply import Reply
from samples.routes import answer as answer_farm
from samples.server import serve
from samples.shapes.board import BOARD
from samples.shapes.shell import SHELL_SITE
from samples.shapes.site import Shape
from samples.shapes.wordpress import WORDPRESS
from samples.source import list_articles
from samples.trouble import misbehaving

FARM = Shape(answer_farm, frozenset(article.path for article in list_articles()))
SITES = {"samples": FARM, "wordpress": WORDPRESS, "shell": SHELL_SITE, "board": BOARD}
BROKEN = frozenset(misbehaving())
MAX_IN_VAIN = 0.05  # of the pages fetched

_LINK = re.compile(r'(?:href="|<loc>|<link>)([^"<#]+)')


def crawl(
    run: Callable, home: dict[str, str], tmp_path: Path, shape: Shape, *starts: str
) -> tuple[list[str], dict, str]:
    """Crawl a site from its host, as a user does: the targets it was asked for, articles by path, what was shown."""
    seen: list[str] = []
    (tmp_path / "sites").mkdir()
    with serve(seen=seen, answer=shape.answer) as base:
        addresses = ", ".join(f'"{base}{start}"' for start in starts or ("/",))
        (tmp_path / "sites" / "mine.toml").write_text(f"start = [{addresses}]\n[politeness]\ndelay = 0\n")
        home["CLEARWELL_HOME"] = str(tmp_path)
        done = run("crawl", "mine")
    assert "Traceback" not in done.stdout + done.stderr
    lines = (Path(home["CLEARWELL_OUTPUT"]) / "articles.jsonl").read_text().splitlines()
    return seen, {urlsplit(json.loads(line)["url"]).path: json.loads(line) for line in lines}, done.stdout


def count_in_vain(seen: list[str], shape: Shape) -> tuple[list[str], list[str]]:
    """The pages among the targets, and those of them that were fetched in vain."""
    named: set[str] = set()
    pages, in_vain = [], []
    for target in seen:
        reply: Reply = shape.answer(target, "http://x")
        if reply.status != 200 or target in ("/robots.txt", *BROKEN):
            continue
        if target in shape.articles:
            pages.append(target)
            continue
        new = names(reply, target) & (shape.articles | BROKEN) - named
        named |= new
        if "html" in reply.content_type:
            pages.append(target)
            in_vain += [] if new else [target]
    return pages, in_vain


def names(reply: Reply, target: str) -> set[str]:
    body = gzip.decompress(reply.body) if reply.body[:2] == b"\x1f\x8b" else reply.body
    found = _LINK.findall(body.decode("utf-8", "replace"))
    return {urlsplit(urljoin("http://x" + target, address)).path for address in found}


@pytest.mark.parametrize("name", SITES)
def test_every_article_is_found_and_little_else_is_fetched(run, home, tmp_path, name, capsys):
    shape = SITES[name]
    seen, articles, _ = crawl(run, home, tmp_path, shape)
    pages, in_vain = count_in_vain(seen, shape)
    found = shape.articles & set(articles)
    with capsys.disabled():
        print(f"\n{name}: {len(found)} of {len(shape.articles)} articles, {len(seen)} requests, ", end="")
        print(f"{len(pages)} pages, {len(in_vain)} in vain ({len(in_vain) / len(pages):.1%}) {in_vain}")
    assert shape.articles - set(articles) == set()
    assert len(in_vain) <= MAX_IN_VAIN * len(pages), in_vain
    twice = {target for target in seen if seen.count(target) > 1} - BROKEN - {"/robots.txt"}
    assert twice == set()
