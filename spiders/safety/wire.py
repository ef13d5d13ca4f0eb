"""HTTP/1.1 from servers that cannot be trusted: bounds on what comes before a body, and on how it comes."""

from typing import Any

from scrapy.core.downloader.handlers.http11 import (
    _LenientHTTP11ClientFactory,
    _LenientHTTP11ClientProtocol,
    _LenientHTTPClientParser,
)
from twisted.internet.defer import Deferred
from twisted.internet.error import ConnectionLost
from twisted.internet.interfaces import IAddress
from twisted.python.failure import Failure
from twisted.web._newclient import ResponseFailed
from twisted.web.http import _DataLoss
from twisted.web.iweb import IResponse

MAX_HEAD = 128 * 1024  # bytes of status lines and headers, of interim answers too; browsers take 256 KiB; 2026-11
MAX_INTERIM = 8  # 1xx answers before the real one; one or two are usual; 2026-11


MAX_PIECES = 50_000  # chunks of a body; a page of 16 MiB in chunks of 1 KiB has 16,384, each costs some 25 us; 2026-11


class Endless(Exception):
    """A part of an answer does not end within bounds."""


class BadStatus(Exception):
    """A status that is no number of three digits."""


class BoundedParser(_LenientHTTPClientParser):
    """Scrapy's parser, which gives up on heads without end and on a body cut off by a broken connection.

    The class of a parser is swapped after it was made, so its state begins as class attributes.
    """

    _head_bytes = 0
    _heads = 0
    _pieces = 0

    def lineReceived(self, line: bytes) -> None:
        self._head_bytes += len(line) + 1
        if self._head_bytes > MAX_HEAD:
            raise Endless(f"more than {MAX_HEAD:,} bytes of headers")
        super().lineReceived(line)

    def lineLengthExceeded(self, line: bytes) -> None:
        raise Endless(f"a header line of more than {self.MAX_LENGTH:,} bytes")

    def statusReceived(self, status: bytes) -> None:
        self._heads += 1
        if self._heads > MAX_INTERIM:
            raise Endless(f"more than {MAX_INTERIM} answers before the answer")
        super().statusReceived(status)
        if not 100 <= self.response.code <= 999:
            raise BadStatus(f"{status[:100]!r} is no status line")

    def switchToBodyMode(self, decoder: Any) -> None:
        take = decoder.dataCallback

        def count(piece: bytes) -> None:
            self._pieces += 1
            if self._pieces > MAX_PIECES:
                raise Endless(f"a body in more than {MAX_PIECES:,} pieces")
            take(piece)

        decoder.dataCallback = count
        super().switchToBodyMode(decoder)

    def connectionLost(self, reason: Failure | None = None) -> None:
        """A body of unknown length ends with the connection; whether it is whole, only a clean end can tell."""
        broken = isinstance(reason, Failure) and reason.check(ConnectionLost)
        if broken and self.bodyDecoder is not None:
            self.response._bodyDataFinished(Failure(ResponseFailed([reason, Failure(_DataLoss())], self.response)))
            return
        super().connectionLost(reason)


class BoundedProtocol(_LenientHTTP11ClientProtocol):
    """Scrapy's protocol with the parser above."""

    def request(self, request: Any) -> Deferred[IResponse]:
        answer = super().request(request)
        assert self._parser is not None
        self._parser.__class__ = BoundedParser
        return answer


class BoundedFactory(_LenientHTTP11ClientFactory):
    """What a connection pool makes its connections with."""

    def buildProtocol(self, addr: IAddress | None) -> BoundedProtocol:
        return BoundedProtocol(self._quiescentCallback)
