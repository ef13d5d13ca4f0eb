"""What goes in: one fetched page, or a text that has already lost its markup."""

from datetime import datetime

import msgspec


class Page(msgspec.Struct, frozen=True, kw_only=True):
    """One page as it was fetched.

    Exactly one of the three contents is given: `body` (bytes, charset unknown), `html` (decoded) or `text`
    (flattened, no markup).  `charset` is what the HTTP header declared, if anything; it is a hint.
    `fetchedAt` is UTC-aware and is copied to the article; the core never asks the clock.

    >>> Page(text="Drink enough water.", url="https://example.org/a").text
    'Drink enough water.'
    """

    url: str = ""
    body: bytes | None = None
    html: str | None = None
    text: str | None = None
    charset: str | None = None
    fetchedAt: datetime | None = None

    def __post_init__(self) -> None:
        given = [name for name in ("body", "html", "text") if getattr(self, name) is not None]
        if len(given) != 1:
            raise ValueError(f"a Page takes exactly one of body, html, text; got {', '.join(given) or 'none'}")
        if self.fetchedAt is not None and self.fetchedAt.tzinfo is None:
            raise ValueError("Page.fetchedAt needs a time zone; use datetime.now(timezone.utc)")
