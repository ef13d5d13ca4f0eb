"""Clean a file of pages with processes: one line out for each line in, in the same order, in constant memory."""

import contextlib
import gzip
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import IO, NamedTuple

from pebble import ProcessPool

from clearwell.app.chunks import chunk, map_chunks
from clearwell.app.learning_pass import learn_sites
from clearwell.app.worker import MAX_LINE_BYTES, Answer, clean_lines, reject_line, use_memories
from clearwell.cleaning.memory import SiteMemory
from clearwell.errors import ClearwellError


class Progress(NamedTuple):
    """How far a run is: bytes of the input taken, lines answered, those rejected."""

    bytes: int
    lines: int
    rejected: int


def run_bulk(
    source: str, target: str, workers: int, report: Callable[[Progress], None], learn: bool = True
) -> Progress:
    """Clean `source` into `target` (paths, `.gz` for gzip, `-` for the standard streams).

    With `learn`, a first pass over the source finds what each site repeats.  The target appears whole when all is done.
    Raises ClearwellError when a file cannot be read or written.
    """
    lines = rejected = 0
    _check_target(source, target)
    try:
        with (
            _rereadable(source) if learn else contextlib.nullcontext(source) as again,
            _open_source(again) as (stream, position),
            _open_target(target) as out,
        ):
            memories = learn_sites(partial(_open_lines, again), workers) if learn else {}
            for answer in clean_stream(_read_lines(stream), workers, memories):
                out.write(answer.line + b"\n")
                lines += 1
                rejected += not answer.ok
                report(Progress(position(), lines, rejected))
            return Progress(position(), lines, rejected)
    except (OSError, EOFError, gzip.BadGzipFile) as error:
        raise ClearwellError(f"{source} -> {target}: {error}") from error


def _check_target(source: str, target: str) -> None:
    """Find out before the work that the output cannot be written, or would overwrite the input."""
    path = Path(target)
    if not target or path.is_dir() or not path.resolve().parent.is_dir():
        raise ClearwellError(
            f"{target or 'the output'}: not a file that can be written; give a file in a folder that exists"
        )
    if path.exists() and Path(source).exists() and path.samefile(source):
        raise ClearwellError(f"{target}: input and output are the same file")


def clean_stream(
    lines: Iterator[bytes], workers: int, memories: Mapping[str, SiteMemory] = MappingProxyType({})
) -> Iterator[Answer]:
    """Answer every line, in order; a page that ends or holds up its worker is rejected alone.

    `memories` is what was learned of the lines' sites.
    """
    with ProcessPool(max_workers=workers, initializer=use_memories, initargs=[dict(memories)]) as pool:
        yield from map_chunks(pool, clean_lines, chunk(lines, len), workers, _reject)


def _reject(line: bytes, reason: str, message: str) -> list[Answer]:
    return [reject_line(line, reason, message)]


def _read_lines(stream: IO[bytes]) -> Iterator[bytes]:
    """Lines without their end; of one that is too long only the start is kept, enough to name it."""
    while line := stream.readline(MAX_LINE_BYTES + 1):
        whole = line
        while line and not line.endswith(b"\n"):
            line = stream.readline(MAX_LINE_BYTES + 1)
        yield whole.rstrip(b"\r\n")


def standard(stream: IO[str] | None) -> IO[bytes]:
    """The bytes of a standard stream; ClearwellError when the shell has closed it."""
    if stream is None:
        raise ClearwellError("the standard stream is closed")
    return stream.buffer  # type: ignore[attr-defined, no-any-return]  # text streams of a process have one


@contextlib.contextmanager
def _open_lines(source: str) -> Iterator[Iterator[bytes]]:
    with _open_source(source) as (stream, _):
        yield _read_lines(stream)


@contextlib.contextmanager
def _rereadable(source: str) -> Iterator[str]:
    """A source that can be read more than once: what is no plain file is copied into one for as long as it takes."""
    if source != "-" and Path(source).is_file():
        yield source
        return
    with contextlib.ExitStack() as opened:
        stream = standard(sys.stdin) if source == "-" else opened.enter_context(Path(source).open("rb"))
        copy = opened.enter_context(tempfile.NamedTemporaryFile(suffix=".gz" if source.endswith(".gz") else ""))
        shutil.copyfileobj(stream, copy)
        copy.flush()
        yield copy.name


@contextlib.contextmanager
def _open_source(source: str) -> Iterator[tuple[IO[bytes], Callable[[], int]]]:
    if source == "-":
        yield standard(sys.stdin), lambda: 0
        return
    with Path(source).open("rb") as raw:
        position = raw.tell if raw.seekable() else lambda: 0
        if source.endswith(".gz"):
            with gzip.open(raw) as stream:
                yield stream, position  # type: ignore[misc]  # GzipFile reads like any binary stream
        else:
            yield raw, position


@contextlib.contextmanager
def _open_target(target: str) -> Iterator[IO[bytes]]:
    """A file that takes its name when it is whole."""
    if target == "-":
        out = standard(sys.stdout)
        yield out
        out.flush()
        return
    path = Path(target).resolve()  # a link stays one
    if path.exists() and not path.is_file():  # a device or a pipe is written to, never replaced
        with path.open("wb") as raw:
            yield raw
        return
    partial = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with partial.open("wb") as raw:
            if target.endswith(".gz"):
                with gzip.GzipFile("", "wb", 6, raw, mtime=0) as stream:
                    yield stream  # type: ignore[misc]  # GzipFile writes like any binary stream
            else:
                yield raw
            raw.flush()
            os.fsync(raw.fileno())
        partial.replace(path)
    finally:
        with contextlib.suppress(FileNotFoundError):
            partial.unlink()
