"""When a title, an author or a date counts as right: the same rules for every system, in one place.

Each page gives one verdict a field.  Where the ground truth has a value: `right`, `wrong` or `missing` (the system
gives none).  Where it has none: `invented` if the system gives one, else `absent`.  Nothing is matched by similarity.
"""

import html
import re
import unicodedata
from collections.abc import Iterable

VERDICTS = ("right", "wrong", "missing", "invented", "absent")

_QUOTES = dict.fromkeys(map(ord, "\"'`´‘’‚‛“”„‟«»‹›′″"), "'")
_DASHES = dict.fromkeys(map(ord, "‐‑‒–—―−"), "-")
_SEPARATOR = re.compile(r"[,;|/&\n]|\sand\s", re.I)
_BEFORE_NAME = re.compile(r"^(?:(?:by|dr|prof)\b[.:]?\s*)+", re.I)
_DEGREE = re.compile(r"(?:[A-Z]{2,6}|PhD|(?:[A-Z][a-z]{0,2}\.)+[A-Z]?)[®™]?")
_TITLE_SEPARATOR = re.compile(r"( [-|:·•»>~] |: )")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")


def judge_title(found: str | None, truth: str | None) -> str:
    """A title is right if it is the same but for case, white space, entities and the forms of quotes and dashes.

    A name of the site that a system leaves on makes it wrong, unless the ground truth has it too.

    >>> judge_title("Sleep &amp; “Health” –  a guide", "Sleep & 'health' - A Guide")
    'right'
    >>> judge_title("Sleep | Example News", "Sleep")
    'wrong'
    >>> judge_title("Sleep", None), judge_title("", "Sleep"), judge_title(None, None)
    ('invented', 'missing', 'absent')
    """
    return _judge(normalise(found or ""), normalise(truth or ""))


def judge_authors(found: Iterable[str], truth: str | None) -> str:
    """Authors are right if the set of names is the same: none missing, none too many, in any order.

    >>> judge_authors(["Jane Roe", "by Dr. John Doe"], "John Doe, MD, and Jane Roe")
    'right'
    >>> judge_authors(["Jane Roe"], "John Doe and Jane Roe")
    'wrong'
    >>> judge_authors(["https://example.org/jane"], "Jane Roe")
    'wrong'
    >>> judge_authors(["Jane"], None), judge_authors([], "Jane")
    ('invented', 'missing')
    """
    return _judge(split_names(found), split_names([truth or ""]))


def judge_date(found: str | None, truth: str | None) -> str:
    """A date is right if it is the same calendar day as written, whatever its hour and time zone.

    Where the ground truth knows the month only, that month will do.

    >>> judge_date("2025-01-15T23:30:00-05:00", "2025-01-15")
    'right'
    >>> judge_date("2025-01-16", "2025-01-15"), judge_date("15 January", "2025-01-15")
    ('wrong', 'wrong')
    >>> judge_date("2015-11-03", "2015-11"), judge_date("2015-12-03", None), judge_date(None, "2015-11-03")
    ('right', 'invented', 'missing')
    """
    day = _DAY.match(found or "")
    if found and truth and day:
        return "right" if day.group().startswith(truth) else "wrong"
    return _judge(found or "", truth or "")


def normalise(text: str) -> str:
    """A text without what readers do not tell apart: case, white space, entities, forms of quotes and dashes.

    >>> normalise("The  “Why”\\u00a0&mdash; and how…")
    "the 'why' - and how..."
    """
    plain = html.unescape(text).translate(_QUOTES | _DASHES)
    return " ".join(unicodedata.normalize("NFKC", plain).casefold().split())


def has_site_name(found: str | None, truth: str | None) -> bool:
    """Whether a title that counts as wrong is the right one with something before or after a separator, most often a
    site's name.  Reported beside the verdict, not part of it.

    >>> has_site_name("Sleep – a guide | Example News", "Sleep - a guide"), has_site_name("Sleep guide", "Sleep")
    (True, False)
    """
    parts, wanted = _TITLE_SEPARATOR.split(normalise(found or "")), normalise(truth or "")
    # Odd parts are the separators themselves.
    pieces = {"".join(parts[:end]) for end in range(1, len(parts), 2)}
    pieces |= {"".join(parts[start:]) for start in range(2, len(parts), 2)}
    return bool(wanted) and wanted in pieces


def split_names(values: Iterable[str]) -> frozenset[str]:
    """The names in some strings, normalised: `by`, `Dr` and `Prof` before them and degrees among them are left off.

    Strings in capitals throughout have no degrees that could be told from names.

    >>> sorted(split_names(["By Ann Lee, Ph.D., RD; Bob Ray & Ann Lee"])), split_names(["Ann Lee", "MD"])
    (['ann lee', 'bob ray'], frozenset({'ann lee'}))
    >>> sorted(split_names(["ANN LEE, BOB RAY"])), split_names(["AP"])
    (['ann lee', 'bob ray'], frozenset({'ap'}))
    """
    together = html.unescape("; ".join(values))
    parts = [part.strip() for part in _SEPARATOR.split(together)]
    if not together.isupper():
        parts = [part for part in parts if not all(map(_DEGREE.fullmatch, part.split()))] or parts
    return frozenset(normalise(_BEFORE_NAME.sub("", part)).strip(" .:-") for part in parts) - {""}


def _judge(found: object, truth: object) -> str:
    if not truth:
        return "invented" if found else "absent"
    return "missing" if not found else "right" if found == truth else "wrong"
