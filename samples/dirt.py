"""Make an article dirty: true blocks in, `Piece`s out, every dirt string labelled with its category.

Deterministic: the only chance comes from a digest of the slug, so a page is the same on any machine.
"""

from __future__ import annotations

import hashlib
import random
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from samples.phrases import Language, Section, load_language, load_section
from samples.source import Article, Block, list_articles

MIN_MARKS, MAX_MARKS = 2, 4  # watermarks a page
MIN_TEASERS, MAX_TEASERS = 10, 15  # lines in a tail
MIDDLE_LINES = 4  # dirt lines between paragraphs

# Between two sentences: Latin after a full stop and a space, Chinese right after the full stop.
_BOUNDARY = re.compile(r"(?<=[.!?]) (?=[A-ZÁÉÍÓÚÑÄÖÜ¿¡])|(?<=[。！？])(?=[\u4e00-\u9fff])")


@dataclass(frozen=True)
class Part:
    """A run of text in a piece; `category` is empty for the author's own words."""

    text: str
    category: str = ""
    span: bool = False  # rendered in a `<span>` of its own instead of raw


@dataclass(frozen=True)
class Piece:
    """One line of the article area, true or dirty."""

    kind: str  # a block kind, or `line` for a dirt line
    parts: tuple[Part, ...]
    level: int = 0
    ordered: bool = False
    href: str = ""

    @property
    def text(self) -> str:
        """The whole text, dirt included."""
        return "".join(part.text for part in self.parts)

    @property
    def category(self) -> str:
        """The category of a dirt line, empty for a true block."""
        return self.parts[0].category if self.kind == "line" else ""


def seed_random(slug: str, purpose: str = "") -> random.Random:
    """Return a generator seeded by the slug alone; `hash()` would change with every process."""
    return random.Random(int(hashlib.sha256(f"{slug}/{purpose}".encode()).hexdigest(), 16))


def cut_teaser(text: str, width_chars: int) -> str:
    """Cut like a farm does: a fixed width, mid-word, and three dots.

    >>> cut_teaser("Oats keep well in a dry jar", 12)
    'Oats keep we...'
    """
    return text[:width_chars] + "..."


def _line(category: str, text: str, href: str = "") -> Piece:
    return Piece("line", (Part(text, category),), href=href)


def _to_piece(block: Block) -> Piece:
    return Piece(block.kind, (Part(block.text),), block.level, block.ordered)


def _choose_marks(blocks: tuple[Block, ...], rng: random.Random) -> dict[int, list[int]]:
    """Choose where the watermarks go: block index -> character offsets."""
    places = [
        (index, match.start())
        for index, block in enumerate(blocks)
        if block.kind == "paragraph"
        for match in _BOUNDARY.finditer(block.text)
    ]
    chosen = rng.sample(places, min(len(places), rng.randint(MIN_MARKS, MAX_MARKS)))
    marks: dict[int, list[int]] = {}
    for index, offset in sorted(chosen):
        marks.setdefault(index, []).append(offset)
    return marks


def _mark_text(text: str, offsets: list[int], watermark: str, rng: random.Random) -> tuple[Part, ...]:
    """Put the watermark at the offsets; the author's own characters all stay, in order."""
    parts, start = [], 0
    for offset in offsets:
        gap = " " if text[offset] == " " else ""
        parts += [Part(text[start:offset] + gap), Part(watermark, "watermark", span=rng.random() < 0.4)]
        start = offset
    return (*parts, Part(text[start:]))


def _mark_blocks(article: Article, section: Section, rng: random.Random) -> list[Piece]:
    """Turn the true blocks into pieces, watermarks in their paragraphs."""
    pieces = [_to_piece(block) for block in article.blocks]
    for index, offsets in _choose_marks(article.blocks, rng).items():
        text = article.blocks[index].text
        pieces[index] = replace(pieces[index], parts=_mark_text(text, offsets, section.watermark, rng))
    return pieces


def _fill(phrase: str, rng: random.Random) -> str:
    return phrase.replace("%N%", str(rng.randint(312, 9870)))


def _middle_makers(article: Article, words: Language, rng: random.Random) -> dict[str, Callable[[], Piece]]:
    """One maker for each kind of line that may stand between paragraphs."""
    other = rng.choice([a for a in list_articles(article.language) if a.slug != article.slug])
    return {
        "read_also": lambda: _line("teaser", rng.choice(words.read_also).replace("%T%", other.title), other.path),
        "call": lambda: _line("call", rng.choice(words.calls)),
        "photo": lambda: _line("credit", rng.choice(words.photos)),
        "placeholder": lambda: _line("residue", _fill(rng.choice(words.placeholders), rng)),
        "course": lambda: _line("listing", rng.choice(words.courses)),
        "ad": lambda: _line("residue", words.ad),
    }


