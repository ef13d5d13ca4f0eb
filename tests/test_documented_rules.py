"""What docs/cleaning.md gives as examples is taken off by the rule it names, and its counter-examples stay."""

import re
from pathlib import Path

import pytest

from clearwell import Page, clean
from clearwell.cleaning.memory import SiteMemory
from clearwell.extraction.extract import extract
from clearwell.site import MemorySettings, Site

DOCUMENT = (Path(__file__).resolve().parents[1] / "docs" / "cleaning.md").read_text()
LEAD = "Most adults sleep too little in winter, and the light of the morning helps them more than any pill does."
PROSE = LEAD + " It is a habit that can be learned in a week."
END = "Whoever wakes at night should not look at a clock, since counting the hours that are left makes it all worse."

# {lead} and {end} stand for paragraphs of prose, {body} for both.
CUT = "Landing on the moon is a mile...\nThe phone in your pocket has a...\nThe right way to hold a pen is..."
PAIRS = (
    "{body}\nRecommend\nThe oldest tree\nThe oldest tree in town has seen a lot of win...\n"
    "How bread is made\nBread is made from flour and water, and then t...\n"
    "Shoes for the hills\nWhoever walks in the hills knows that a shoe t..."
)
EXAMPLES = [
    ("lone-notice", "{lead} © 2024 Brandname. All rights reserved.\n{end}"),
    ("notice-line", "{body}\nUnauthorized reprinting of Brandname articles is prohibited"),
    ("repeated-notice", "Hurts. Brandname original copyright contact Rest. Brandname original copyright contact End."),
    ("closing-bar", "{lead} {end} |"),
    ("marked-line", "{body}\n<<: The oldest tree in town"),
    ("previous-next", "{body}\n上一篇：世界上的树\n下一篇：白色的花"),
    ("previous-next", "{body}\nVorheriger Artikel: Brot backen"),
    ("previous-next-title", "{body}\nPrevious\nThe oldest tree in town\nNext\nHow bread is made"),
    ("pager", "{body}\n1 2 3 4 5 Next"),
    ("breadcrumb", "Home > Health > Sleep\n{lead}\n{end}"),
    ("breadcrumb", "Inicio > Salud\n{lead}\n{end}"),
    ("back-link", "{body}\nBack to the list"),
    ("back-link", "{body}\nAlle Beiträge anzeigen"),
    ("page-control", "{lead}\nSkip to content\n{end}"),
    ("page-control", "{lead}\nWe use cookies to improve your experience.\n{end}"),
    ("ad-label", "{lead}\nArticle continues after advertisement\n{end}"),
    ("call-line", "{body}\nWas this article helpful? Yes No"),
    ("credit-line", "{body}\nCompiled by the editorial team"),
    ("image-credit", "{lead}\nGetty Images\n{end}"),
    ("image-credit", "{lead}\n图源网络\n{end}"),
    ("tag-line", "{body}\n#sleep #winter"),
    ("fixed-width", "{body}\n{cut}"),
    ("after-navigation", "{body}\n<<: The tree\n>>: The bread\nLanding on the moon is a milestone event in hum..."),
    ("read-also", "{lead}\nBaca juga: Cara tidur lebih baik\n{end}"),
    ("read-also", "{lead}\n推荐阅读：冬天怎样睡得好\n{end}"),
    ("read-more", "{body}\nWhat helps the knees Read more"),
    ("related-list", "{body}\nRelated articles\nHow to sleep in summer\nWhat bread does to you\nThe trouble with naps"),
    ("line-tail", "{lead}\n{end} | <<: The tree >>: The bread Landing on the moon is a mile..."),
    ("lesson-listing", "{body}\nCourse outline: Lesson 1 Start Lesson 2 Middle Lesson 3 End"),
    ("shop-listing", "{body}\nKnee brace $19.90 Add to cart"),
    ("byline", "By Lucy Harmon\n{body}"),
    ("date-line", "{body}\nPublished on May 3, 2022"),
    ("view-count", "{body}\n5 min read"),
    ("placeholder", "{lead} &nbsp; {end}"),
    ("player-fallback", "{lead}\nLoading...\n{end}"),
    ("tag-line", "{body}\nTags: sleep, winter, light"),
    ("noise", "{lead} 8 g3 O, u; D% j# A+ e {end}"),
    ("mojibake", "{lead} 锟斤拷锟斤拷 {end}"),
    ("previous-next", "{body}\nNext: How bread is made"),
    ("read-also", "{lead}\n【相关阅读】冬天怎样睡得好\n{end}"),
    ("lone-notice", "{lead} Copying of this text is not allowed {end}"),
    ("tree-listing", "{body}\nCourse Catalog: ├──1. First lesson├──2. Second lesson"),
    ("dash-listing", "{body}\nFiles: |- 01 Introduction.mp4 |- 02 Practice.mp4"),
    ("file-listing", "{body}\n01.mp4 02.mp4 answers.zip"),
    ("call-line", "{body}\nScan the QR code to follow our account"),
    ("call-sentence", "{lead}\n{end} Share this article with your friends!"),
    ("share-row", "{body}\nFacebook Twitter WhatsApp"),
    ("credit-line", "{body}\n责任编辑：王敏"),
    ("image-credit", "{lead}\nPhoto: Brandname / A. Name\n{end}"),
    ("view-count", "{body}\n阅读 1024"),
    ("placeholder", "{lead} [[161042]] {{{{title}}}} [图片] {end}"),
    ("player-fallback", "{lead}\nYour browser does not support the video tag\n{end}"),
    ("ad-label", "{lead}\nAnzeige\n{end}"),
    ("invisible", "{lead} zero\u200bwidth {end}"),
    ("teaser-title", PAIRS),
    ("teaser-heading", PAIRS),
    ("newsletter-form", "{body}\nEnter your e-mail to get our newsletter Subscribe Privacy notice: we keep it"),
    ("repeated-headline", "What the light of the morning does\nWhat the light of the morning does\n{body}"),
    ("keyword-line", "The knee\n\nknee pain, knee swelling, knee brace, knee exercises, knee surgery\n{lead}"),
]  # fmt: skip
STAY = [
    "{body}\nBack to work after a week",
    "{lead}\nOpen the mouth\n{end}",
    "{lead}\n{end} Join our support group.",
    "{body}\nCategory: moderate risk",
    "{body}\nTopics: breathing, posture",
    "{lead}\nCopying a sibling's medicine is dangerous.\n{end}",
    "{body}\nNext: Keep the leg raised",
    "{lead} First: rest. Next: ice. {end}",
    "{lead}\nSee also: section 4\n{end}",
    "{lead}\n推荐：每天喝两升水\n{end}",
    "{lead}\nLesson 1: pain is not damage. Lesson 2: rest is not best. Lesson 3: move.\n{end}",
    "{lead}\nA $20 test can save a $2,000 scan.\n{end}",
    "{lead}\nBy contrast, children recover.\n{end}",
    "{lead}\nUpdated on day 3: 5 mg twice a day.\n{end}",
    "{lead}\nLoading dose: 300 mg\n{end}",
    "{lead}\nTags on the skin are harmless.\n{end}",
    "{lead} p < 0.05 (n = 12) {end}",
    "{lead}\nReproduction is impaired in both sexes.\n{end}",
    "{lead} It was p << 0.05 in both groups. {end}",
    "{lead}\nNext: rinse with water.\n{end}",
    "{body}\nNext: rinse with water.",
    "Home > 38 °C: see a doctor\n{lead}\n{end}",
    "{lead}\nAnd then we waited ...\n{end}",
    "{lead}\nRead also the package leaflet.\n{end}",
    "{lead}\nRead more slowly if your eyes hurt.\n{end}",
    "{body}\ndownload the PDF leaflet",
    "{lead}\n{end} Follow your doctor's advice.",
    "{lead}\n{end} Share this list with your doctor.",
    "{lead}\n{end} Sign up for screening.",
    "{lead}\nPhoto therapy: three times a week.\n{end}",
    "{body}\nReferences\nSource: CDC",
    "{lead}\n2,400 visits to clinics\n{end}",
    "{lead} [12] [sic] [Ca2+] {end}",
    "{lead}\n{lead}\n{end}",
]


