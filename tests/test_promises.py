"""The three promises of cleaning: nothing goes without a reason, everything can be put back, once is enough."""

import json
import os
import random
import re
import subprocess
import sys
from functools import partial

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clearwell import Page, clean, restore
from clearwell.article import Article
from clearwell.cleaning import DETECTORS
from clearwell.cleaning.apply import apply
from clearwell.cleaning.memory import NOTHING_LEARNED
from clearwell.document import Document, Removal
from clearwell.errors import UnsupportedPage
from clearwell.extraction.extract import extract
from clearwell.extraction.flattened import recover
from clearwell.site import UNKNOWN_SITE

repeatable = settings(max_examples=200, deadline=None, derandomize=True)
MENDED = re.compile(r"[\s:：]*|\s*(?:\d{1,3}[.．)）、]?|[-–•·●▪◦*])\s*")  # white space, a heading's colon, a list mark

SENTENCES = (
    "The pain wakes people up at night.",
    "Take 2.5 mg twice a day, never more than 10 mg.",
    "Type 2 diabetes can be a cause!",
    "Is it dangerous?",
    '"It started with a tingle ..." she recalls.',
    "Contact your doctor if it lasts longer than 3 days.",
    "Magnesiummangel ist selten die Ursache.",
    "Trinken Sie 1,5 Liter am Tag.",
    "El dolor dura unos minutos.",
    "¿Por qué aparecen los calambres?",
    "La douleur dure 5 minutes.",
    "Боль проходит через несколько минут.",
    "小腿抽筋很常见。",
    "每天喝250毫升牛奶。",
    "为什么会疼？",
    "夜中に足がつることがあります。",
)
HEADINGS = (
    "Why do legs cramp?",
    "Cold stimulation",
    "Was hilft am Abend?",
    "¿Qué hacer?",
    "如何预防？",
    "Lack of sleep :",
    "缺钙",
)
NOTICES = (
    "Harbourlight original copyright contact",
    "All rights reserved no reproduction without permission",
    "Alle Rechte vorbehalten",
    "Prohibida su reproducción",
    "青禾堂原创版权联系授权",
    "本文未经许可禁止转载",
    "© 2024 Harbourlight",
)
LINES = (
    "",
    "<<: Why the sea smells of salt",
    ">>: What bees know",
    "« Ten birds",
    "Next article: Ten birds",
    "上一篇：海边的傍晚",
    "下一篇：午后一杯茶",
    "Recommend",
    "推荐阅读",
    "A drawer full of chargers and none that fits, a s...",
    "The harbour ferry has carried commuters for ninet...",
    "[[48213]] Seven questions to ask before you sign ...",
    "Choosing a bicycle helmet that your teenager will...",
    "{{title}}",
    "AD",
    "Read also: Ten birds you can tell by their song",
    "Follow us on Facebook",
    "长按识别二维码，关注我们",
    "Course Catalog: ├──1. Welcome ├──2. Homework.pdf",
    "Photo: Ana Rivas",
    "Source: CDC",
    "- a glass of water",
    "• warm socks",
    "1. Stretch your calf",
    "2. Drink water",
    "Views: 1204",
    "leg cramps calcium night pain muscles elderly sleep",
    "Your browser does not support the video tag",
    "|",
)
sentence = st.sampled_from(SENTENCES)
numbered = st.builds("{}. {}".format, st.integers(1, 4), st.sampled_from(HEADINGS + SENTENCES))
numeral = st.builds("{}、{}".format, st.sampled_from("一二三"), st.sampled_from(HEADINGS + SENTENCES))
bit = st.one_of(
    sentence,
    sentence,
    sentence,
    numbered,
    numeral,
    st.sampled_from(HEADINGS),
    st.sampled_from(NOTICES),
    st.sampled_from(LINES),
)
joint = st.sampled_from((" ", " ", " ", "", "  ", "\u3000", " | ", "\u200b"))
running = st.lists(st.tuples(bit, joint), min_size=1, max_size=14).map(lambda bits: "".join(b + j for b, j in bits))
line = st.one_of(running, st.sampled_from(LINES), sentence, numbered)
dirty_text = st.lists(line, min_size=1, max_size=14).map("\n".join)
any_text = st.text(
    st.one_of(
        st.sampled_from("a1.:|[]{}<>«» \n\t。、版权…-"), st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"])
    ),
    max_size=120,
)
texts = st.one_of(dirty_text, dirty_text, dirty_text, any_text)


