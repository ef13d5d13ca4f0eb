"""The change log for downstream: what was published, changed and withdrawn, in order, in files that never change.

A segment is `changes/<first seq>.jsonl`, twelve digits, so that names sort as numbers do.  It appears in one step and
is written from the store, which holds the truth: a crash costs nothing, the next release writes what is missing.
docs/consuming.md is the contract.
"""

import itertools
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec

from clearwell.errors import StoreError
from clearwell.publishing.files import write_whole
from clearwell.storage.log import Change, Op

SEGMENT_LINES = 5_000  # changes; some 50 MB
KEPT_DAYS = 30  # that a segment is kept at least; a consumer away for longer starts from the snapshot
KEPT_SEGMENTS = 10  # that are kept whatever their age
_LAST_BYTES = 64 * 1024  # of a segment's end that are searched for its last line at first; then ever more


class _Line(msgspec.Struct, omit_defaults=True):
    seq: int
    op: Op
    id: str
    site: str
    contentHash: str
    at: datetime
    article: msgspec.Raw | msgspec.UnsetType = msgspec.UNSET


class _OnlySeq(msgspec.Struct):
    seq: int


def write_changes(folder: Path, changes: Iterable[Change]) -> int:
    """Append the changes that are not there yet, which come by rising seq; returns the last seq that is there now."""
    last = find_last(folder)
    write_between(folder, (change for change in changes if change.seq > last))
    return find_last(folder)


def find_last(folder: Path) -> int:
    """The last seq of the log; 0 where there is none.

    Raises StoreError for a segment that somebody else wrote.
    """
    segments = list_segments(folder)
    return _find_last_of(segments[-1]) if segments else 0


def _find_last_of(segment: Path) -> int:
    try:
        return msgspec.json.decode(_cut_last_line(segment), type=_OnlySeq).seq
    except msgspec.MsgspecError as error:
        message = f"{segment} is no segment of the change log: {error}; delete it, and it is written again"
        raise StoreError(message) from error


def _cut_last_line(segment: Path) -> bytes:
    size, wanted = segment.stat().st_size, _LAST_BYTES
    with segment.open("rb") as file:
        while True:
            file.seek(max(size - wanted, 0))
            _, cut, line = file.read().rstrip(b"\n").rpartition(b"\n")
            if cut or wanted >= size:
                return line
            wanted *= 8


def find_holes(folder: Path) -> Iterator[tuple[int, int]]:
    """The numbers between two segments that stand in neither: after the first of a pair, and before the second."""
    for former, following in itertools.pairwise(list_segments(folder)):
        last, first = _find_last_of(former), int(following.stem)
        if last + 1 < first:
            yield last, first


def write_between(folder: Path, changes: Iterable[Change]) -> None:
    """Write segments of changes that are known not to be there."""
    left = iter(changes)
    while batch := list(itertools.islice(left, SEGMENT_LINES)):
        write_whole(folder / f"{batch[0].seq:012}.jsonl", map(_encode, batch))


def list_segments(folder: Path) -> list[Path]:
    """The segments, oldest first."""
    return sorted(path for path in folder.glob("*.jsonl") if path.stem.isdigit())


def remove_old(folder: Path, now: datetime) -> None:
    """Remove the segments that retention lets go; the snapshot stands for what they said."""
    edge = (now - timedelta(days=KEPT_DAYS)).timestamp()
    for segment in list_segments(folder)[:-KEPT_SEGMENTS]:
        if segment.stat().st_mtime >= edge:
            return  # no gaps: what is younger stays, and all after it
        segment.unlink()


def _encode(change: Change) -> bytes:
    article = msgspec.UNSET if change.article is None else msgspec.Raw(change.article)
    moment = change.at.astimezone(UTC)
    line = _Line(change.seq, change.op, change.id, change.site, change.content_hash, moment, article)
    return msgspec.json.encode(line) + b"\n"
