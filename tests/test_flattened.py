"""Texts that lost their markup: cleaned, and their headings, lists and paragraphs recovered."""

import json
from pathlib import Path
from typing import Any

import pytest

from clearwell import Page, clean, restore
from clearwell.article import Article
from clearwell.extraction.titles import find_title_end

ROOT = Path(__file__).resolve().parent.parent
SEED = ROOT.parent / "shared" / "seed"
CASES = json.loads((ROOT / "tests" / "cases" / "flattened.json").read_text(encoding="utf-8"))


def shape(article: Article) -> list[dict[str, Any]]:
    """The blocks as the cases write them: kind, level where there is one, text."""
    fields = ((("kind", b.kind), ("level", b.level), ("text", b.text)) for b in article.blocks)
    return [{name: value for name, value in block if value is not None} for block in fields]


def removed(article: Article) -> list[tuple[str, str]]:
    return sorted((removal.category, removal.text) for removal in article.cleaning.removals)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
class TestCase:
    def test_blocks(self, case: dict[str, Any]) -> None:
        assert shape(clean(Page(text=case["text"]))) == case["blocks"]

    def test_removals(self, case: dict[str, Any]) -> None:
        wanted = sorted((removal["category"], removal["text"]) for removal in case["removed"])
        assert removed(clean(Page(text=case["text"]))) == wanted

    def test_promises(self, case: dict[str, Any]) -> None:
        article = clean(Page(text=case["text"]))
        assert restore(article) == case["text"]
        assert clean(Page(text=article.articleBody)).articleBody == article.articleBody
        assert clean(Page(html=article.articleBodyHtml)).articleBody == article.articleBody


@pytest.mark.skipif(not SEED.is_dir(), reason=f"needs the seed files in {SEED}")
def test_the_seed_text_comes_out_as_an_editor_would_publish_it() -> None:
    text = (SEED / "leg-cramps.txt").read_text(encoding="utf-8")
    expected = json.loads((SEED / "leg-cramps.expected.json").read_text(encoding="utf-8"))
    article = clean(Page(text=text))
    assert shape(article) == expected["blocks"]
    wanted = {(removal["category"], removal["text"]) for removal in expected["removed"]}
    assert wanted <= set(removed(article))
    assert {text.strip() for category, text in set(removed(article)) - wanted} <= {"|"}
    assert restore(article) == text


TITLES = [  # an item's text without its number, and its title
    ("Calcium deficiency Calcium deficiency is a common cause.", "Calcium deficiency"),
    ("Cold stimulation When it is cold, muscles contract.", "Cold stimulation"),
    ("Vigorous exercise Muscles contract and relax quickly then.", "Vigorous exercise"),
    ("Rinse With Saline Rinse the lids in the morning, gently.", "Rinse With Saline"),
    ("Strengthen nutrition : drink a glass of milk every day.", "Strengthen nutrition"),
    ("Feste Zeiten: Gehen Sie immer zur gleichen Zeit ins Bett.", "Feste Zeiten:"),
    ("Magnesiummangel Magnesiummangel ist seltener die Ursache.", "Magnesiummangel"),
    ("Falta de calcio La falta de calcio es una causa conocida.", "Falta de calcio"),
    ("Manque d'eau Quand on boit peu, les muscles se contractent.", "Manque d'eau"),
    ("缺钙缺钙是小腿抽筋的常见原因，很多人都知道。", "缺钙"),
    ("固定作息 固定作息最重要，周末也不要比平时晚起。", "固定作息"),
    ("Is it dangerous? In most cases it is not dangerous at all.", "Is it dangerous?"),
    ("Drink enough water during the day.", None),
    ("Trinken Sie ausreichend Wasser am Tag.", None),
    ("Viel Trinken hilft gegen Stress und Hunger am Abend.", None),
    ("Vitamin A deficiency causes night blindness in children.", None),
    ("Hepatitis B can be prevented by a vaccine at birth.", None),
    ("Foods I avoid when I am tired in the evening.", None),
    ("World Health Organization guidelines say five portions.", None),
    ("Take 2 Liter of water with you when you go out.", None),
    ("Lleve siempre una botella de agua en la mochila.", None),
]


@pytest.mark.parametrize(("text", "title"), TITLES)
def test_titles(text: str, title: str | None) -> None:
    found = find_title_end(text)
    assert (text[: found[0]] if found else None) == title


