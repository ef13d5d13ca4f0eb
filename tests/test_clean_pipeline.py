"""In which order pages leave cleaning, and what each outcome of it becomes."""

import asyncio
from types import SimpleNamespace

import pytest
from scrapy.settings import Settings
from scrapy.statscollectors import MemoryStatsCollector

from clearwell import Page, clean
from clearwell.clean import clean_observably
from clearwell.cleaning.memory import NOTHING_LEARNED
from clearwell.storage.memories import Memories, remember_learned
from clearwell.storage.store import Store
from pipelines import clean as step
from pipelines.clean import CleaningError, CleanPipeline
from pipelines.items import FailedPage, FetchedPage, Rejected
from pipelines.pool import PageTooSlow, WorkerDied
from pipelines.run import RunKeeper
from pipelines.worker import Cleaned, Failed, Unsupported

TEXT = "A glass of water before a meal makes many people eat a little less of it, a small trial found. " * 3


class FakePool:
    """Answers each page after as many seconds as its address ends with."""

    def __init__(self, answers):
        self.answers = answers

    def describe(self, site, memory):
        return site, memory

    async def clean(self, page, context):
        await asyncio.sleep(float(page.url.rpartition("/")[2]))
        answer = self.answers.get(page.url) or Cleaned(clean(page), NOTHING_LEARNED)
        if isinstance(answer, Exception):
            raise answer
        return answer

    def detach(self):
        pass


class Crawler:
    """What the pipeline knows of a crawl."""


@pytest.fixture
def leave(tmp_path):
    """The outcomes of pages that come one right behind the other, in the order in which they leave."""

    async def run(urls, answers):
        settings = Settings(
            {"CLEARWELL_STORE": str(tmp_path / "s.sqlite"), "CLEARWELL_SITES": str(tmp_path / "sites")}
            | {"CLEARWELL_WORKERS": 0, "CLEARWELL_CLEANING_TIMEOUT": 20}
        )
        stats = MemoryStatsCollector(SimpleNamespace(settings=settings))
        crawler = Crawler()
        crawler.settings, crawler.stats, crawler.spider = settings, stats, None
        RunKeeper._kept[crawler] = SimpleNamespace(run=SimpleNamespace(id="run"))
        pipeline = CleanPipeline(crawler)
        pipeline.open_spider()
        pipeline.pool.detach()
        pipeline.pool = FakePool(answers)
        left = []

        async def put(url):
            try:
                left.append((url, await pipeline.process_item(FetchedPage(Page(url=url, text=TEXT), "a.example"))))
            except (Rejected, CleaningError) as error:
                left.append((url, error))

        await asyncio.gather(*map(put, urls))
        await pipeline.close_spider()
        return left

    return lambda urls, answers={}: asyncio.run(run([f"https://a.example/{url}" for url in urls], answers))


def test_pages_leave_in_the_order_in_which_they_came(leave):
    assert [url.rpartition("/")[2] for url, _ in leave(["0.3", "0.1", "0", "0.2"])] == ["0.3", "0.1", "0", "0.2"]


def test_a_page_that_takes_for_ever_loses_its_place(leave, monkeypatch):
    monkeypatch.setattr(step, "PATIENCE", 0.2)
    assert [url.rpartition("/")[2] for url, _ in leave(["1.5", "0.1", "0"])] == ["0.1", "0", "1.5"]


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (PageTooSlow("more than 20 s"), "cleaning-timeout"),
        (WorkerDied("SIGKILL"), "worker-died"),
        (Unsupported("too-deep", "it is too deep"), "too-deep"),
    ],
)
def test_each_failure_has_its_reason_and_holds_up_nobody(leave, answer, reason):
    (_, rejected), (_, article) = leave(["0.1", "0"], {"https://a.example/0.1": answer})
    assert (rejected.reason, rejected.url, rejected.site) == (reason, "https://a.example/0.1", "a.example")
    assert rejected.message
    assert article.url == "https://a.example/0"


def test_an_error_of_ours_is_raised_with_its_details_in_the_log(leave, caplog):
    ((_, error),) = leave(["0"], {"https://a.example/0": Failed("RuntimeError: a fault", "the trace of it")})
    assert isinstance(error, CleaningError)
    assert "the trace of it" in caplog.text


def test_a_page_that_did_not_come_leaves_with_what_the_spider_says():
    item = FailedPage("https://a.example/1", "a.example", "http-404", "gone")
    with pytest.raises(Rejected) as caught:
        asyncio.run(CleanPipeline.process_item(None, item))
    assert caught.value.reason == "http-404"


def test_what_was_learned_is_stored_in_the_end(leave, tmp_path):
    page = Page(url="https://a.example/0", text=TEXT)
    memory = NOTHING_LEARNED.observe(clean_observably(page).document, page.url)
    leave(["0"], {"https://a.example/0": Cleaned(clean(page), memory)})
    with Store(tmp_path / "s.sqlite") as store:
        with store.database.begin() as connection:
            remember_learned(connection, store.database, "run")
        assert Memories(store.database).load("a.example") == memory
