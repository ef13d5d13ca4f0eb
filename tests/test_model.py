"""The forests compute what trees say; the shipped ones are as documented; what is kept follows from what they say."""

import re
import zipfile
from importlib.resources import files
from pathlib import Path
from typing import NamedTuple, get_args

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from clearwell import Page
from clearwell.article import PageType
from clearwell.extraction import page_type, select
from clearwell.extraction.extract import extract
from clearwell.extraction.features import compute_features
from clearwell.extraction.marks import Marks
from clearwell.extraction.model import CHUNK, Forest, Model, Trees, probabilities, shipped_model, to_model
from clearwell.extraction.page_type import PAGE_TYPES
from clearwell.extraction.segment import Segments, parse, segment

DOCUMENT = (Path(__file__).resolve().parents[1] / "docs" / "model.md").read_text()
FILE = files("clearwell.extraction") / "model.npz"
MAX_MODEL = 2_000_000  # bytes
SENTENCE = "Whoever sits all day feels it in the back first, and a walk after lunch does more than a new chair does."

# -- forests -----------------------------------------------------------------------------------------------------------


def grow(seed: int, trees: int, depth: int, outputs: int, rows: int) -> Trees:
    """Trees of small whole numbers, so that cases lie on borders too; some borders are never passed."""
    chance = np.random.default_rng(seed)
    borders = chance.integers(-2, 3, (trees, depth)).astype(np.float32)
    borders[chance.random((trees, depth)) < 0.2] = np.inf
    return Trees(
        chance.integers(0, rows, (trees, depth)).astype(np.uint16),
        borders,
        chance.integers(-8, 9, (trees, 2**depth, outputs)).astype(np.float32),
        chance.integers(-8, 9, outputs).astype(np.float32),
    )


def walk(forest: Trees, case: np.ndarray) -> list[float]:
    """What a forest gives for one case, tree by tree and question by question."""
    total = [float(bias) for bias in forest.bias]
    for features, borders, leaves in zip(forest.features, forest.borders, forest.leaves, strict=True):
        answers = [case[feature] > border for feature, border in zip(features, borders, strict=True)]
        leaf = sum(2**bit for bit, answer in enumerate(answers) if answer)
        total = [one + float(value) for one, value in zip(total, leaves[leaf], strict=True)]
    return total


@given(
    st.integers(0, 2**32 - 1),
    st.integers(1, 6),
    st.integers(1, 8),
    st.integers(1, 4),
    st.sampled_from((1, 2, 40, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK, 2 * CHUNK + 3)),
)
def test_forests_are_evaluated_as_trees_are_walked(seed: int, trees: int, depth: int, outputs: int, cases: int) -> None:
    forest = grow(seed, trees, depth, outputs, rows=5)
    rows = np.random.default_rng(seed + 1).integers(-3, 4, (5, cases)).astype(np.float32)
    found = Forest(forest).scores(rows)
    assert found.shape == (outputs, cases)
    assert found.T.tolist() == [walk(forest, rows[:, case]) for case in range(cases)]


def test_a_tree_of_two_questions() -> None:
    forest = Trees(
        np.array([[1, 0]], np.uint16),
        np.array([[0.5, np.inf]], np.float32),
        np.array([[[1], [2], [4], [8]]], np.float32),
        np.array([100], np.float32),
    )
    rows = np.array([[1e30, 1e30, np.inf], [0.5, 0.6, 9]], np.float32)
    assert Forest(forest).scores(rows).tolist() == [[101, 102, 102]]


@pytest.mark.parametrize(("odds", "wanted"), [(0, 0.5), (2.1972246, 0.9), (-2.1972246, 0.1), (80, 1), (-80, 0)])
def test_log_odds(odds: float, wanted: float) -> None:
    assert probabilities(np.array([odds], np.float32))[0] == pytest.approx(wanted, abs=1e-6)


# -- the shipped model -------------------------------------------------------------------------------------------------


def test_the_file_is_small_and_holds_plain_numbers() -> None:
    path = Path(str(FILE))
    assert path.stat().st_size < MAX_MODEL
    with zipfile.ZipFile(path) as archive:
        wanted = {f"{forest}.{field}.npy" for forest in Model._fields for field in Trees._fields}
        assert set(archive.namelist()) == wanted
    with np.load(path, allow_pickle=False) as arrays:
        assert {array.dtype.kind for array in arrays.values()} == {"f", "u"}


