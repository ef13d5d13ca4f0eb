"""Where sentences end and begin, and what a text's words look like, in any script."""

import re
from functools import lru_cache

import numpy as np

# The class in front lets the matcher skip ahead; the look behind it makes a run of stops one stop, in linear time.
SENTENCE_END = re.compile(
    r"[.!?…。！？](?<![.!?…。！？]{2})[.!?…。！？]*+[\"'”’»)\]」』）]*+(?:\s+|$|(?<=[。！？”」』）])|(?<=[。！？][\"’]))"
)
WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
WIDE = re.compile(r"[぀-ヿ㐀-鿿가-힯]")
_WIDE_RUN = re.compile(WIDE.pattern + "+")  # a list of single characters takes 80 bytes for each
# The bytes of cp1252 as `a` for what a word consists of, `-` for what may join two parts of it and a blank for others:
# a word then begins at each `a` behind a blank, or behind a `-` that has no `a` on its left.
_WESTERN = bytes(range(256)).decode("cp1252", "replace")
_SIGNS = "".join("a" if WORD.match(letter) else "-" if letter in "'’-" else " " for letter in _WESTERN).encode()
CLOSERS = " \t\"'”’»)]）」』】*"
STOPS = ".!?。！？…"
WIDE_WEIGHT = 3  # a wide character says as much as about three Latin ones
REMEMBERED = 1_024  # folded texts of up to MAX_REMEMBERED characters, as every detector asks: 16 MB at most; 2026-11
MAX_REMEMBERED = 2_000

# Words that open a sentence and seldom stand in the middle of a title, by language; closed classes of grammar.
OPENERS = frozenset(
    """
    a although an another as at because before both but by despite do don't due during each even every everyone
    for from he
    here how however i if in instead it it's its just let like many most much no not on once one only or other
    our over people
    perhaps regular she should since so some sometimes such that that's the their then there there's these they
    this those
    though through to too try under unlike until use usually we what when where whether which while who with
    without you your
    el la los las un una unos unas este esta estos estas esto si cuando aunque para por en según además también
    es no hay se su sus
    muchas muchos algunas algunos como con sin al durante si
    le les un une des ce cette ces si lorsque quand pour en selon aussi il elle on nous vous dans avec sans chez
    der die das ein eine einen einer wenn bei auch viele manche diese dieser dieses es sie er wir man im in am
    zu zum zur mit ohne
    durch neben nach vor während obwohl da weil nicht nur um auf aus für wer was wie
    o os as um uma se quando embora em muitos muitas alguns esta este isso com sem ao na no
    если когда при это эти этот для в на с не по из многие некоторые также он она они у как чтобы после во
    il lo gli i uno se quando per in molti molte alcuni questo questa con senza
    """.split()
)


def sentence_starts(text: str) -> list[int]:
    """Offsets at which a sentence can begin: 0 and after every full stop of any script.

    >>> sentence_starts("It hurts. Why? 疼。真的")
    [0, 10, 15, 17]
    """
    return [0, *(match.end() for match in SENTENCE_END.finditer(text) if match.end() < len(text))]


def fold(text: str) -> str:
    """Lower-case a text without moving any of its characters, so that offsets stay true.

    >>> fold("İstanbul COPYRIGHT")
    'İstanbul copyright'
    """
    return text.lower() if text.isascii() else _fold_foreign(text)


def _fold_foreign(text: str) -> str:
    return _fold_remembered(text) if len(text) <= MAX_REMEMBERED else _fold_page(text)


@lru_cache(maxsize=1)  # every detector folds the whole page first
def _fold_page(text: str) -> str:
    return _fold_remembered.__wrapped__(text)


@lru_cache(maxsize=REMEMBERED)
def _fold_remembered(text: str) -> str:
    lowered = text.lower()
    if len(lowered) == len(text):
        return lowered
    return "".join(low if len(low := letter.lower()) == 1 else letter for letter in text)


def weigh(text: str) -> int:
    """The length of a text in Latin characters, a wide one counting WIDE_WEIGHT."""
    return len(text) if text.isascii() else len(text) + (WIDE_WEIGHT - 1) * _count_wide(text)


def _count_wide(text: str) -> int:
    return sum(map(len, _WIDE_RUN.findall(text)))


def is_terminated(text: str) -> bool:
    """Whether a text ends as a sentence does; an ellipsis counts, a colon does not."""
    return text.rstrip(CLOSERS)[-1:] in STOPS and bool(text.strip())


def starts_anew(text: str) -> bool:
    """Whether a text can be the beginning of a sentence or heading: a capital, a digit, a wide script, a quote.

    >>> starts_anew("Why do"), starts_anew("2. Lower"), starts_anew("of the")
    (True, True, False)
    """
    head = text.lstrip(" \"'“‘«([（【「『¿¡")[:1]
    return (
        not head
        or head.isupper()
        or head.isdigit()
        or bool(WIDE.match(head))
        or (head.isalpha() and head == head.upper())
    )


def count_words(text: str) -> int:
    """Count words: runs of letters and digits; in scripts without spaces two characters are about one word.

    >>> count_words("Drink 2 litres."), count_words("小腿抽筋")
    (3, 2)
    """
    try:
        return _count_western(text)
    except UnicodeEncodeError:
        lines = text.split("\n")  # no word goes over a line's end
    plain = _count_western("\n".join(line for line in lines if line.isascii()))
    rest = "\n".join(line for line in lines if not line.isascii())
    wide = _count_wide(rest)
    return plain + len(WORD.findall(_WIDE_RUN.sub(" ", rest) if wide else rest)) + (wide + 1) // 2


def _count_western(text: str) -> int:
    """Count words ten times faster than the pattern does; raises UnicodeEncodeError for a text beyond cp1252."""
    signs = np.frombuffer(b"  " + text.encode("cp1252").translate(_SIGNS), np.uint8)
    letters, joints = signs == ord("a"), signs == ord("-")
    within = letters[1:-1] | (joints[1:-1] & letters[:-2])  # what stands before each sign belongs to a word
    return int(np.count_nonzero(letters[2:] & ~within))
