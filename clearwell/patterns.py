"""Regular expressions that come from outside, matched in time that grows with the text alone.

Site files are passed from hand to hand, and Python's `re` can be sent backtracking for years by one of them.  RE2
(https://github.com/google/re2/wiki/Syntax) cannot; it has no look-around and no back-references.
"""

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

import re2

MAX_PATTERN = 1_000  # characters; 30 ms for an address of 4,096 at the worst; 2026-11


def find_pattern_fault(pattern: str) -> str | None:
    """What is wrong with a pattern, if anything."""
    if len(pattern) > MAX_PATTERN:
        return f"a pattern of {len(pattern):,} characters; {MAX_PATTERN:,} are the most"
    try:
        _compile(pattern)
    except re2.error as error:
        told = error.args[0] if error.args else ""
        reason = told.decode("utf-8", "replace") if isinstance(told, bytes) else str(told)
        hint = "; look-around and back-references are not known here" if "(?" in reason or "escape" in reason else ""
        return f"`{pattern}` is no regular expression: {reason}{hint}"
    return None


def matches_any(patterns: Iterable[str], text: str) -> bool:
    """Whether one of the patterns is found anywhere in a text.

    >>> matches_any(("/tag/", r"/\\d{4}/"), "https://a.example/2026/sleep"), matches_any((), "x")
    (True, False)
    """
    readable = text.encode("utf-8", "replace").decode()
    return any(_compile(pattern).search(readable) is not None for pattern in patterns)


@lru_cache(maxsize=2_000)
def _compile(pattern: str) -> Any:
    options = re2.Options()
    options.log_errors = False  # what is wrong is told by us
    return re2.compile(pattern, options=options)
