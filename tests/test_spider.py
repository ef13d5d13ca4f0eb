"""What the spider makes of the answers it gets, without a network."""

import gzip

import pytest
from scrapy.http import HtmlResponse, Request, TextResponse

from clearwell.site import Site
from pipelines.items import FailedPage, FetchedPage
from spiders.addresses import MAX_ADDRESS
from spiders.article import ArticleSpider

BASE = "https://a.example"


def make(**site):
    spider = ArticleSpider(site="mine")
    spider.use(Site(name="mine", **{"start": (BASE + "/",), **site}))
    return spider


def sitemap(*locations, path="/sitemap.xml", pack=bytes):
    body = "<urlset>" + "".join(f"<url><loc>{location}</loc></url>" for location in locations) + "</urlset>"
    return TextResponse(BASE + path, body=pack(body.encode()), encoding="utf-8", request=Request(BASE + path))


def outcome(found):
    return [item.url if isinstance(item, Request) else item.reason for item in found]


def test_one_address_that_cannot_be_read_costs_only_itself():
    found = list(make().parse_source(sitemap("http://[bad/x", BASE + "/1", "https://other.example/2", BASE + "/3")))
    assert outcome(found) == ["bad-url", "off-site", BASE + "/1", BASE + "/3"]


@pytest.mark.parametrize(
    ("response", "reason"),
    [
        (sitemap(), "no-links"),
        (TextResponse(BASE + "/feed", body=b"<rss></rss>", request=Request(BASE + "/feed")), "no-links"),
        (HtmlResponse(BASE + "/", body=b"<p>nothing</p>", request=Request(BASE + "/")), "no-links"),
        (sitemap(BASE + "/1", pack=lambda body: b"\x1f\x8b\x08" + body), "truncated"),
    ],
)
def test_a_source_that_leads_nowhere_is_named(response, reason):
    assert outcome(make().parse_source(response)) == [reason]


def test_a_packed_sitemap_is_read():
    assert outcome(make().parse_source(sitemap(BASE + "/1", pack=gzip.compress))) == [BASE + "/1"]


def test_the_budget_counts_each_page_once():
    pages = [f"{BASE}/{page}" for page in ("a", "a", "a", "b", "a", "c")]
    assert outcome(make(maxPages=2).parse_source(sitemap(*pages))) == [BASE + "/a", BASE + "/b"]


@pytest.mark.parametrize(
    ("site", "address", "wanted"),
    [
        ({}, "https://www.a.example/x", True),
        ({}, "https://b.example/x", False),
        ({"hosts": ("b.example",)}, "https://b.example/x", True),
        ({"include": (r"/health/",)}, BASE + "/health/x", True),
        ({"include": (r"/health/",)}, BASE + "/sport/x", False),
        ({"exclude": (r"/tag/",)}, BASE + "/tag/x", False),
    ],
)
def test_where_a_site_lets_us_go(site, address, wanted):
    assert (not make(**site).admission.refuse(address)) is wanted


@pytest.mark.parametrize("address", ["ftp://a.example/x", "no address", "http://", BASE + "/" + "x" * MAX_ADDRESS])
def test_an_address_that_cannot_be_used_is_named(address):
    found = make()._request(address, None)
    assert isinstance(found, FailedPage)
    assert found.reason == "bad-url"


def test_an_address_that_redirected_is_named_too():
    request = Request(BASE + "/new", meta={"redirect_urls": [BASE + "/old"]})
    found = list(make().parse_article(HtmlResponse(BASE + "/new", body=b"<p>x</p>", request=request)))
    assert [type(item) for item in found] == [FetchedPage, FailedPage]
    assert (found[1].url, found[1].reason) == (BASE + "/old", "redirected")
