"""Lines of advice, science and law that look like dirt in a word or two: none may go, as text or as HTML."""

import html
import json
from pathlib import Path

import pytest

from clearwell import Page, clean

CASES = json.loads((Path(__file__).parent / "cases" / "hard_negatives.json").read_text(encoding="utf-8"))
MIN_CASES, MIN_LANGUAGES = 200, 6

PROSE = {
    "en": "The pain in the calf wakes people up at night, and it is gone again after some minutes of stretching.",
    "de": "Die Schmerzen in der Wade wecken viele Menschen nachts auf, und nach wenigen Minuten sind sie vorbei.",
    "es": "El dolor de la pantorrilla despierta a muchas personas por la noche y se va después de unos pocos minutos.",
    "fr": "La douleur du mollet réveille beaucoup de gens la nuit, et elle disparaît ensuite après quelques minutes.",
    "pt": "A dor na panturrilha acorda muitas pessoas durante a noite e some depois de alguns minutos de repouso.",
    "ru": "Боль в икре будит многих людей по ночам, а после нескольких минут растяжки она проходит сама собой.",
    "zh": "许多老年人在夜里会因为小腿突然抽筋而疼醒，通常只要慢慢伸展几分钟，疼痛就会逐渐消失，不需要特别的治疗。",
    "zh-Hant": "許多長輩在夜裡會因為小腿突然抽筋而痛醒，通常只要慢慢伸展幾分鐘，疼痛就會逐漸消失，不需要特別的治療。",
    "ja": "夜中にふくらはぎが急につって目が覚める人は少なくありませんが、数分伸ばすと痛みは自然に消えていきます。",
    "ko": "밤에 종아리에 갑자기 쥐가 나서 잠에서 깨는 사람이 많지만 몇 분 동안 늘려 주면 통증은 저절로 사라집니다.",
}


def lines_of(case: dict[str, str]) -> list[str]:
    prose = PROSE[case["language"]]
    lines = case["text"].split("\n")
    return {"head": [*lines, prose], "tail": [prose, *lines]}.get(case["place"], [prose, *lines, prose])


def removed(page: Page) -> list[tuple[str, str]]:
    return [(removal.rule, removal.text) for removal in clean(page).cleaning.removals]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"][:40])
def test_nothing_of_it_goes_from_a_text(case: dict[str, str]) -> None:
    assert removed(Page(text="\n\n".join(lines_of(case)))) == []


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"][:40])
def test_nothing_of_it_goes_from_html(case: dict[str, str]) -> None:
    body = "".join(f"<p>{html.escape(line)}</p>" for line in lines_of(case))
    assert removed(Page(html=f"<html><body><article>{body}</article></body></html>")) == []


@pytest.mark.parametrize(
    "case",
    [case for case in CASES if case["text"][-1] in ".。" and "\n" not in case["text"]],
    ids=lambda case: case["text"][:40],
)
def test_nothing_of_it_goes_from_between_sentences(case: dict[str, str]) -> None:
    prose = PROSE[case["language"]]
    joint = "" if case["language"] in ("zh", "zh-Hant", "ja") else " "
    assert removed(Page(text=joint.join((prose, case["text"], prose)))) == []


def test_there_are_enough_of_them() -> None:
    assert len(CASES) >= MIN_CASES
    assert len({case["language"] for case in CASES}) >= MIN_LANGUAGES
