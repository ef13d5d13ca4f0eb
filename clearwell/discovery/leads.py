"""What a source gives: addresses with what is known of them, and what is wrong with the source."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, NamedTuple

# What an address is thought to be: an article, what may be one or a list (`either`), a list of articles (`listing`), an
# archive of a tag, author or month (`archive`), the next pages of a list (`pages`), a source for machines, or nothing
# that is wanted (`other`).
Kind = Literal["article", "either", "listing", "archive", "pages", "sitemap", "feed", "other"]
Origin = Literal["given", "sitemap", "feed", "listing", "article"]  # where an address was found


@dataclass(frozen=True, slots=True)
class Lead:
    """An address found on the way.

    `score` is how likely it is an article's, 0 to 1; `lastmod` when its page changed last and `published` when it
    appeared, UTC-aware, where the source says so; `why` names what an address is that is settled to be no article's.
    """

    url: str
    kind: Kind
    origin: Origin
    score: float = 0.5
    lastmod: datetime | None = None
    published: datetime | None = None
    title: str = ""
    why: str = ""


class Fault(NamedTuple):
    """What is wrong with a source; what was read before it counts.  `reason` is short and stable, for counting."""

    reason: str
    message: str
