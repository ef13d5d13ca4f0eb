"""What a site repeats: what is learned and what is not, in any order, within bounds, and how wrong guesses heal."""

import itertools
import random
import time

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clearwell import Page, clean, restore
from clearwell.cleaning.learning import learn_from_page
from clearwell.cleaning.memory import MAX_OPENING, MAX_OPENINGS, MAX_PAGES, SiteMemory
from clearwell.document import Block, Document
from clearwell.extraction.extract import extract
from clearwell.site import MemorySettings, Site

SUBJECTS = (
    "The pain|A short walk|Warm milk|Every second adult|In winter the skin|Most of the salt|Two of the joints".split(
        "|"
    )
)
VERBS = "wakes people up|helps after a meal|is no cure|lasts for some days|comes from bread|dries out|needs rest".split(
    "|"
)
ENDS = "at night.|more often than not.|for most of us.|as a trial showed.|in 3 of 10 cases.|without a reason.".split(
    "|"
)
MOTTO = "your lantern on the long road"  # nothing in it speaks of rights


def sentences(chance: random.Random) -> list[str]:
    """Some sentences that no other page has in this order."""
    return [" ".join(map(chance.choice, (SUBJECTS, VERBS, ENDS))) for _ in range(12)]


def page(number: int, *inserted: str, block: str = "paragraph") -> Document:
    """An article of three paragraphs, each with every inserted phrase between two of its sentences."""
    chance = random.Random(number)
    blocks: list[Block] = []
    for _ in range(3):
        parts = sentences(chance)
        for phrase in inserted:
            parts.insert(chance.randrange(1, len(parts)), phrase)
        blocks.append(Block(block, " ".join(parts)))  # type: ignore[arg-type]
    return Document(tuple(blocks))


def flattened(document: Document) -> Document:
    return Document((Block("paragraph", " ".join(block.text for block in document.blocks)),), flattened=True)


def remember(documents: list[Document]) -> SiteMemory:
    memory = SiteMemory()
    for number, document in enumerate(documents):
        memory = memory.observe(document, f"https://farm.example/{number}")
    return memory


def texts(memory: SiteMemory) -> list[str]:
    return [learned.text for learned in memory.learned]


MOTTOS = [
    MOTTO,
    "Brandname your neighbourhood of wellness",
    "Brandname The Light Of The Morning",
    "follow the lantern of Brandname Health",
    "Marca tu vecindario de bienestar",
    "Gesund wohnen mit dem Hause Muster",
    "le jardin des bonnes habitudes de Marque",
    "сад добрых привычек от Бренда",
    "o jardim dos bons hábitos da Marca",
    "Qinghe 青禾 garden of good habits",
]


@pytest.mark.parametrize("motto", MOTTOS)
@pytest.mark.parametrize("shape", [lambda d: d, flattened], ids=["markup", "flattened"])
def test_a_motto_between_sentences_is_learned_from_five_pages(motto, shape):
    memory = remember([shape(page(number, motto)) for number in range(5)])
    assert texts(memory) == [motto]
    found = memory.learned[0]
    assert (found.pages, found.occurrences, found.between) == (5, 15, 15)


CHINESE = (
    "喝水对大多数人有好处。|晚上疼痛会加重。|每天走三十分钟。|牛奶里有很多钙。|冬天皮肤容易干。|医生建议早点休息。|"
    "盐大多来自面包。|关节需要休息。|维生素不能代替蔬菜。"
).split("|")


@pytest.mark.parametrize("motto", ["青禾堂伴您走过每一个清晨", "아침마다 함께 걷는 푸른들 건강 이야기"])
def test_scripts_without_capitals_need_more(motto):
    def write(number: int, times: int) -> Document:
        chance = random.Random(number)
        parts = chance.sample(CHINESE, 8)
        for _ in range(times):
            parts.insert(chance.randrange(1, len(parts)), motto)
        return Document((Block("paragraph", "".join(parts) if motto[0] == "青" else " ".join(parts)),))

    assert motto in texts(remember([write(number, 3) for number in range(6)]))
    assert texts(remember([write(number, 1) for number in range(6)])) == []


