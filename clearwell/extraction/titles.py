"""Where the title of a numbered item ends and its paragraph begins, when both stand in one line."""

import re
import unicodedata

from clearwell.sentences import OPENERS, SENTENCE_END, WIDE, weigh

MAX_TITLE = 110  # Latin characters
MIN_BODY = 20  # Latin characters that must follow a title
MAX_TITLE_WORDS = 14

_TOKEN = re.compile(r"\S+")
_SPACED_COLON = re.compile(r"\s+[:：]\s*")
_COLON = re.compile(r"[:：]\s*")

# Words that bind to what follows, so that no title ends with one.
_BINDERS = frozenset(
    """
    a an the of and or in on to for with by from at as your their its into than vs per
    de del la el los las y e o en con por para sin un una du des le les et ou à au aux dans
    der die das den dem des und oder von vom mit für zu zur zum im in am bei do da dos das no na em com
    и в на с для по из о от к у или не il lo gli di della del e per
    """.split()
)

_CAPITAL_PRONOUNS = frozenset(("i", "i'm", "i've", "sie", "ihr"))
# Words that a single capital letter belongs to.
_LETTERED = frozenset(
    """
    vitamin vitamins provitamin vitamina vitaminas vitamine vitamines hepatitis hépatite influenza type typ tipo
    group gruppe grupo groupe
    immunoglobulin plan step part option factor protein coenzyme class grade stage schedule section figure table
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
    if first_stop is None and weigh(text) <= MAX_TITLE:
        return None  # neither a paragraph nor long enough for one
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
        return (
            (stop.start() + len(stop.group().rstrip()), stop.end()) if weigh(text[stop.end() :]) >= MIN_BODY else None
        )
    return None


def _by_capital(head: str) -> tuple[int, int] | None:
    """A capital in the middle of a line begins the paragraph, unless it is a name's or the title binds to it."""
    tokens = list(_TOKEN.finditer(head))[: MAX_TITLE_WORDS + 1]
    fallback: list[tuple[int, int]] = []
    titled = False  # a small word with a capital: in such a title the last capital begins the paragraph
    for place in range(1, len(tokens) - 1):
        previous, token, following = (tokens[place + step].group() for step in (-1, 0, 1))
        if not token[:1].isupper() or previous[-1] in ",;&/-–(" or _plain(previous) in _BINDERS:
            continue
        ends = tokens[place - 1].end(), tokens[place].start()
        if _opens(previous, token, following):
            return ends
        if titled and following[:1].islower() and _plain(token) not in _BINDERS:
            return ends
        titled = titled or _plain(token) in _BINDERS
        after_capital = place > 1 and previous[:1].isupper()
        name = len(token) <= 2 or previous[-1].isdigit() or token.isupper() or after_capital
        if not name and following[:1].islower():
            fallback.append(ends)
    return fallback[0] if len(fallback) == 1 else None  # with several, capitals are the nouns of German, or names


def _opens(previous: str, token: str, following: str) -> bool:
    """Whether a word with a capital can only open a sentence: not `Trinken Sie`, `foods I like`, `vitamin A`."""
    word = _plain(token)
    if word not in OPENERS or word in _CAPITAL_PRONOUNS or (following[:1].isupper() and word in _BINDERS):
        return False
    return len(word) > 1 or _plain(previous) not in _LETTERED


def _plain(token: str) -> str:
    return token.strip("\"'“”‘’«»(),.;:").replace("’", "'").casefold()
