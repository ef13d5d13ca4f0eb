"""Listings of courses, files and goods that a farm lays under an article.

Rules: `tree-listing` (box-drawing branches), `dash-listing` (`|- 01 Introduction.mp4`), `file-listing` (numbered media
files).
Left alone on purpose: numbered lists, ingredient lists, circled numbers, a document the article offers by name, trees
and diagrams drawn in text that name neither lessons nor files, numbered or not.
"""

import re
from collections.abc import Iterator

from clearwell.cleaning.claims import part
from clearwell.cleaning.memory import SiteMemory
from clearwell.document import Document, Removal
from clearwell.sentences import SENTENCE_END, fold
from clearwell.site import Site

MIN_DASHES = 2  # `|-` marks, which tables drawn in text have too
MIN_FILES = 3  # media files named in one block
MAX_LEAD = 80  # characters between the listing's first mark and the start of its own line (`Course Catalog:`)

_BRANCHES = "├└┣┗╠╚"
_BOXES = "┌┐┘┬┴┤▼╔╗╝"  # a diagram has these, a listing does not
_BRANCH = re.compile(r"[├└┣┗╠╚]\s?[─━═—-]*\s?(?P<number>[（(【\[]?(?:第|day ?|p|lesson |ep)?\d)?")
_DASH = re.compile(r"[|｜](?<![^\s][|｜])\s?[-—]{1,2}\s?(?=\S)(?P<number>[（(【\[]?\d)?")
_FILE = re.compile(
    r"\.(?<=[\w)】].)(?:mp4|mp3|flv|avi|mkv|wmv|mov|m4a|zip|rar|7z|pptx?|xlsx?|docx?|epub|apk|exe|pdf)(?![^\W_])"
)
_MEDIA = re.compile(r"\.(?:mp4|mp3|flv|avi|mkv|wmv|mov|m4a|zip|rar|7z|epub|apk|exe)(?![^\W_])")
_COURSE = re.compile(
    r"course|lesson|catalog|directory|curriculum|syllabus|training|tutorial|chapter|episode|lecture|download|curso"
    r"|lecci[oó]n|temario|cours|leçon|"
    r"kurs|lektion|lehrgang|aula|módulo|курс|урок|лекци|课程|課程|目录|目錄|教程|第.{1,3}[讲课节章集]|講座|講義"
    r"|コース|강의|강좌|corso|lezion|kelas"
)


def find(document: Document, site: Site, memory: SiteMemory) -> Iterator[Removal]:
    """Point at listings, from the sentence that announces them to the end of the block."""
    for number, block in enumerate(document.blocks):
        if block.kind != "code" and (found := _find_first(block.text)):
            rule, mark = found
            yield part(document, number, _own_start(block.text, mark), len(block.text), "listing", rule, 0.97)


def _find_first(text: str) -> tuple[str, int] | None:
    """The rule that recognises a listing in a text, and where its first mark stands."""
    if (
        not text.isascii()
        and any(branch in text for branch in _BRANCHES)
        and not any(corner in text for corner in _BOXES)
    ):
        branches = list(_BRANCH.finditer(fold(text)))
        if _is_listing(text, branches):
            return "tree-listing", branches[0].start()
    if "｜" in text or ("|" in text and ("|-" in text or "| -" in text or "|—" in text)):
        dashes = list(_DASH.finditer(text))
        if len(dashes) >= MIN_DASHES and _is_listing(text, dashes):
            return "dash-listing", dashes[0].start()
    if text.count(".") >= MIN_FILES:
        files = [match.start() for match in _FILE.finditer(fold(text))]
        if len(files) >= MIN_FILES and len(_MEDIA.findall(fold(text))) >= MIN_FILES:
            return "file-listing", files[0]
    return None


def _is_listing(text: str, marks: list[re.Match[str]]) -> bool:
    """Whether marks list lessons or media: named as files, announced by the words of a course, or numbered and cut."""
    first = marks[0].start()
    cut = text.rstrip().endswith(("...", "…")) and any(mark.group("number") for mark in marks)
    if cut or _FILE.search(fold(text), first):
        return True
    return _COURSE.search(fold(text[max(first - MAX_LEAD, 0) : first + MAX_LEAD])) is not None


def _own_start(text: str, mark: int) -> int:
    """Where the listing's announcement begins: after the last full stop before its first mark, if that is near."""
    low = max(mark - 2 * MAX_LEAD, 0)
    starts = [low + match.end() for match in SENTENCE_END.finditer(text[low:mark])]
    start = starts[-1] if starts else low
    return start if mark - start <= MAX_LEAD else mark