def facts() -> np.ndarray:
    """What describe_page says of an empty page."""
    return page_type.describe_page(Segments([], []), Marks(), 0, "")


def shipped_trees(name: str) -> Trees:
    with np.load(Path(str(FILE)), allow_pickle=False) as arrays:
        return Trees(*(arrays[f"{name}.{field}"] for field in Trees._fields))


@pytest.mark.parametrize(("name", "outputs"), [("article", 1), ("page", 1), ("type", len(PAGE_TYPES)), ("other", 1)])
def test_the_shipped_forests_fit_the_features(name: str, outputs: int) -> None:
    forest = shipped_trees(name)
    features = compute_features(segment(parse(f"<body><p>{SENTENCE}</p>")))
    page = len(features.page) + len(facts())
    trees, depth = forest.features.shape
    assert int(forest.features.max()) < (page if name in ("type", "other") else len(features.blocks))
    assert forest.borders.shape == (trees, depth)
    assert forest.leaves.shape == (trees, 2**depth, outputs)
    assert forest.bias.shape == (outputs,)
    assert depth <= 8  # answers are packed into one byte
    assert np.isfinite(forest.leaves).all()
    assert np.isfinite(forest.bias).all()
    assert not np.isnan(forest.borders).any()


def test_the_model_is_built_from_named_arrays() -> None:
    named = {name: grow(seed, 3, 2, 1, rows=4) for seed, name in enumerate(Model._fields)}
    arrays = {f"{name}.{field}": value for name, trees in named.items() for field, value in trees._asdict().items()}
    rows = np.random.default_rng(9).integers(-3, 4, (4, 6)).astype(np.float32)
    for built, name in zip(to_model(arrays), Model._fields, strict=True):
        assert built.scores(rows).T.tolist() == [walk(named[name], case) for case in rows.T]


def test_the_shipped_model_is_read_once() -> None:
    assert shipped_model() is shipped_model()


def test_the_document_says_how_large_the_model_is() -> None:
    trees = re.search(
        r"articles \((\d+) trees\), one for those of any page \((\d+)\), one for the page's kind \((\d+)\),\s+"
        r"one for whether it is one to publish \((\d+)\)",
        DOCUMENT,
    )
    size = re.search(r"model\.npz` \((\d+) KB\)", DOCUMENT)
    assert trees
    assert [int(number) for number in trees.groups()] == [len(shipped_trees(name).features) for name in Model._fields]
    assert size
    assert abs(int(size[1]) - Path(str(FILE)).stat().st_size / 1_000) <= 5


def test_the_document_says_what_the_model_sees() -> None:
    features = compute_features(segment(parse(f"<body><p>{SENTENCE}</p>")))
    numbers = re.search(r"\| (\d+) numbers a block", DOCUMENT)
    words = dict(zip("six seven eight nine ten".split(), range(6, 11), strict=True))
    signs = re.search(r"how many of (\w+) elements", DOCUMENT)
    kinds = re.search(r"each of (\w+) kinds of page", DOCUMENT)
    assert numbers
    assert abs(int(numbers[1]) - len(features.blocks)) <= 5
    assert signs
    assert words[signs[1]] == len(page_type._TAGS)
    assert kinds
    assert words[kinds[1]] == len(get_args(PageType))


# -- the decision ------------------------------------------------------------------------------------------------------


class Says(NamedTuple):
    """A forest that gives what it is told, whatever it is shown."""

    log_odds: np.ndarray

    def scores(self, rows: np.ndarray) -> np.ndarray:
        assert rows.shape[1] == self.log_odds.shape[1]
        return self.log_odds


def log_odds(values: list[float]) -> np.ndarray:
    given = np.array([values], np.float64)
    return np.log(given / (1 - given)).astype(np.float32)


def decide(
    monkeypatch: pytest.MonkeyPatch,
    html: str,
    likely: list[float],
    other: list[float] | None = None,
    article: float = 0.95,
    kind: PageType = "article",
    padding: int = select.SMALL_PAGE,
) -> list[str]:
    """The blocks that are kept when the forests say so: for articles, for any page, and of the page's kind.

    `padding` blocks that are surely not wanted make the page one that the model decides alone.
    """
    odds = np.full(len(PAGE_TYPES), (1 - article) / 100)
    odds[PAGE_TYPES.index(kind)] = 1 - article
    odds[0] = article
    blocks = [Says(log_odds([*given, *[1e-6] * padding])) for given in (likely, other or likely)]
    forests = *blocks, Says(np.log(odds)[:, None].astype(np.float32)), Says(log_odds([0.5]))
    monkeypatch.setattr(select, "shipped_model", lambda: Model(*forests))
    page = f"<body><main><section>{html}</section></main><div>{'<p>z</p>' * padding}</div>"
    return [block.text for block in select.select_blocks(segment(parse(page)), facts()).blocks]


