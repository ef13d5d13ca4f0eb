"""Which of what a site repeats is the site's own: phrases that stand between the sentences of unrelated texts.

Ordinary language recurs too: `consult your doctor`, a leaflet's warnings, headings.  What tells a notice from them is
how it stands, in any language: it begins behind a finished sentence, several times on a page, has no full stop of its
own, and what follows begins anew, with words that begin sentences elsewhere, and is something else each time.
`Do not take Bactrim` goes on with a name.  `Symptoms include` goes on with a small letter;
`Keep out of the reach of children.` has its full stop; a heading begins its block, and stands once on a page.

Found by following, word by word, what the sentences of the remembered pages have in common, as in a prefix tree:
linear in their number.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from clearwell.cleaning.memory import Opening, PageRecord, read_openings
from clearwell.cleaning.watermarks import claims_rights
from clearwell.document import Document
from clearwell.sentences import OPENERS, WIDE, fold, is_terminated, starts_anew, weigh

MIN_PAGES = 3  # distinct pages a phrase stands on
MIN_PAGE_SHARE = 0.1  # of the remembered pages: a wrong guess from a few heals as more come
MIN_BEHIND = 2  # pages on which it stands within a paragraph, most of its places being so
MIN_ANEW = 0.9  # share of occurrences behind which something new begins
MAX_NUMBERS = 0.4  # share of occurrences that go on with a number
MAX_SAME_NEXT = 0.5  # share of occurrences that go on with one and the same word
MIN_REPEATING = 1 / 3  # share of its pages on which it stands several times, where its place alone tells nothing
MIN_SPREAD_PAGES, MIN_SPREAD_BEHIND = 4, 2 / 3  # pages, share of places, where no page repeats it
MIN_WORDS, MIN_WEIGHT = 2, 10  # of a phrase; Latin characters
MIN_FLAT_WORDS = 4  # of a phrase in a text without markup, in which headings look like it
MIN_TWICE = 2  # times that a single page repeats one, where every time it stands between finished sentences
MIN_LONE_WORDS = 4  # of a phrase that one page alone repeats
MIN_OPENED = 0.2  # share of occurrences behind which a word stands that begins sentences elsewhere
MIN_OPENER_SHARE = 0.2  # of the remembered pages, for a word to count as one
JOINTS = frozenset(
    "of to at by from into for with the a an de di da du van von mit auf bei für en el la le les und y et".split()
)
MIN_CASELESS_SHARE, MIN_CASELESS_WEIGHT = 0.5, 21  # for scripts without capitals, where anything begins anew
MAX_WORDS = 24
# All of 2026-11; tests/test_memory.py has what each is for.

# A word, a wide letter, or what a capital parts from small letters that it sticks to: `mediaThe` is two.
_TOKEN = re.compile(
    rf"{WIDE.pattern}|[^\s぀-ヿ㐀-鿿가-힯](?:[^\s぀-ヿ㐀-鿿가-힯A-ZÀ-ÞА-Я]|(?<![a-zß-ÿа-я]{{3}})[A-ZÀ-ÞА-Я])*"
)
# For a text with a line break before it: so the matcher stops at white space only, and is twice as fast.
_BEGINNING = re.compile(rf"[ \n](?:(?<=\n)|(?<=[.!?…\"'”’»)\]] ))(\S++(?: \S++){{{MIN_LONE_WORDS - 1}}})")
_ITEM = re.compile(r"\d{1,2}[.)、．]\s")
CLOSING = {sign: sign for sign in "/|｜*★☆◆●~–—"} | dict(zip("[【(（<《", "]】)）>》", strict=True))
DECORATION = f" ※•-_{''.join(CLOSING)}"  # before a phrase
_OPEN_END = frozenset(',;:、，；：-–—(（[【「『"“«‘/&')


class Learned(NamedTuple):
    """A phrase of the site's: on how many of the remembered pages, how often, how often between two sentences."""

    text: str
    pages: int
    occurrences: int
    between: int


class _Place(NamedTuple):
    """One sentence of one page, and where its words begin and end."""

    page: int
    flattened: bool
    opening: Opening
    words: Sequence[tuple[int, int]]

    def word(self, number: int) -> str | None:
        if number >= len(self.words):
            return None
        start, end = self.words[number]
        return self.opening.text[start:end]

    def rest(self, count: int) -> str:
        """What follows the first `count` words."""
        return self.opening.text[self.words[count - 1][1] :].lstrip()

    def phrase(self, count: int) -> str:
        return self.opening.text[: self.words[count - 1][1]]


