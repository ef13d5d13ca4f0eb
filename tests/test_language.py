"""The rewritten inner loops give langdetect's own answers; its shortcuts leave out nothing that counts."""

import random

import pytest
from ftfy.badness import is_bad
from langdetect import detector_factory
from langdetect.detector import Detector

from clearwell.extraction.decode import has_mojibake
from clearwell.extraction.draws import SEED, Draws
from clearwell.extraction.language import _profiles, _QuickDetector

TEXTS = [
    "Drink enough water during the day, and see a doctor if the cramps do not stop.",
    "Wer nachts oft Wadenkrämpfe hat, sollte vor dem Schlafen die Muskeln dehnen.",
    "Uống đủ nước mỗi ngày và đi khám nếu chuột rút không hết.",
    "Пейте достаточно воды и обратитесь к врачу, если судороги не проходят.",
    "夜に足がつるときは、寝る前にふくらはぎを伸ばしてください。",
    "다리에 쥐가 자주 나면 자기 전에 종아리를 늘려 주세요.",
    "WHO and CDC: see https://example.org/a?b=1 or write to desk@example.org  today",
    "اشرب ما يكفي من الماء كل يوم.",
    "Omega-3 (EPA/DHA) 250 mg",
    "12:30 - 14:00",
    " a ",
]


@pytest.mark.parametrize("text", TEXTS)
def test_answers_are_those_of_the_library(text: str) -> None:
    detector_factory.init_factory()  # once a process
    theirs, ours = Detector(detector_factory._factory), _QuickDetector(_profiles())
    theirs.seed = SEED
    for detector in (theirs, ours):
        detector.append(text)
    assert ours.text == theirs.text
    known = list(_profiles().word_lang_prob_map)  # in the order of the table's rows
    found = [known[row] for row in ours._extract_ngrams()]
    assert found == theirs._extract_ngrams()
    if found:
        assert [(guess.lang, round(guess.prob, 4)) for guess in ours.get_probabilities()] == [
            (guess.lang, round(guess.prob, 4)) for guess in theirs.get_probabilities()
        ]
    else:
        assert ours.get_probabilities() == []


@pytest.mark.parametrize("size", [2**power for power in range(15)])  # which pass over the most words
def test_draws_are_those_of_python_and_suffice(size: int) -> None:
    draws, same = Draws(size), random.Random(SEED)
    for _ in range(7):  # trials of langdetect, each of at most 1,001 draws
        assert draws.gauss() == same.gauss(0.0, 1.0)
        assert draws.show(1_001).tolist() == [same.choice(range(size)) for _ in range(1_001)]
        draws.make(1_001)


@pytest.mark.parametrize("broken", ["â€™", "Ã©", "Â ", "вЂ", "Ø§Ù„", "", "’", "“–”…‘—\xa0", "é", "°C", "naïve"])
@pytest.mark.parametrize("around", ["", "a", "word", "a long plain sentence, "])
def test_mojibake_is_told_as_by_ftfy(broken: str, around: str) -> None:
    for text in (around + broken, broken + around, around + broken + around, f"{broken}{around} é{around}{broken}"):
        assert has_mojibake(text) == (not text.isascii() and is_bad(text))
