"""What a site repeats: so far the phrases, learned elsewhere, that its pages insert between sentences."""

from collections.abc import Mapping
from types import MappingProxyType

import msgspec

MIN_PAGES = 3  # distinct pages on which a phrase must have been seen; design.md section 3, 2026-11


class SiteMemory(msgspec.Struct, frozen=True):
    """Phrases of one site with the number of distinct pages they were seen on; empty for an unknown site."""

    phrases: Mapping[str, int] = MappingProxyType({})

    def known_phrases(self) -> list[str]:
        """The phrases seen on enough pages to be the site's own, longest first."""
        known = (phrase for phrase, pages in self.phrases.items() if pages >= MIN_PAGES and phrase.strip())
        return sorted(known, key=lambda phrase: (-len(phrase), phrase))


NOTHING_LEARNED = SiteMemory()
