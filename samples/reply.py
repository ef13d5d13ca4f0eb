"""One answer of the server as a value."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

HTML = "text/html; charset=utf-8"
XML = "application/xml; charset=utf-8"


@dataclass(frozen=True)
class Reply:
    """Status, body and headers; the server adds the lengths and the ETag.

    `missing_bytes` is how much longer than the truth the declared Content-Length is: above 0 the body is truncated.
    """

    body: bytes
    content_type: str = HTML
    status: int = 200
    headers: tuple[tuple[str, str], ...] = ()
    changed: datetime | None = None
    missing_bytes: int = 0


def reply_text(text: str, content_type: str = HTML, status: int = 200, changed: datetime | None = None) -> Reply:
    """Make a reply of UTF-8 text."""
    return Reply(text.encode("utf-8"), content_type, status, changed=changed)
