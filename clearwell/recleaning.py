"""Whether an article cleaned before would come out differently today, as far as can be told without its page."""

import hashlib
from functools import cache
from importlib.resources import files

import msgspec

from clearwell.article import Article
from clearwell.clean import RULES_VERSION
from clearwell.cleaning import disclaimers, repetition
from clearwell.cleaning.memory import SiteMemory
from clearwell.document import Block, Document
from clearwell.site import Site

_FROM_MEMORY = (repetition.find, disclaimers.find)  # the detectors that ask what a site repeats


@cache
def _model_digest() -> str:
    return hashlib.sha256((files("clearwell.extraction") / "model.npz").read_bytes()).hexdigest()[:12]


def name_rules(site: Site) -> str:
    """What a page of a site is judged by: the rules' version, the model, and what the site's file says of pages."""
    settings = msgspec.json.encode([site.extraction, site.topic, site.memory, site.languages])
    return f"{RULES_VERSION}-{_model_digest()}-{hashlib.sha256(settings).hexdigest()[:12]}"


def memory_teaches(article: Article, site: Site, memory: SiteMemory) -> bool:
    """Whether the text still holds what the site's memory by now takes for the site's own.

    Cleaning is idempotent, so that nothing is found in an article that was cleaned with this memory.
    """
    blocks = (Block(block.kind, block.text, block.level, block.marker, block.links) for block in article.blocks)
    document = Document(tuple(blocks), headline=article.headline or None)
    return any(True for find in _FROM_MEMORY for _ in find(document, site, memory))
