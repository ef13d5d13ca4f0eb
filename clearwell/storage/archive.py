"""The archive: what the servers answered, in WARC files (ISO 28500) that any web archive tool reads.

A file belongs to one site and one process; a new one begins when it is full.  Nothing is ever changed in place: a place
that was given out after `sync` stays readable, and what a killed process left half written at a file's end is never
referred to.  Records are gzip members of their own, so that one is read without the others.
"""

import gzip
import itertools
import os
import zlib
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, NamedTuple

from w3lib.encoding import http_content_type_encoding
from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from clearwell.errors import StoreError
from clearwell.page import Page
from clearwell.storage.places import folder_name

MAX_FILE_BYTES = 256 * 1024 * 1024  # bytes; a file of this size is copied and checked in seconds
MAX_INFO_BYTES = 64 * 1024  # of what a file says of itself; ours take a hundred
COMPRESSION = 3  # of 1 to 9; half the time of 6 for 12 % more bytes, WCXB dev 2026-11

# Said of the transfer, not of the page, whose body is archived as it was decoded; cookies are nobody's business.
_LEFT_OUT = frozenset(
    {"content-encoding", "transfer-encoding", "connection", "keep-alive", "set-cookie", "content-length"}
)
_UNREADABLE = (OSError, EOFError, ValueError, TypeError, AttributeError, StopIteration, zlib.error, ArchiveLoadFailed)


class Capture(NamedTuple):
    """A response as it came: `headers` in their order, `body` with its content coding undone, `fetched_at` aware."""

    url: str
    fetched_at: datetime
    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes


class Place(NamedTuple):
    """Where a capture is: the file below the archive's folder, and the record's bytes in it."""

    file: str
    offset: int
    length: int


class ArchiveWriter:
    """Appends captures of one site; `sync` makes what was written last.  Any failure of the disk is a StoreError.

    `part_of` names the store that the files belong to, see pruning.py.
    """

    def __init__(
        self, folder: Path, site: str, max_file_bytes: int = MAX_FILE_BYTES, part_of: str | None = None
    ) -> None:
        self.folder = folder / folder_name(site)
        self.max_file_bytes = max_file_bytes
        self.part_of = part_of
        self.file: BinaryIO | None = None
        self.name = ""
        self.written = False  # something that is not on the disk yet

    def __enter__(self) -> "ArchiveWriter":
        return self

    def __exit__(self, _: type[BaseException] | None, __: BaseException | None, ___: TracebackType | None) -> None:
        self.close()

    def write(self, capture: Capture) -> Place:
        """Append a capture and say where it will be; it is there for good after the next `sync`."""
        return self.append(gzip.compress(_encode_response(capture), COMPRESSION, mtime=0), capture.fetched_at)

    def append(self, record: bytes, moment: datetime) -> Place:
        """The same for a capture that is a record already; `moment` names the file if it begins a new one."""
        try:
            file = self._open_file(moment)
            offset = file.tell()
            file.write(record)
            self.written = True
        except OSError as error:
            raise self._failure(error) from error
        return Place(f"{self.folder.name}/{self.name}", offset, len(record))

    def sync(self) -> None:
        """Bring to the disk what was written."""
        if self.file is None or not self.written:
            return
        try:
            self.file.flush()
            os.fsync(self.file.fileno())
            self.written = False
        except OSError as error:
            raise self._failure(error) from error

    def close(self) -> None:
        """Sync, and let the file go; the next capture begins a new one."""
        if self.file is not None:
            try:
                self.sync()
            finally:
                self.file.close()
                self.file = None

    def _open_file(self, moment: datetime) -> BinaryIO:
        if self.file is not None and self.file.tell() >= self.max_file_bytes:
            self.close()
        if self.file is None:
            self.folder.mkdir(parents=True, exist_ok=True)
            self.file = self._create(moment.astimezone(UTC).strftime("%Y%m%d%H%M%S"))
            self.file.write(gzip.compress(_encode_warcinfo(self.name, moment, self.part_of), COMPRESSION, mtime=0))
            _sync_folder(self.folder)
        return self.file

    def _create(self, stamp: str) -> BinaryIO:
        for number in itertools.count():
            self.name = f"{self.folder.name}-{stamp}-{number:05}.warc.gz"
            try:
                return (self.folder / self.name).open("xb")
            except FileExistsError:  # another process of this site, or of an earlier second
                continue
        raise AssertionError("numbers do not end")

    def _failure(self, error: OSError) -> StoreError:
        return StoreError(f"the archive {self.folder} cannot be written: {error}; make room, or give access to it")


