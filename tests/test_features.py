"""What the model sees of a page: characters, containers, and the features made of both."""

import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from clearwell.extraction import containers as module
from clearwell.extraction.characters import (
    DIGIT,
    END,
    LETTER,
    MARK,
    PAUSE,
    SPACE,
    UPPER,
    WIDE,
    WIDE_WEIGHT,
    count_characters,
)
from clearwell.extraction.containers import MEASURES, NAME_BITS, Containers
from clearwell.extraction.features import KINDS, compute_features
from clearwell.extraction.segment import Container, RawBlock, Segments, parse, segment

PROSE = "Whoever sits all day feels it in the back first, and a walk of ten minutes after lunch does more than a chair."

# -- characters --------------------------------------------------------------------------------------------------------

CHARACTERS = {
    "Latin": ("Tea, 2 cups.", {UPPER: 1, LETTER: 6, PAUSE: 1, SPACE: 2, DIGIT: 1, END: 1}),
    "accents that combine": ("E\u0301te\u0301", {UPPER: 1, LETTER: 4}),
    "Cyrillic": ("Чай?", {UPPER: 1, LETTER: 2, END: 1}),
    "Arabic": ("شاي، ٢؟", {LETTER: 3, PAUSE: 1, SPACE: 1, DIGIT: 1, END: 1}),
    "Hindi": ("चाय।", {LETTER: 3, END: 1}),
    "Thai": ("น้ำชา", {LETTER: 5}),
    "Chinese": ("喝茶，好。", {WIDE: 3, PAUSE: 1, END: 1}),
    "Japanese": ("お茶カップ", {WIDE: 5}),
    "Korean": ("차 한잔", {WIDE: 3, SPACE: 1}),
    "ends of the wide scripts": ("ぁーヿ㐀䶿一鿿가힣", {WIDE: 9}),
    "beside the wide scripts": ("〿㄀㏿䷀ꀀ\u312f", {LETTER: 2, MARK: 4}),
    "a title-case digraph": ("ǅ", {UPPER: 1}),
    "a wide space, a tab, a line break": ("a\u3000b\tc\nd", {LETTER: 4, SPACE: 3}),
    "marks": ("(§-€)", {MARK: 5}),
    "beyond the basic plane": ("😀𝒜𠀀", {MARK: 3}),
    "half a surrogate pair": ("\ud83d", {MARK: 1}),
    "unassigned": ("\uffff", {MARK: 1}),
}
CLASSES = {LETTER, UPPER, DIGIT, SPACE, END, PAUSE, MARK, WIDE}


@pytest.mark.parametrize(("text", "wanted"), CHARACTERS.values(), ids=CHARACTERS)
def test_characters_by_class(text: str, wanted: dict[int, int]) -> None:
    counts = count_characters([text]).counts[:, 0]
    assert {number: int(count) for number, count in enumerate(counts) if count} == wanted


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("Tea.", UPPER, END),
        ("“Tea”", MARK, MARK),
        ("7 cups:", DIGIT, PAUSE),
        ("a", LETTER, LETTER),
        ("茶。", WIDE, END),
        ("😀 a", MARK, LETTER),
        ("and so on…", LETTER, END),
    ],
)
def test_ends_of_texts(text: str, first: int, last: int) -> None:
    found = count_characters(["before", text, "after"])
    assert (found.first[1], found.last[1]) == (first, last)


@given(st.lists(st.text(min_size=1), min_size=1))
def test_texts_are_counted_each_for_itself(texts: list[str]) -> None:
    together = count_characters(texts)
    assert together.counts.sum(axis=0).tolist() == list(map(len, texts))
    assert set(np.flatnonzero(together.counts.sum(axis=1))) <= CLASSES
    for number, text in enumerate(texts):
        alone = count_characters([text])
        assert together.counts[:, number].tolist() == alone.counts[:, 0].tolist()
        assert together.weights[number] == len(text) + (WIDE_WEIGHT - 1) * alone.counts[WIDE, 0]
        assert (together.first[number], together.last[number]) == (alone.first[0], alone.last[0])


