"""What stands around a page's title: who wrote it, and when, in the words that readers see."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from clearwell.extraction.dates import HAS_YEAR, MONTHS, find_dates
from clearwell.extraction.segment import RawBlock, Segments

BLOCKS_BEFORE = 3  # the title among which a byline is looked for
BLOCKS_AFTER = 10  # the title
HEAD_BLOCKS = 40  # of a page without a heading for its title; only labelled bylines are believed there
MAX_BYLINE = 120  # characters of a block that can be one; longer ones are prose
MAX_CASELESS = 24  # letters of scripts without capitals beside a date: a name, a source, labels; 2026-11
MAX_LABEL = 40  # characters before a date that can tell what it is the date of
MAX_DATED = 200  # lines with a year looked at in a whole page
MAX_LABEL_WORDS = 4  # of a line that labels the next
MAX_NAME = 60  # characters
MAX_NAME_WORDS = 5

# What a date is the date of: beginnings of words, in the languages whose pages label their dates most.
_MODIFIED = re.compile(
    r"updat|modif|revis|review|edited|changed|actualiza|revisad|aktualis|geändert|überarbeitet|mise? à jour|"
    r"atualiza|aggiorna|обновл|изменен|bijgewerkt|更新|修改|修订|修訂|改訂|수정|업데이트",
    re.I,
)
_PUBLISHED = re.compile(
    r"publi|posted|written|pubblicat|veröffentlicht|erschienen|verfasst|geplaatst|опублик|发布|发表|發布|發表|公開|投稿|게시|등록",
    re.I,
)
_DATED = re.compile(r"\b(?:date|datum|fecha|data|дата)\b|日期|时间|時間|입력", re.I)
_OTHER = re.compile(r"event|webinar|expires?|deadline|valid|copyright|©|\bsince\b|born|accessed|retrieved", re.I)
# What stands beside a date in a dateline; any other word in small letters makes it a line about something.
_BESIDE_DATE = re.compile(
    r"\b(?:written|posted|submitted|created|added|issued|so|far|one|publish\w*|updated?|modified|reviewed|edited|medically|fact|checked|last|first|date|by|von|"
    r"por|par|di|door|on|in|at|am|pm|um|uhr|et|e|и|a|p|m|el|le|il|em|de|del|la|las|à|às|alle|vor|и|в|года?|г|от|"
    r"and|und|y|et|the|of|for|from|min\w*|мин\w*|read\w*|lesezeit|lectura|lecture|leitura|views?|comments?|words?|"
    r"shares?|hours?|hrs?|ago|no|automatically|van|der|den|bin|al)\b",
    re.I,
)
_HAPPENED = re.compile(r"\W*([^\W\d_]+)\s+(?:on|in|at|since|from|until|am|seit|le|el|il|em)\s", re.I)  # `Declared on`
_NAME_AFTER = re.compile(r"\b(?:by|von|por|par|di|da|door)\s+\S", re.I)
_LETTERS = re.compile(r"(?<![\w@/.'’-])[^\W\d_]{2,}")
_BY_VERB = r"(?:written|posted|reviewed by .{0,40}written|authored|article|story|words|text)\s(?:and photos\s)?by"
_BY = r"by|von|por|par|di|author|autor(?:in)?|auteur|autore|текст|автор|door"
_AUTHOR = re.compile(rf"(?:^|[|•·–—(]\s?|\d{{4}}\s)(?:{_BY_VERB}|{_BY})\b\s?[:：]?\s*(?=\S)", re.I)
_WIDE_AUTHOR = re.compile(
    r"(?:^|\s|[|｜])(?:作者|文|撰文|記者|记者|編輯作者)\s?[:：/／]\s?([^\s:：|｜/／]{2,20}(?:、[^\s:：|｜/／]{2,20}){0,9})"
)
_PROFILE = re.compile(
    r"/(?:authors?|people|staff|team|profiles?|contributors?|writers?|experts?|editors?|reporters?)/[\w%-]", re.I
)
_LONE_LABEL = re.compile(rf"(?:{_BY_VERB}|{_BY})\s?[:：]?", re.I)
_NAME_END = re.compile(
    r"[|•·–—(:：/\[\]\n\t@]|\s-\s|\d|(?<![A-Z])(?<!\bDr)(?<!\bProf)(?<!\bMrs)(?<!\bMr)(?<!\bMs)(?<!\bSt)[.!?]\s(?=[^\W\d_]{4})|"
    r"\b(?:updated?|published|posted|reviewed|medically|edited|fact|last|on|in|at|for|from|read|share|min|am|le|el|il|em)\b"
)
_AND = re.compile(r"\s*(?:,|;|、|\s(?:and|und|y|et|e|en|и)\s|&)\s*(?:(?:and|und|y|et|e|en|и)\s)?")
_PARTICLES = frozenset("van der den de la le von di da dos bin al el ter du del zu y".split())
_DEGREES = frozenset(
    "md m.d. phd ph.d. ph.d rd rdn ldn rn np pa do d.o. dds dmd mph ms ma mba msc bsc ba bs cpa cfp cfa esq jd facp "
    "facog faap facs pharmd psyd lcsw cscs cpt cns dpt pt mba. jr. sr. ii iii".split()
)
_ROLES = frozenset(
    "editor writer expert director manager contributor reporter correspondent founder specialist consultant analyst "
    "journalist dietitian nutritionist coach staff team author strategist officer producer columnist president ceo "
    "cofounder co-founder physician surgeon nurse professor therapist advisor lead head engineer marketer redaktion "
    "redakteur redakteurin redactor redactora rédacteur rédactrice".split()
)


_NEVER_IN_NAMES = frozenset('{}<>=@/\\"_();#')


class Byline(NamedTuple):
    """The names and the dates (ISO 8601, not yet checked) that stand around a title."""

    authors: tuple[str, ...] = ()
    published: tuple[str, ...] = ()
    modified: tuple[str, ...] = ()


def find_byline(segments: Segments, headline: str | None) -> Byline:
    """Read the blocks around the title.

    A date is taken as that of publication when a label says so, or when it stands there without any; one that is
    called updated or reviewed is a date of modification.  Links to other pages and prose are left alone.
    """
    before, after = _around_title(segments.blocks, headline)
    titled = bool(before or after)
    near = [_short(after), _short(before)] if titled else [_short(segments.blocks[:HEAD_BLOCKS])]
    dates = [_read_dates(lines, titled) for lines in near]
    labelled = tuple(found for read in dates for found in read[0])
    bare = tuple(found for read in dates for found in read[1])
    modified = tuple(found for read in dates for found in read[2])
    return Byline(_read_authors([*near[-1], *near[0]] if titled else near[0], titled), labelled or bare, modified)


def find_labelled_dates(segments: Segments) -> tuple[str | None, str | None]:
    """The one date of the whole page that a label calls that of publication, and the one of modification.

    Where several stand there they are those of other pages, and none is given.
    """
    blocks = segments.blocks
    dated = [n for n, block in enumerate(blocks) if len(block.text) <= MAX_BYLINE and HAS_YEAR.search(block.text)]
    published: set[str] = set()
    modified: set[str] = set()
    for number in dated[:MAX_DATED]:
        labelled, _, changed = _read_dates(_short(blocks[max(number - 1, 0) : number + 1]), False)
        published.update(labelled)
        modified.update(changed)
    return _only(published), _only(modified)


def _only(found: set[str]) -> str | None:
    return next(iter(found)) if len(found) == 1 else None


def _short(blocks: list[RawBlock]) -> list[RawBlock]:
    return [block for block in blocks if len(block.text) <= MAX_BYLINE]


def _around_title(blocks: list[RawBlock], headline: str | None) -> tuple[list[RawBlock], list[RawBlock]]:
    """The blocks before and after the title: a heading of the first level, another heading, or a line that is it."""
    wanted = (headline or "").casefold()
    places = [n for n, block in enumerate(blocks) if block.kind == "heading" and block.level == 1]
    same = [n for n in places if blocks[n].text.casefold() == wanted]
    if not same:
        repeated = [
            n for n, block in enumerate(blocks) if len(block.text) == len(wanted) and block.text.casefold() == wanted
        ]
        same = [n for n in repeated if blocks[n].kind == "heading"] or ([] if places else repeated)
    place = (same or places or [-1])[0]
    if place < 0:
        return [], []
    return blocks[max(place - BLOCKS_BEFORE, 0) : place], blocks[place + 1 : place + 1 + BLOCKS_AFTER]


def _read_dates(lines: list[RawBlock], titled: bool) -> tuple[list[str], list[str], list[str]]:
    """The labelled and the bare dates of publication, and the dates of modification."""
    labelled: list[str] = []
    bare: list[str] = []
    modified: list[str] = []
    before = ""
    for block in lines:
        end = 0
        for start, stop, found in sorted(find_dates(block.text)):
            label = block.text[end:start][-MAX_LABEL:]
            if not label.strip():
                label = before if _is_label(before) else ""
            end = stop
            kind = _read_label(label)
            if kind == "modified":
                modified.append(found)
            elif kind == "published":
                labelled.append(found)
            elif titled and not _OTHER.search(label) and _is_byline(block):
                bare.append(found)
        before = "" if end else block.text
    return labelled, bare, modified


def _is_label(text: str) -> bool:
    """Whether a line is nothing but the label of the line below: `Last updated on:`, not `Reviewed by Ana Ruiz`."""
    return len(text) <= MAX_LABEL and len(text.split()) <= MAX_LABEL_WORDS and not _NAME_AFTER.search(text)


def _read_label(label: str) -> str | None:
    """What the words before a date say it is the date of; of several, the last counts."""
    ends = {
        kind: max((match.end() for match in pattern.finditer(label)), default=-1)
        for kind, pattern in (("modified", _MODIFIED), ("published", _PUBLISHED))
    }
    if max(ends.values()) >= 0:
        return max(ends, key=lambda kind: ends[kind])
    return "published" if _DATED.search(label) else None


def _is_byline(block: RawBlock) -> bool:
    """A line with a date that is neither a sentence nor the link to another page."""
    return (
        (block.kind != "heading" or block.text[:1].isdigit())
        and not block.text.endswith((".", "!", "?", "…"))
        and block.link_length < 0.8 * len(block.text)
        and is_dateline(block.text)
    )


def is_dateline(text: str) -> bool:
    """Whether a line with a date says little else: names, labels, the time, how long it takes to read.

    >>> is_dateline("By Ana Ruiz | March 5, 2026 · 4 min read"), is_dateline("Outbreak began 12 May 2009 in Mexico")
    (True, False)
    """
    rest, end = "", 0
    for start, stop, _ in sorted(find_dates(text)):
        if text[end:start].rstrip().endswith((":", "：")) and _read_label(text[end:start][-MAX_LABEL:]) is None:
            return False
        rest += text[end:start] + " "
        end = max(end, stop)
        if _is_caseless(text[stop : stop + 1]) and text[stop] not in "星周週":  # goes on as a sentence; not `星期四`
            return False
    rest += text[end:]
    if (verb := _HAPPENED.match(rest)) and not _BESIDE_DATE.fullmatch(verb.group(1)):
        return False
    rest = _BESIDE_DATE.sub(" ", rest)
    return (
        not any(word[0].islower() for word in _LETTERS.findall(rest)) and sum(map(_is_caseless, rest)) <= MAX_CASELESS
    )


def _is_caseless(character: str) -> bool:
    return character.isalpha() and not character.islower() and not character.isupper()


def is_change_label(text: str) -> bool:
    """Whether a text begins by saying that something was updated, edited or reviewed."""
    return _MODIFIED.search(text[:MAX_LABEL]) is not None


def _read_authors(lines: list[RawBlock], titled: bool) -> tuple[str, ...]:
    previous = ""
    for block in lines:
        if not block.text.isascii() and (found := _WIDE_AUTHOR.search(block.text)):
            return tuple(split_names(found.group(1)))
        if titled and block.kind != "heading":
            label = _AUTHOR.search(block.text)
            start = label.end() if label else 0 if _LONE_LABEL.fullmatch(previous) else len(block.text)
            if names := _linked_names(block, start) or _written_names(block.text[start:]):
                return names
        previous = block.text
    return next((names for block in lines if titled and (names := _profile_names(block))), ())


def _written_names(rest: str) -> tuple[str, ...]:
    line = _NAME_END.split(rest, maxsplit=1)[0].strip()
    return tuple(name for name in split_names(line) if " " in name or name == rest.strip())


def _linked_names(block: RawBlock, start: int) -> tuple[str, ...]:
    """The names that are links and follow a label at once: where a link ends, the name does."""
    names: list[str] = []
    for begin, end, _ in sorted(block.links):
        between = block.text[start:begin].strip() if begin >= start else None
        if between is None or (between if not names else not _AND.fullmatch(block.text[start:begin])):
            continue
        names += split_names(block.text[begin:end])
        start = end
    return tuple(names)


def _profile_names(block: RawBlock) -> tuple[str, ...]:
    """Names that link to somebody's page (`/authors/ana-ruiz`), in a line that does not call them reviewers."""
    if is_change_label(block.text) or block.kind == "heading":
        return ()
    linked = [block.text[start:end] for start, end, href in block.links if _PROFILE.search(href[:500])]
    return tuple(name for text in linked for name in split_names(text) if " " in name)


