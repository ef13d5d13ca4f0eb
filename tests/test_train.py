"""Training data: labels by words of the ground truth, farm tails, folds.  Nothing is fitted here."""

import gzip
import json
import random
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.train.align import SHINGLE, SHORT, find_words, label_blocks
from bench.train.dataset import TAIL_EVERY, domain_of, fold_of, read_examples
from bench.train.tails import TEASERS, add_tail
from clearwell.extraction.features import compute_features
from clearwell.extraction.segment import Segments, parse, segment

# -- labels ------------------------------------------------------------------------------------------------------------

FIRST = "Cold water wakes the skin and a rough towel does the rest"
SECOND = "Whoever sits all day feels it in the back first of all"
OTHER = "Our shop has towels of every size and colour for you"

LABELS = {
    "verbatim": ([FIRST, SECOND], f"{FIRST}\n{SECOND}", [1, 1]),
    "elsewhere": ([FIRST, OTHER], FIRST, [1, 0]),
    "another case, other marks": ([FIRST.upper(), f"“{SECOND}!”"], f"{FIRST}. {SECOND}.", [1, 1]),
    "across the truth's lines": ([f"{FIRST} {SECOND}"], f"{FIRST}\n\n{SECOND}", [1]),
    "in part": ([f"{FIRST} {OTHER}"], FIRST, [12 / 23]),
    "words in another order": ([" ".join(reversed(FIRST.split()))], FIRST, [0]),
    "single words of it": (["skin towel rest water cold wakes"], FIRST, [0]),
    "four words": (["a rough towel does", "a rough cloth does"], FIRST, [1, 0]),
    "short, between its neighbours": ([FIRST, "Why", SECOND], f"{FIRST}\nWhy\n{SECOND}", [1, 1, 1]),
    "short, at the end": ([FIRST, SECOND, "Why"], f"{FIRST}\n{SECOND}\nWhy", [1, 1, 1]),
    "short, a line of its own among others": ([FIRST, "Ad", "Why", SECOND], f"{FIRST}\nWhy\n{SECOND}", [1, 0, 1, 1]),
    "short, the same word in a menu": (["Why", OTHER, OTHER, FIRST], f"{OTHER[:3]}\n{FIRST}\nWhy", [0, 0, 0, 1]),
    "short, not in it": ([FIRST, "Share", SECOND], f"{FIRST}\n{SECOND}", [1, 0, 1]),
    "short, alone": (["Why"], "Why", [0]),
    "numbers of a list": ([FIRST, "Tea", "Hot milk", SECOND], f"{FIRST}\n1. Tea\n2. Hot milk\n{SECOND}", [1, 1, 1, 1]),
    "a block without a word": ([FIRST, "***", SECOND], f"{FIRST}\n{SECOND}", [1, 0, 1]),
    "an empty truth": ([FIRST, "Why"], "", [0, 0]),
    "no blocks": ([], FIRST, []),
    "a language without spaces": (["许多老年人在夜里会疼醒"], "许多老年人在夜里会疼醒", [0]),
}


@pytest.mark.parametrize(("blocks", "truth", "wanted"), LABELS.values(), ids=LABELS)
def test_labels(blocks: list[str], truth: str, wanted: list[float]) -> None:
    assert label_blocks([find_words(block) for block in blocks], truth) == pytest.approx(wanted)


@given(st.lists(st.lists(st.sampled_from("tea milk cup day sun one two three".split()), max_size=12), max_size=12))
def test_labels_are_shares_and_what_is_wanted_whole_has_all(blocks: list[list[str]]) -> None:
    labels = label_blocks(blocks, "\n".join(map(" ".join, blocks)))
    for block, label in zip(blocks, labels, strict=True):
        assert 0 <= label <= 1
        assert label == 1 or len(block) < max(SHORT, SHINGLE)


# -- tails -------------------------------------------------------------------------------------------------------------

TITLES = ("Seven questions to ask before you sign anything at all", "The ferry that carried a town for ninety years")
PAGES = {
    "a plain article": (f"<article><p>{FIRST}</p><p>{SECOND}</p></article><footer><p>{OTHER}</p></footer>", (0, 1)),
    "text after it": (f"<div><p>{FIRST}</p><div><p>{OTHER}</p></div></div><div><p>{OTHER}</p></div>", (0,)),
    "the last of the page": (f"<p>{OTHER}</p><main><section><div>{FIRST}</div></section></main>", (1,)),
    "in a list": (f"<div><ul><li>{FIRST}</li><li>{SECOND}</li></ul><p>{OTHER}</p></div><p>{OTHER}</p>", (0, 1)),
    "loose text around a box": (f"{FIRST}<div>{OTHER}</div>{SECOND}<div><div></div></div>", (0, 2)),
    "empty containers on its way": (f"<div><p>{FIRST}</p><div></div></div><div></div><div><p>{OTHER}</p></div>", (0,)),
    "wrapped": (f"<div><div><p>{FIRST}</p></div><p>{OTHER}</p></div>", (0,)),
}


