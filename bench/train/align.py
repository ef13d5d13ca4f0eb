"""Which blocks of a page stand in its ground truth: the labels the model learns from."""

import re
from collections.abc import Sequence

SHINGLE = 5  # words; a run this long is found in the ground truth by chance next to never
SHORT = 4  # words; shorter blocks are told by the words around them as well
REACH = 2  # words of each neighbour, and blocks to either side that decide doubtful cases

_WORD = re.compile(r"\w+")


def find_words(text: str) -> list[str]:
    """Words as the measure counts them."""
    return _WORD.findall(text.lower())


def label_blocks(words: Sequence[list[str]], truth: str) -> list[float]:
    """For each block, given as words, the share of it that stands in the ground truth, 0 to 1.

    A block of `SHORT` words or more counts the words in shingles it shares with the truth.  A shorter one must stand
    there next to its neighbour's words, or as a line of its own among blocks that do.
    """
    wanted = find_words(truth)
    shingles = {
        size: {tuple(wanted[n : n + size]) for n in range(len(wanted) - size + 1)}
        for size in range(1, SHINGLE + REACH + 1)
    }
    lines = {tuple(find_words(line)) for line in truth.split("\n")}
    lines |= {line[1:] for line in lines if len(line) > 1 and line[0].isdigit()}  # a list's number is no word of it
    labels = [_share(block, shingles) if len(block) >= SHORT else 0.0 for block in words]
    doubtful = {
        n: doubt
        for n, block in enumerate(words)
        if 0 < len(block) < SHORT and (doubt := _doubt(words, n, shingles, lines))
    }
    for number, doubt in doubtful.items():
        around = range(max(0, number - REACH), min(len(words), number + REACH + 1))
        known = [labels[n] for n in around if n not in doubtful and words[n]]
        labels[number] = float(bool(known) and sum(known) / len(known) > doubt)
    return labels


def _share(block: list[str], shingles: dict[int, set[tuple[str, ...]]]) -> float:
    size = min(len(block), SHINGLE)
    covered = [False] * len(block)
    for start in range(len(block) - size + 1):
        if tuple(block[start : start + size]) in shingles[size]:
            covered[start : start + size] = [True] * size
    return sum(covered) / len(block)


def _doubt(
    words: Sequence[list[str]], number: int, shingles: dict[int, set[tuple[str, ...]]], lines: set[tuple[str, ...]]
) -> float | None:
    """How much of what stands around a short block must be the page's own, for it to be; None: not at all."""
    block = words[number]
    before = next((words[n] for n in range(number - 1, max(-1, number - 4), -1) if words[n]), [])
    after = next((words[n] for n in range(number + 1, min(len(words), number + 4)) if words[n]), [])
    joined = [before[-REACH:] + block] if before else []
    joined += [block + after[:REACH]] if after else []
    found = sum(tuple(run) in shingles[len(run)] for run in joined)
    if found:
        return -1.0 if found == 2 else 0.3
    return 0.5 if tuple(block) in lines else None
