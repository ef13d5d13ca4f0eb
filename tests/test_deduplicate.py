"""Which of several addresses an article is taken from."""

import asyncio
from types import SimpleNamespace

import pytest
from scrapy.settings import Settings
from scrapy.statscollectors import MemoryStatsCollector

from clearwell import Page, clean
from clearwell.storage.store import Store
from pipelines.items import Rejected
from pipelines.publish import PublishPipeline

CANONICAL, AMP, PRINT = "https://a.example/1", "https://a.example/amp/1", "https://a.example/print/1"
BODY = "Lentils hold their iron well when they are soaked, and a little lemon helps the body to take it up. " * 3


def make(url, body=BODY):
    return clean(Page(url=url, html=f'<link rel=canonical href="{CANONICAL}"><article><p>{body}</p></article>'))


@pytest.fixture
def crawl(tmp_path):
    """Run articles through one crawl; gives the addresses taken, in order."""

    async def publish(articles):
        settings = Settings(
            {"CLEARWELL_STORE": str(tmp_path / "s.sqlite"), "CLEARWELL_OUTPUT": str(tmp_path / "output")}
        )
        crawler = SimpleNamespace(settings=settings, stats=MemoryStatsCollector(SimpleNamespace(settings=settings)))
        pipeline = PublishPipeline(crawler)
        pipeline.open_spider()
        # All at once, so that they come into one transaction.
        found = await asyncio.gather(*map(pipeline.process_item, articles), return_exceptions=True)
        for rejection in found:
            if isinstance(rejection, Rejected):
                pipeline.writer.post(lambda store, r=rejection: store.reject(r.url, r.site, r.reason, r.message))
        await pipeline.close_spider()
        return [item.url for item in found if not isinstance(item, Rejected)]

    def run(*articles):
        taken = asyncio.run(publish(articles))
        with Store(tmp_path / "s.sqlite") as store:
            return taken, [rejection.url for rejection in store.rejections()], store.load(articles[0].id).url

    return run


@pytest.mark.parametrize(
    ("order", "taken"),
    [
        ((CANONICAL, AMP, PRINT), [CANONICAL]),
        ((AMP, CANONICAL, PRINT), [AMP, CANONICAL]),
        ((AMP, PRINT, CANONICAL), [AMP, CANONICAL]),
    ],
)
def test_the_canonical_page_wins_in_any_order(crawl, order, taken):
    assert crawl(*map(make, order)) == (taken, sorted({AMP, PRINT}), CANONICAL)


def test_a_variant_alone_is_taken_and_stays(crawl):
    assert crawl(make(AMP), make(PRINT)) == ([AMP], [PRINT], AMP)
    assert crawl(make(AMP)) == ([AMP], [PRINT], AMP)


def test_a_later_crawl_does_not_go_back_to_a_variant(crawl):
    crawl(make(CANONICAL))
    assert crawl(make(AMP, BODY + "An older version of the text."), make(CANONICAL))[0] == [CANONICAL]


def test_the_same_text_elsewhere_names_its_original(crawl, tmp_path):
    crawl(make(CANONICAL))
    copy = clean(Page(url="https://b.example/copy", html=f"<article><p>{BODY}</p></article>"))
    crawl(copy)
    with Store(tmp_path / "s.sqlite") as store:
        assert store.load(copy.id).duplicateOf == make(CANONICAL).id


def test_of_two_with_the_same_text_the_first_is_the_original(crawl, tmp_path):
    first, second = (
        clean(Page(url=f"https://{host}.example/x", html=f"<article><p>{BODY}</p></article>")) for host in "ba"
    )
    crawl(first, second)
    with Store(tmp_path / "s.sqlite") as store:
        assert [store.load(article.id).duplicateOf for article in (first, second)] == [None, first.id]