def recount(segments: Segments) -> list[list[int]]:
    """The blocks in each container, found by climbing from every block."""
    inside: list[list[int]] = [[] for _ in segments.containers]
    for number, block in enumerate(segments.blocks):
        holder = block.container
        while holder >= 0:
            inside[holder].append(number)
            holder = segments.containers[holder].parent
    return inside


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize(("html", "own"), PAGES.values(), ids=PAGES)
def test_a_tail_is_inside_what_it_hangs_in_and_moves_what_follows(html: str, own: tuple[int, ...], seed: int) -> None:
    segments = segment(parse(f"<body>{html}"))
    before = list(segments.blocks)
    labels = [float(number in own) for number in range(len(before))]
    found = add_tail(segments, labels, TITLES, random.Random(seed))
    size = len(segments.blocks) - len(before)
    place = own[-1] + 1
    assert TEASERS[0] <= size <= TEASERS[1] + 3
    assert segments.blocks[:place] + segments.blocks[place + size :] == before
    assert found == [*labels[:place], *[0.0] * size, *labels[place:]]
    inside = recount(segments)
    for holder, numbers in zip(segments.containers, inside, strict=True):
        assert list(range(holder.first, holder.last)) == numbers
    assert np.isfinite(compute_features(segments).blocks).all()


@pytest.mark.parametrize("seed", range(12))
def test_a_tail_is_made_of_lines_of_other_pages(seed: int) -> None:
    segments = segment(parse(f"<body><article><p>{FIRST}</p></article>"))
    add_tail(segments, [1.0], TITLES, random.Random(seed))
    tail = segments.blocks[1:]
    assert all(any(title[:25] in block.text for title in TITLES) or block.text == "Recommend" for block in tail)
    assert len({(block.kind, block.container, bool(block.links)) for block in tail}) == 1
    for block in tail:
        assert block.link_length == sum(end - start for start, end, _ in block.links)


def test_tails_are_the_same_each_time_and_differ_by_page() -> None:
    def tail(seed: str) -> list[str]:
        segments = segment(parse(f"<body><p>{FIRST}</p>"))
        add_tail(segments, [1.0], TITLES, random.Random(seed))
        return [block.text for block in segments.blocks]

    assert tail("0001") == tail("0001")
    assert len({tuple(tail(f"{number:04}")) for number in range(20)}) > 10


# -- folds and examples ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("url", "domain"),
    [
        ("https://www.farm.example/a", "farm.example"),
        ("http://farm.example:8080/b?c=d", "farm.example"),
        ("https://FARM.example/", "farm.example"),
        ("https://news.farm.example/", "news.farm.example"),
        ("", "0042"),
        ("no address", "0042"),
    ],
)
def test_the_site_of_a_page(url: str, domain: str) -> None:
    assert domain_of(url, "0042") == domain


def test_folds_are_the_same_in_every_process_and_use_all_sites() -> None:
    sites = [f"site-{number}.example" for number in range(400)]
    code = f"from bench.train.dataset import fold_of; print([fold_of(site, 4) for site in {sites!r}])"
    printed = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        env={"PYTHONHASHSEED": "7", "PYTHONPATH": str(Path(__file__).parents[1])},
    ).stdout
    folds = [fold_of(site, 4) for site in sites]
    assert json.loads(printed) == folds
    assert min(folds.count(fold) for fold in range(4)) > 60
    assert {
        fold_of(domain_of(f"https://{www}farm.example/{page}", ""), 4) for www in ("", "www.") for page in "abc"
    } == {fold_of("farm.example", 4)}


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Twelve articles of own making, a page without text, and one that keeps its text for readers without scripts."""
    folder = tmp_path / "set" / "dev"
    for part in ("html", "ground-truth"):
        (folder / part).mkdir(parents=True)
    article = f"<nav><a href=/>Home and other places of this very site</a></nav><article><p>{FIRST}</p><p>{SECOND}</p>"
    long = f"<p>{FIRST}</p><p>{SECOND}</p>" * 3
    pages = {
        f"{number:02}": (f"{article}<p>{FIRST} once more, and in other words than before</p>", "article")
        for number in range(12)
    }
    pages |= {
        "empty": ("<div></div>", "service"),
        "noscript": (f"<p>Loading</p><noscript>{long}</noscript>", "article"),
    }
    for name, (html, kind) in pages.items():
        (folder / "html" / f"{name}.html.gz").write_bytes(gzip.compress(f"<html><body>{html}".encode()))
        truth = {
            "url": f"https://www.{name}.example/{name}" if name != "03" else None,
            "_internal": {"page_type": {"primary": kind}},
            "ground_truth": {"main_content": f"{FIRST}\n{SECOND}"},
        }
        (folder / "ground-truth" / f"{name}.json").write_text(json.dumps(truth))
    return folder


def test_examples_have_a_label_for_each_block_and_some_pages_come_with_a_tail(data: Path) -> None:
    examples = list(read_examples(data))
    names = [example.name for example in examples]
    assert set(names) == {f"{number:02}" for number in range(12)} | {"noscript"}
    assert 0 < len(names) - len(set(names)) <= 12 // TAIL_EVERY + 4
    for example in examples:
        assert example.data == "set-dev"
        assert example.domain == (f"{example.name}.example" if example.name != "03" else "03")
        assert example.blocks.shape[1] == len(example.labels) == len(example.sizes)
        assert len(example.page) == len(examples[0].page)
        if example.name == "noscript":
            assert example.labels[1:7].tolist() == [1] * 6
        else:
            assert example.labels[:3].tolist() == [0, 1, 1]
            assert not example.labels[4:].any()


def test_examples_are_the_same_each_time(data: Path) -> None:
    for one, other in zip(read_examples(data), read_examples(data), strict=True):
        assert all(np.array_equal(a, b) for a, b in zip(one, other, strict=True))
    assert len(list(read_examples(data, limit=2))) <= 4
