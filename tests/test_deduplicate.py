"""Which of several addresses an article is taken from."""

from datetime import UTC, datetime

import pytest

from clearwell import Page, clean
from clearwell.storage.release import release_run
from clearwell.storage.runs import Runs
from clearwell.storage.store import Store
from pipelines.deduplicate import Deduplicator
from pipelines.items import Rejected

CANONICAL, AMP, PRINT = "https://a.example/1", "https://a.example/amp/1", "https://a.example/print/1"
BODY = "Lentils hold their iron well when they are soaked, and a little lemon helps the body to take it up. " * 3


def make(url, body=BODY):
    return clean(Page(url=url, html=f'<link rel=canonical href="{CANONICAL}"><article><p>{body}</p></article>'))


@pytest.fixture
def store(tmp_path):
    with Store(tmp_path / "s.sqlite") as opened:
        yield opened


def crawl(store, *articles, killed=False):
    """Run articles through one crawl; gives the addresses taken, in order, and those that were not."""
    runs, now = Runs(store.database), datetime(2026, 11, 25, tzinfo=UTC)
    run = runs.begin("a.example", now)
    deduplicator = Deduplicator(run.id)
    taken, left = [], []
    for article in articles:
        try:
            article, gives_way = deduplicator.decide(article, store)
            left += [gives_way] if gives_way else []
        except Rejected as rejection:
            left.append(rejection.url)
            continue
        runs.stage(run.id, [article])
        taken.append(article.url)
    if not killed:
        release_run(store.database, run, runs.report(run, now, "finished"))
    return taken, sorted(left)


@pytest.mark.parametrize(
    ("order", "taken"),
    [
        ((CANONICAL, AMP, PRINT), [CANONICAL]),
        ((AMP, CANONICAL, PRINT), [AMP, CANONICAL]),
        ((AMP, PRINT, CANONICAL), [AMP, CANONICAL]),
    ],
)
def test_the_canonical_page_wins_in_any_order(store, order, taken):
    assert crawl(store, *map(make, order)) == (taken, [AMP, PRINT])
    assert store.load(make(AMP).id).url == CANONICAL


def test_a_variant_alone_is_taken_and_stays(store):
    for _ in range(2):
        assert crawl(store, make(AMP), make(PRINT)) == ([AMP], [PRINT])
        assert store.load(make(AMP).id).url == AMP


def test_a_later_crawl_does_not_go_back_to_a_variant(store):
    crawl(store, make(CANONICAL))
    assert crawl(store, make(AMP, BODY + "An older version of the text."), make(CANONICAL))[0] == [CANONICAL]


def test_a_later_crawl_finds_the_canonical_page(store):
    crawl(store, make(AMP))
    assert crawl(store, make(CANONICAL)) == ([CANONICAL], [])
    assert store.load(make(AMP).id).url == CANONICAL


@pytest.mark.parametrize("before", [(AMP,), (CANONICAL,), (AMP, CANONICAL)])
def test_a_crawl_that_goes_on_decides_as_if_it_had_not_been_killed(store, before):
    crawl(store, *map(make, before), killed=True)
    taken, left = crawl(store, make(PRINT), make(CANONICAL), make(AMP))
    assert taken[-1] == CANONICAL
    assert set(left) == {AMP, PRINT}
    assert store.load(make(AMP).id).url == CANONICAL


def claim(url, headline, canonical="https://a.example/magazine.html"):
    head = f"<link rel=canonical href='{canonical}'><title>{headline}</title>"
    return clean(Page(url=url, html=f"{head}<article><h1>{headline}</h1><p>{headline}. {BODY}</p></article>"))


def test_pages_that_all_name_one_address_keep_their_own(store):
    pages = [
        claim(f"https://a.example/{n}", f"{name} for beginners") for n, name in enumerate(("Salt", "Knees", "Naps"))
    ]
    addresses = [page.url for page in pages]
    assert crawl(store, *pages) == (addresses, [])
    assert crawl(store, *reversed(pages)) == (addresses[::-1], [])  # who had the address first keeps it in later crawls


def test_a_variant_with_a_longer_headline_is_still_a_variant(store):
    pages = [claim("https://a.example/amp/1", "Salt"), claim("https://a.example/print/1", "Salt | A Magazine")]
    assert crawl(store, *pages)[0] == ["https://a.example/amp/1"]


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
