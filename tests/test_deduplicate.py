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


def claim(url, headline, canonical="https://a.example/magazine.html"):
    head = f"<link rel=canonical href='{canonical}'><title>{headline}</title>"
    return clean(Page(url=url, html=f"{head}<article><h1>{headline}</h1><p>{headline}. {BODY}</p></article>"))


def test_pages_that_all_name_one_address_keep_their_own(crawl):
    pages = [
        claim(f"https://a.example/{n}", f"{name} for beginners") for n, name in enumerate(("Salt", "Knees", "Naps"))
    ]
    addresses = [page.url for page in pages]
    assert crawl(*pages)[:2] == (addresses, [])
    assert crawl(*reversed(pages))[:2] == (addresses[::-1], [])  # who had the address first keeps it in later crawls


def test_a_variant_with_a_longer_headline_is_still_a_variant(crawl):
    pages = [claim("https://a.example/amp/1", "Salt"), claim("https://a.example/print/1", "Salt | A Magazine")]
    assert crawl(*pages)[0] == ["https://a.example/amp/1"]


@pytest.mark.parametrize(
    ("url", "stated", "believed"),
    [
        ("/sleep/why-our-knees-hurt/", "/sleep/", False),
        ("/sleep/why-our-knees-hurt.html", "/sleep", False),
        ("/sleep/why-our-knees-hurt/", "/", False),
        ("/article.php?id=7", "/article.php", False),
        ("/article.php?id=7&print=1", "/article.php?id=7", True),
        ("/sleep/page/2/", "/sleep/", True),
        ("/why-our-knees-hurt/amp/", "/why-our-knees-hurt/", True),
        ("/why-our-knees-hurt/2", "/why-our-knees-hurt", True),
        ("/?p=7", "/why-our-knees-hurt/", True),
        ("/a?page=2", "/a", True),
        ("/en/why-our-knees-hurt", "/de/why-our-knees-hurt", True),
    ],
)
def test_a_stated_address_is_believed_where_it_can_be_the_pages_own(url, stated, believed):
    html = f"<link rel=canonical href='{stated}'><article><p>{BODY}</p></article>"
    article = clean(Page(url="https://a.example" + url, html=html))
    assert (article.canonicalUrl == "https://a.example" + stated) is believed
