"""Which of several addresses an article is taken from."""

from types import SimpleNamespace

import pytest
from scrapy.settings import Settings
from scrapy.statscollectors import MemoryStatsCollector

from clearwell import Page, clean
from clearwell.storage.store import Store
from pipelines.deduplicate import DeduplicatePipeline
from pipelines.items import Rejected

CANONICAL, AMP, PRINT = "https://a.example/1", "https://a.example/amp/1", "https://a.example/print/1"
BODY = "Lentils hold their iron well when they are soaked, and a little lemon helps the body to take it up. " * 3


def make(url, body=BODY):
    return clean(Page(url=url, html=f'<link rel=canonical href="{CANONICAL}"><article><p>{body}</p></article>'))


@pytest.fixture
def crawl(tmp_path):
    """Run articles through one crawl; gives the addresses taken, in order."""

    def run(*articles):
        settings = Settings({"CLEARWELL_STORE": str(tmp_path / "s.sqlite")})
        crawler = SimpleNamespace(settings=settings, stats=MemoryStatsCollector(SimpleNamespace(settings=settings)))
        pipeline = DeduplicatePipeline(crawler)
        pipeline.open_spider()
        taken = []
        for article in articles:
            try:
                item = pipeline.process_item(article)
            except Rejected as rejection:
                pipeline.store.reject(rejection.url, rejection.site, rejection.reason, rejection.message)
                continue
            pipeline.store.save(item)
            taken.append(item.url)
        pipeline.close_spider()
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
