"""The bench of whole crawls: its figures worked out by hand, and one small run of it."""

import gzip
import json

import pytest

from bench.speed import crawl, crawlers

PROSE = "".join(
    f"<p>A short walk helps many people to fall asleep sooner, says page {{}} in line {n}.</p>" for n in range(9)
)


def run(pages=100, seconds=1.0, main=0.2, workers=0.0, early=100.0, late=100.0):
    return {
        "pages": pages, "seconds": seconds, "cpu main": main, "cpu workers": workers, "memory early": early,
        "memory late": late, "articles": 0, "errors": 0,
    }  # fmt: skip


def test_the_table_says_what_was_measured_and_what_it_allows():
    ours = [run(seconds=2, main=main, workers=workers, late=105) for main, workers in ((0.3, 0.9), (0.5, 1.1))]
    result = {
        "pages": 100, "kilobytes": 50.0, "cores": 2, "versions": {"scrapy": "2"}, "machine": "m", "python": "3.11",
        "created": "2026-11-25T00:00:00", "runs": {"bare": [run(), run(seconds=0.5)], "clearwell": ours},
    }  # fmt: skip
    told = crawl.to_markdown(result)
    lines = [[cell.strip() for cell in line.split("|")[1:-1]] for line in told.splitlines() if "|" in line]
    assert ["bare", "150.0", "100.0 200.0", "2.00", "0.00", "100", "100", "+0.0%"] in lines
    assert ["clearwell", "50.0", "50.0 50.0", "4.00", "10.00", "100", "105", "+5.0%"] in lines
    assert ["bare", "0.375", "0.500 0.250"] in lines
    # 3 ms and 9 ms on two cores are 6 ms a page; the bare spider takes 2.
    assert "6.00 ms a page at best, 0.33 of the bare spider's rate; with 4 cores" in told
    assert "at 0.67." in told


@pytest.mark.skipif(not crawl.find_nginx(), reason="nginx is not installed")
def test_a_small_run(tmp_path, capsys):
    """Sixty pages, two crawlers: all fetched, all published, memory seen at both ends."""
    for part in ("html", "ground-truth"):
        (tmp_path / "set" / part).mkdir(parents=True)
    for number in range(20):
        page = f"<article>{PROSE.format(*[number] * 9)}</article>"
        (tmp_path / f"set/html/{number:02}.html.gz").write_bytes(gzip.compress(page.encode()))
        (tmp_path / f"set/ground-truth/{number:02}.json").write_text("{}")
    options = ["--rounds", "1", "--times", "3", "--crawlers", "bare", "clearwell"]
    crawl.main([str(tmp_path / "set"), *options, "--out", str(tmp_path)])
    result = json.loads((tmp_path / "crawl-long.json").read_text())
    (bare,), (ours,) = result["runs"]["bare"], result["runs"]["clearwell"]
    assert (bare["pages"], ours["pages"], ours["articles"], ours["errors"]) == (60, 60, 60, 0)
    assert all(0 < part["memory early"] < 2_000 for part in (bare, ours))
    assert "clearwell" in capsys.readouterr().out


def test_memory_counts_this_process_and_its_children():
    assert 10 < crawlers.resident_megabytes() < 10_000


def test_every_crawler_is_documented():
    assert all(f"\n    {name}  " in crawlers.__doc__ for name in crawlers.CRAWLERS)