def learn(pages: Sequence[PageRecord]) -> tuple[Learned, ...]:
    """The phrases that are the site's, longest first; none from fewer than MIN_PAGES pages."""
    places = (
        _Place(number, page.flattened, opening, _split(opening.text))
        for number, page in enumerate(pages)
        for opening in map(_undecorated, page.openings)
    )
    judge = _Judge(len(pages), OPENERS | _find_openers(pages))
    return _find_phrases(places, max(MIN_PAGES, MIN_PAGE_SHARE * len(pages)), judge)


def _undecorated(opening: Opening) -> Opening:
    """An opening without the bar, the bracket or the star that it begins with, and that which closes it."""
    text = opening.text.lstrip(DECORATION)
    if text == opening.text:
        return opening
    sign = CLOSING.get(opening.text[: len(opening.text) - len(text)].rstrip()[-1:])
    if sign and sign in text:
        phrase, _, rest = text.partition(sign)
        text = f"{phrase.rstrip()} {rest.lstrip(f' {sign}')}".rstrip()
    return Opening(text, opening.behind, opening.last)


def _find_openers(pages: Sequence[PageRecord]) -> frozenset[str]:
    """The words that begin sentences on a good part of the pages: `the` and `if` of the site's language, no name."""
    begun = Counter(word for page in pages for word in {_first_word(opening.text) for opening in page.openings})
    least = max(MIN_PAGES, MIN_OPENER_SHARE * len(pages))
    return frozenset(word for word, count in begun.items() if count >= least)


def _first_word(text: str) -> str:
    """The first word in small letters; of a script without spaces its first two characters."""
    return text[:2] if WIDE.match(text) else fold(text.split(None, 1)[0])


def learn_from_page(document: Document) -> tuple[Learned, ...]:
    """The phrases that a single page repeats between unrelated sentences: twice within paragraphs, or MIN_PAGES times.

    As every place counts for a page of its own, only where it stands tells: nothing is learned from scripts without
    capitals, and from text without markup only what begins small.
    """
    often = _find_often(document)
    if not often:
        return ()
    places = (
        _Place(number, document.flattened, opening, _split(opening.text))
        for number, opening in read_openings(document, often)
    )
    return _find_phrases(places, MIN_TWICE, _Judge(None, OPENERS))


def _find_often(document: Document) -> tuple[str, ...]:
    """The first words that enough sentences of a page have in common: on nearly every page there are none."""
    begun = Counter(_BEGINNING.findall("\n" + document.text))
    return tuple(words for words, count in begun.items() if count >= MIN_TWICE)


def _find_phrases(places: Iterable[_Place], least: float, judge: "_Judge") -> tuple[Learned, ...]:
    groups: dict[str, list[_Place]] = defaultdict(list)
    for place in places:
        if len(place.words) >= MIN_WORDS:
            groups[place.phrase(MIN_WORDS)].append(place)
    found = {
        learned.text: learned
        for group in groups.values()
        if _count_pages(group) >= least
        for learned in _follow(group, MIN_WORDS, least, judge)
    }
    return tuple(sorted(found.values(), key=lambda learned: (-len(learned.text), learned.text)))


def _split(text: str) -> Sequence[tuple[int, int]]:
    return [match.span() for match in _TOKEN.finditer(text)][: MAX_WORDS + 1]


def _follow(group: list[_Place], count: int, least: float, judge: "_Judge") -> Iterator[Learned]:
    """Find the phrases that places begin with which share their first `count` words; the shortest that stands alone."""
    waiting = [(group, count)]
    while waiting:
        group, count = waiting.pop()
        if judge.accepts(group, count):
            between = sum(place.opening.behind for place in group)
            yield Learned(group[0].phrase(count), _count_pages(group), len(group), between)
        elif count < MAX_WORDS:
            ways: dict[str | None, list[_Place]] = defaultdict(list)
            for place in group:
                ways[place.word(count)].append(place)
            ways.pop(None, None)
            waiting += [(way, count + 1) for way in ways.values() if _count_pages(way) >= least]


def _count_pages(places: Sequence[_Place]) -> int:
    return len({place.page for place in places})


