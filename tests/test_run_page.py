"""The page of a run says what the numbers say, and nothing on it is anything but text."""

from datetime import timedelta

import pytest
from selectolax.lexbor import LexborHTMLParser

from clearwell.gates import Tripped, judge_run
from clearwell.publishing.run_page import PLOT_HEIGHT, render_run
from tests.test_gates import HISTORY, WALLED, report

REMOVALS = {f"teaser/rule-{number:02}": number + 1 for number in range(20)}


def render(run, history=HISTORY, tripped=(), held=False, examples=None):
    return LexborHTMLParser(render_run(run, history, tripped, held, examples or {}))


def words(tree, selector="body"):
    return " ".join(tree.css_first(selector).text(separator=" ").split())


def test_a_page_holds_the_numbers_and_what_is_usual():
    tree = render(report(9, removals=REMOVALS, removedCharacters=12_345))
    tiles = [words_of.text(separator=" ").split("\xa0")[0] for words_of in tree.css(".tile")]
    assert " ".join(tiles[2].split()) == "30 same usually 30"
    assert "usually 97%" in " ".join(tiles[-1].split())
    assert "12,345 characters taken off" in words(tree)
    rows = {row.css_first("td").text(): row for row in tree.css("tr")}
    assert rows["authors"].css_first("u").attributes["style"] == "left:90.0%"
    assert rows["listing-page"].css("td")[1].text() == "3"
    assert rows["5 others"].css("td")[1].text() == "15"
    assert "Held back" not in words(tree)


def test_a_held_run_says_why_and_what_to_do():
    run = report(9, **WALLED)
    tree = render(run, tripped=judge_run(run, HISTORY), held=True, examples={"consent-wall": ["https://s.example/1"]})
    assert "1% of the pages are articles, usually 97%; most others: consent-wall (95)" in words(tree, ".tripped")
    assert "clearwell release r9" in words(tree, ".tripped")
    assert "https://s.example/1" in words(tree, ".tables")
    assert "held back" in words(tree, "title")


def test_bars_stand_on_the_ground_and_fill_the_plot_at_most():
    tree = render(report(9, outcomes={"new": 400, "timeout": 40}, failed=40))
    bars = {}
    for rect in tree.css("rect"):
        x, y, height = (float(rect.attributes[name]) for name in ("x", "y", "height"))
        bars.setdefault(x, []).append((y, y + height))
    assert len(bars) == 6
    for pieces in bars.values():
        assert max(end for _, end in pieces) == pytest.approx(PLOT_HEIGHT, abs=0.1)
        assert min(start for start, _ in pieces) >= -0.1
    assert min(start for start, _ in bars[100.0]) == pytest.approx(0, abs=0.1)


@pytest.mark.parametrize("history", [[], HISTORY])
def test_a_run_of_nothing_has_a_page(history):
    nothing = report(9, outcomes={}, failed=0, cleaned=0, coverage={}, languages={}, medianWords=0.0)
    assert "of the pages are articles" in words(render(nothing, history))


def test_what_comes_from_outside_is_text():
    evil = "<script>alert(1)</script>"
    named = {"outcomes": {evil: 3}, "removals": {evil: 1}, "languages": {evil: 1}}
    run = report(9, **named, finishReason=evil, site=evil, run=evil)
    tree = render(run, tripped=[Tripped(evil, evil)], held=True, examples={evil: ['"><img src=x onerror=alert(1)>']})
    assert not tree.css("script, img, link, iframe, [onerror]")
    assert not tree.css("[src], [href]")
    assert evil in words(tree, "h1")


def test_long_histories_show_their_end():
    many = [report(day) for day in range(100)]
    tree = render(report(100, ended=report(100).started + timedelta(seconds=75)), many)
    assert len({rect.attributes["x"] for rect in tree.css("rect")}) == 30
    assert "75 s" in words(tree)
