"""What an invented farm site puts into its pages, and the record of what it put where."""

import random
import re
from dataclasses import dataclass, field
from typing import NamedTuple

_SENTENCE_END = re.compile(r"(?<=[a-z0-9)][.!?]) (?=[A-Z])")
# How often a page has something: shares of pages, by the look of the farm pages the sets imitate, 2026-11.
SLOGAN_SHARE = 0.6
CALL_SHARE = 0.6
CREDIT_SHARE = 0.5
RESIDUE_SHARE = 0.4
SPAM_SHARE = 0.3
DIRTY_TEASER_SHARE = 0.1


@dataclass(frozen=True)
class Farm:
    """One invented site, as its table in the TOML file has it; `others` are name, title, text of all pages of a set."""

    name: str
    marks: list[str]
    slogans: list[str]
    frame: list[str]
    tags: list[str]
    previous: str
    next: str
    also: list[str]
    width: int
    ellipsis: str
    pairs: bool
    listings: list[str]
    calls: list[str]
    credits: list[str]
    residue: list[str]
    spam: list[str]
    tail: str
    bar: bool
    others: list[tuple[str, str, str]]


class Line(NamedTuple):
    """A line that stands by itself."""

    text: str
    category: str


@dataclass
class Dirt:
    """The dirt of one page: draws what is put in, and counts it."""

    farm: Farm
    rng: random.Random
    made: dict[tuple[str, str, bool], int] = field(default_factory=dict)

    def note(self, text: str, category: str, novel: bool = False) -> str:
        """Count a string that is put in."""
        key = (text, category, novel)
        self.made[key] = self.made.get(key, 0) + 1
        return text

    def injected(self) -> list[dict[str, object]]:
        """The record, as the set's truth has it."""
        return [
            {"text": text, "category": category, "count": count, "novel": novel}
            for (text, category, novel), count in self.made.items()
        ]

    def draw_marks(self) -> list[tuple[str, bool]]:
        """One notice up to three times; on most pages a slogan up to three times too."""
        marks = [(self.rng.choice(self.farm.marks), False)] * self.rng.randint(1, 3)
        if self.rng.random() < SLOGAN_SHARE:
            marks += [(self.rng.choice(self.farm.slogans), True)] * self.rng.randint(1, 3)
        self.rng.shuffle(marks)
        return marks

    def draw_lines(self) -> list[Line]:
        """Lines between paragraphs: read-also, an editor's or a counter's line, what a template left behind."""
        lines = [Line(self.rng.choice(self.farm.also).format(title=self._draw_title()), "also")]
        for share, phrases, category in (
            (CREDIT_SHARE, self.farm.credits, "credit"),
            (RESIDUE_SHARE, self.farm.residue, "residue"),
        ):
            if self.rng.random() < share:
                lines.append(Line(self.rng.choice(phrases), category))
        return lines

    def draw_first(self) -> Line | None:
        """The line of search words or noise above everything, on some pages."""
        return Line(self.rng.choice(self.farm.spam), "spam") if self.rng.random() < SPAM_SHARE else None

    def make_tail(self, page: str) -> list[Line]:
        """What stands below the article: a call, the ways to its neighbours, other articles' beginnings, a listing."""
        farm, rng = self.farm, self.rng
        lines = [Line(rng.choice(farm.calls), "cta")] if rng.random() < CALL_SHARE else []
        lines += [Line(way.format(title=self._draw_title()), "nav") for way in (farm.previous, farm.next)]
        others = rng.sample([other for other in farm.others if other[0] != page], rng.randint(7, 12))
        teasers: list[Line] = []
        for _, title, text in others:
            if farm.pairs:
                teasers.append(Line(title, "teaser"))
            teasers.append(Line(self._cut(text), "teaser"))
        place = rng.randrange(len(others)) * (2 if farm.pairs else 1)
        teasers.insert(place, Line(rng.choice(farm.listings), "listing"))
        return [Line(self.note(line.text, line.category), line.category) for line in lines + teasers]

    def _cut(self, text: str) -> str:
        """Another article's beginning; it may have inherited that page's own dirt."""
        if self.rng.random() < DIRTY_TEASER_SHARE:
            text = f"{self.rng.choice(self.farm.residue)} {text}"
        return text[: self.farm.width].rstrip() + self.farm.ellipsis

    def _draw_title(self) -> str:
        return self.rng.choice(self.farm.others)[1]

    def set_between(self, before: str, after: str, mark: str) -> str:
        """A notice between two sentences, in one of the site's ways; `before` and `after` may be empty."""
        return self.rng.choice(self.farm.frame).format(before=before, mark=mark, after=after)

    def into_text(self, text: str, page: str) -> str:
        """The page flattened: notices and lines between the sentences of one long line, the tail a line each below."""
        sentences = _SENTENCE_END.split(text)
        places = iter(self.rng.sample(range(1, len(sentences)), min(len(sentences) - 1, 8)))
        joined = {
            place: self.set_between("", "", self.note(m, "watermark", n))
            for (m, n), place in zip(self.draw_marks(), places, strict=False)
        }
        for line, place in zip(self.draw_lines()[1:], places, strict=False):
            joined[place] = f" {self.note(line.text, line.category)} "
        parts = [sentences[0]]
        for number, sentence in enumerate(sentences[1:], 1):
            parts.append(joined.get(number, " "))
            parts.append(sentence)
        first = self.draw_first()
        head = f"{self.note(first.text, first.category)}\n" if first else ""
        lines = "\n".join(line.text for line in self.make_tail(page))
        return f"{head}{''.join(parts)}{' |' if self.farm.bar else ''}\n{lines}"
