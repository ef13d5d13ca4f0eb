"""What a site is made with, told by its home page, and where such sites keep their sitemaps and feeds."""

import re
from typing import NamedTuple

from clearwell.errors import UnsupportedPage
from clearwell.extraction.segment import parse, segment

HEAD = 300_000  # characters of a page that are searched
SHELL_CHARACTERS = 300  # of text; a home page that shows fewer, and has scripts, is filled by them

_GENERATOR = re.compile(r"<meta\s[^>]{0,200}?generator[^>]{0,300}>", re.I)


class Platform(NamedTuple):
    """A system that makes sites: the word in its generator tag, marks in its markup, and where its sources are.

    `lists` are patterns of addresses that hold no article there.
    """

    name: str
    generator: str = ""
    marks: tuple[str, ...] = ()
    sitemaps: tuple[str, ...] = ()
    feeds: tuple[str, ...] = ()
    lists: tuple[str, ...] = ()


_WORDPRESS_LISTS = (r"/(tag|author|wp-json|wp-content)/", r"[?&](replytocom|share|s)=")

# From each system's own documentation, 2026-11.  The first that fits counts; shells of scripts come last, since many
# systems use them.
PLATFORMS = (
    Platform("Discuz!", "discuz", ("forum.php?mod=", "Powered by Discuz"), ("/sitemap.xml",), ("/forum.php?mod=rss",)),
    Platform("DedeCMS", "dedecms", ("/templets/", "/plus/search.php"), ("/sitemap.xml", "/data/sitemap.html")),
    Platform("EmpireCMS", "empirecms", ("/e/extend/", "/e/public/"), ("/sitemap.xml",)),
    Platform("PHPCMS", "phpcms", ("/statics/js/", "m=content&c="), ("/sitemaps.xml", "/sitemap.xml")),
    Platform("Shopify", "shopify", ("cdn.shopify.com", "Shopify.theme"), ("/sitemap.xml",), ("/blogs/news.atom",)),
    Platform("Blogger", "blogger", (".blogger.com/", "www.blogblog.com"), ("/sitemap.xml",), ("/feeds/posts/default",)),
    Platform("Ghost", "ghost", ("/ghost/api/", "ghost-sdk"), ("/sitemap.xml",), ("/rss/",)),
    Platform("Drupal", "drupal", ("/sites/default/files/", "data-drupal-"), ("/sitemap.xml",), ("/rss.xml",)),
    Platform("Joomla", "joomla", ("/media/jui/", "option=com_content"), ("/sitemap.xml",), ("/?format=feed&type=rss",)),
    Platform("TYPO3", "typo3", ("/typo3temp/", "/typo3conf/"), ("/sitemap.xml",)),
    Platform("Squarespace", "squarespace", ("static1.squarespace.com",), ("/sitemap.xml",), ("/blog?format=rss",)),
    Platform("Wix", "wix.com", ("static.wixstatic.com",), ("/sitemap.xml",), ("/blog-feed.xml",)),
    Platform("Webflow", "webflow", ("data-wf-page",), ("/sitemap.xml",)),
    Platform("HubSpot", "hubspot", ("/hs-fs/", "js.hs-scripts.com"), ("/sitemap.xml",), ("/blog/rss.xml",)),
    Platform("Hugo", "hugo", (), ("/sitemap.xml",), ("/index.xml",)),
    Platform("Jekyll", "jekyll", (), ("/sitemap.xml",), ("/feed.xml",)),
    Platform(
        "WordPress",
        "wordpress",
        ("/wp-content/", "/wp-includes/", "/wp-json/"),
        ("/wp-sitemap.xml", "/sitemap_index.xml", "/sitemap.xml"),
        ("/feed/",),
        _WORDPRESS_LISTS,
    ),
    Platform("Next.js", "next.js", ("/_next/static/", "__NEXT_DATA__"), ("/sitemap.xml",)),
    Platform("Nuxt", "nuxt", ("/_nuxt/", "__NUXT__"), ("/sitemap.xml",)),
)
UNKNOWN = Platform("")
USUAL_SITEMAPS = ("/sitemap.xml", "/sitemap_index.xml", "/sitemap-index.xml", "/sitemap.xml.gz")
USUAL_FEEDS = ("/feed/", "/rss.xml", "/feed.xml", "/atom.xml", "/index.xml")


def find_platform(html: str) -> Platform:
    """What a home page is made with: what its generator tag says, else what its markup gives away.

    >>> find_platform('<meta name="generator" content="WordPress 6.8">').name, find_platform("<p>x</p>").name
    ('WordPress', '')
    """
    head = html[:HEAD]
    stated = " ".join(_GENERATOR.findall(head)).lower()
    for platform in PLATFORMS:
        if platform.generator in stated:
            return platform
    return next((platform for platform in PLATFORMS if any(mark in head for mark in platform.marks)), UNKNOWN)


def is_script_shell(html: str) -> bool:
    """Whether a page shows next to nothing by itself and has scripts that may fill it."""
    if "<script" not in html[:HEAD]:
        return False
    try:
        blocks = segment(parse(html)).shown().blocks
    except UnsupportedPage:
        return False
    return sum(len(block.text) for block in blocks) < SHELL_CHARACTERS
