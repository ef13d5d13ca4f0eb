"""One page, one address."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clearwell.discovery.addresses import canonical_url, host_without_www, page_key, plain_addresses, without_tracking
from clearwell.discovery.article_urls import judge_address, page_number
from clearwell.discovery.shapes import shape_of

CANONICAL = [
    ("https://a.example/x?utm_source=n&utm_medium=m&utm_campaign=c&utm_whatever=w", "https://a.example/x"),
    ("https://a.example/x?UTM_SOURCE=n", "https://a.example/x"),
    ("https://a.example/x?fbclid=1&gclid=2&mc_cid=3&mc_eid=4&srsltid=5&_ga=6", "https://a.example/x"),
    ("https://a.example/x?id=1&fbclid=2", "https://a.example/x?id=1"),
    ("https://a.example/x?b=2&a=1", "https://a.example/x?a=1&b=2"),
    ("https://a.example/x?replytocom=12#respond", "https://a.example/x"),
    ("https://a.example/x#part", "https://a.example/x"),
    ("https://a.example:443/x", "https://a.example/x"),
    ("http://a.example:80/", "http://a.example/"),
    ("http://a.example:443/", "http://a.example:443/"),
    ("http://[::1]:80/x", "http://[::1]/x"),
    ("https://A.Example./x", "https://a.example/x"),
    ("https://a.example", "https://a.example/"),
    ("https://a.example/x?", "https://a.example/x"),
    ("https://a.example/x?&&a=1&", "https://a.example/x?a=1"),
    ("https://a.example/%7euser/%e4%b8%ad", "https://a.example/~user/%E4%B8%AD"),
    ("https://a.example/中", "https://a.example/%E4%B8%AD"),
    ("https://bücher.example/x", "https://xn--bcher-kva.example/x"),
    ("https://a.example/a/../b/./c", "https://a.example/b/c"),
    ("https://a.example/x;jsessionid=A1B2C3D4E5F6A7B8?id=4", "https://a.example/x?id=4"),
    ("https://a.example/x?PHPSESSID=0123456789abcdef01234567", "https://a.example/x"),
    ("https://a.example/(S(abcdefghij0123456789abcd))/x", "https://a.example/x"),
    # What servers may tell apart stays apart.
    ("https://a.example/x/", "https://a.example/x/"),
    ("https://a.example/X", "https://a.example/X"),
    ("https://www.a.example/x", "https://www.a.example/x"),
    ("https://a.example/index.html", "https://a.example/index.html"),
    ("https://a.example/a//b", "https://a.example/a//b"),
    ("https://a.example/x?cid=12&source=who&ref=7&from=2", "https://a.example/x?cid=12&from=2&ref=7&source=who"),
    ("https://a.example/x?sid=42&session=3", "https://a.example/x?session=3&sid=42"),
    ("https://a.example/x?amp=1", "https://a.example/x?amp=1"),
    ("https://a.example/x?a=1&a=2&a=1", "https://a.example/x?a=1&a=1&a=2"),
    ("https://a.example/x?q=%E9", "https://a.example/x?q=%E9"),
]


@pytest.mark.parametrize(("url", "canonical"), CANONICAL)
def test_the_address_an_article_is_known_by(url, canonical):
    assert canonical_url(url, None) == canonical
    assert canonical_url(canonical, None) == canonical


def test_what_a_page_states_comes_first():
    assert canonical_url("https://a.example/amp/x", "https://a.example/x?utm_id=1") == "https://a.example/x"
    assert canonical_url("", None) == ""
    assert canonical_url("http://[broken", None) == "http://[broken"


@pytest.mark.parametrize(
    ("url", "plain"),
    [
        ("https://a.example/x?id=4&utm_id=1&b=2&a=1#top", "https://a.example/x?id=4&b=2&a=1"),
        ("https://a.example/%7e?q=a+b", "https://a.example/%7e?q=a+b"),
        ("http://[broken", "http://[broken"),
    ],
)
def test_what_the_server_is_asked_for_stays_as_it_was_written(url, plain):
    assert without_tracking(url) == plain


@pytest.mark.parametrize(
    ("variant", "plain", "kind"),
    [
        ("https://a.example/amp/x.html", "https://a.example/x.html", "amp"),
        ("https://a.example/x/amp/", "https://a.example/x/", "amp"),
        ("https://a.example/x/amp", "https://a.example/x", "amp"),
        ("https://a.example/x.amp.html", "https://a.example/x.html", "amp"),
        ("https://a.example/x.amp", "https://a.example/x", "amp"),
        ("https://a.example/x?amp", "https://a.example/x", "amp"),
        ("https://a.example/x?amp=1&id=2", "https://a.example/x?id=2", "amp"),
        ("https://a.example/x?outputType=amp", "https://a.example/x", "amp"),
        ("https://amp.a.example/x", "https://a.example/x", "amp"),
        ("https://m.a.example/x", "https://a.example/x", "mobile"),
        ("https://a.example/x?print=1", "https://a.example/x", "print"),
        ("https://a.example/print/x", "https://a.example/x", "print"),
        ("https://a.example/x?view=print", "https://a.example/x", "print"),
    ],
)
def test_variants_lead_to_their_plain_page(variant, plain, kind):
    assert (plain, kind) in list(plain_addresses(variant))


@pytest.mark.parametrize(
    "url",
    ["https://a.example/x", "https://a.example/amp", "https://a.example/amplifiers/", "https://a.example/x?amp=0",
     "https://a.example/blueprint.html", "https://m.example/x", "https://a.example/x?print=2026-edition", "http://[x"],
)  # fmt: skip
def test_what_only_looks_like_a_variant_is_none(url):
    assert list(plain_addresses(url)) == []


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/eat-less-salt-at-night/", "article"),
        ("/2026/03/05/salt/", "article"),
        ("/news/2026-03-05-salt-and-sleep", "article"),
        ("/blog/why-we-yawn", "article"),
        ("/%E9%A5%AD%E5%90%8E%E6%95%A3%E6%AD%A5%E5%A4%9A%E4%B9%85%E5%90%88%E9%80%82", "article"),  # Chinese
        ("/%D0%BF%D0%BE%D1%87%D0%B5%D0%BC%D1%83-%D0%BC%D1%8B-%D1%81%D0%BF%D0%B8%D0%BC/", "article"),  # Cyrillic
        ("/%D9%84%D9%85%D8%A7%D8%B0%D8%A7-%D9%86%D9%86%D8%A7%D9%85-%D9%84%D9%8A%D9%84%D8%A7/", "article"),  # Arabic
        ("/opinion/contributors/2025/12/19/meditation-and-you-and-me/87830855007/", "article"),
        ("/category/sleep/why-we-yawn-at-night/", "article"),
        ("/12345.html", "either"),
        ("/?p=123", "either"),
        ("/article.php?id=55", "either"),
        ("/insomnia/", "either"),
        ("/insomnia", "either"),
        ("/conditions/insomnia/", "article"),
        ("/", "listing"),
        ("/de/", "listing"),
        ("/zh-cn/", "listing"),
        ("/category/sleep/", "archive"),
        ("/tag/why-we-yawn/", "archive"),
        ("/author/ida/page/2/", "archive"),
        ("/2026/03/", "archive"),
        ("/2026/", "archive"),
        ("/Kategorie/Schlaf", "archive"),
        ("/page/2/", "pages"),
        ("/sleep/page/2", "pages"),
        ("/sleep/?page=2", "pages"),
        ("/sleep/list_3.html", "pages"),
        ("/feed/", "feed"),
        ("/rss.xml", "feed"),
        ("/?feed=rss2", "feed"),
        ("/sitemap_index.xml", "sitemap"),
        ("/login", "other"),
        ("/account/orders", "other"),
        ("/cart", "other"),
        ("/about-us/", "other"),
        ("/datenschutz.html", "other"),
        ("/search/?q=x", "other"),
        ("/?s=salt", "other"),
        ("/photo.jpg", "other"),
        ("/leaflet.PDF", "other"),
        ("/calendar/2026-11/", "other"),
        ("/wp-json/wp/v2/posts/1", "other"),
        ("/x/?share=mail", "other"),
        ("/sleep/?sort=date&page=2", "other"),
        ("/?attachment_id=5", "other"),
        ("/contact-dermatitis-what-helps/", "article"),  # begins like the contact page
        ("/about-migraine-and-light/", "article"),
        ("/privacy-in-hospital-wards/", "article"),
        ("/search-for-better-sleep/", "article"),
    ],
)
def test_what_an_address_says_by_itself(path, kind):
    assert judge_address("https://a.example" + path).kind == kind


@pytest.mark.parametrize(
    ("path", "number"),
    [("/page/3", 3), ("/page3/", 3), ("/seite-3/", 3), ("/?paged=3", 3), ("/list_3.html", 3), ("/x?start=30", 30),
     ("/3", None), ("/?page=x", None), ("/?page=" + "9" * 99, None), ("/pages-of-3", None)],
)  # fmt: skip
def test_numbers_of_pages(path, number):
    assert page_number("https://a.example" + path) == number


HOSTILE = ["/" * 50_000, "/a" * 50_000, "/" + "a-" * 50_000, "/" + "1" * 100_000, "?" + "a=1&" * 50_000,
           "/" + "%" * 50_000, "/" + "é" * 50_000,
           "/page" * 20_000, "/2026/01" * 20_000, ";jsessionid=" * 10_000, "/(S(" * 20_000, "/" + "." * 50_000,
           "/calendar/" * 10_000, "?" + "&" * 50_000, "/" + "sitemap" * 10_000, "/" + "-_" * 50_000]  # fmt: skip


@pytest.mark.parametrize("path", HOSTILE)
def test_hostile_addresses_end_in_time(path):
    url = "https://a.example" + path
    start = time.process_time()
    for look in (judge_address, page_number, shape_of, page_key, without_tracking, lambda u: list(plain_addresses(u))):
        look(url)
    assert time.process_time() - start < 1


@given(st.text(max_size=60))
def test_any_text_is_looked_at_without_an_error(text):
    for url in (text, "https://a.example/" + text, "https://" + text):
        judge_address(url)
        shape_of(url)
        list(plain_addresses(url))
        page_number(url)
        once = canonical_url(url, None)
        assert canonical_url(once, None) == once


HOSTS = [  # a site file says the one, what is fetched is the other
    ("https://bücher.example/", "https://www.xn--bcher-kva.example/x"),
    ("https://BÜCHER.example/", "https://xn--bcher-kva.example/x"),
    ("https://健康.example/", "https://xn--nyqy26a.example/x"),
    ("https://www.a.example:8443/", "http://A.example/x"),
    ("http://[::1]:80/", "http://[::1]:8080/x"),
]


@pytest.mark.parametrize(("said", "fetched"), HOSTS)
def test_a_host_is_one_however_it_is_written(said, fetched):
    assert host_without_www(said) == host_without_www(fetched) != ""


@pytest.mark.parametrize("address", ["https://ü" + "x" * 70 + ".example/", "https://ü..example/", "http://[", "x"])
def test_what_is_no_host_is_none(address):
    assert host_without_www(address) == ""
