"""What a site puts below its articles: lines and labels that the memory learns there, and what stays."""

import random

import pytest

from clearwell import Page, clean
from clearwell.cleaning.endings import find
from clearwell.cleaning.memory import SiteMemory
from clearwell.document import Block, Document, Link
from clearwell.extraction.extract import extract
from clearwell.site import MemorySettings, Site

PROSE = (
    "The light of the morning helps more adults through the winter than any pill does.|Whoever walks for half an hour "
    "before noon sleeps earlier, and wakes less often at night.|Bread has most of the salt that people eat, which few "
    "of them know about until they are told.|A trial of two hundred adults found no difference between both kinds of "
    "milk after a year."
).split("|")
TITLES = (
    "How bread is made|The oldest tree in town|What the moon does to water|Why the night shift tires|"
    "A short history of salt|The best shoes for hills|How to hold a pen|What birds eat in winter"
).split("|")
LINE = "Long press the lantern to join our evening circle"
LABEL = "Elder letter:"


def write(number: int, *lines: str, kind: str = "paragraph") -> Document:
    """An article with lines below it."""
    prose = random.Random(number).sample(PROSE, 3)
    blocks = [Block("paragraph", text) for text in prose]
    return Document(tuple(blocks + [Block(kind, line) for line in lines]))  # type: ignore[arg-type]


def remember(documents: list[Document]) -> SiteMemory:
    return SiteMemory.of((document, f"https://farm.example/{n}") for n, document in enumerate(documents))


def endings(documents: list[Document]) -> list[str]:
    return [ending.text for ending in remember(documents).endings]


LEARNED = [
    ("line", lambda n: (LINE,), [LINE]),
    ("label", lambda n: (f"{LABEL} {TITLES[n]}",), [LABEL]),
    ("both ways", lambda n: (f"Elder: {TITLES[n]}", f"Younger: {TITLES[-n - 1]}"), ["Elder:", "Younger:"]),
    ("between others", lambda n: (f"{TITLES[n]}...", LINE, f"{TITLES[-n]}..."), [LINE]),
    ("wide", lambda n: ("长按灯笼加入我们的晚间学习小组",), ["长按灯笼加入我们的晚间学习小组"]),
]
STAYS = [
    ("short words", lambda n: ("Enjoy your meal",)),
    ("facts", lambda n: (f"Serves: {n + 2}", f"Time needed: {n + 10} minutes")),
    ("names", lambda n: (f"Active ingredient: {TITLES[n].split()[-1]}",)),
    ("references", lambda n: (f"Sources: {TITLES[n]}",)),
    ("a sentence", lambda n: ("Ask your doctor before you take any of these herbs.",)),
    ("trails off", lambda n: ("And then we waited for the morning...",)),
    ("two pages", lambda n: (LINE,) if n < 2 else ()),
]


@pytest.mark.parametrize(("lines", "expected"), [row[1:] for row in LEARNED], ids=[row[0] for row in LEARNED])
def test_what_stands_below_several_articles_is_learned(lines, expected):
    assert endings([write(n, *lines(n)) for n in range(6)]) == expected


@pytest.mark.parametrize("lines", [row[1] for row in STAYS], ids=[row[0] for row in STAYS])
def test_what_an_article_ends_with_is_not_learned(lines):
    assert endings([write(n, *lines(n)) for n in range(6)]) == []


def test_headings_and_what_stands_above_the_last_prose_is_not_learned():
    assert endings([write(n, LINE, kind="heading") for n in range(6)]) == []
    assert endings([write(n, LINE, PROSE[n % 4]) for n in range(6)]) == []


def test_a_line_on_few_of_many_pages_is_forgotten():
    assert endings([write(n, *((LINE,) if n < 3 else ())) for n in range(20)]) == []


MEMORY = remember([write(n, LINE, f"{LABEL} {TITLES[n]}") for n in range(6)])
LINK = (Link(0, len(LINE), "https://farm.example/1"),)
PLACES = [
    ("paragraph", Block("paragraph", LINE), ["known-line"]),
    ("item with a link", Block("list_item", LINE, links=LINK), ["known-line"]),
    ("label", Block("paragraph", f"{LABEL} Another story altogether"), ["known-label"]),
    ("item without a link", Block("list_item", LINE), []),
    ("heading", Block("heading", LINE, 2), []),
    ("in a sentence", Block("paragraph", f"They say: {LINE}"), []),
    ("label of a sentence", Block("paragraph", f"{LABEL} It was read aloud."), []),
    ("other label", Block("paragraph", "Serves: Four or five people of any age"), []),
]


@pytest.mark.parametrize(("block", "rules"), [row[1:] for row in PLACES], ids=[row[0] for row in PLACES])
def test_a_known_ending_goes_where_it_fills_a_block(block, rules):
    document = Document((*write(9).blocks, block))
    assert [removal.rule for removal in find(document, Site(), MEMORY)] == rules
    assert list(find(document, Site(), SiteMemory())) == []


def test_a_label_above_the_last_prose_stays():
    document = Document((Block("paragraph", f"{LABEL} How bread is made"), *write(9).blocks))
    assert list(find(document, Site(), MEMORY)) == []


def test_the_sites_file_has_the_last_word():
    site = Site(memory=MemorySettings(forbid=(LINE.upper(),)))
    assert list(find(write(9, LINE), site, MEMORY)) == []


def test_a_text_without_markup_is_cleaned_of_what_others_taught():
    pages = [Page(text=f"{' '.join(write(n).text.split())}\n{LINE}\n{LABEL} {TITLES[n]}") for n in range(6)]
    memory = SiteMemory.of((extract(page).document, str(n)) for n, page in enumerate(pages))
    article = clean(pages[0], memory=memory)
    assert LINE not in article.articleBody
    assert LABEL not in article.articleBody


def test_a_memory_written_before_endings_were_known_is_read():
    old = b'{"pages":[[1,false,[["It hurts.",false,true]]]]}'
    assert SiteMemory.from_json(old).endings == ()
