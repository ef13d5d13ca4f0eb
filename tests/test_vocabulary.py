"""The one look for all stems against what each vocabulary finds for itself, and the letters that calls begin with."""

from collections.abc import Iterable
from re import _constants as codes
from re import _parser as parser
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clearwell.cleaning import DETECTORS, ask_words, call_words, disclaimers, listings, notice_words, residue
from clearwell.cleaning.vocabulary import Vocabulary
from clearwell.document import Block, Document

MODULES = (ask_words, call_words, disclaimers, listings, notice_words, residue)
VOCABULARIES = {
    f"{module.__name__.rpartition('.')[2]}.{name}": words
    for module in MODULES
    for name, words in vars(module).items()
    if isinstance(words, Vocabulary)
}
STEMS = sorted({stem for words in VOCABULARIES.values() for stem in words.stems})


def find_all(stem: str, text: str) -> Iterable[int]:
    return (place for place in range(len(text)) if text.startswith(stem, place))


def test_every_detector_with_words_is_compared() -> None:
    made = {name.partition(".")[0] for name in VOCABULARIES}
    assert {"ask_words", "call_words", "notice_words", "listings", "residue", "disclaimers"} == made
    assert len(DETECTORS) > len(made)  # the others look at lines, not for stems


@given(
    st.lists(st.lists(st.sampled_from([*STEMS, " ", "a", "\ud800", "疼", "É"]), max_size=8).map("".join), max_size=5)
)
def test_one_look_tells_every_vocabulary_where_its_own_stems_stand(written: list[str]) -> None:
    document = Document(tuple(Block("paragraph", text) for text in written))
    for name, words in VOCABULARIES.items():
        expected = {
            number: places
            for number, text in enumerate(document.folded)
            if (places := sorted(place for stem in words.stems for place in find_all(stem, text)))
        }
        assert {number: sorted(places) for number, places in words.places(document).items()} == expected, name


@pytest.mark.parametrize("name", VOCABULARIES)
def test_stems_are_small_letters_and_stand_within_a_line(name: str) -> None:
    assert [stem for stem in VOCABULARIES[name].stems if not stem or stem != stem.lower() or "\n" in stem] == []


# -- the letters that calls begin with -------------------------------------------------------------------------------


def letters(code: Any, value: Any) -> set[str]:
    """The letters that one part of a pattern allows."""
    if code is codes.LITERAL:
        return {chr(value)}
    assert code is codes.IN, f"a call may not begin with {code}"
    assert all(kind is codes.LITERAL for kind, _ in value), "a call begins with letters that are listed"
    return {chr(letter) for _, letter in value}


def heads(parts: Any, known: set[str]) -> set[str]:
    """What texts that a pattern matches begin with, as far as HEAD characters."""
    for code, value in parts:
        whole = {head for head in known if len(head) == call_words.HEAD}
        known = known - whole
        if not known:
            return whole
        if code is codes.BRANCH:
            known = set().union(*(heads(branch, known) for branch in value[1]))
        elif code is codes.SUBPATTERN:
            known = heads(value[3], known)
        elif code in (codes.MAX_REPEAT, codes.MIN_REPEAT):
            least, most, inner = value
            assert least == 0, "a call does not begin with a repetition"
            for _ in range(min(most, call_words.HEAD)):
                known = known | heads(inner, known)
        elif code not in (codes.AT, codes.ASSERT, codes.ASSERT_NOT):
            known = {head + letter for head in known for letter in letters(code, value)}
        known |= whole
    return known


def test_calls_begin_with_the_heads_that_are_listed() -> None:
    marks, blank, *rest = parser.parse(call_words.ASKS.pattern)
    assert (marks[1][:2], blank[1][:2]) == ((0, 4), (0, 1))  # the signs and the blank before the first letter
    needed = {head for head in heads(rest, {""}) if head[0].isalnum()}
    assert (sorted(needed - call_words.CALL_HEADS), sorted(call_words.CALL_HEADS - needed)) == ([], [])
