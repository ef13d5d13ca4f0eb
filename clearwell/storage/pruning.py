"""Removes what the archive has no use for any more: captures that a newer one of their address followed.

What an address answered last is kept whatever its age, since `clearwell reclean` needs it.  A file in which little of
that is left is copied without the rest.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

from clearwell.errors import StoreError
from clearwell.storage.archive import ArchiveWriter, Place, read_capture, read_part_of, read_record
from clearwell.storage.captures import Captured, Captures
from clearwell.storage.runs import Runs
from clearwell.storage.store import Store

MIN_NEEDED = 0.5  # of a file's bytes; with less the rest is copied, so that copying never costs more than it saves
MIN_SAVED = 64 * 1024  # bytes; for less nothing is copied


def prune_archive(store: Store, folder: Path, kept: timedelta, now: datetime) -> int:
    """Remove the files that are not needed and were not written to for as long as `kept`; returns how many.

    Only files that this store wrote are touched: others may be those of a store beside it, or of one that was lost and
    comes back from a copy.  A place is only ever given out in a file that is being written, so that a file of that age
    is never pointed to again, and a crash at any point leaves nothing but a file that the next crawl removes.
    """
    removed = 0
    try:
        for path in _list_old(store, folder, now - kept):
            removed += _remove(store, folder, path)
    except FileNotFoundError:
        return removed  # another crawl removes the same; the next one goes on
    except OSError as error:
        raise StoreError(f"the archive {folder} cannot be tidied: {error}; give access to it") from error
    return removed


def _list_old(store: Store, folder: Path, edge: datetime) -> Iterator[Path]:
    """The store's files that nobody wrote to since `edge` and that are needed for little or nothing, oldest first."""
    owner, needed = Runs(store.database).find_first(), Captures(store.database).measure_files()
    for path in sorted(folder.glob("*/*.warc.gz")):
        state, bytes_needed = path.stat(), needed.get(f"{path.parent.name}/{path.name}", 0)
        is_used = bytes_needed >= MIN_NEEDED * state.st_size or state.st_size - bytes_needed < MIN_SAVED
        if state.st_mtime >= edge.timestamp() or (bytes_needed and is_used):
            continue
        if owner is not None and read_part_of(path) == owner:
            yield path


def _remove(store: Store, folder: Path, path: Path) -> bool:
    """Remove a file once what is needed of it stands in another; not if that is damaged, since it may be mended."""
    captures, moved = Captures(store.database), list[tuple[Captured, Place]]()
    with ArchiveWriter(folder, path.parent.name, part_of=read_part_of(path)) as writer:
        for captured in captures.list_of_file(f"{path.parent.name}/{path.name}"):
            try:
                capture = read_capture(folder, captured.place)
            except StoreError:
                return False
            moved.append((captured, writer.append(read_record(folder, captured.place), capture.fetched_at)))
    captures.move(moved)
    path.unlink()
    return True
