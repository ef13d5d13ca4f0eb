"""With which settings the pages of a site are cleaned."""

from functools import lru_cache
from pathlib import Path
from typing import Any

from scrapy.crawler import Crawler

from clearwell.site import Site
from clearwell.storage.sites import list_sites, load_site


def find_settings(crawler: Crawler, name: str) -> Site:
    """The settings of the spider's site, or else of the file of that name; bare ones where there is none.

    An address given by hand is of the site that is called like its host: cleaned without the file's hints, its article
    would take the place of the one that the site's own crawls publish.
    """
    site: Any = getattr(crawler.spider, "site", None)
    if isinstance(site, Site) and site.name:
        return site
    return _load(Path(crawler.settings["CLEARWELL_SITES"]), name)


@lru_cache(maxsize=1_000)
def _load(folder: Path, name: str) -> Site:
    """Read once a process: a crawl goes by the file as it was when it began."""
    return load_site(folder, name) if name in list_sites(folder) else Site(name=name)