COUNTED = [  # a text whose items count, and its headings
    (
        "O sono ruim cansa. 1. Falta de cálcio A falta de cálcio é uma causa conhecida. "
        "2. Pouca água Quando se bebe pouca água, os músculos se contraem.",
        ["1. Falta de cálcio", "2. Pouca água"],
    ),
    (
        "Судороги мешают спать. 1. Недостаток кальция Недостаток кальция часто вызывает судороги. "
        "2. Холод Когда холодно, мышцы сокращаются сильнее.",
        ["1. Недостаток кальция", "2. Холод"],
    ),
    (
        "原因はいくつかあります。1. カルシウム不足 カルシウム不足はよくある原因の一つです。2. 冷え "
        "夜に足が冷えると筋肉が縮みやすくなります。",
        ["1. カルシウム不足", "2. 冷え"],
    ),
    (
        "원인은 여러 가지입니다. 1. 칼슘 부족 칼슘 부족은 흔한 원인으로 알려져 있습니다. "
        "2. 수분 부족 수분 부족도 원인이 될 수 있습니다.",
        ["1. 칼슘 부족", "2. 수분 부족"],
    ),
    ("방법이 있습니다. 1. 물을 충분히 마시면 근육이 덜 수축합니다. 2. 자기 전에 다리를 천천히 늘려 주면 좋습니다.", []),
    (
        "小腿抽筋的原因有很多。1、缺鈣缺鈣是常見的原因，老年人要注意。2、疲勞 走路太多以後肌肉會疲勞，容易抽筋。",
        ["1、缺鈣", "2、疲勞"],
    ),
    (
        "Les crampes réveillent. 1. Manque de calcium Le manque de calcium est une cause connue. "
        "2. Froid Quand il fait froid, les muscles se contractent.",
        ["1. Manque de calcium", "2. Froid"],
    ),
    ("1. Trinken Sie über den Tag verteilt genug Wasser. 2. Dehnen Sie die Waden vor dem Schlafen.", []),
]


@pytest.mark.parametrize(("text", "headings"), COUNTED)
def test_counted_headings(text: str, headings: list[str]) -> None:
    assert [block.text for block in clean(Page(text=text)).blocks if block.kind == "heading"] == headings


LINES = [  # headings, paragraphs and lists that stand on lines of their own
    "Почему сводит ноги\nСудороги мешают спать по ночам, и причин у них много.\n- пейте воду\n- ходите пешком",
    "다리에 쥐가 나는 이유\n밤에 다리에 쥐가 나는 사람이 많고 원인은 아주 다양합니다.\n- 물 마시기\n- 걷기",
    "足がつる理由\n夜中に足がつる人は多く、原因はさまざまです。多くは疲れによるものです。\n- 水を飲む\n- よく歩く",
    "Por que as pernas doem\nA dor acorda muita gente à noite, e as causas são várias.\n- beber água\n- andar a pé",
]


@pytest.mark.parametrize("text", LINES)
def test_lines_in_other_languages(text: str) -> None:
    kinds = [block.kind for block in clean(Page(text=text)).blocks]
    assert kinds == ["heading", "paragraph", "list_item", "list_item"]


UNTOUCHED = [  # numbers that count nothing
    "People with Type 2 diabetes took 2.5 mg on day 1. After 3 weeks the value fell to 7.4 percent.",
    "The dose is 1. 5 mg on day one. Then 2. 5 mg daily.",
    "See chapters 1. and 2. for more.",
    "It rose from 1.2 to 2.4 within 10 minutes. In group 2 nothing changed.",
    "Version 2. The second edition was printed in 1998.",
    "每天1到2次，每次2.5毫克。第2天起减为1毫克。",
]


@pytest.mark.parametrize("text", UNTOUCHED)
def test_prose_stays_one_paragraph(text: str) -> None:
    assert shape(clean(Page(text=text))) == [{"kind": "paragraph", "text": text}]


def test_chinese_numerals_stand_above_digits() -> None:
    text = (
        "睡不好怎么办？一、调整作息 1、早睡早睡对身体有好处，最好十点半以前。2、早起早起以后晒太阳十五分钟才有用。"
        "二、注意饮食 1、少喝咖啡 咖啡因在身体里会停留八个小时。2、晚餐清淡 油腻的食物不好消化，容易反酸。"
    )
    headings = [(b.level, b.text) for b in clean(Page(text=text)).blocks if b.kind == "heading"]
    assert headings == [
        (2, "睡不好怎么办？"),
        (3, "一、调整作息"),
        (4, "1、早睡"),
        (4, "2、早起"),
        (3, "二、注意饮食"),
        (4, "1、少喝咖啡"),
        (4, "2、晚餐清淡"),
    ]
