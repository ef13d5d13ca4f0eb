"""Where the title of a numbered item ends and its paragraph begins, when both stand in one line."""

import re
import unicodedata

from clearwell.sentences import SENTENCE_END, WIDE, weigh

MAX_TITLE = 110  # Latin characters
MIN_BODY = 20  # Latin characters that must follow a title
MAX_TITLE_WORDS = 14

_TOKEN = re.compile(r"\S+")
_SPACED_COLON = re.compile(r"\s+[:：]\s*")
_COLON = re.compile(r"[:：]\s*")

# Words that open a sentence and seldom stand in the middle of a title, by language; closed classes of grammar.
_OPENERS = frozenset(
    """
    a although an another as at because before both but by despite do don't due during each even every everyone for from he
    here how however i if in instead it it's its just let like many most much no not on once one only or other our over people
    perhaps regular she should since so some sometimes such that that's the their then there there's these they this those
    though through to too try under unlike until use usually we what when where whether which while who with without you your
    el la los las un una unos unas este esta estos estas esto si cuando aunque para por en según además también es no hay se su sus
    muchas muchos algunas algunos como con sin al durante si
    le les un une des ce cette ces si lorsque quand pour en selon aussi il elle on nous vous dans avec sans chez
    der die das ein eine einen einer wenn bei auch viele manche diese dieser dieses es sie er wir man im in am zu zum zur mit ohne
    durch neben nach vor während obwohl da weil nicht nur um auf aus für wer was wie
    o os as um uma se quando embora em muitos muitas alguns esta este isso com sem ao na no
    если когда при это эти этот для в на с не по из многие некоторые также он она они у как чтобы после во
    il lo gli i uno se quando per in molti molte alcuni questo questa con senza
    """.split()
)
# Words that bind to what follows, so that no title ends with one.
_BINDERS = frozenset(
    """
    a an the of and or in on to for with by from at as your their its into than vs per
    de del la el los las y e o en con por para sin un una du des le les et ou à au aux dans
    der die das den dem des und oder von vom mit für zu zur zum im in am bei do da dos das no na em com
    и в на с для по из о от к у или не il lo gli di della del e per
    """.split()
)


def find_title_end(text: str) -> tuple[int, int] | None:
    """Find where a title at the start of `text` ends and where its paragraph begins; None when no sign shows.

    >>> text = "Calcium deficiency Calcium deficiency is indeed a common cause."
    >>> find_title_end(text)
    (18, 19)
    >>> find_title_end("Strengthen nutrition : Drink a glass of milk every day.")
    (20, 23)
    >>> find_title_end("Vigorous exercise When you exercise, your muscles contract.")
    (17, 18)
    >>> find_title_end("Drink enough water during the day.") is None
    True
    """
    first_stop = SENTENCE_END.search(text)
    limit = min(first_stop.start() if first_stop else len(text), 2 * MAX_TITLE)
    head = text[:limit]
    for look in (_by_colon, _by_repetition, _by_space, _by_capital):
        found = look(head)
        if found and 0 < weigh(text[: found[0]]) <= MAX_TITLE and weigh(text[found[1] :]) >= MIN_BODY:
            return found
    return _by_question(text, first_stop)


def _by_colon(head: str) -> tuple[int, int] | None:
    spaced = _SPACED_COLON.search(head)
    colon = spaced or _COLON.search(head)
    if not colon or len(head[: colon.start()].split()) > MAX_TITLE_WORDS or "," in head[: colon.start()]:
        return None
    return (colon.start(), colon.end()) if spaced else (colon.start() + 1, colon.end())


def _by_repetition(head: str) -> tuple[int, int] | None:
    """The paragraph takes the title up again, word for word; the longest repetition counts."""
    folded = unicodedata.normalize("NFKC", head).casefold()
    if len(folded) != len(head):
        folded = head
    best: tuple[int, int] | None = None
    for end in range(2, min(len(head) // 2 + 1, MAX_TITLE)):
        body = end + 1 if head[end : end + 1].isspace() else end
        wide = WIDE.match(head[end - 1]) is not None
        if (body > end or wide) and not head[end - 1].isspace() and folded.startswith(folded[:end], body):
            after = head[body + end : body + end + 1]
            if weigh(head[:end]) >= 4 and (wide or not after.isalnum()):
                best = end, body
    return best


def _by_space(head: str) -> tuple[int, int] | None:
    """In scripts written without spaces, a space after the first few characters parts title and text."""
    space = head.find(" ")
    if 0 < space <= 24 and WIDE.match(head[space - 1]) and WIDE.match(head[space + 1 : space + 2]):
        return space, space + 1
    return None


def _by_question(text: str, stop: re.Match[str] | None) -> tuple[int, int] | None:
    """A title that is a question ends with its own mark."""
    if stop and stop.group().strip()[-1:] in "?？" and weigh(text[: stop.start()]) <= MAX_TITLE:
        return (stop.start() + len(stop.group().rstrip()), stop.end()) if weigh(text[stop.end() :]) >= MIN_BODY else None
    return None


def _by_capital(head: str) -> tuple[int, int] | None:
    """A capital in the middle of a line begins the paragraph, unless it is a name's or the title binds to it."""
    tokens = list(_TOKEN.finditer(head))[: MAX_TITLE_WORDS + 1]
    fallback: tuple[int, int] | None = None
    for place in range(1, len(tokens) - 1):
        previous, token, following = (tokens[place + step].group() for step in (-1, 0, 1))
        if not token[:1].isupper() or previous[-1] in ",;&/-–(" or _plain(previous) in _BINDERS:
            continue
        ends = tokens[place - 1].end(), tokens[place].start()
        if _plain(token) in _OPENERS and not (following[:1].isupper() and _plain(token) in _BINDERS):
            return ends
        after_capital = place > 1 and previous[:1].isupper()
        name = len(token) <= 2 or token.isupper() or after_capital
        if fallback is None and not name and following[:1].islower():
            fallback = ends
    return fallback


def _plain(token: str) -> str:
    return token.strip("\"'“”‘’«»(),.;:").replace("’", "'").casefold()
