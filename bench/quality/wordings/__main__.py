"""Wordings nobody tuned to: `python -m bench.quality.wordings [--language LANGUAGE] [--category CATEGORY] [--show]`.

Each string of the *.txt files stands alone in an otherwise clean article, at every place its category is found at; it is
left if anything of it still stands in what Clearwell publishes, against the same article without it.  Of `keep`, lines
that only look like dirt, the share that cleaning takes anything of.  A hash parts the strings into LOOK, which rules may be
written for, and BLIND, of which nobody reads more than the totals: `--show` prints what is left of LOOK.  `hurt` is the
share of places at which words of the article itself are gone.
"""

import argparse
import hashlib
import re
from collections import Counter, defaultdict
from functools import cache

from bench.quality.stamp import use_no_network
from bench.quality.table import align
from bench.quality.wordings.places import PLACES, Article, Place, list_languages, read_language, text_middle
from clearwell import clean
from clearwell.article import Article as Cleaned

_TOKEN = re.compile(r"[぀-ヿ㐀-鿿가-힯]|[^\W_]+")


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


def judge(article: Article, string: str, place: Place, keep: bool) -> tuple[bool, bool, Cleaned]:
    """Whether something of the string is left (of a line to keep: gone), and whether something of the article is gone."""
    found, wanted = clean(place(article, string)), clean_without(article, place)
    if keep:
        return bool(found.cleaning.removals), False, found
    out, base = count_tokens(found.articleBody), count_tokens(wanted.articleBody)
    whole = " ".join(string.split()) in " ".join(found.articleBody.split())
    return whole or bool(out - base), bool(base - out), found


def main(arguments: list[str] | None = None) -> None:
    """Read the command line, measure, print."""
    parser = argparse.ArgumentParser(prog="python -m bench.quality.wordings", description=__doc__.partition("\n")[0])
    parser.add_argument("--language", action="append", choices=list_languages())
    parser.add_argument("--category", action="append", choices=tuple(PLACES))
    parser.add_argument("--show", action="store_true", help="print what is left of LOOK")
    parser.add_argument("--look", action="store_true", help="LOOK alone")
    chosen = parser.parse_args(arguments)
    use_no_network()
    left: dict[tuple[str, str, bool], list[bool]] = defaultdict(list)
    hurt: dict[tuple[str, bool], list[bool]] = defaultdict(list)
    languages = chosen.language or list_languages()
    for language in languages:
        article, wordings = read_language(language)
        for category in chosen.category or PLACES:
            for string in wordings.get(category, ()):
                blind = is_blind(string)
                if blind and chosen.look:
                    continue
                places = PLACES[category]
                if category == "keep" and string[-1] in ".。":
                    places = (*places, text_middle)
                failed = []
                for place in places:
                    bad, taken, found = judge(article, string, place, category == "keep")
                    left[category, language, blind].append(bad)
                    hurt[category, blind].append(taken)
                    if bad or taken:
                        failed.append(place.__name__ + ("!" if taken else ""))
                        why = "; ".join(f"{r.rule} {r.text[:60]!r}" for r in found.cleaning.removals)
                if failed and chosen.show and not blind:
                    print(f"{language} {category} {string!r}: {', '.join(failed)} {why if category == 'keep' else ''}")
    for blind in (False, True):
        if blind and chosen.look:
            continue
        rows = [["BLIND" if blind else "LOOK", *languages, "all", "hurt"]]
        for category in chosen.category or PLACES:
            shares = [_share(left[category, language, blind]) for language in languages]
            together = [bad for language in languages for bad in left[category, language, blind]]
            rows.append([category, *shares, _share(together), _share(hurt[category, blind])])
        print("\n".join(align(rows)), flush=True)


def _share(found: list[bool]) -> str:
    return f"{sum(found) / len(found):.1%}" if found else "-"


main()
