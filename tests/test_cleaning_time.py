"""Time on hostile text: ten times the length takes at most twelve times as long, for every family of patterns."""

import gc
import time
from collections.abc import Callable
from functools import partial

import pytest

from clearwell.cleaning import DETECTORS, Detector, find_removals
from clearwell.cleaning.apply import apply
from clearwell.cleaning.memory import NOTHING_LEARNED
from clearwell.document import Block, Document
from clearwell.extraction.flattened import recover
from clearwell.site import UNKNOWN_SITE

SHORT, LONG = 30_000, 300_000  # characters
MOST = 12  # times as long for ten times the text
NOISE_SECONDS = 0.02  # what a busy machine adds to a measurement, whatever is measured
RUNS = 2  # the fastest counts; more where the ratio is in doubt
ATTEMPTS = 3

PROSE = "The pain in the calf wakes people up at night, and it is gone after 10 minutes of stretching. "

HOSTILE: dict[str, Callable[[int], str]] = {
    "prose": lambda n: PROSE * (n // len(PROSE)),
    "lines of prose": lambda n: (PROSE + "\n") * (n // len(PROSE)),
    "no space": lambda n: "a" * n,
    "only spaces": lambda n: "a" + " " * n + "|",
    "sentence stops": lambda n: ". " * (n // 2),
    "a run of dots": lambda n: "." * n + "x",
    "closers": lambda n: "." + ")" * n,
    "wide stops": lambda n: "疼。" * (n // 2),
    "number ones": lambda n: "1. " * (n // 3),
    "numbers upwards": lambda n: " ".join(f"{i % 9 + 1}. Word goes here." for i in range(n // 20)),
    "number twos": lambda n: "1. Aaa " + "x y " * 40 + "2. Bbb " * (n // 7),
    "numerals": lambda n: "一、疼" * (n // 3),
    "square brackets": lambda n: "[" * n,
    "bracketed letters": lambda n: "[b]" * (n // 3),
    "angle brackets": lambda n: "<%" * (n // 2),
    "tags": lambda n: "<p " * (n // 3),
    "comments": lambda n: "<!--" * (n // 4),
    "curly brackets": lambda n: "{{" * (n // 2),
    "entities": lambda n: "&amp;" * (n // 5),
    "percent signs": lambda n: "%a" * (n // 2),
    "scripts": lambda n: "document.write(" * (n // 15),
    "placeholders": lambda n: "[[1]] x " * (n // 8),
    "nested placeholders": lambda n: "[[1[[2]]]] x" * (n // 12),
    "bars": lambda n: "| - " * (n // 4),
    "branches": lambda n: "├" * n,
    "files": lambda n: "a.mp4 " * (n // 6),
    "lessons": lambda n: "course outline: lesson 1 " * (n // 25),
    "goods": lambda n: "add to cart 9 € " * (n // 16),
    "dots on lines": lambda n: "...\n" * (n // 40),
    "cut lines": lambda n: ("a" * 49 + "...\n") * (n // 53),
    "cut lines in one": lambda n: ("Word " * 9 + "wor... ") * (n // 52),
    "uneven ellipses": lambda n: "".join("word " * (3 + i % 5) + "wor... " for i in range(n // 32)),
    "marked lines": lambda n: "<<: abc\n" * (n // 80),
    "marks in one line": lambda n: "<<: abc " * (n // 8),
    "labels in one line": lambda n: "Previous: abc Next: abc " * (n // 24),
    "pairs of marks": lambda n: "« abc\nabc »\n" * (n // 120),
    "read more": lambda n: "Read more\n" * (n // 100),
    "read also": lambda n: "Read also: " * (n // 11),
    "labels": lambda n: "you might also like to read more " * (n // 33),
    "wide labels": lambda n: "相关推荐阅读" * (n // 6),
    "colons": lambda n: "a:" * (n // 2),
    "notices": lambda n: "Copyright contact original. " * (n // 28),
    "notice words": lambda n: "Copyright " * (n // 10),
    "weak notice words": lambda n: "copying of this text is not allowed " * (n // 36),
    "weak notices": lambda n: "Copying of texts is not allowed. " * (n // 33),
    "different notices": lambda n: " ".join(f"Copyright contact X{i} The pain." for i in range(n // 32)),
    "wide notices": lambda n: "版权所有转载" * (n // 6),
    "owners": lambda n: "© 2024 Aa Bb Cc Dd " * (n // 19),
    "calls": lambda n: "Follow us on " * (n // 13),
    "call sentences": lambda n: "Follow us. " * (n // 11),
    "social verbs": lambda n: "like, share, " * (n // 13),
    "parts of calls": lambda n: "If you like, please join our page. " * (n // 35),
    "softeners": lambda n: "please please " * (n // 14),
    "buttons": lambda n: "jetzt hier newsletter artikel " * (n // 30),
    "conditions": lambda n: ("if you " + "a" * 30 + ", ") * (n // 40),
    "controls": lambda n: "skip to content\n" * (n // 160),
    "control words": lambda n: "show more " * (n // 10),
    "wide controls": lambda n: "点击查看更多" * (n // 6),
    "credit words": lambda n: "Photo by Anna Getty " * (n // 20),
    "credit words in lines": lambda n: "Photo by Anna Getty\n" * (n // 200),
    "makers": lambda n: "图片来源：" * (n // 5),
    "hashtags": lambda n: "#a1 " * (n // 4),
    "hash signs": lambda n: "#" * n,
    "crumbs": lambda n: "home > " * (n // 7),
    "topics": lambda n: "topics: a, " * (n // 11),
    "wide calls": lambda n: "关注公众号扫一扫" * (n // 8),
    "forms": lambda n: "newsletter e-mail name subscribe " * (n // 33),
    "credits": lambda n: "Source: x\n" * (n // 100),
    "dates": lambda n: "2024-01-01 " * (n // 11),
    "date lines": lambda n: "Published on May 3, 2022\n" * (n // 240),
    "bullets": lambda n: "- x\n" * (n // 40),
    "players": lambda n: "your browser does not support " * (n // 30),
    "invisible": lambda n: "\u200b a" * (n // 3),
    "noise": lambda n: "a# ~b " * (n // 6),
    "mojibake": lambda n: "\ufffd" * n,
    "keywords": lambda n: "knee pain, " * (n // 11),
    "tags of a page": lambda n: "tags: a\n" * (n // 80),
}


def page_of(name: str, size: int) -> Document:
    return Document(tuple(Block("paragraph", line) for line in HOSTILE[name](size).split("\n")), flattened=True)


def seconds(run: Callable[[], object]) -> float:
    """The fastest of some runs, without the garbage collector, as timeit measures: all else only slows them down."""
    best = float("inf")
    gc.disable()
    try:
        for _ in range(RUNS):
            start = time.process_time()
            run()
            best = min(best, time.process_time() - start)
    finally:
        gc.enable()
    return best


def assert_linear(make: Callable[[int], Callable[[], object]]) -> None:
    short, long = make(SHORT), make(LONG)
    for _ in range(ATTEMPTS):
        once, tenfold = seconds(short), seconds(long)
        if tenfold <= MOST * once + NOISE_SECONDS:
            return
    pytest.fail(f"ten times the text takes {tenfold / once:.1f} times as long")


@pytest.mark.parametrize("name", HOSTILE)
def test_every_detector_is_linear(name: str) -> None:
    for detector in DETECTORS:

        def make(size: int, detector: Detector = detector) -> Callable[[], object]:
            page = page_of(name, size)
            return lambda: list(detector(page, UNKNOWN_SITE, NOTHING_LEARNED))

        assert_linear(make)


@pytest.mark.parametrize("name", HOSTILE)
def test_cleaning_is_linear(name: str) -> None:
    def make(size: int) -> Callable[[], object]:
        find = partial(find_removals, site=UNKNOWN_SITE, memory=NOTHING_LEARNED)
        return partial(apply, page_of(name, size), find, recover)

    assert_linear(make)
