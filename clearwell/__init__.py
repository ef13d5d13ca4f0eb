"""Clearwell: from a dirty health-article page to clean, structured article JSON.

>>> from clearwell import Page, clean
>>> page = Page(text="Drink enough. " * 20, url="https://example.org/water")
>>> clean(page).inLanguage
'en'
"""

from clearwell.article import Article, restore
from clearwell.clean import clean
from clearwell.page import Page

__all__ = ["Article", "Page", "clean", "restore"]
__version__ = "0.1.0"