def clean_or_none(text: str) -> Article | None:
    """The article of a text, None for what is no page."""
    try:
        return clean(Page(text=text))
    except UnsupportedPage:
        return None


def extracted(text: str) -> str:
    return extract(Page(text=text)).document.text


@given(texts)
@repeatable
def test_every_removed_character_has_a_reason(text: str) -> None:
    article = clean_or_none(text)
    if article is None:
        return
    source = extracted(text).split("\n")
    kept = [0] * len(source)
    for block in article.blocks:
        kept[block.source] += len(block.text)
    for gap in (*article.cleaning.removals, *article.cleaning.mends):
        assert source[gap.block][gap.start : gap.start + len(gap.text)] == gap.text
        kept[gap.block] += len(gap.text)
    assert kept == [len(line) for line in source]
    assert [mend.text for mend in article.cleaning.mends if not MENDED.fullmatch(mend.text)] == []


@given(texts)
@repeatable
def test_restore_is_exact(text: str) -> None:
    article = clean_or_none(text)
    if article is not None:
        assert restore(article) == extracted(text)


@given(texts)
@repeatable
def test_cleaning_a_clean_text_changes_nothing(text: str) -> None:
    article = clean_or_none(text)
    if article is not None and article.articleBody:
        assert clean(Page(text=article.articleBody)).articleBody == article.articleBody


@given(texts)
@repeatable
def test_cleaning_the_clean_html_changes_nothing(text: str) -> None:
    article = clean_or_none(re.sub(r"[^\S\n\t]", " ", text))  # markup gives all other white space back as plain spaces
    if article is None or not article.articleBodyHtml:
        return
    page = Page(html=article.articleBodyHtml)
    extracted_again = [block.text for block in extract(page).document.blocks]
    if extracted_again == [block.text for block in article.blocks]:  # else extraction saw no article in so little
        assert clean(page).articleBodyHtml == article.articleBodyHtml


@given(dirty_text, st.integers(0, 1_000_000))
@repeatable
def test_the_order_of_detectors_does_not_matter(text: str, seed: int) -> None:
    document = extract(Page(text=text or "x")).document if text.strip() else Document(())
    shuffled = list(DETECTORS)
    random.Random(seed).shuffle(shuffled)
    assert apply(document, partial(ask, shuffled), recover) == apply(document, partial(ask, DETECTORS), recover)


def ask(detectors: list, document: Document) -> list[Removal]:
    return [removal for detector in detectors for removal in detector(document, UNKNOWN_SITE, NOTHING_LEARNED)]


@pytest.mark.parametrize("seed", ["1", "77"])
def test_the_same_in_every_process(seed: str) -> None:
    texts = ["\n".join([*SENTENCES, *NOTICES, *LINES]), " ".join([*SENTENCES, *NOTICES, *HEADINGS])]
    program = (
        "import json, sys; from clearwell import Page, clean; import msgspec; "
        "print(msgspec.json.encode([clean(Page(text=text)) for text in json.load(sys.stdin)]).decode())"
    )
    outputs = {
        subprocess.run(
            [sys.executable, "-c", program],
            input=json.dumps(texts),
            env={**os.environ, "PYTHONHASHSEED": hash_seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for hash_seed in ("0", seed)
    }
    assert len(outputs) == 1


@pytest.mark.parametrize(
    "text",
    [
        " Rest. Copyright original contact [[12]], then.",
        "Drink water {{a}} [图片] [[1]], rest.",
        "One {{a}} {{b}} {{c}} two. {{d}}",
        "{{a}} one{{b}} [[2]]two",
    ],
)
def test_seams_between_neighbouring_cuts_are_mended_once(text):
    article = clean(Page(text=text))
    assert restore(article) == text
    assert " ," not in article.articleBody
    assert "  " not in article.articleBody
