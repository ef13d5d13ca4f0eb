"""What a cleaning process does: questions in, answers out, over the socket it was started with.

Run as `python -m pipelines.worker SOCKET PARENT`, by pipelines/pool.py alone.  It lives as long as its parent does: the
kernel ends it with the parent, and where the kernel does not know how, the socket's end does.
"""

import contextlib
import ctypes
import os
import signal
import socket
import sys
import traceback
from pathlib import Path
from typing import TypeAlias, TypeVar

import msgspec

from clearwell.article import Article
from clearwell.clean import clean_observably
from clearwell.cleaning.memory import NOTHING_LEARNED, SiteMemory
from clearwell.errors import UnsupportedPage
from clearwell.page import Page
from clearwell.site import Site

MAX_CONTEXTS = 32  # sites a cleaner holds ready at a time; a full memory takes some 2 MB
SIZE_BYTES = 4  # before each message: its length in bytes, big-endian
READY = b"clearwell"  # a worker's first word
PR_SET_PDEATHSIG = 1  # of Linux's prctl(2): the signal a process gets when its parent ends

_FIRST_PAGE = f"<html><body><article>{'<p>Warm milk helps some people to sleep.</p>' * 9}</article></body></html>"

_Kept = TypeVar("_Kept")


class Context(msgspec.Struct, frozen=True, tag=True, array_like=True):
    """A site and what is remembered of it, sent once to each worker and then known by its number."""

    number: int
    site: Site
    memory: bytes  # as SiteMemory.to_json gives it


class Question(msgspec.Struct, frozen=True, tag=True, array_like=True):
    """A page to clean, and the number of the context to clean it with."""

    context: int
    page: Page


class Cleaned(msgspec.Struct, frozen=True, tag=True, array_like=True):
    """The article, and a memory of its page alone; empty of a page that is no article."""

    article: Article
    memory: SiteMemory


class Unsupported(msgspec.Struct, frozen=True, tag=True, array_like=True):
    """The bytes are no page; `reason` and `message` as in UnsupportedPage."""

    reason: str
    message: str


class Failed(msgspec.Struct, frozen=True, tag=True, array_like=True):
    """An error of ours: its one line, and where it happened for the log."""

    error: str
    trace: str


Answer: TypeAlias = Cleaned | Unsupported | Failed
answers: msgspec.msgpack.Decoder[Answer] = msgspec.msgpack.Decoder(Cleaned | Unsupported | Failed)
_messages = msgspec.msgpack.Decoder(Context | Question)


class Cleaner:
    """Cleans pages, each with the context its question names."""

    def __init__(self) -> None:
        self.contexts: dict[int, tuple[Site, SiteMemory]] = {}

    def learn(self, context: Context) -> None:
        """Keep a context ready."""
        keep(self.contexts, context.number, (context.site, SiteMemory.from_json(context.memory)))

    def answer(self, question: Question) -> Answer:
        """Clean a page; whatever goes wrong is an answer too."""
        site, memory = self.contexts[question.context]
        try:
            article, document = clean_observably(question.page, site, memory)
        except UnsupportedPage as error:
            return Unsupported(error.reason, str(error))
        except Exception as error:  # one page's fault of ours must not cost the worker
            return Failed(f"{type(error).__name__}: {error}", traceback.format_exc())
        if article.status != "ok":
            return Cleaned(article, NOTHING_LEARNED)
        return Cleaned(article, NOTHING_LEARNED.observe(document, article.canonicalUrl))


def keep(known: dict[int, _Kept], number: int, value: _Kept) -> None:
    """Add to what is known; the oldest goes when there are too many.  A pool and its worker forget alike by it."""
    if len(known) >= MAX_CONTEXTS:
        del known[next(iter(known))]
    known[number] = value


def encode(message: Context | Question | Answer) -> bytes:
    """A message as it crosses the border, its length before it."""
    encoded = msgspec.msgpack.encode(message)
    return len(encoded).to_bytes(SIZE_BYTES, "big") + encoded


def _serve(channel: socket.socket, cleaner: Cleaner) -> None:
    """Say that we are ready, then answer every question in its order, until the parent closes its end."""
    clean_observably(Page(html=_FIRST_PAGE))  # what is loaded with the first page is loaded before a page's time runs
    channel.sendall(READY)
    with channel.makefile("rb") as stream:
        while len(size := stream.read(SIZE_BYTES)) == SIZE_BYTES:
            message = _messages.decode(stream.read(int.from_bytes(size, "big")))
            if isinstance(message, Context):
                cleaner.learn(message)
            else:
                channel.sendall(_encode_answer(cleaner.answer(message)))


def _encode_answer(answer: Answer) -> bytes:
    try:
        return encode(answer)
    except (msgspec.MsgspecError, UnicodeError) as error:  # a text that no JSON can hold either
        return encode(Failed(f"{type(error).__name__}: {error}", traceback.format_exc()))


def _end_with(parent: int) -> None:
    """Have the kernel end this process when its parent ends, even in the middle of a page."""
    with contextlib.suppress(AttributeError, OSError):  # not Linux: the end of the socket has to do
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        sys.exit()  # it ended before it could be told


def _end_first() -> None:
    """When memory runs out, have the kernel end this process, whose page can be named, before the crawl."""
    with contextlib.suppress(OSError):  # not Linux, or not allowed
        Path("/proc/self/oom_score_adj").write_text("800")  # of 1,000


def main() -> None:
    """Serve the socket and the parent named on the command line."""
    descriptor, parent = map(int, sys.argv[1:])
    _end_with(parent)
    _end_first()
    with socket.socket(fileno=descriptor) as channel, contextlib.suppress(ConnectionError):
        _serve(channel, Cleaner())


if __name__ == "__main__":
    main()
