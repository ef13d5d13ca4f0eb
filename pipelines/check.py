"""Step 2: what the core says is no article, leaves, and what the site's file does not ask for."""

from typing import Any

from scrapy.crawler import Crawler

from clearwell import Article
from clearwell.extraction.wanted_language import is_wanted
from clearwell.site import UNKNOWN_SITE, Site
from pipelines.items import Rejected

MESSAGES = {
    "no-article": "nothing on the page reads as an article; if one shows in a browser, the page needs scripts",
    "too-short": "what is left is too short for an article; look whether the page is a teaser or needs a login",
    "login-wall": "the page asks to log in; Clearwell reads only what everybody can read",
    "consent-wall": "the page asks for consent to cookies first; the site needs a cookie or another address",
    "product-page": "the page sells something; leave its address out of the site's `include`",
    "listing-page": "the page lists other pages; leave its address out of the site's `include`",
    "forum-page": "the page is a discussion; leave its address out of the site's `include`",
    "off-topic": "the article is not about health; the site's `topic.minHealthScore` says how surely it must be",
    "only-links": "the page is a list of links; leave its address out of the site's `include`",
}


class CheckPipeline:
    """Lets articles with status `ok` through, in the languages of the spider's site."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "CheckPipeline":
        return cls(crawler)

    def process_item(self, item: Article) -> Article:
        reason = item.quality.rejectReason
        if reason:
            raise Rejected(item.url, item.site, reason, MESSAGES[reason])
        wanted = self._site().languages
        if not is_wanted(wanted, item.inLanguage, item.languageConfidence, item.declaredLanguage):
            message = f"it is in `{item.inLanguage}`; the site's file asks for {', '.join(wanted)}"
            raise Rejected(item.url, item.site, "other-language", message)
        return item

    def _site(self) -> Site:
        site: Any = getattr(self.crawler.spider, "site", None)
        return site if isinstance(site, Site) else UNKNOWN_SITE
