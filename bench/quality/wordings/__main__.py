"""Wordings nobody tuned to: `python -m bench.quality.wordings [--language LANGUAGE] [--category CATEGORY] [--show]`.

Each string of the *.txt files stands alone in an otherwise clean article, at every place its category is found at; it
is left if anything of it still stands in what Clearwell publishes, against the same article without it (`whole`: all of
it).  Of `keep`, lines that only look like dirt, the share that cleaning takes anything of.  `hurt` is the share of
places at which words of the article itself are gone.  A hash parts the strings into LOOK, which rules may be written
for, and BLIND, of which nobody reads more than the totals: `--show` prints what is left of LOOK.
"""

import argparse
import hashlib
import re
from collections import Counter, defaultdict
from functools import cache
from typing import NamedTuple

from bench.quality.stamp import use_no_network
from bench.quality.table import align
from bench.quality.wordings.places import PLACES, Article, Place, list_languages, read_language, text_middle
from clearwell import clean
from clearwell.article import Article as Cleaned

_TOKEN = re.compile(r"[぀-ヿ㐀-鿿가-힯]|[^\W_]+")


class Verdict(NamedTuple):
    """One string at one place: anything of it left (of a line to keep: gone), all of it, article's words gone; why."""

    left: bool
    whole: bool
    hurt: bool
    removed: str


def is_blind(string: str) -> bool:
    """Whether a string belongs to the half that is only counted."""
    return bool(hashlib.sha256(string.encode()).digest()[0] & 1)


def count_tokens(text: str) -> Counter[str]:
    """Words, and letters of scripts without spaces."""
    return Counter(_TOKEN.findall(text.lower()))


@cache
def clean_without(article: Article, place: Place) -> Cleaned:
    """The article as it comes out without a string."""
    return clean(place(article, ""))


def judge(article: Article, string: str, place: Place, keep: bool) -> Verdict:
    """What becomes of a string at a place."""
    found, wanted = clean(place(article, string)), clean_without(article, place)
    removed = "; ".join(f"{removal.rule} {removal.text[:60]!r}" for removal in found.cleaning.removals)
    if keep:
        return Verdict(bool(removed), False, False, removed)
    out, base = count_tokens(found.articleBody), count_tokens(wanted.articleBody)
    whole = " ".join(string.split()) in " ".join(found.articleBody.split())
    return Verdict(whole or bool(out - base), whole, bool(base - out), removed)


def measure(
    languages: list[str], categories: list[str], look: bool, show: bool
) -> dict[tuple[str, str, bool], list[Verdict]]:
    """The verdicts by category, language and half."""
    verdicts: dict[tuple[str, str, bool], list[Verdict]] = defaultdict(list)
    for language in languages:
        article, wordings = read_language(language)
        for category, string in ((c, s) for c in categories for s in wordings.get(c, ())):
            blind, keep = is_blind(string), category == "keep"
            if blind and look:
                continue
            places = (*PLACES[category], text_middle) if keep and string[-1] in ".。" else PLACES[category]
            found = [(place, judge(article, string, place, keep)) for place in places]
            verdicts[category, language, blind] += [verdict for _, verdict in found]
            if show and not blind and (bad := [(p.__name__, v) for p, v in found if v.left or v.hurt]):
                print(f"{language} {category} {string!r}: {', '.join(name for name, _ in bad)} {bad[0][1].removed}")
    return verdicts


def main(arguments: list[str] | None = None) -> None:
    """Read the command line, measure, print."""
    parser = argparse.ArgumentParser(prog="python -m bench.quality.wordings", description=__doc__.partition("\n")[0])
    parser.add_argument("--language", action="append", choices=list_languages())
    parser.add_argument("--category", action="append", choices=tuple(PLACES))
    parser.add_argument("--show", action="store_true", help="print what is left of LOOK")
    parser.add_argument("--look", action="store_true", help="LOOK alone")
    chosen = parser.parse_args(arguments)
    use_no_network()
    languages, categories = chosen.language or list_languages(), chosen.category or list(PLACES)
    verdicts = measure(languages, categories, chosen.look, chosen.show)
    for blind in (False,) if chosen.look else (False, True):
        rows = [["BLIND" if blind else "LOOK", *languages, "all", "whole", "hurt"]]
        for category in categories:
            parts = [verdicts[category, language, blind] for language in languages]
            together = [verdict for part in parts for verdict in part]
            shares = [_share([verdict.left for verdict in part]) for part in (*parts, together)]
            others = [_share([getattr(verdict, name) for verdict in together]) for name in ("whole", "hurt")]
            rows.append([category, *shares, *others])
        print("\n".join(align(rows)), flush=True)


def _share(found: list[bool]) -> str:
    return f"{sum(found) / len(found):.1%}" if found else "-"


if __name__ == "__main__":
    main()
