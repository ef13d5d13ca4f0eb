"""Whether an article cleaned before would come out differently today, as far as can be told without its page."""

import hashlib
from functools import cache
from importlib.resources import files

import msgspec

from clearwell.article import Article
from clearwell.clean import RULES_VERSION
from clearwell.cleaning import disclaimers, endings, repetition
from clearwell.cleaning.memory import SiteMemory, open_sentences
from clearwell.document import Block, Document, Removal
from clearwell.site import Site

_FROM_MEMORY = (repetition.find, endings.find, disclaimers.find)  # the detectors that ask what a site repeats
_RULES = ("known-phrase", "known-line", "known-label", "site-disclaimer")  # what they find by it


@cache
def _model_digest() -> str:
    return hashlib.sha256((files("clearwell.extraction") / "model.npz").read_bytes()).hexdigest()[:12]


def name_rules(site: Site) -> str:
    """What a page of a site is judged by: the rules' version, the model, and what the site's file says of pages."""
    settings = msgspec.json.encode([site.extraction, site.topic, site.memory, site.languages])
    return f"{RULES_VERSION}-{_model_digest()}-{hashlib.sha256(settings).hexdigest()[:12]}"


def is_outdated(article: Article, site: Site, memory: SiteMemory) -> bool:
    """Whether the text still holds what the site's memory by now takes for the site's, or lacks what it no longer does.

    Cleaning is idempotent, so that nothing is found in an article that was cleaned with this memory.
    """
    if any(not _stands(removal, memory) for removal in article.cleaning.removals if removal.rule in _RULES):
        return True
    blocks = (Block(block.kind, block.text, block.level, block.marker, block.links) for block in article.blocks)
    document = Document(tuple(blocks), headline=article.headline or None)
    return any(True for find in _FROM_MEMORY for _ in find(document, site, memory))


def teach_alike(one: SiteMemory, other: SiteMemory) -> bool:
    """Whether it makes no difference with which of two memories pages are cleaned."""
    phrases, others = ({learned.text for learned in memory.learned} for memory in (one, other))
    lines, other_lines = ({(ending.text, ending.is_label) for ending in memory.endings} for memory in (one, other))
    return (phrases, lines) == (others, other_lines) and disclaimers.list_site_wide(one) == disclaimers.list_site_wide(
        other
    )


def _stands(removal: Removal, memory: SiteMemory) -> bool:
    """Whether a removal has still its reason; it may be longer or shorter than that, where others met it."""
    if removal.rule == "site-disclaimer":
        return any(disclaimers.is_common(opening.text, memory) for opening in open_sentences(removal.text))
    text = " ".join(removal.text.split())
    if removal.rule in ("known-line", "known-label"):
        return any(text.startswith(ending.text) for ending in memory.endings)
    return any(learned.text in text or text in learned.text for learned in memory.learned)
