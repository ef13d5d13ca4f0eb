"""Detectors that point at what does not belong, and the one editor that takes it off."""

from collections.abc import Callable, Iterator

from clearwell.cleaning import (
    calls,
    controls,
    credits,
    disclaimers,
    endings,
    listings,
    navigation,
    repetition,
    residue,
    spam,
    teasers,
    watermarks,
)
from clearwell.cleaning.memory import SiteMemory
from clearwell.document import Document, Removal
from clearwell.site import Site

Detector = Callable[[Document, Site, SiteMemory], Iterator[Removal]]

DETECTORS: tuple[Detector, ...] = (
    watermarks.find,
    repetition.find,
    endings.find,
    navigation.find,
    teasers.find,
    listings.find,
    calls.find,
    controls.find,
    credits.find,
    residue.find,
    disclaimers.find,
    spam.find,
)


def find_removals(document: Document, site: Site, memory: SiteMemory) -> list[Removal]:
    """Ask every detector; the order of asking has no influence on what `apply` makes of the answers."""
    return [removal for detector in DETECTORS for removal in detector(document, site, memory)]