def lines(*lengths: int) -> tuple[str, list[str]]:
    """Paragraphs of so many letters in a page, each its own."""
    texts = [("abcdefghij"[number] * length) for number, length in enumerate(lengths)]
    return "".join(f"<p>{text}</p>" for text in texts), texts


# Expected F1 of the best k: twice what is likely found, over what is kept and what is likely wanted.
THRESHOLDS = {
    "all likely": ((300, 300, 300), (0.9, 0.9, 0.9), (0, 1, 2)),
    "0.766, 0.776, 0.621": ((300, 300, 300), (0.9, 0.4, 0.05), (0, 1)),
    "0.8, 0.738, 0.588": ((300, 300, 300), (0.9, 0.3, 0.05), (0,)),
    "the same in another order": ((300, 300, 300), (0.3, 0.05, 0.9), (2,)),
    "longer blocks weigh more: 0.581, 0.689": ((300, 900), (0.9, 0.4), (0, 1)),
    "the unlikely, where nothing is likelier: 0.4, 0.32": ((3000, 3000, 3000), (0.3, 0.1, 0.1), (0,)),
    "even odds are kept": ((300, 300), (0.99, 0.5), (0, 1)),
    "a short block at what the long ones ask for": ((900, 20, 20), (0.9, 0.6, 0.2), (0, 1)),
}


@pytest.mark.parametrize(("lengths", "likely", "kept"), THRESHOLDS.values(), ids=THRESHOLDS)
def test_what_is_kept_makes_the_expected_f1_greatest(
    monkeypatch: pytest.MonkeyPatch, lengths: tuple[int, ...], likely: tuple[float, ...], kept: tuple[int, ...]
) -> None:
    html, texts = lines(*lengths)
    assert decide(monkeypatch, html, list(likely)) == [texts[number] for number in kept]


@given(st.lists(st.tuples(st.integers(300, 900), st.integers(23, 99)), min_size=1, max_size=10))
def test_no_other_choice_has_a_greater_expected_f1(cases: list[tuple[int, int]]) -> None:
    html, texts = lines(*(length for length, _ in cases))
    likely = [percent / 100 for _, percent in cases]
    with pytest.MonkeyPatch.context() as patch:
        kept = decide(patch, html, likely)
    wanted = sum(length * chance for (length, _), chance in zip(cases, likely, strict=True))

    def expect(texts_kept: list[str]) -> float:
        size = sum(map(len, texts_kept))
        found = sum(len(text) * likely[texts.index(text)] for text in texts_kept)
        return 2 * found / (size + wanted)

    order = sorted(range(len(cases)), key=lambda number: -likely[number])
    assert expect(kept) >= max(expect([texts[n] for n in order[: k + 1]]) for k in range(len(cases))) - 1e-5


THREE = (SENTENCE, SENTENCE[::-1], SENTENCE.upper())
MENU = "<ul class=menu><li><a href=/a>Home</a></ul>"


def test_where_next_to_nothing_is_likely_the_hand_made_judgement_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    html = f"<p>Tea</p>{''.join(f'<p>{text}</p>' for text in THREE)}{MENU}"
    assert decide(monkeypatch, html, [0.01] * 5) == list(THREE)
    assert decide(monkeypatch, html, [0.01, 0.9, 0.9, 0.9, 0.9]) == [*THREE, "Home"]


def test_a_short_choice_stands_where_not_much_more_is_to_be_found(monkeypatch: pytest.MonkeyPatch) -> None:
    assert decide(monkeypatch, f"<p>{SENTENCE}</p><p>{SENTENCE.upper()}</p>", [0.9, 0.01]) == [SENTENCE]


