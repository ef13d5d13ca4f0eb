"""The change log for downstream: what was published, changed and withdrawn, in order, in files that never change.

A segment is `changes/<first seq>.jsonl`, twelve digits, so that names sort as numbers do.  It appears in one step and
is written from the store, which holds the truth: a crash costs nothing, the next release writes what is missing.
docs/consuming.md is the contract.
"""

import itertools
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec

from clearwell.errors import StoreError
from clearwell.publishing.files import write_whole
from clearwell.storage.log import Change, Op

SEGMENT_LINES = 5_000  # changes; some 50 MB
KEPT_DAYS = 30  # that a segment is kept at least; a consumer away for longer starts from the snapshot
KEPT_SEGMENTS = 10  # that are kept whatever their age
_LAST_BYTES = 64 * 1024 * 1024  # of a segment's end that are searched for its last line


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
    new = (change for change in changes if change.seq > last)
    while batch := list(itertools.islice(new, SEGMENT_LINES)):
        write_whole(folder / f"{batch[0].seq:012}.jsonl", map(_encode, batch))
        last = batch[-1].seq
    return last


def find_last(folder: Path) -> int:
    """The last seq of the log; 0 where there is none.

    Raises StoreError for a segment that somebody else wrote.
    """
    segments = list_segments(folder)
    if not segments:
        return 0
    with segments[-1].open("rb") as file:
        file.seek(max(segments[-1].stat().st_size - _LAST_BYTES, 0))
        line = file.read().rstrip(b"\n").rpartition(b"\n")[2]
    try:
        return msgspec.json.decode(line, type=_OnlySeq).seq
    except msgspec.MsgspecError as error:
        message = f"{segments[-1]} is no segment of the change log: {error}; delete it, and it is written again"
        raise StoreError(message) from error


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
