"""Unpacks compressed answers within bounds."""

import zlib
from collections.abc import Callable
from typing import Any

from scrapy.downloadermiddlewares.httpcompression import HttpCompressionMiddleware
from scrapy.utils._compression import brotli, zstd  # whichever packages Scrapy found for this Python

from clearwell.extraction.decode import MAX_PAGE_BYTES
from spiders.failures import RefusedRequest

MAX_LAYERS = 2  # codings on top of each other; one is usual, two come of a misconfigured proxy; 2026-11
MAX_MEMBERS = 64  # streams behind each other in one body; nearly always one.  Each costs a copy of the rest; 2026-11


class _Brotli:
    """A brotli stream with the interface that those of zlib and zstd have."""

    unused_data = b""

    def __init__(self) -> None:
        self._stream = brotli.Decompressor()

    @property
    def eof(self) -> bool:
        return bool(self._stream.is_finished())

    def decompress(self, body: bytes, most: int) -> bytes:
        return bytes(self._stream.process(body, output_buffer_limit=most))


_STREAMS: dict[bytes, Callable[[], Any]] = {
    b"gzip": lambda: zlib.decompressobj(31),
    b"x-gzip": lambda: zlib.decompressobj(31),
    b"deflate": lambda: zlib.decompressobj(15),
    b"raw deflate": lambda: zlib.decompressobj(-15),
    b"br": _Brotli,
    b"zstd": zstd.ZstdDecompressor,
}
_NEXT = {b"gzip": b"\x1f\x8b", b"x-gzip": b"\x1f\x8b", b"zstd": b"\x28\xb5\x2f\xfd"}  # how a further stream begins


class BoundedUnpacking(HttpCompressionMiddleware):
    """Scrapy's middleware, with the unpacking below: it names bombs, and what is cut off or is not packed as declared.

    Scrapy's own gives back as much as it could unpack, and half a page would be published as a whole one.
    """

    def _handle_encoding(self, body: bytes, content_encoding: list[bytes], max_size: int) -> tuple[bytes, list[bytes]]:
        codings, unknown = self._split_encodings(content_encoding)
        if len(codings) > MAX_LAYERS:
            raise RefusedRequest("bomb", f"it is packed {len(codings)} times over; more than {MAX_LAYERS} is no page")
        for coding in codings:
            body = unpack(body, coding, max_size or MAX_PAGE_BYTES)
        return body, unknown


def unpack(body: bytes, coding: bytes, limit: int) -> bytes:
    """The content of a packed body, at most `limit` bytes.

    RefusedRequest: `bomb` for more, `truncated` for a stream without its end, `bad-encoding` for what is not packed as
    declared.  What follows the last stream is ignored, as browsers do.
    """
    if not body:
        return b""  # a server that packs its answers declares so on empty ones too
    pieces: list[bytes] = []
    room = limit + 1
    for _ in range(MAX_MEMBERS):
        piece, stream = _unpack_stream(body, coding, room)
        pieces.append(piece)
        room -= len(piece)
        if room <= 0:
            raise RefusedRequest("bomb", f"it unpacks to more than {limit:,} bytes; look whether that is a page")
        if not stream.eof:
            raise RefusedRequest("truncated", "its packed content ends too early; try again later")
        body = stream.unused_data
        if not body.startswith(_NEXT.get(coding, b"\0none")):
            return b"".join(pieces)
    raise RefusedRequest("bomb", f"its content is packed in more than {MAX_MEMBERS} pieces, as no page is")


def _unpack_stream(body: bytes, coding: bytes, most: int) -> tuple[bytes, Any]:
    stream = _STREAMS[coding]()
    try:
        return stream.decompress(body, most), stream
    except (zlib.error, brotli.error, zstd.ZstdError) as error:
        if coding == b"deflate":  # Microsoft's servers leave the frame out that RFC 9110 asks for
            return _unpack_stream(body, b"raw deflate", most)
        raise RefusedRequest("bad-encoding", f"it is not packed as {coding.decode()}, as it says: {error}") from error