def read_page(folder: Path, place: Place) -> Page:
    """Read one capture as the page it was when it came; StoreError as in `read_capture`."""
    capture = read_capture(folder, place)
    stated = next((value for name, value in capture.headers if name.lower() == "content-type"), "")
    moment = capture.fetched_at.replace(microsecond=0)
    return Page(url=capture.url, body=capture.body, charset=http_content_type_encoding(stated), fetchedAt=moment)


def read_capture(folder: Path, place: Place) -> Capture:
    """Read one capture; StoreError, which names the file, when it is gone or damaged."""
    path = folder / place.file
    try:
        with path.open("rb") as file:
            file.seek(place.offset)
            record = next(ArchiveIterator(BytesIO(gzip.decompress(file.read(place.length)))))
        if record.rec_type != "response":
            raise ValueError(f"a {record.rec_type} record stands there")
        return Capture(
            url=record.rec_headers.get_header("WARC-Target-URI"),
            fetched_at=datetime.fromisoformat(record.rec_headers.get_header("WARC-Date")),
            status=int(record.http_headers.get_statuscode()),
            headers=tuple(record.http_headers.headers),
            body=record.content_stream().read(),
        )
    except _UNREADABLE as error:
        told = f"{type(error).__name__}: {error}"
        raise StoreError(f"{path}, byte {place.offset:,}: the archived page cannot be read ({told})") from error


def read_record(folder: Path, place: Place) -> bytes:
    """The bytes of one capture as they stand in its file."""
    with (folder / place.file).open("rb") as file:
        file.seek(place.offset)
        return file.read(place.length)


def read_part_of(path: Path) -> str | None:
    """The store that a file says it belongs to; None where it says nothing, or is damaged."""
    try:
        with path.open("rb") as file:
            record = next(ArchiveIterator(file))
            said = record.content_stream().read(MAX_INFO_BYTES).decode() if record.rec_type == "warcinfo" else ""
    except _UNREADABLE:
        return None
    fields = dict(line.split(": ", 1) for line in said.splitlines() if ": " in line)
    return fields.get("isPartOf")


def _encode_response(capture: Capture) -> bytes:
    said = [(name, _on_one_line(value)) for name, value in capture.headers if name.lower() not in _LEFT_OUT]
    headers = StatusAndHeaders(str(capture.status), [*said, ("Content-Length", str(len(capture.body)))], "HTTP/1.1")
    return _encode(
        capture.url, "response", capture.body, {"WARC-Date": _stamp(capture.fetched_at)}, http_headers=headers
    )


def _encode_warcinfo(name: str, moment: datetime, part_of: str | None) -> bytes:
    said = b"software: Clearwell\r\nformat: WARC File Format 1.1\r\n"
    if part_of:
        said += f"isPartOf: {part_of}\r\n".encode()
    headers = {"WARC-Date": _stamp(moment), "WARC-Filename": name}
    return _encode(None, "warcinfo", said, headers, warc_content_type="application/warc-fields")


def _encode(url: str | None, kind: str, payload: bytes, headers: dict[str, str], **options: object) -> bytes:
    out = BytesIO()
    writer = WARCWriter(out, gzip=False, warc_version="1.1")
    record = writer.create_warc_record(
        url, kind, payload=BytesIO(payload), length=len(payload), warc_headers_dict=headers, **options
    )
    writer.write_record(record)
    return out.getvalue()


def _stamp(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")


def _on_one_line(value: str) -> str:
    return " ".join(value.split())


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
