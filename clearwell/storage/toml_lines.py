"""Where a key stands in a TOML file: tomllib gives values without their lines.

A file that tomllib has read is cut into statements (a table's header, or a key with its value, however many lines it
takes), and tomllib itself reads the key of each.
"""

import re
import tomllib
from collections.abc import Iterator
from typing import Any

Path = tuple[str | int, ...]

# Strings and comments, in which brackets and line ends mean nothing; what is left is read sign by sign.
_TOKEN = re.compile(
    r"\"\"\"(?:\\.|[^\\])*?\"\"\"\"{0,2}|'''.*?''''{0,2}|\"(?:\\.|[^\"\\])*\"|'[^']*'|#[^\n]*|[\[\]{}\n]", re.S
)


def find_lines(text: str) -> dict[Path, int]:
    """The line (from 1) of every key of a valid TOML text, by its path; entries of tables' arrays are numbered from 0.

    >>> find_lines("a = 1\\n[[b]]\\nc.d = [\\n2]\\n[[b]]\\n")
    {('a',): 1, ('b',): 2, ('b', 0): 2, ('b', 0, 'c'): 3, ('b', 0, 'c', 'd'): 3, ('b', 1): 5}
    """
    lines: dict[Path, int] = {}
    newest: dict[Path, int] = {}  # number of the last entry of each array of tables
    here: Path = ()
    for line, statement in _statements(text.replace("\r\n", "\n")):
        table = tomllib.loads(statement)
        if statement.lstrip().startswith("["):
            here = _enter(table, newest)
            for length in range(1, len(here) + 1):
                lines.setdefault(here[:length], line)
        else:
            for path in _paths(table):
                lines.setdefault(here + path, line)
    return lines


def _statements(text: str) -> Iterator[tuple[int, str]]:
    depth = begin = 0
    line = 1
    for token in _TOKEN.finditer(text + "\n"):
        sign = token.group()
        depth += (sign in ("[", "{")) - (sign in ("]", "}"))
        if sign == "\n" and not depth:
            statement = text[begin : token.start()]
            yield line, statement
            line, begin = line + statement.count("\n") + 1, token.end()


def _enter(header: dict[str, Any], newest: dict[Path, int]) -> Path:
    """The path of the table that a header opens."""
    here: Path = ()
    inside: Any = header
    while inside:
        name, inside = next(iter(inside.items()))
        here += (name,)
        if isinstance(inside, list):
            newest[here] = newest.get(here, -1) + 1
            inside = inside[0]
        if here in newest:
            here += (newest[here],)
    return here


def _paths(value: Any, path: Path = ()) -> Iterator[Path]:
    """The paths of all keys inside a value; entries of a list of plain values have none of their own."""
    inside: list[tuple[str | int, Any]] = list(value.items()) if isinstance(value, dict) else []
    if isinstance(value, list) and any(isinstance(entry, dict) for entry in value):
        inside = list(enumerate(value))
    for key, held in inside:
        yield (*path, key)
        yield from _paths(held, (*path, key))