# -- containers --------------------------------------------------------------------------------------------------------

# A tree is a list of what stands in a container: blocks, as (weight, prose, linked), and trees.
blocks = st.tuples(st.integers(1, 400), st.booleans(), st.integers(0, 4)).map(
    lambda given: (given[0], given[0] * given[1], given[0] * given[2] / 4)
)
trees = st.recursive(st.lists(blocks, max_size=4), lambda inner: st.lists(blocks | inner, max_size=5), max_leaves=25)


def build(tree: list) -> tuple[list[Container], list[int], list[tuple[float, float, float]]]:
    """The containers of a tree, the container each block stands in, and the blocks."""
    holders: list[Container] = []
    places: list[int] = []
    leaves: list[tuple[float, float, float]] = []

    def visit(node: list, parent: int) -> None:
        number = len(holders)
        depth = holders[parent].depth + 1 if parent >= 0 else 0
        holders.append(Container(parent, "div", f"c{len(node) % 2}  ", depth, False, len(places)))
        for child in node:
            if isinstance(child, tuple):
                places.append(number)
                leaves.append(child)
            else:
                visit(child, number)
        holders[number].last, holders[number].end = len(places), len(holders)

    visit(tree, -1)
    return holders, places, leaves


def make(tree: list) -> tuple[list[Container], list[int], list[tuple[float, float, float]], Containers]:
    holders, places, leaves = build(tree)
    weights, prose, linked = np.array(leaves, np.float32).reshape(-1, 3).T
    return holders, places, leaves, Containers(holders, np.array(places, np.intp), weights, prose, linked)


def climb(holders: list[Container], number: int) -> list[int]:
    """A container and all around it, from itself outwards."""
    chain = []
    while number >= 0:
        chain.append(number)
        number = holders[number].parent
    return chain


@given(trees)
def test_totals_are_those_of_the_blocks_inside(tree: list) -> None:
    holders, places, leaves, found = make(tree)
    for number in range(len(holders)):
        inside = [leaf for leaf, place in zip(leaves, places, strict=True) if number in climb(holders, place)]
        totals = [sum(leaf[row] for leaf in inside) for row in range(3)]
        assert [found.text[number], found.prose[number], found.linked[number]] == pytest.approx(totals)
        assert found.measures[MEASURES.index("blocks"), number] == pytest.approx(np.log1p(len(inside)))


@given(trees)
def test_the_score_is_that_of_readability(tree: list) -> None:
    holders, places, leaves, found = make(tree)
    for number in range(len(holders)):
        score = 0.0
        for (_, prose, _), place in zip(leaves, places, strict=True):
            above = max(holders[place].parent, 0)
            score += prose * (above == number) + 0.5 * prose * (max(holders[above].parent, 0) == number)
        share = found.linked[number] / max(found.text[number], 1)
        assert found.score[number] == pytest.approx(score * (1 - share), rel=1e-4, abs=1e-3)


@given(trees)
def test_paths_meet_where_a_walk_up_the_tree_meets(tree: list) -> None:
    holders, _, _, found = make(tree)
    for top in range(len(holders)):
        around = set(climb(holders, top))
        meeting = [next(n for n in climb(holders, number) if n in around) for number in range(len(holders))]
        assert found.meeting_depth(top).tolist() == [holders[number].depth for number in meeting]


@given(trees, st.sampled_from((0.3, 0.7, 1.0)))
def test_the_top_is_the_deepest_with_enough_prose(tree: list, share: float) -> None:
    holders, _, _, found = make(tree)
    enough = [n for n in range(len(holders)) if found.prose[n] >= share * found.prose[0] > 0]
    best = max(((holders[n].depth, found.prose[n]) for n in enough), default=(0, found.prose[0]))
    top = found.top(share)
    assert (holders[top].depth, found.prose[top]) == best