ORDINARY = [
    "Consult your doctor if it lasts.",
    "Consult your doctor before you take it",  # goes on with a small letter, see below
    "Keep out of the reach of children.",
    "Take 2.5 mg twice a day, never more than 10 mg.",
    "Symptoms include",
    "Vitamin D and calcium",
    "At the age of",
    "According to Dr. Lee,",
    "Note:",
    "Studies have shown that",
    "Do not drive after you have taken it.",
    "Ask your pharmacist!",
    "Is it dangerous?",
]


@pytest.mark.parametrize("phrase", ORDINARY)
def test_ordinary_language_is_not_learned(phrase):
    finished = phrase[-1] in ".!?"
    documents = []
    for number in range(12):
        chance = random.Random(number)
        parts = sentences(chance)
        for place in (3, 7):
            parts[place] = phrase if finished else f"{phrase} {parts[place][0].lower()}{parts[place][1:]}"
            if phrase == "At the age of":
                parts[place] = f"{phrase} {chance.randint(20, 90)} it is no longer so."
        documents.append(Document((Block("paragraph", " ".join(parts)),)))
    memory = remember(documents)
    assert texts(memory) == []
    for document in documents:
        assert [b.text for b in clean(Page(text=document.text), memory=memory).blocks] == [document.text]


DRUGS = "Alvanol Bertrix Cordamin Deltazol Emvira Fenorin Gastrolan Hepravin Isomed Jantrix Kelomid Lunavit".split()
SAME_KIND = {
    "en": "Before taking {0}, ask. Do not take {0} if you are allergic. You should not use {0} with alcohol.",
    "de": "Nehmen Sie {0} nach dem Essen. Patienten mit {0} im Blut sollen ruhen. Vermeiden Sie {0} am Abend.",
    "es": "No use nunca {0} con alcohol. Antes de tomar {0} consulte a su médico. No use nunca {0} en ayunas.",
    "fr": "Ne prenez pas {0} à jeun. Ne prenez pas {0} avec du vin. N'utilisez jamais {0} sans avis.",
    "ru": "Не принимайте {0} натощак. Не принимайте {0} с вином. Нельзя сочетать {0} с мёдом.",
}


@pytest.mark.parametrize("language", SAME_KIND)
@pytest.mark.parametrize("shape", [lambda d: d, flattened], ids=["markup", "flattened"])
@pytest.mark.parametrize("count", [3, 6, 12])
def test_pages_of_one_kind_teach_no_advice(language, shape, count):
    """What differs on such pages is a name, which begins as large as a sentence does."""
    documents = []
    for number in range(count):
        advice = SAME_KIND[language].format(DRUGS[number])
        parts = sentences(random.Random(number))
        blocks = (Block("paragraph", f"{parts[n]} {advice} {parts[n + 1]} {advice}") for n in (0, 4))
        documents.append(shape(Document(tuple(blocks))))
    assert texts(remember(documents)) == []


def test_headings_that_run_into_their_texts_are_not_learned():
    heads = ("When to call a doctor", "In case of overdose", "Dosage for adults", "Very common side effects")
    documents = []
    for number in range(12):
        chance = random.Random(number)
        parts = [f"{head} {' '.join(sentences(chance)[:3])}" for head in heads]
        documents.append(Document((Block("paragraph", " ".join(parts)),)))
    assert texts(remember(documents)) == []


def test_headings_and_labels_that_every_page_has_are_not_learned():
    heads = ("What are the symptoms", "When to see a doctor", "The bottom line", "Key takeaways")
    documents = []
    for number in range(20):
        chance = random.Random(number)
        blocks = []
        for head in heads:
            blocks += [Block("paragraph", head), Block("paragraph", " ".join(sentences(chance)))]
            blocks += [Block("paragraph", f"{head} {' '.join(sentences(chance))}"), Block("heading", head, 2)]
            blocks += [Block("list_item", "Active ingredient Paracetamol"), Block("list_item", "Pack size 20 tablets")]
        documents.append(Document(tuple(blocks)))
    assert texts(remember(documents)) == []
    once = [Document(tuple(b for b in d.blocks if b.kind == "heading" or len(b.text) > 100)[::3]) for d in documents]
    assert texts(remember([flattened(document) for document in once])) == []