def _find_slots(blocks: tuple[Block, ...]) -> list[int]:
    """Find the indexes after which a line may stand: between a paragraph and a paragraph or heading."""
    pairs = pairwise(blocks)
    return [i for i, (a, b) in enumerate(pairs) if a.kind == "paragraph" and b.kind in ("paragraph", "heading")]


def _insert_lines(pieces: list[Piece], article: Article, words: Language, rng: random.Random) -> list[Piece]:
    """Put dirt lines between paragraphs, from the end so that indexes stay true."""
    makers = _middle_makers(article, words, rng)
    names = rng.sample(sorted(makers), MIDDLE_LINES)
    slots = _find_slots(article.blocks)
    for name, slot in zip(names, sorted(rng.sample(slots, min(len(slots), len(names))), reverse=True), strict=False):
        pieces.insert(slot + 1, makers[name]())
    return pieces


def _glue_read_also(pieces: list[Piece], article: Article, section: Section, rng: random.Random) -> list[Piece]:
    """Stick a related title to a paragraph's last sentence, with no space between."""
    index = rng.choice([i for i, piece in enumerate(pieces) if piece.kind == "paragraph"])
    other = rng.choice([a for a in list_articles(article.language) if a.slug != article.slug])
    glued = Part(section.mark_start + other.title, "teaser", span=True)
    pieces[index] = replace(pieces[index], parts=(*pieces[index].parts, glued))
    return pieces


def _make_head(article: Article, section: Section, words: Language, rng: random.Random) -> Iterator[Piece]:
    """Make the dirt above the first paragraph: keyword spam, the title again, an editor line."""
    if rng.random() < 0.5:
        yield _line("spam", " ".join(article.keywords))
    if section.title_twice or rng.random() < 0.3:
        yield _line("residue", article.title)
    if rng.random() < 0.7:
        yield _line("credit", _fill(rng.choice(words.credits), rng))


def _find_neighbours(article: Article) -> tuple[Article, Article]:
    """Return the articles before and after this one in its language; the ends meet."""
    articles = list_articles(article.language)
    index = articles.index(article) if article in articles else 0
    return articles[index - 1], articles[(index + 1) % len(articles)]


def _choose_related(article: Article, words: Language, rng: random.Random) -> list[tuple[str, str, str]]:
    """Choose (title, opening, path) of other articles; those out of the archive have no path."""
    others = [(a.title, a.opening, a.path) for a in list_articles(article.language) if a.slug != article.slug]
    pool = others + [(title, opening, "") for title, opening in words.archive]
    return rng.sample(pool, min(len(pool), rng.randint(MIN_TEASERS, MAX_TEASERS)))


def _make_related(article: Article, section: Section, words: Language, rng: random.Random) -> Iterator[Piece]:
    """Make the lines about other articles, in the way of the section."""
    if section.heading:
        yield _line("teaser", section.heading)
    for number, (title, opening, path) in enumerate(_choose_related(article, words, rng)):
        inherited = _fill(rng.choice(words.teaser_dirt), rng) + " " if rng.random() < 0.2 else ""
        if section.tail == "titles":
            text = section.mark_start + title if number % 3 == 0 else title + section.mark_end
            yield _line("teaser", text, path)
            continue
        if section.tail == "pairs":
            yield _line("teaser", title, path)
        yield _line("teaser", cut_teaser(inherited + opening, section.teaser_width), path)


def _make_tail(article: Article, section: Section, words: Language, rng: random.Random) -> Iterator[Piece]:
    """Make everything below the last true block."""
    before, after = _find_neighbours(article)
    if rng.random() < 0.5:
        yield _line("call", rng.choice(words.calls))
    yield _line("navigation", section.previous + before.title, before.path)
    yield _line("navigation", section.next + after.title, after.path)
    yield from _make_related(article, section, words, rng)


def compose(article: Article) -> tuple[Piece, ...]:
    """Return the article area of a page, top to bottom, dirt and all."""
    section, words = load_section(article.section), load_language(article.language)
    rng = seed_random(article.slug)
    pieces = _mark_blocks(article, section, rng)
    if section.glued:
        pieces = _glue_read_also(pieces, article, section, rng)
    if section.closing_bar:
        last = pieces[-1]
        pieces[-1] = replace(last, parts=(*last.parts, Part(" "), Part("|", "navigation")))
    pieces = _insert_lines(pieces, article, words, rng)
    head = _make_head(article, section, words, rng)
    return (*head, *pieces, *_make_tail(article, section, words, rng))
