"""Medical disclaimers: the site's goes, the article's own stays and is marked."""

import time

import pytest

from clearwell import Page, clean
from clearwell.cleaning.disclaimers import is_disclaimer
from clearwell.cleaning.memory import SiteMemory
from clearwell.document import Block, Document

DISCLAIMERS = [
    "This article is for informational purposes only and is not a substitute for professional medical advice.",
    "Nothing on these pages is medical advice. Ask your doctor.",
    "The content is not intended to be a substitute for the advice of a medical professional.",
    "Diese Seite ersetzt keine ärztliche Beratung.",
    "Unsere Texte können den Besuch beim Arzt nicht ersetzen.",
    "Der Inhalt dient ausschließlich der allgemeinen Information.",
    "Este contenido no sustituye la consulta con un médico.",
    "Publicado con fines únicamente informativos.",
    "Cet article ne remplace pas l'avis d'un médecin.",
    "Ces textes sont donnés à titre purement informatif.",
    "Este texto não substitui a consulta com um profissional de saúde.",
    "Le informazioni non sostituiscono il parere del medico.",
    "Материал носит информационный характер.",
    "Статья не заменяет консультацию врача.",
    "本文内容仅供参考，不能代替医生的诊断。",
    "本文僅供參考，不能取代醫師的診斷。",
    "本内容不构成医疗建议。",
    "この記事は情報提供を目的としています。",
    "この記事は医師の診断に代わるものではありません。",
    "이 글은 의사의 진료를 대신할 수 없습니다.",
    "이 글은 정보 제공을 목적으로 합니다.",
]
NONE = [
    "Tablets are not a substitute for a balanced diet.",
    "There is no substitute for insulin in type 1 diabetes.",
    "Ask your doctor for medical advice before you fly.",
    "A walk does not replace sleep.",
    "Honig ersetzt Zucker nicht in jedem Rezept.",
    "El té no sustituye el agua.",
    "Le sel ne remplace pas le poivre.",
    "O chá não substitui a água.",
    "Вода не заменяет сон.",
    "喝茶不能代替喝水。",
    "睡眠の目的は休息です。",
    "물 대신 차를 마십니다.",
]
BODY = "Drink 2 litres of water a day, more if it is hot. Walk for ten minutes after each meal, and rest at night."


@pytest.mark.parametrize("text", DISCLAIMERS)
def test_a_disclaimer_is_told(text):
    assert is_disclaimer(text)


@pytest.mark.parametrize("text", NONE)
def test_what_only_sounds_like_one_is_none(text):
    assert not is_disclaimer(text)


def remember(line: str, having: int, pages: int) -> SiteMemory:
    memory = SiteMemory()
    for number in range(pages):
        blocks = [Block("paragraph", f"Page {number} says this. It says that.")]
        blocks += [Block("paragraph", line)] if number < having else []
        memory = memory.observe(Document(tuple(blocks)), f"https://farm.example/{number}")
    return memory


@pytest.mark.parametrize("text", DISCLAIMERS[::4])
@pytest.mark.parametrize(("having", "pages", "goes"), [(5, 5, True), (5, 10, True), (4, 10, False), (2, 2, False)])
def test_the_sites_goes_and_the_articles_own_stays_marked(text, having, pages, goes):
    article = clean(Page(text=f"{BODY}\n{text}"), memory=remember(text, having, pages))
    assert [removal.rule for removal in article.cleaning.removals] == (["site-disclaimer"] if goes else [])
    assert article.quality.disclaimers == (() if goes else (1,))


def test_only_the_disclaimer_goes_of_what_every_page_says():
    dose = "Never take more than 4 g of it a day."
    memory = remember(f"{dose} {DISCLAIMERS[0]}", 5, 5)
    article = clean(Page(text=f"{BODY}\n{dose} {DISCLAIMERS[0]}"), memory=memory)
    assert [removal.text for removal in article.cleaning.removals] == [DISCLAIMERS[0]]


ADVICE = "Paracetamol is no substitute for professional medical care of chest pain. Call an ambulance."


def test_advice_with_the_wording_of_a_disclaimer_stays():
    article = clean(Page(text=f"{BODY}\n{ADVICE}"), memory=remember(ADVICE, 8, 8))
    assert article.cleaning.removals == ()
    assert article.quality.disclaimers == ()


def test_what_every_page_says_is_no_disclaimer():
    line = "Never take more than 4 g of it a day."
    assert clean(Page(text=f"{BODY}\n{line}"), memory=remember(line, 9, 9)).cleaning.removals == ()


@pytest.mark.parametrize("text", ["not " * 500, "not a substitute for " * 95, "不能" * 900, "ersetzt keine " * 140])
def test_a_hostile_text_is_read_in_time(text):
    start = time.process_time()
    for _ in range(20):
        is_disclaimer(text)
    assert time.process_time() - start < 1