@given(trees)
def test_containers_of_one_make_are_siblings_of_the_same_names(tree: list) -> None:
    holders, _, _, found = make(tree)
    for number, holder in enumerate(holders):
        same = [n for n, o in enumerate(holders) if (o.parent, o.tag, o.names) == (holder.parent, "div", holder.names)]
        assert found.several[number] == len(same)
        assert found.shared[number] == pytest.approx(sum(float(found.prose[n]) for n in same))
        assert found.made[number] == pytest.approx(sum(float(found.text[n]) for n in same) / len(same))


@given(trees)
def test_the_walker_counts_as_the_builder_does(tree: list) -> None:
    def write(node: list | tuple) -> str:
        return f"<p>{'a' * node[0]}</p>" if isinstance(node, tuple) else f"<div>{''.join(map(write, node))}</div>"

    found = segment(parse(f"<body>{''.join(map(write, tree))}"))
    for number, holder in enumerate(found.containers):
        inside = [n for n, block in enumerate(found.blocks) if number in climb(found.containers, block.container)]
        below = [n for n in range(len(found.containers)) if number in climb(found.containers, n)]
        assert list(range(holder.first, holder.last)) == inside
        assert list(range(number, holder.end)) == below


@pytest.mark.parametrize(
    ("markup", "same", "other"),
    [
        ("<div class=comments>", "<section id=reply-form class=respond>", "<div>"),
        ("<div role=complementary>", "<aside>", "<div role=main>"),
        ("<div class='Site-FOOTER'>", "<div id=colophon>", "<div class=site>"),
        ("<div class=related-posts>", "<div class='post popular'>", "<div class=post>"),
        ("<div class=hs-cookie-banner>", "<div id='banner consent'>", "<div class=hs>"),
    ],
)
def test_what_containers_are_called(markup: str, same: str, other: str) -> None:
    one, alike, unlike = (name_bits(opening) for opening in (markup, same, other))
    assert one & alike
    assert one & ~unlike
    assert 0 <= one < 1 << NAME_BITS


NAME_PARTS = st.sampled_from([*module._STEMS, *module._TAGS, "x", "-", " ", "\n", "É", "\ud800"])


@given(st.lists(st.tuples(st.sampled_from(["div", "nav"]), st.lists(NAME_PARTS, max_size=8).map("".join)), max_size=4))
def test_one_look_names_the_groups_of_each_label(labels: list[tuple[str, str]]) -> None:
    assert module._find_groups(labels) == [groups_of(tag, names) for tag, names in labels]


def groups_of(tag: str, names: str) -> int:
    """The groups of a tag and of its names, word by word: the longest stem at each place, then what follows it."""
    bits = module._TAGS.get(tag, 0)
    for name in names[: module.MAX_NAMES].split():
        bits |= module._TAGS.get(name, 0)
        for stem in re.findall("|".join(map(re.escape, sorted(module._STEMS, key=len, reverse=True))), name):
            bits |= module._STEMS[stem]
    return bits


def name_bits(opening: str) -> int:
    found = segment(parse(f"<body>{opening}<p>{PROSE}</p>"))
    rows = np.ones((3, 1), np.float32)
    return int(Containers(found.containers, np.array([2], np.intp), *rows).own[1])


def test_names_go_down_the_tree_but_not_from_the_body() -> None:
    found = segment(parse(f"<body class=single-post><div class=sidebar><div><p>{PROSE}</p></div></div>"))
    rows = np.ones((3, 1), np.float32)
    made = Containers(found.containers, np.array([3], np.intp), *rows)
    assert made.own[0] != 0
    assert made.inherited.tolist() == [0, made.own[1], made.own[1], made.own[1]]


def test_a_name_of_any_length_is_read_in_no_time() -> None:
    opening = f"<div class='{'a' * 100_000} {'nav ' * 50_000}'>"
    assert name_bits(opening) == 0  # what stands beyond the first names is not looked at


# -- features ----------------------------------------------------------------------------------------------------------