def test_on_a_small_page_what_reads_as_prose_stays_and_the_rest_must_be_very_likely(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    html = f"{''.join(f'<p>{text}</p>' for text in THREE)}{MENU}"
    size = select.SMALL_PAGE - 4
    for menu, kept in ((0.6, THREE), (0.999, (*THREE, "Home"))):
        assert decide(monkeypatch, html, [0.9, 0.01, 0.9, menu], padding=size - 1) == list(kept)
    assert decide(monkeypatch, html, [0.9, 0.01, 0.9, 0.6], padding=size) == [THREE[0], THREE[2], "Home"]


def test_a_long_block_is_kept_once_and_a_short_one_as_often_as_it_stands(monkeypatch: pytest.MonkeyPatch) -> None:
    html = f"<p>{SENTENCE}</p><p>One cup.</p><p>{SENTENCE}</p><p>One cup.</p><p>{SENTENCE} </p>"
    assert decide(monkeypatch, html, [0.9] * 5) == [SENTENCE, "One cup.", "One cup."]


HIDDEN = f"<p>{SENTENCE * 3}</p><div hidden><p>{SENTENCE[::-1]}</p><p>Buy <a href=/x>pills</a></p></div>"


@pytest.mark.parametrize(("kind", "article", "kept"), [("article", 0.95, 2), ("service", 0.4, 3), ("listing", 0.05, 3)])
def test_hidden_links_are_no_part_of_an_article(
    monkeypatch: pytest.MonkeyPatch, kind: PageType, article: float, kept: int
) -> None:
    assert len(decide(monkeypatch, HIDDEN, [0.9] * 3, article=article, kind=kind)) == kept


@pytest.mark.parametrize(
    ("article", "kept"),
    [(0.95, "ab"), (0.9, "ab"), (0.89, "ab"), (0.6, "abc"), (0.31, "ac"), (0.3, "ac"), (0.05, "ac")],
)
def test_both_forests_have_a_say_where_a_page_may_be_either(
    monkeypatch: pytest.MonkeyPatch, article: float, kept: str
) -> None:
    html, _ = lines(900, 300, 300)
    found = decide(monkeypatch, html, [0.9, 0.8, 0.2], [0.9, 0.2, 0.8], article, "listing")
    assert "".join(text[0] for text in found) == kept


def test_a_page_without_text_asks_no_model(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(select, "shipped_model", lambda: pytest.fail("the model is read"))
    assert select.select_blocks(segment(parse("<body><div></div>")), facts()).blocks == []


BARE = f"<h1>T</h1><p>{SENTENCE}</p><ul><li>a<li>b</ul><p><a href=/x>Next</a></p><p>end</p>"


@pytest.mark.parametrize(
    ("html", "whole"),
    [
        (BARE, True),
        (f"<article>{BARE}</article>", True),
        (f"{BARE}<hr><blockquote><p>q</p></blockquote><pre>c</pre><table><tr><td>a<td>b</table>", True),
        (f"<div>{BARE}</div>", False),
        (f"{BARE}<p hidden>h</p>", False),
        ("<h1>T</h1><p>too short for prose</p>", False),
    ],
)
def test_bare_pages_stay_whole(monkeypatch: pytest.MonkeyPatch, html: str, whole: bool) -> None:
    class AskedError(Exception):
        pass

    def ask() -> Model:
        raise AskedError

    monkeypatch.setattr(select, "shipped_model", ask)
    segments = segment(parse(f"<body>{html}"))
    if whole:
        assert select.select_blocks(segments, facts()).blocks == segments.blocks
    else:
        with pytest.raises(AskedError):
            select.select_blocks(segments, facts())


@pytest.mark.parametrize(
    ("place", "seen"), [("S:0", True), ("S:12", True), ("S:", False), ("menu", False), ("xS:0", False)]
)
def test_what_react_sends_late_is_seen(place: str, seen: bool) -> None:
    html = f"<body><div id=root><!--$?--><p>Loading</p></div><div hidden id='{place}'><p>{SENTENCE}</p></div>"
    assert (SENTENCE in [block.text for block in segment(parse(html)).shown().blocks]) is seen


def test_a_streamed_article_is_extracted() -> None:
    prose = "".join(f"<p>{line}</p>" for line in (SENTENCE, SENTENCE.upper(), SENTENCE[::-1]))
    late = f"<div hidden id=S:0><article><h1>Sitting</h1>{prose}</article></div>"
    html = f"<body><div id=root><header><a href=/>Home</a></header></div>{late}"
    found = extract(Page(html=html, url="https://farm.example/sitting")).document.text
    assert found == f"{SENTENCE}\n{SENTENCE.upper()}\n{SENTENCE[::-1]}"