def split_names(text: str) -> Iterator[str]:
    """The names in a line of authors; degrees, roles and what else no name looks like are left out.

    >>> list(split_names("Ana Ruiz, MD, RDN and Jan van der Berg, Senior Editor"))
    ['Ana Ruiz', 'Jan van der Berg']
    """
    for number, piece in enumerate(_AND.split(text[:1_000])):
        name = piece.strip(' .,-–—|*"\u200b') + ("." if piece.endswith((" Jr.", " Sr.")) else "")
        words = name.split()
        while len(words) > 1 and (_is_degree(words[-1]) or (len(words) > 2 and words[-1].casefold() in MONTHS)):
            words.pop()
        if words and _is_name(words) and not (number and _is_title(words)):
            yield " ".join(words)


def _is_degree(word: str) -> bool:
    return word.casefold().strip(".,") in _DEGREES and not (word.istitle() and word.isalpha())


def _is_title(words: list[str]) -> bool:
    """What follows a name after a comma and is none: `Senior Editor`, `FAND`."""
    lone_capitals = len(words) == 1 and words[0].isascii() and words[0].isupper()
    return words[-1].casefold() in _ROLES or words[0].casefold() in _ROLES or lone_capitals or _is_degree(words[-1])


def _is_name(words: list[str]) -> bool:
    text = " ".join(words)
    if (
        not 1 < len(text) <= MAX_NAME
        or len(words) > MAX_NAME_WORDS
        or any(c.isdigit() or c in _NEVER_IN_NAMES for c in text)
    ):
        return False
    return all(not word[:1].islower() or word in _PARTICLES for word in words)
