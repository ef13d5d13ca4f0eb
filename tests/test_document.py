"""What a document works out once for all detectors, against what each block says for itself."""

from hypothesis import given
from hypothesis import strategies as st

from clearwell.cleaning.learning import _find_often
from clearwell.cleaning.memory import read_openings
from clearwell.cleaning.vocabulary import make_vocabulary
from clearwell.document import Block, Document
from clearwell.extraction.limits import _FORMATTING_TAG, _count_tags
from clearwell.sentences import WORD, count_words, fold, sentence_starts

texts = st.lists(st.text("ab AÉİ.!?…。！”)\n\t\xa0 “疼", max_size=14), max_size=6)
WORDS = make_vocabulary({"ab": "", "b.": r"b\.", "疼": "疼+", "é": ""})


def make(written: list[str]) -> Document:
    return Document(tuple(Block("paragraph", text) for text in written))


@given(texts)
def test_sentences_are_those_of_each_block(written: list[str]) -> None:
    assert make(written).sentences == [sentence_starts(text) for text in written]


@given(texts)
def test_folded_texts_are_those_of_each_block(written: list[str]) -> None:
    document = make(written)
    assert document.folded == [fold(text) for text in written]
    ends = [start + len(text) for start, text in zip(document.starts, written, strict=False)]  # one start more
    assert document.folded == [
        document.folded_text[start:end] for start, end in zip(document.starts, ends, strict=False)
    ]


@given(texts)
def test_stems_are_found_in_the_blocks_that_hold_them(written: list[str]) -> None:
    places = WORDS.places(make(written))
    assert sorted(places) == [number for number, text in enumerate(written) if WORDS.occurs_in(fold(text))]
    for number, found in places.items():
        assert all(fold(written[number])[at:].startswith(WORDS.stems) for at in found)


@given(st.lists(st.text("ab .!  ", max_size=30), max_size=80), st.sampled_from(["a", "b", "a b", ""]))
def test_openings_asked_for_are_those_of_all(written: list[str], beginning: str) -> None:
    document = make(written)
    everything = read_openings(document)
    assert [number for number, _ in everything] == list(range(len(everything)))
    assert read_openings(document, beginning) == [one for one in everything if one[1].text.startswith(beginning)]


def test_often_begins_a_block_or_follows_a_stop() -> None:
    document = make(
        [
            "Our motto says it. Rest now and then.",
            "Our motto says it. Walk.",
            "x Our motto says it.",
            "Walk for ten minutes. Our motto says it. Rest.",
        ]
    )
    assert _find_often(document) == ("Our motto says it.",)


@given(st.text("ab -'’é ", max_size=12))
def test_words_are_counted_as_the_pattern_finds_them(text: str) -> None:
    assert count_words(text) == len(WORD.findall(text))


@given(
    st.lists(
        st.sampled_from(["<b>", "<B/", "<Strong x>", "<sPan>", "<tt\n", "<i", "<big ", "a", "</b>", "<"]), max_size=12
    )
)
def test_no_formatting_tag_is_overlooked(parts: list[str]) -> None:
    source = "".join(parts).encode()
    tags, formats = _count_tags(source)
    assert tags == source.count(b"<")
    assert len(_FORMATTING_TAG.findall(source)) <= formats <= tags
