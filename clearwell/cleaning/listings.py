"""Listings of courses, files and goods that a farm lays under an article.

Rules: `tree-listing` (box-drawing branches), `dash-listing` (`|- 01 Introduction.mp4`), `file-listing` (numbered media files).
Left alone on purpose: numbered lists, ingredient lists, circled numbers, a document the article offers by name.
"""

import re
from collections.abc import Iterator

from clearwell.cleaning.memory import SiteMemory
from clearwell.cleaning.claims import part
from clearwell.document import Document, Removal
from clearwell.sentences import SENTENCE_END
from clearwell.site import Site

MIN_DASHES = 2  # `|-` marks, which tables drawn in text have too
MIN_FILES = 3  # media files named in one block
MAX_LEAD = 80  # characters between the listing's first mark and the start of its own line (`Course Catalog:`)

_BRANCH = re.compile(r"[├└┣┗╠╚]\s?[─━═-]+|[├└┣┗╠╚]")
_DASH = re.compile(r"(?:^|\s)[|｜]\s?-{1,2}\s")
_FILE = re.compile(r"[\w)】]\.(?:mp4|mp3|flv|avi|mkv|wmv|zip|rar|7z|pptx?|xlsx?|docx?|epub|apk|exe)\b", re.I)


def find(document: Document, site: Site, memory: SiteMemory) -> Iterator[Removal]:
    """Point at listings, from the sentence that announces them to the end of the block."""
    for number, block in enumerate(document.blocks):
        if block.kind == "code":
            continue
        for rule, pattern, least in (
            ("tree-listing", _BRANCH, 1),
            ("dash-listing", _DASH, MIN_DASHES),
            ("file-listing", _FILE, MIN_FILES),
        ):
            marks = [match.start() for match in pattern.finditer(block.text)]
            if len(marks) >= least:
                start = _own_start(block.text, marks[0])
                yield part(document, number, start, len(block.text), "listing", rule, 0.97)
                break


def _own_start(text: str, mark: int) -> int:
    """Where the listing's announcement begins: after the last full stop before its first mark, if that is near."""
    starts = [match.end() for match in SENTENCE_END.finditer(text[:mark])]
    start = starts[-1] if starts else 0
    return start if mark - start <= MAX_LEAD else mark
