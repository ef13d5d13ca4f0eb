"""Step 2: what the core says is no article, leaves."""

from clearwell import Article
from pipelines.items import Rejected

MESSAGES = {
    "no-article": "nothing on the page reads as an article; if one shows in a browser, the page needs scripts",
    "too-short": "what is left is too short for an article; look whether the page is a teaser or needs a login",
    "only-links": "the page is a list of links; leave its address out of the site's `include`",
}


class CheckPipeline:
    """Lets articles with status `ok` through."""

    def process_item(self, item: Article) -> Article:
        reason = item.quality.rejectReason
        if reason:
            raise Rejected(item.url, item.site, reason, MESSAGES.get(reason, reason))
        return item
