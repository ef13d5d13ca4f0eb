"""A site file's text to a Site: everything that is wrong with it is told at once, with line, key and what to do."""

import difflib
import math
import re
import tomllib
from collections.abc import Iterator
from typing import Any, NamedTuple, get_args

import msgspec

from clearwell.errors import SiteConfigError
from clearwell.site import Site, Version
from clearwell.storage.site_values import CHECKS, check_versions
from clearwell.storage.toml_lines import Path, find_lines

MAX_DOTS = 200  # of a key; tomllib's time grows with their square: 60 s for 60,000; 2026-11
MAX_TOLD = 20  # problems of one file

Kind = type[msgspec.Struct]

_QUOTED = re.compile(r"\"[^\"]*+\"|'[^']*+'")


class Problem(NamedTuple):
    """What is wrong with a file, and the key it is wrong with."""

    path: Path
    message: str


def parse_site(text: str, origin: str, name: str) -> Site:
    """Read a site file's text; `origin` is the file's name for messages, `name` that of a site without one.

    Raises SiteConfigError with a line for each problem: file, line, key, and the nearest right key.
    """
    table = _read(text, origin)
    problems = list(_find_problems(table, Site))
    if not problems:
        site: Site = msgspec.convert({"name": name, **table}, Site)
        problems += [Problem(("versions",), message) for message in check_versions(site.versions)]
        if not problems:
            return site
    lines = find_lines(text)
    told = [f"{origin}, line {_line_of(problem.path, lines)}: {problem.message}" for problem in problems[:MAX_TOLD]]
    if len(problems) > MAX_TOLD:
        told.append(f"{origin}: and {len(problems) - MAX_TOLD} more")
    raise SiteConfigError("\n".join(told))


def _read(text: str, origin: str) -> dict[str, Any]:
    for number, line in enumerate(text.split("\n"), 1):
        if line.count(".") > MAX_DOTS and _QUOTED.sub("", line).count(".") > MAX_DOTS:
            raise SiteConfigError(f"{origin}, line {number}: more than {MAX_DOTS} dots; no site file needs them")
    try:
        return tomllib.loads(text)
    except (ValueError, RecursionError) as error:  # ValueError: also numbers of too many digits
        told = "brackets inside brackets without end" if isinstance(error, RecursionError) else error
        raise SiteConfigError(f"{origin}: not valid TOML: {told}") from error


def _find_problems(table: dict[str, Any], kind: Kind, path: Path = ()) -> Iterator[Problem]:
    """What is wrong with a table that should be a `kind`: keys, types, then values."""
    fields = {field.encode_name: field for field in msgspec.structs.fields(kind)}
    for key, value in table.items():
        here = (*path, key)
        if key not in fields:
            yield Problem(here, _place(path) + _explain_unknown(key, kind))
        elif (inner := _section_of(fields[key].type)) is not None and isinstance(value, dict):
            yield from _find_problems(value, inner, here)
        elif key == "versions" and isinstance(value, list) and all(isinstance(entry, dict) for entry in value):
            for number, entry in enumerate(value):
                yield from _find_problems(entry, Version, (*here, number))
        else:
            yield from _find_value_problems(value, fields[key].type, here)
    for key, field in fields.items():
        if field.required and key not in table:
            yield Problem(path, f"{_place(path)}`{key}` is missing")


def _find_value_problems(value: Any, kind: Any, path: Path) -> Iterator[Problem]:
    if isinstance(value, float) and not math.isfinite(value):  # TOML has nan, which passes every bound
        yield Problem(path, f"{_place(path)}{value} is no number here")
        return
    try:
        right = msgspec.convert(value, kind)
    except msgspec.ValidationError as error:
        yield Problem(path, _place(path) + _explain_type(str(error)))
        return
    check = CHECKS.get(".".join(str(part) for part in (path[2:] if path[0] == "versions" else path)))
    for message in check(right) if check is not None else ():
        yield Problem(path, _place(path) + message)


def _section_of(kind: Any) -> Kind | None:
    """The struct that a field holds, if it holds one."""
    kinds = (kind, *get_args(kind))
    return next((held for held in kinds if isinstance(held, type) and issubclass(held, msgspec.Struct)), None)


def _place(path: Path) -> str:
    """A path as people write it, with a colon; nothing for the file itself."""
    shown = "".join(f"[{part + 1}]" if isinstance(part, int) else f".{part}" for part in path).removeprefix(".")
    return f"{shown}: " if shown else ""


def _explain_type(message: str) -> str:
    """msgspec's message in a user's words: lists, their entries from 1."""
    what, _, where = message.partition(" - at `$")
    entry = where.strip("`[]")
    what = what.replace("`array`", "a list").replace("`object`", "a section").replace("`str`", "a text")
    return f"entry {int(entry) + 1}: {what}" if entry.isdigit() else what


def _explain_unknown(key: str, kind: Kind) -> str:
    known = kind.__struct_encode_fields__
    near = difflib.get_close_matches(key[:50], known, n=1)
    hint = f"did you mean `{near[0]}`?" if near else _find_elsewhere(key[:50]) or f"known keys are {', '.join(known)}"
    return f"unknown key `{key[:50]}`; {hint}"


def _find_elsewhere(key: str) -> str | None:
    """Where a key belongs that stands in the wrong place."""
    for field in msgspec.structs.fields(Site):
        if field.name == key:
            return f"`{key}` stands at the top of the file, above the first section"
        inner = _section_of(field.type)
        if inner is not None and key in inner.__struct_encode_fields__:
            return f"`{key}` stands in the section [{field.name}]"
    return None


def _line_of(path: Path, lines: dict[Path, int]) -> int:
    while path and path not in lines:
        path = path[:-1]
    return lines.get(path, 1)
