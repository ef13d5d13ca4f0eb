"""Step 2: what the core says is no article, leaves."""

from clearwell import Article
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
    """Lets articles with status `ok` through."""

    def process_item(self, item: Article) -> Article:
        reason = item.quality.rejectReason
        if reason:
            raise Rejected(item.url, item.site, reason, MESSAGES[reason])
        return item