ODD_PAGES = {
    "one block": f"<p>{PROSE}</p>",
    "one letter": "<p>a</p>",
    "only hidden": f"<div hidden><p>{PROSE}</p><p>{PROSE}</p></div>",
    "only headings": "<h1>A</h1><h2>B</h2><h1>C</h1>",
    "only links": "<ul><li><a href=/a>One</a><li><a href=/b>Two</a></ul>",
    "only captions": f"<figure><figcaption>{PROSE}</figcaption></figure>",
    "only code": "<pre>a\n  b</pre>",
    "only a table": "<table><tr><td>a<td>b<tr><td>c<td>d</table>",
    "all the same": f"<p>{PROSE}</p>" * 40,
    "marks": "<p>…</p><p>—</p><p>😀</p>",
    "no white space": f"<p>{'x' * 200_000}</p>",
    "deep": f"{'<div>' * 500}<p>{PROSE}</p>",
    "loose text": PROSE,
    "every kind": f"<h1>T</h1><p>{PROSE}</p><ul><li>a</ul><blockquote>q</blockquote><pre>c</pre><figure><figcaption>f"
    "</figcaption></figure><table><tr><td>a<td>b</table>",
    "many scripts": f"<p>{PROSE}</p><p>小腿抽筋很常见，每天喝水。</p><p>Боль проходит.</p><p>الألم شائع؟</p>",
}


def features_of(html: str) -> tuple[np.ndarray, np.ndarray]:
    found = compute_features(segment(parse(f"<body>{html}")))
    return found.blocks, found.page


@pytest.mark.parametrize("html", ODD_PAGES.values(), ids=ODD_PAGES)
def test_features_of_odd_pages_are_numbers(html: str) -> None:
    usual = features_of(f"<h1>T</h1><p>{PROSE}</p><p>{PROSE}</p>")
    segments = segment(parse(f"<body>{html}"))
    found = compute_features(segments)
    assert found.blocks.shape == (len(usual[0]), len(segments.blocks))
    assert found.page.shape == usual[1].shape
    assert found.weights.shape == (len(segments.blocks),)
    assert np.isfinite(found.blocks).all()
    assert np.isfinite(found.page).all()
    assert {array.dtype for array in (found.blocks, found.page)} == {np.dtype(np.float32)}


def test_no_block_is_empty() -> None:
    odd = (
        "<p></p><p> \n</p><p>&nbsp;</p><p>&#1;</p><pre>\n \n</pre><p><a href=/x> </a></p><li></li>"
        "<table><tr><td></table>"
    )
    assert segment(parse(f"<body>{odd}")).blocks == []


@given(trees)
def test_features_of_any_tree_are_numbers(tree: list) -> None:
    holders, places, leaves = build([*tree, (70, 70, 0)])
    texts = [RawBlock("paragraph", "a" * w, place) for (w, *_), place in zip(leaves, places, strict=True)]
    found = compute_features(Segments(texts, holders))
    assert np.isfinite(found.blocks).all()
    assert np.isfinite(found.page).all()


def test_kinds_are_the_first_rows() -> None:
    segments = segment(parse(f"<body>{ODD_PAGES['every kind']}"))
    rows = compute_features(segments).blocks[: len(KINDS)]
    assert [KINDS[number] for number in rows.argmax(axis=0)] == [block.kind for block in segments.blocks]
    assert (rows.sum(axis=0) == 1).all()


def test_features_depend_on_nothing_but_the_page() -> None:
    pages = [f"<div class='entry-content hentry'>{page}</div>" for page in ODD_PAGES.values()]
    first = [features_of(page) for page in pages]
    features_of("".join(f"<p class=post-{number}>a</p>" for number in range(1_000)))
    for page, known in zip(reversed(pages), reversed(first), strict=True):
        blocks, whole = features_of(page)
        assert np.array_equal(blocks, known[0])
        assert np.array_equal(whole, known[1])


def test_the_case_of_markup_makes_no_difference() -> None:
    html = f"<DIV CLASS='Entry-Content'><P>{PROSE}</P></DIV>"
    assert np.array_equal(features_of(html)[0], features_of(re.sub("<[^>]*>", lambda tag: tag[0].lower(), html))[0])