def removed(text):
    return [
        removal.rule
        for removal in clean(
            Page(text=text.format(lead=PROSE, end=END, body=f"{PROSE}\n{END}", cut=CUT))
        ).cleaning.removals
    ]


@pytest.mark.parametrize(("rule", "text"), EXAMPLES)
def test_the_example_is_taken_off_by_its_rule(rule, text):
    assert rule in removed(text)
    assert f"| `{rule}` |" in DOCUMENT


@pytest.mark.parametrize("text", STAY)
def test_the_counter_example_stays(text):
    assert removed(text) == []


PHRASE = "lantern edition of the Morning Pages"


def test_phrases_without_a_word_of_rights_are_taken_off_by_memory_pin_and_repetition():
    text = f"{LEAD} {PHRASE} {END} The light of the morning {LEAD}"
    memory = SiteMemory()
    for begin in ("Sleep early.", "Walk a lot.", "Eat late.", "Sit up."):
        page = Page(
            text=f"{begin} {PHRASE} {END} {PHRASE} The {begin[:3]} is it. {PHRASE} If you {begin[:3]}, rest. {begin}"
        )
        memory = memory.observe(extract(page).document)
    assert [(r.rule, r.text) for r in clean(Page(text=text), memory=memory).cleaning.removals] == [
        ("known-phrase", PHRASE)
    ]
    assert clean(Page(text=text)).cleaning.removals == ()
    assert clean(Page(text=text), Site(memory=MemorySettings(forbid=(PHRASE,))), memory).cleaning.removals == ()
    pinned = clean(Page(text=text), Site(memory=MemorySettings(pin=(PHRASE,))))
    assert [(r.rule, r.text) for r in pinned.cleaning.removals] == [("pinned-phrase", PHRASE)]
    small = PHRASE.replace("lantern", "the lantern")
    thrice = f"{LEAD} {small} The air is cold. {small} If it rains, stay in. {small} {END}"
    assert {(r.rule, r.text) for r in clean(Page(text=thrice)).cleaning.removals} == {("repeated-phrase", small)}


def test_every_documented_rule_has_its_example():
    documented = set(re.findall(r"^\| `([\w-]+)`", DOCUMENT, re.M))
    assert documented - {rule for rule, _ in EXAMPLES} == {
        "known-label",
        "known-line",
        "known-phrase",
        "pinned-phrase",
        "repeated-phrase",
        "site-disclaimer",
    }  # the test above, tests/test_endings.py and tests/test_disclaimers.py
