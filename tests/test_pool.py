"""Cleaning in processes of its own: what a slow page, a dead worker and the end of the crawl cost."""

import asyncio
import contextlib
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import msgspec
import pytest

from clearwell import Page
from clearwell.cleaning.memory import NOTHING_LEARNED
from clearwell.site import MemorySettings, Site
from pipelines import worker
from pipelines.pool import DEPTH, PageTooSlow, Pool, WorkerDied, count_workers
from pipelines.worker import MAX_CONTEXTS, Cleaned, Failed, Unsupported

LIMIT = 60  # seconds; more than any page here takes on a busy machine
SENTENCE = "Stretching for a minute before bed eased the night cramps of older people in trial {}. "
SMALL = "<article>" + "".join(f"<p>{SENTENCE.format(n) * 3}</p>" for n in range(5)) + "</article>"
NOTICE = "Copyright {} by example dot org, reprinting of the article without permission is prohibited. "
HOSTILE = "<article>" + "".join(f"<p>{NOTICE.format(n)}</p>" for n in range(15_000)) + "</article>"  # twenty seconds
SLOW = "<article>" + "".join(f"<p>{SENTENCE.format(n)}</p>" for n in range(15_000)) + "</article>"  # about a second
MOTTO = "Mossbank pages for the evening"


def page(number, html=SMALL):
    return Page(url=f"https://a.example/{number}", body=html.replace("trial", f"trial {number},").encode())


def with_pool(work, size=1, limit=LIMIT):
    """Run `work(pool, context)` and see that nothing of the pool is left."""

    async def run():
        pool = Pool.attach(size, limit)
        try:
            return await work(pool, pool.describe(Site(name="a"), NOTHING_LEARNED))
        finally:
            started = [one.process for one in pool.workers]
            pool.detach()
            assert [process for process in started if process.returncode is None] == []

    return asyncio.run(run())


GIVEN = [
    page(1),
    Page(url="https://a.example/2", body=b""),
    Page(url="https://a.example/3", body=b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 50),
    Page(url="https://a.example/4", text="Log in"),
    Page(url="https://a.example/5", body=f"<p>{SENTENCE * 3} é</p>".encode("latin-1"), charset="iso-8859-1"),
]


def test_a_worker_answers_as_this_process_does():
    async def both(pool, context):
        return [[msgspec.msgpack.encode(await one.clean(given, context)) for given in GIVEN] for one in (here, pool)]

    here = Pool(0, LIMIT)
    answers = with_pool(both)
    assert answers[0] == answers[1]
    kinds = [type(msgspec.msgpack.decode(answer, type=Cleaned | Unsupported)) for answer in answers[0]]
    assert kinds == [Cleaned, Unsupported, Unsupported, Cleaned, Cleaned]


def test_pages_are_cleaned_for_their_own_site_however_many_sites_there_are():
    """More sites than a worker keeps ready, the first ones again at the end; every second one pins the motto."""
    sites = [Site(name=f"s{n}", memory=MemorySettings((MOTTO,) * (n % 2))) for n in range(MAX_CONTEXTS + 4)]
    motto = page(1, f"<article>{''.join(f'<p>{SENTENCE.format(n)} {MOTTO}</p>' for n in range(3))}</article>")

    async def ask(pool, _):
        contexts = [pool.describe(site, NOTHING_LEARNED) for site in sites]
        found = await asyncio.gather(*(pool.clean(motto, context) for context in [*contexts, *contexts[:4]]))
        return [(answer.article.site, MOTTO in answer.article.articleBody) for answer in found]

    wanted = [(site.name, not site.memory.pin) for site in sites]
    assert with_pool(ask, size=2) == [*wanted, *wanted[:4]]


def test_a_page_that_takes_too_long_ends_alone():
    async def ask(pool, context):
        await pool.clean(page(0), context)
        pool.workers[0].process.send_signal(signal.SIGSTOP)  # as good as an endless page
        found = await asyncio.gather(*(pool.clean(page(n), context) for n in (1, 2, 3)), return_exceptions=True)
        return found, len(pool.workers)

    found, workers = with_pool(ask, limit=1.5)
    assert [type(answer) for answer in found] == [PageTooSlow, Cleaned, Cleaned]
    assert "more than 1.5 s" in str(found[0])
    assert workers == 1


def test_a_hostile_page_is_ended_in_the_middle():
    async def ask(pool, context):
        pages = [pool.clean(given, context) for given in (page(1, HOSTILE), page(2))]
        return await asyncio.gather(*pages, return_exceptions=True)

    hostile, small = with_pool(ask, limit=1)
    assert isinstance(hostile, PageTooSlow)
    assert isinstance(small, Cleaned)