def test_a_leaflets_sentences_are_not_learned():
    leaflet = (
        "Read all of this leaflet carefully. Keep it. If you have any further questions, ask your pharmacist. "
        "Do not use it after the expiry date. Store below 25 °C. Take one tablet with water."
    )
    documents = [
        Document((Block("paragraph", f"{' '.join(sentences(random.Random(n)))} {leaflet}"),)) for n in range(30)
    ]
    assert texts(remember(documents)) == []


def test_the_same_article_under_many_addresses_teaches_nothing():
    memory = remember([page(1, MOTTO)] * 10)
    assert len(memory.pages) == 10
    assert texts(memory) == []  # the context is the same: nothing says that the phrase is not its own


def test_two_pages_are_too_few():
    assert texts(remember([page(number, MOTTO) for number in range(2)])) == []


def test_a_wrong_guess_heals_as_more_pages_come():
    early = remember([page(number, "As Rosa told me then") for number in range(5)])
    assert texts(early) == ["As Rosa told me then"]
    later = early
    for number in range(60):
        later = later.observe(page(100 + number), f"https://farm.example/later/{number}")
    assert texts(later) == []


def test_several_mottos_of_one_beginning():
    mottos = ("Brandname the light of the morning", "Brandname the garden of good habits")
    memory = remember([page(number, mottos[number % 2]) for number in range(12)])
    assert set(texts(memory)) == set(mottos)


# -- the memory as a value ---------------------------------------------------------------------------------------------

small = settings(max_examples=50, deadline=None, derandomize=True)
numbers = st.lists(st.integers(0, 300), max_size=100)


@given(numbers, numbers, numbers)
@small
def test_merging_is_associative_commutative_and_idempotent(one, two, three):
    documents = {n: Document((Block("paragraph", f"Page {n} says this. Then that."),)) for n in {*one, *two, *three}}
    a, b, c = (SiteMemory.of((documents[n], f"https://farm.example/{n}") for n in part) for part in (one, two, three))
    assert a.merge(b) == b.merge(a)
    assert a.merge(b).merge(c) == a.merge(b.merge(c))
    assert a.merge(a) == a
    assert a.merge(SiteMemory()) == a
    together = SiteMemory.of((documents[n], f"https://farm.example/{n}") for n in (*three, *two, *one))
    assert together == a.merge(b).merge(c)
    assert together.to_json() == a.merge(b).merge(c).to_json()


def test_a_page_seen_again_counts_once_whichever_version_came_first():
    old, new = page(1, MOTTO), page(2, MOTTO)
    there = SiteMemory().observe(old, "https://farm.example/a").observe(new, "https://farm.example/a")
    back = SiteMemory().observe(new, "https://farm.example/a").observe(old, "https://farm.example/a")
    assert there == back
    assert len(there.pages) == 1
    assert len(SiteMemory().observe(old).observe(old).pages) == 1  # known by its text


def test_the_size_is_bounded_and_the_count_estimated():
    endless = Document((Block("paragraph", "Rest. " * 5_000), Block("paragraph", "疼" * 100_000)))
    memory = SiteMemory.of((endless, f"https://farm.example/{n}") for n in range(500))
    assert len(memory.pages) == MAX_PAGES
    assert all(len(record.openings) <= MAX_OPENINGS for record in memory.pages)
    assert max(len(o.text) for record in memory.pages for o in record.openings) <= MAX_OPENING
    assert 350 < memory.count_pages() < 700
    assert remember([page(n) for n in range(7)]).count_pages() == 7


def test_a_full_memory_learns_in_time():
    memory = SiteMemory.of((page(n, MOTTO), f"https://farm.example/{n}") for n in range(200))
    start = time.process_time()
    assert texts(memory) == [MOTTO]
    assert time.process_time() - start < 2