class _Judge:
    """Tells the site's phrases from language.

    `total` is the number of remembered pages, None within one page; `openers` are words that begin sentences.
    """

    def __init__(self, total: int | None, openers: frozenset[str]) -> None:
        self.total = total
        self.openers = openers
        self.least = MIN_TWICE if total is None else MIN_PAGES  # contexts

    def accepts(self, places: list[_Place], count: int) -> bool:
        """Whether the first `count` words of these places are a phrase of the site's."""
        phrase = places[0].phrase(count)
        if weigh(phrase) < MIN_WEIGHT or phrase[-1] in _OPEN_END or is_terminated(phrase):
            return False
        following = [place.rest(count) for place in places]
        anew = sum(_ends_there(place, rest) for place, rest in zip(places, following, strict=True))
        if anew < MIN_ANEW * len(places) or _count_contexts(places, following) < self.least or _counts(following):
            return False
        if _goes_on_alike(place.word(count) for place in places):
            return False
        if not self._open_sentences(following) or fold(phrase.split()[-1]) in JOINTS:
            return False
        foreign = WIDE.search(phrase) is not None and _is_foreign(following)
        if (WIDE.search(phrase) or phrase.lower() == phrase.upper()) and not foreign:
            return self._accepts_caseless(phrase, places)
        if self.total is None and (count < MIN_LONE_WORDS or any(map(str.isdigit, phrase))):
            return False  # on the word of a single page no name and date above the posts of a forum
        if len(places) < MIN_PAGES and not all(place.opening.behind and not place.flattened for place in places):
            return False  # twice on a page is enough between finished sentences only
        marked = [place for place in places if not place.flattened]
        sure = foreign or claims_rights(phrase)
        stands = _stands_between(marked) and (self.total is None or _repeats(marked) or (sure and _is_spread(marked)))
        return stands or self._accepts_flattened(phrase, count, places, sure)

    def _open_sentences(self, following: Sequence[str]) -> bool:
        """Whether enough texts begin as sentences do, not with a name: `Do not take Bactrim` goes on from `take`.

        Where a block ends nothing goes on.
        """
        opened = sum(not text or _first_word(text) in self.openers for text in following)
        return opened >= MIN_OPENED * len(following)

    def _accepts_caseless(self, phrase: str, places: list[_Place]) -> bool:
        if self.total is None or _count_pages(places) < MIN_CASELESS_SHARE * self.total:
            return False
        return weigh(phrase) >= MIN_CASELESS_WEIGHT and _repeats(places)

    def _accepts_flattened(self, phrase: str, count: int, places: list[_Place], sure: bool) -> bool:
        flattened = [place for place in places if place.flattened]
        if 2 * len(flattened) < len(places):
            return False
        if phrase[0].islower():
            return self.total is None or _repeats(flattened)
        if self.total is None or count < MIN_FLAT_WORDS:
            return False
        return _repeats(flattened) or (sure and _is_spread(flattened))


def _ends_there(place: _Place, rest: str) -> bool:
    return starts_anew(rest) if rest else place.opening.last


def _count_contexts(places: Sequence[_Place], following: Sequence[str]) -> int:
    """In how many ways the text goes on behind a phrase; a block's end is another one on every page.

    One way at least has to be a text: what ends its block each time may be a link or a label of the text before it.
    """
    texts = set(following) - {""}
    ends = {place.page for place, rest in zip(places, following, strict=True) if not rest}
    return len(texts) + len(ends) if texts else 0


def _goes_on_alike(words: Iterable[str | None]) -> bool:
    """Whether the same word follows too often."""
    next_words = Counter(word for word in words if word is not None)
    return max(next_words.values(), default=0) > max(MAX_SAME_NEXT * next_words.total(), 1)


def _is_foreign(following: Sequence[str]) -> bool:
    """Whether what goes on behind a phrase of a wide script is never of one: a translated page that kept its notice."""
    texts = [text for text in following if text]
    return bool(texts) and not any(WIDE.match(text) for text in texts)


def _is_spread(places: Sequence[_Place]) -> bool:
    """Whether a phrase stands behind finished sentences on several pages, nearly always, though once on each.

    A heading that lost its markup does so too: it takes a word of rights, or a script that is not the text's.
    """
    behind = [place for place in places if place.opening.behind]
    return len(behind) >= MIN_SPREAD_BEHIND * len(places) and _count_pages(behind) >= MIN_SPREAD_PAGES


def _counts(following: Sequence[str]) -> bool:
    """Whether numbers go on with the phrase, as in `At the age of 65`; those of a list begin something new."""
    numbers = sum(rest[:1].isdigit() and not _ITEM.match(rest) for rest in following)
    return numbers > MAX_NUMBERS * len(following)


def _stands_between(marked: Sequence[_Place]) -> bool:
    """Whether it stands behind other sentences of its paragraph, on enough pages, as no heading does."""
    behind = [place for place in marked if place.opening.behind]
    return 2 * len(behind) >= len(marked) and _count_pages(behind) >= MIN_BEHIND


def _repeats(places: Sequence[_Place]) -> bool:
    """Whether a good part of its pages has it several times."""
    times = Counter(place.page for place in places)
    return sum(count > 1 for count in times.values()) >= MIN_REPEATING * len(times)
