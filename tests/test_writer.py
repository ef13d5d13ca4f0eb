"""Storing in groups: what is said to be done is done, and an error costs whom it concerns."""

import asyncio
import sqlite3
from functools import partial

import pytest

from clearwell import Page, clean
from clearwell.errors import StoreError
from clearwell.storage.store import Store
from pipelines.deduplicate import Deduplicator
from pipelines.publish import Staging
from pipelines.writer import MAX_GROUP, Writer

TEXT = "Beans keep their folate when they are steamed, and lose half of it when they are boiled for long. " * 3


def make(number):
    return clean(Page(url=f"https://a.example/{number}", html=f"<article><p>{TEXT} Number {number}.</p></article>"))


def write(tmp_path, jobs, before=lambda writer: None):
    """The results of all jobs, asked for at once."""

    async def run():
        writer = Writer.attach(str(tmp_path / "s.sqlite"))
        try:
            before(writer)
            return await asyncio.gather(*map(writer.do, jobs), return_exceptions=True)
        finally:
            writer.detach()

    return asyncio.run(run())


def take(articles):
    deduplicator = Deduplicator("run")
    return [Staging(article, "run", deduplicator) for article in articles]


def count(tmp_path):
    """As another process sees it."""
    with sqlite3.connect(tmp_path / "s.sqlite") as database:
        return database.execute("SELECT count(*) FROM staged").fetchone()[0]


def test_what_is_done_is_stored(tmp_path):
    articles = [make(number) for number in range(MAX_GROUP + 6)]
    assert write(tmp_path, take(articles)) == ["new"] * len(articles)
    assert count(tmp_path) == len(articles)


def test_nobody_hears_of_it_before_it_is_on_disk(tmp_path):
    async def run():
        writer = Writer.attach(str(tmp_path / "s.sqlite"))
        seen = []
        for number in range(5):
            await writer.do(take([make(number)])[0])
            seen.append(count(tmp_path))
        writer.detach()
        return seen

    assert asyncio.run(run()) == [1, 2, 3, 4, 5]


def test_a_job_that_fails_costs_only_itself(tmp_path):
    def fail(store):
        store.reject("https://a.example/x", "a.example", "http-404", "gone")
        raise LookupError("a fault of ours")

    first, error, second = write(tmp_path, [take([make(1)])[0], fail, take([make(2)])[0]])
    assert isinstance(error, LookupError)
    assert (first, second) == ("new", "new")


def test_a_transaction_that_fails_is_done_again_one_by_one(tmp_path):
    """A store that rolls back in the middle, as a full disk makes it do, loses no article that could be stored."""

    def roll_back(store):
        store.reject("https://a.example/x", "a.example", "http-404", "gone")
        raise StoreError("database or disk is full")

    articles = [make(1), make(2), make(1)]
    first, second, again = take(articles)
    results = write(tmp_path, [first, roll_back, second, again])
    assert [type(result).__name__ for result in results] == ["str", "StoreError", "str", "Rejected"]
    assert count(tmp_path) == 2
    with Store(tmp_path / "s.sqlite") as store:
        assert store.rejections() == []


def test_a_store_that_cannot_be_used_says_so(tmp_path):
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(StoreError, match="cannot be used"):
        Writer.attach(str(tmp_path / "file" / "s.sqlite"))


def test_what_nobody_waits_for_is_written_before_the_writer_goes(tmp_path):
    def post(writer):
        for number in range(200):
            reject = partial(
                Store.reject, url=f"https://a.example/{number}", site="a", reason="http-404", message="gone"
            )
            writer.post(reject)
        writer.post(lambda store: store.no_such_thing())

    write(tmp_path, [], before=post)
    with Store(tmp_path / "s.sqlite") as store:
        assert len(store.rejections()) == 200


def test_an_error_nobody_waits_for_is_logged(tmp_path, caplog):
    async def run():
        writer = Writer.attach(str(tmp_path / "s.sqlite"))
        writer.post(lambda store: store.no_such_thing())
        await writer.flush()
        writer.detach()

    asyncio.run(run())
    assert "no_such_thing" in caplog.text