HOSTILE = {
    "one word": "a " * 50_000,
    "one sentence": "Rest well. " * 5_000,
    "capitals": "A B. " * 10_000,
    "same beginnings": " ".join(f"The same words again and again {n}." for n in range(3_000)),
    "stops": "." * 100_000,
    "wide": "疼。" * 30_000,
    "controls": "\u200b. \ud800 A. " * 3_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text_is_remembered_and_learned_from_in_time(name):
    document = Document((Block("paragraph", HOSTILE[name]),))
    start = time.process_time()
    memory = SiteMemory.of((document, f"https://farm.example/{n}") for n in range(10))
    assert isinstance(memory.learned, tuple)
    assert isinstance(learn_from_page(document), tuple)
    assert time.process_time() - start < 5


def test_a_memory_is_the_same_after_it_was_written_and_read():
    memory = remember([page(number, MOTTO) for number in range(5)])
    again = SiteMemory.from_json(memory.to_json())
    assert again == memory
    assert again.learned == memory.learned


@pytest.mark.parametrize("encoded", [b"", b"{", b"[]", b'{"pages":[1]}', b'{"pages":[["x",false,[]]]}'])
def test_what_is_no_memory_is_refused(encoded):
    with pytest.raises(msgspec.MsgspecError):
        SiteMemory.from_json(encoded)


# -- what the cleaning makes of it -------------------------------------------------------------------------------------

MEMORY = remember([page(number, MOTTO) for number in range(6)])
FIRST, SECOND = "Drink 2 litres of water a day, more if it is hot.", "Walk for 10 minutes after each meal, not before."


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (f"{FIRST} {MOTTO} {SECOND}", f"{FIRST} {SECOND}"),
        (f"{MOTTO} {FIRST}", FIRST),
        (f"{FIRST} {MOTTO}", FIRST),
        (f"{FIRST} {MOTTO}. {SECOND}", f"{FIRST} {SECOND}"),
        (f"{FIRST}\n{MOTTO}\n{SECOND}", f"{FIRST}\n\n{SECOND}"),
        (f"{FIRST} {MOTTO.replace(' ', chr(160))} {SECOND}", f"{FIRST} {SECOND}"),
        (f"{FIRST} Call it {MOTTO} and go on walking.", f"{FIRST} Call it {MOTTO} and go on walking."),
        (f"{FIRST} X{MOTTO} {SECOND}", f"{FIRST} X{MOTTO} {SECOND}"),
    ],
)
def test_a_known_phrase_is_taken_off_where_it_stands_alone(before, after):
    article = clean(Page(text=before), memory=MEMORY)
    assert article.articleBody == after
    assert restore(article) == before
    assert article.copyrightNotice is None  # a motto says nothing of rights


def test_pin_and_forbid_have_the_last_word():
    text = f"{FIRST} {MOTTO} {SECOND} the quiet hour {FIRST}"
    spared = Site(memory=MemorySettings(forbid=(MOTTO.title(),)))
    pinned = Site(memory=MemorySettings(pin=("the  quiet hour",)))
    assert MOTTO in clean(Page(text=text), spared, MEMORY).articleBody
    assert clean(Page(text=text), pinned, MEMORY).articleBody == f"{FIRST} {SECOND} {FIRST}"


def test_the_order_of_pages_and_of_merging_does_not_change_what_is_learned():
    documents = [page(number, MOTTO) for number in range(6)]
    for order in itertools.islice(itertools.permutations(range(6)), 0, 720, 97):
        memory = SiteMemory()
        for number in order:
            memory = SiteMemory().observe(documents[number], f"https://farm.example/{number}").merge(memory)
        assert memory == MEMORY


def test_it_is_learned_from_html_too():
    memory = SiteMemory()
    for number in range(5):
        body = "".join(
            f"<p>{block.text.replace(MOTTO, f'<span>{MOTTO}</span>')}</p>" for block in page(number, MOTTO).blocks
        )
        html = f"<html><body><nav>{MOTTO}</nav><article><h1>Page {number}</h1>{body}</article></body></html>"
        memory = memory.observe(extract(Page(html=html)).document, f"https://farm.example/{number}")
    assert texts(memory) == [MOTTO]
