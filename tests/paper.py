"""Crawls on paper: the real spider and the real discovery, answers from a table, a judge who knows the articles."""

import asyncio
import heapq
import re
from itertools import count
from types import SimpleNamespace
from urllib.parse import urljoin, urlsplit

from scrapy.exceptions import DontCloseSpider
from scrapy.http import HtmlResponse, Request, TextResponse
from scrapy.spidermiddlewares.httperror import HttpError
from scrapy.statscollectors import MemoryStatsCollector
from scrapy.utils.test import get_crawler
from twisted.python.failure import Failure

from clearwell.site import Site
from pipelines.items import FailedPage, FetchedPage, Rejected
from spiders.article import ArticleSpider

HOST = "https://a.example"
AT_ONCE = 8  # answers that are on their way


class Crawl:
    """A crawl of `pages` (path to body) in which `articles` (paths) are the pages a judge takes."""

    def __init__(self, pages, articles, starts=("/",), **site):
        self.pages, self.articles = pages, set(articles)
        self.spider = ArticleSpider(site="mine", start=",".join(starts))
        self.spider.start_override = [HOST + start if start.startswith("/") else start for start in starts]
        self.spider.use(Site(name="mine", start=tuple(self.spider.start_override), **site))
        self.spider.crawler = SimpleNamespace(
            engine=SimpleNamespace(crawl=self.ask),
            signals=SimpleNamespace(send_catch_log=lambda *_, item, **__: self.failed.append(item)),
            stats=MemoryStatsCollector(get_crawler()),
        )
        self.queue, self.order, self.asked = [], count(), set()
        self.fetched, self.taken, self.failed, self.requests = [], set(), [], []

    def ask(self, request):
        address = request.url.partition("#")[0]
        if not request.dont_filter and address in self.asked:
            return self.spider.learning.learn_dropped_request(request)
        self.asked.add(address)
        heapq.heappush(self.queue, (-request.priority, next(self.order), request))
        return None

    def run(self):
        async def begin():
            return [found async for found in self.spider.start()]

        self.sort_out(asyncio.run(begin()), None)
        while True:
            for _, _, request in [heapq.heappop(self.queue) for _ in range(min(AT_ONCE, len(self.queue)))]:
                self.answer(request)
            if not self.queue:
                try:
                    self.spider.learning.go_on()
                except DontCloseSpider:
                    continue
                break
        self.spider.learning.sum_up()
        self.left_out = dict(self.spider.frontier.left_out)
        self.reasons = {failed.url.removeprefix(HOST): failed.reason for failed in self.failed}
        return self

    def answer(self, request):
        parts = urlsplit(request.url)
        target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        self.fetched.append(target)
        self.requests.append(request)
        page = self.pages(target) if callable(self.pages) else self.pages.get(target)
        if page is None:
            response = HtmlResponse(request.url, status=404, request=request)
            failure = Failure(HttpError(response, "no"))
            failure.request = request
            return self.sort_out(request.errback(failure), response)
        if isinstance(page, Redirect):
            to = request.replace(url=HOST + page.to, meta={**request.meta, "redirect_urls": [request.url]})
            return self.ask(to)
        kind = HtmlResponse if "<html" in page[:200] else TextResponse
        response = kind(request.url, body=page.encode(), encoding="utf-8", request=request)
        return self.sort_out(request.callback(response), response)

    def sort_out(self, found, response):
        for item in found:
            if isinstance(item, Request):
                self.ask(item)
            elif isinstance(item, FailedPage):
                self.failed.append(item)
            elif isinstance(item, FetchedPage):
                self.judge(item, response)

    def judge(self, item, response):
        parts = urlsplit(item.page.url)
        target = parts.path + (f"?{parts.query}" if parts.query else "")
        if target in self.articles:
            self.taken.add(target)
            self.spider.learning.learn_article(item, response)
        else:
            self.failed.append(FailedPage(item.page.url, "mine", "listing-page", "so says the judge"))
            self.spider.learning.learn_drop(
                item, response, Rejected(item.page.url, "mine", "listing-page", "so says the judge")
            )

    def count_in_vain(self):
        """Pages that were no article, and named none that no source before them had named."""
        named, in_vain = set(), []
        for target in self.fetched:
            body = self.pages(target) if callable(self.pages) else self.pages.get(target)
            if target in self.articles or not isinstance(body, str):
                continue
            links = {
                urlsplit(urljoin(HOST + target, href)) for href in re.findall(r'(?:href="|<loc>|<link>)([^"<]+)', body)
            }
            new = {f"{link.path}?{link.query}" if link.query else link.path for link in links} & self.articles - named
            named |= new
            in_vain += [] if new or "<html" not in body else [target]
        return in_vain


class Redirect:
    def __init__(self, to):
        self.to = to


WORDS = "why small habits at night change how well we sleep and what helps".split()


def label(number):
    return " ".join(WORDS[number % 6 :][:5]) + f" {number}"


def page(*links, menu=(), more="", text=""):
    """A page: a menu of short labels, rows of links with long ones."""
    rows = "".join(f'<div class="row"><h3><a href="{path}">{label(n)}</a></h3></div>' for n, path in enumerate(links))
    drawn = "".join(f'<li><a href="{path}">{path.strip("/").title() or "Home"}</a></li>' for path in menu)
    return f"<!doctype html><html><body><nav><ul>{drawn}</ul></nav><main>{rows}{text}{more}</main></body></html>"


STORY = (
    "<p>"
    + "Stretching before bed eased the cramps of older people in one small trial, and cost nothing. " * 12
    + "</p>"
)


def story(*links, menu=()):
    return page(*links, menu=menu, text=STORY)


def sitemap(*paths, more=""):
    return (
        "<urlset>"
        + "".join(f"<url><loc>{p if '://' in p else HOST + p}</loc>{more}</url>" for p in paths)
        + "</urlset>"
    )


def index(*paths):
    return "<sitemapindex>" + "".join(f"<sitemap><loc>{HOST}{p}</loc></sitemap>" for p in paths) + "</sitemapindex>"


def numbered(pattern, upto):
    return [pattern.format(number) for number in range(upto)]


MENU = ("/", "/sleep/", "/food/", "/shop/", "/events/", "/about/", "/login/")
