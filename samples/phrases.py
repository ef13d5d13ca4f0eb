"""The words of the dirt, read from `dirt.toml`: what each language says and what each section does."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

DIRT = Path(__file__).parent / "dirt.toml"


@dataclass(frozen=True)
class Section:
    """How one section of the site is dirty; every page of a section carries the same watermark."""

    name: str
    skin: str  # press, farm, journal
    watermark: str
    teaser_width: int  # characters before the `...`
    tail: str  # teasers, pairs, titles
    previous: str  # label in front of the title of the neighbour
    next: str
    closing_bar: bool = False  # a ` |` after the last true character
    title_twice: bool = False
    glued: bool = False  # a read-also line sticks to the sentence before it
    heading: str = ""  # line above the pairs or titles
    mark_start: str = ""  # what tells a related title at its start
    mark_end: str = ""  # ... or at its end


@dataclass(frozen=True)
class Language:
    """The phrases of one language; `%N%` stands for a number, `%T%` for a title."""

    site: str
    title_suffix: str
    byline: str
    wrong_locale: str
    nav: tuple[str, ...]
    share: tuple[str, ...]
    sidebar: str
    comments: tuple[str, ...]
    footer: str
    read_also: tuple[str, ...]
    calls: tuple[str, ...]
    credits: tuple[str, ...]
    photos: tuple[str, ...]
    placeholders: tuple[str, ...]
    teaser_dirt: tuple[str, ...]
    courses: tuple[str, ...]
    ad: str
    archive: tuple[tuple[str, str], ...]  # title and opening of articles that are not online any more


@cache
def _read() -> dict:
    return tomllib.loads(DIRT.read_text(encoding="utf-8"))


@cache
def load_section(name: str) -> Section:
    """Read one section's dirt."""
    return Section(name=name, **_read()["sections"][name])


@cache
def load_language(name: str) -> Language:
    """Read one language's phrases."""
    raw = _read()["languages"][name]
    fields = {key: tuple(value) if isinstance(value, list) else value for key, value in raw.items()}
    return Language(**fields | {"archive": tuple((title, text) for title, text in raw["archive"])})
