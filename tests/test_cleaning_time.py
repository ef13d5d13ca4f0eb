"""Time on hostile text: linear, for every family of patterns."""

import time
from collections.abc import Callable
from functools import partial

import pytest

from clearwell.cleaning import find_removals
from clearwell.cleaning.apply import apply
from clearwell.cleaning.memory import NOTHING_LEARNED
from clearwell.document import Block, Document
from clearwell.extraction.flattened import recover
from clearwell.site import UNKNOWN_SITE

SIZE = 200_000  # characters
BOUND_SECONDS = 5.0  # generous: a slow machine needs about a fifth; what is quadratic needs minutes

HOSTILE: dict[str, Callable[[int], str]] = {
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
    "angle brackets": lambda n: "<%" * (n // 2),
    "curly brackets": lambda n: "{{" * (n // 2),
    "placeholders": lambda n: "[[1]] x " * (n // 8),
    "nested placeholders": lambda n: "[[1[[2]]]] x" * (n // 12),
    "bars": lambda n: "| - " * (n // 4),
    "branches": lambda n: "├" * n,
    "files": lambda n: "a.mp4 " * (n // 6),
    "dots on lines": lambda n: "...\n" * (n // 40),
    "cut lines": lambda n: ("a" * 49 + "...\n") * (n // 53),
    "marked lines": lambda n: "<<: abc\n" * (n // 80),
    "pairs of marks": lambda n: "« abc\nabc »\n" * (n // 120),
    "read more": lambda n: "Read more\n" * (n // 100),
    "read also": lambda n: "Read also: " * (n // 11),
    "colons": lambda n: "a:" * (n // 2),
    "notices": lambda n: "Copyright contact original. " * (n // 28),
    "notice words": lambda n: "Copyright " * (n // 10),
    "different notices": lambda n: " ".join(f"Copyright contact X{i} The pain." for i in range(n // 32)),
    "wide notices": lambda n: "版权所有转载" * (n // 6),
    "calls": lambda n: "Follow us on " * (n // 13),
    "call sentences": lambda n: "Follow us. " * (n // 11),
    "wide calls": lambda n: "关注公众号扫一扫" * (n // 8),
    "credits": lambda n: "Source: x\n" * (n // 100),
    "bullets": lambda n: "- x\n" * (n // 40),
    "players": lambda n: "your browser does not support " * (n // 30),
    "invisible": lambda n: "\u200b a" * (n // 3),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_time_is_linear_on_hostile_text(name: str) -> None:
    lines = HOSTILE[name](SIZE).split("\n")
    page = Document(tuple(Block("paragraph", line) for line in lines), flattened=True)
    start = time.process_time()
    apply(page, partial(find_removals, site=UNKNOWN_SITE, memory=NOTHING_LEARNED), recover)
    assert time.process_time() - start < BOUND_SECONDS