@pytest.mark.parametrize("size", [1, 2])
def test_a_page_that_kills_its_worker_ends_alone(size):
    """Whoever works on the slow page is killed, each time; the others' pages are answered all the same."""

    async def ask(pool, context):
        await pool.clean(page(0), context)
        others = [asyncio.ensure_future(pool.clean(page(n), context)) for n in range(1, 4)]
        killed = asyncio.ensure_future(pool.clean(page(9, HOSTILE), context))
        await asyncio.gather(*others)
        while not killed.done():
            for one in pool.workers:
                one.process.kill()
            await asyncio.sleep(0.05)
        after = await pool.clean(page(5), context)
        return [type(answer.result()) for answer in others], killed.exception(), type(after)

    others, killed, after = with_pool(ask, size)
    assert others == [Cleaned] * 3
    assert after == Cleaned
    assert isinstance(killed, WorkerDied)
    assert "SIGKILL" in str(killed)


def test_a_worker_killed_by_chance_costs_no_page():
    async def ask(pool, context):
        await pool.clean(page(0), context)
        pool.workers[0].process.kill()
        idle = await pool.clean(page(1), context)
        slow = asyncio.ensure_future(pool.clean(page(2, SLOW), context))
        await asyncio.sleep(0.2)
        pool.workers[0].process.kill()
        return type(idle), type(await slow)

    assert with_pool(ask) == (Cleaned, Cleaned)


def test_an_error_of_ours_is_an_answer(monkeypatch):
    def fail(*_):
        raise RuntimeError("a fault of ours")

    async def ask(pool, context):
        return await pool.clean(page(1), context)

    monkeypatch.setattr(worker, "clean_observably", fail)
    answer = with_pool(ask, size=0)
    assert isinstance(answer, Failed)
    assert answer.error == "RuntimeError: a fault of ours"
    assert "in fail" in answer.trace


def test_no_more_pages_are_under_way_than_workers_can_take():
    async def ask(pool, context):
        waiting = [asyncio.ensure_future(pool.clean(page(n), context)) for n in range(20)]
        most = 0
        while not all(one.done() for one in waiting):
            most = max(most, *(one.asked for one in pool.workers), 0)
            assert len(pool.workers) <= 2
            await asyncio.sleep(0.005)
        return most

    assert with_pool(ask, size=2) == DEPTH


def test_crawls_of_one_process_share_their_workers():
    async def run():
        first, second = Pool.attach(1, LIMIT), Pool.attach(1, LIMIT)
        context = first.describe(Site(name="a"), NOTHING_LEARNED)
        await second.clean(page(1), context)
        process = first.workers[0].process
        first.detach()
        alive = process.poll() is None
        second.detach()
        return first is second, alive, process.poll() is None

    assert asyncio.run(run()) == (True, True, False)


PARENT = """
import asyncio, sys
from pathlib import Path
from clearwell import Page
from clearwell.cleaning.memory import NOTHING_LEARNED
from clearwell.site import MemorySettings, Site
from pipelines.pool import Pool

async def main():
    pool = Pool.attach(2, 60)
    context = pool.describe(Site(), NOTHING_LEARNED)
    await asyncio.gather(*(pool.clean(Page(text="Enough."), context) for _ in range(4)))
    busy = asyncio.ensure_future(pool.clean(Page(html=sys.stdin.read()), context))
    await asyncio.sleep(0.1)
    print(*(one.process.pid for one in pool.workers), flush=True)
    await asyncio.sleep(600)

asyncio.run(main())
"""


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="reads /proc")
def test_workers_end_with_a_parent_that_is_killed():
    """One of them in the middle of a page, the other waiting."""
    parent = subprocess.Popen([sys.executable, "-c", PARENT], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    parent.stdin.write(HOSTILE)
    parent.stdin.close()
    workers = list(map(int, parent.stdout.readline().split()))
    assert len(workers) == 2
    parent.kill()
    parent.wait()
    parent.stdout.close()
    deadline = time.monotonic() + 5  # the page takes longer
    while any(map(runs, workers)) and time.monotonic() < deadline:
        time.sleep(0.02)
    assert [process for process in workers if runs(process)] == []


def runs(process):
    """Whether a process is there and no zombie."""
    with contextlib.suppress(FileNotFoundError, ProcessLookupError):
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    return False


@pytest.mark.skipif(not Path("/proc/self/oom_score_adj").exists(), reason="reads /proc")
def test_when_memory_runs_out_a_worker_ends_before_the_crawl():
    async def ask(pool, context):
        await pool.clean(page(1), context)
        return int(Path(f"/proc/{pool.workers[0].process.pid}/oom_score_adj").read_text())

    assert with_pool(ask) > int(Path("/proc/self/oom_score_adj").read_text())


@pytest.mark.parametrize(
    ("stated", "cores", "workers"), [(None, 1, 0), (None, 2, 2), (None, 8, 8), (0, 8, 0), (3, 1, 3)]
)
def test_how_many_workers_there_are(monkeypatch, stated, cores, workers):
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: set(range(cores)), raising=False)
    assert count_workers(stated) == workers
