"""Pages that show their text only in a browser: rendered after they were fetched, by a browser without a network.

What Scrapy fetched is shown to a headless Chromium; what the page asks for then is fetched by Scrapy too, and handed
over.  So every address, on every hop, passes the same rules (robots.txt, delays, forbidden addresses, limits of size)
as any request of ours, and nothing the page does can get round them: the browser's own way out is a proxy that is not
there.
"""

import asyncio
import contextlib
import importlib.util
import os
import shutil
from collections.abc import Awaitable
from typing import Any

from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured
from scrapy.http import HtmlResponse, Request, Response

from clearwell.errors import SiteConfigError
from clearwell.site import Site
from spiders.failures import RefusedRequest

BROWSERS = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")  # Debian's first
INSTALL = "pip install 'clearwell[browser]'"
PAGES_AT_ONCE = 2  # tabs; each takes a core and 100 to 300 MB while it loads
QUIET_SHARE = 1 / 3  # of the time a page has, at most, until it asks for nothing more
CLOSE_SECONDS = 10.0  # until a browser that does not end is left to be killed
MAX_REQUESTS = 60  # that one page may cause
MAX_REMEMBERED = 500  # scripts of a crawl; the pages of a site share them
MAX_REMEMBERED_BYTES = 200_000  # of one script that is remembered
FETCHED = frozenset(("script", "xhr", "fetch"))  # what a text can come by; images, media, fonts and frames are not

# The last five close the browser's own ways out: names, connections (also to loopback), QUIC and WebRTC's UDP.
_ARGUMENTS = (
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--js-flags=--max-old-space-size=512",
    "--disable-quic",
    "--host-resolver-rules=MAP * ~NOTFOUND",
    "--proxy-server=127.0.0.1:9",
    "--proxy-bypass-list=<-loopback>",
    "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",
)
_PART_OF_PAGE = "clearwell_part_of_page"  # marks a request that a rendered page caused


def check_browser(site: str) -> str | None:
    """The browser's path (None: Playwright's own); SiteConfigError, naming what to install, when there is none."""
    if importlib.util.find_spec("playwright") is None:
        raise SiteConfigError(f"site `{site}` has `browser = true`, which needs an extra: {INSTALL}")
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    if found is None and not _has_own_browser():
        told = "which needs a browser: apt-get install chromium, or playwright install chromium"
        raise SiteConfigError(f"site `{site}` has `browser = true`, {told}")
    return found


def _has_own_browser() -> bool:
    stated = os.environ.get("PLAYWRIGHT_BROWSERS_PATH")
    folder = stated or os.path.join(os.path.expanduser("~"), ".cache", "ms-playwright")
    return os.path.isdir(folder) and any(name.startswith("chromium") for name in os.listdir(folder))


class BrowserMiddleware:
    """Replaces the pages of a site that asks for it by what a browser makes of them."""

    def __init__(self, crawler: Crawler, path: str | None) -> None:
        self.crawler = crawler
        self.path = path
        self.seconds = crawler.settings.getfloat("CLEARWELL_RENDER_SECONDS")
        self.places = asyncio.Semaphore(PAGES_AT_ONCE)
        self.starting = asyncio.Lock()
        self.playwright: Any = None
        self.browser: Any = None
        self.scripts: dict[str, Response] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "BrowserMiddleware":
        site: Any = getattr(crawler.spider, "site", None)
        if not isinstance(site, Site) or not site.browser:
            raise NotConfigured
        middleware = cls(crawler, check_browser(site.name))
        crawler.signals.connect(middleware.close, signals.spider_closed)
        return middleware

    async def process_response(self, request: Request, response: Response) -> Response:
        """Render a page; whatever else it is goes through."""
        is_page = isinstance(response, HtmlResponse) and response.status == 200 and request.method == "GET"
        if not is_page or request.meta.get(_PART_OF_PAGE):
            return response
        async with self.places:
            html = await self._render(response)
        return _with_body(response, html)

    async def close(self) -> None:
        """End the browser."""
        await self._end_browser()
        if self.playwright is not None:
            await _within(CLOSE_SECONDS, self.playwright.stop())

    async def _end_browser(self) -> None:
        browser, self.browser = self.browser, None
        if browser is not None:
            await _within(CLOSE_SECONDS, browser.close())

    async def _render(self, response: Response) -> str:
        from playwright.async_api import Error

        try:
            context = await asyncio.wait_for(self._open_context(), self.seconds)
        except (Error, TimeoutError) as error:
            raise RefusedRequest("browser-failed", f"the browser does not start: {_first_line(error)}") from error
        try:
            html = await asyncio.wait_for(self._show(context, response), self.seconds)
        except TimeoutError as error:
            told = f"the page kept the browser busy for {self.seconds:.0f} seconds"
            raise RefusedRequest("browser-timeout", told) from error
        except Error as error:
            raise RefusedRequest("browser-failed", f"the browser cannot show it: {_first_line(error)}") from error
        finally:
            if not await _within(CLOSE_SECONDS, context.close()):
                await self._end_browser()  # it hangs; the next page gets a new one
        limit = self.crawler.settings.getint("DOWNLOAD_MAXSIZE")
        if len(html) > limit:
            raise RefusedRequest(
                "too-large", f"it grew to {len(html):,} characters in the browser; {limit:,} are the most"
            )
        return html

    async def _open_context(self) -> Any:
        """A place for one page, with no cookies of others; starts the browser if it does not run."""
        from playwright.async_api import async_playwright

        async with self.starting:
            if self.playwright is None:
                self.playwright = await async_playwright().start()
            if self.browser is None or not self.browser.is_connected():
                arguments = [*_ARGUMENTS, *(["--no-sandbox"] if os.geteuid() == 0 else [])]
                self.browser = await self.playwright.chromium.launch(executable_path=self.path, args=arguments)
            return await self.browser.new_context(service_workers="block", accept_downloads=False)

    async def _show(self, context: Any, response: Response) -> str:
        """Load the page and wait until it asks for nothing more."""
        visit = _Visit(self, response)
        await context.route("**/*", visit.answer)
        page = await context.new_page()
        await page.goto(response.url, wait_until="domcontentloaded", timeout=0)  # the caller counts the time
        await _within(self.seconds * QUIET_SHARE, page.wait_for_load_state("networkidle"))
        html: str = await page.content()
        return html

    async def fetch_part(self, url: str, referer: str, kind: str) -> Response | None:
        """What a page asks for, by our own downloader; None for what does not come."""
        if url in self.scripts:
            return self.scripts[url]
        request = Request(url, headers={"Referer": referer}, meta={_PART_OF_PAGE: True}, dont_filter=True)
        assert self.crawler.engine is not None
        try:
            response = await self.crawler.engine.download_async(request)
        except Exception as error:  # the page goes without, as it would in a browser; its own outcome is recorded
            self._count(f"missing/{type(error).__name__}")
            return None
        self._count("fetched")
        if kind == "script" and len(self.scripts) < MAX_REMEMBERED and len(response.body) <= MAX_REMEMBERED_BYTES:
            self.scripts[url] = response
        return response

    def _count(self, what: str) -> None:
        assert self.crawler.stats is not None
        self.crawler.stats.inc_value(f"clearwell/browser/{what}")


class _Visit:
    """One page in the browser: answers what it asks for."""

    def __init__(self, middleware: BrowserMiddleware, response: Response) -> None:
        self.middleware = middleware
        self.response = response
        self.begun = False
        self.asked = 0

    async def answer(self, route: Any) -> None:
        """The page itself first; then its scripts and data. Frames, forms and other pages do not come."""
        from playwright.async_api import Error

        with contextlib.suppress(Error):  # the page was closed in the meantime
            await self._answer(route, route.request)

    async def _answer(self, route: Any, request: Any) -> None:
        if not self.begun and request.is_navigation_request():
            self.begun = True
            # Only the type: a policy in the other headers may forbid what its server's own pages need.
            await route.fulfill(status=200, content_type="text/html; charset=utf-8", body=_text_of(self.response))
        elif request.is_navigation_request():
            await route.fulfill(status=204)  # no content: the page stays where it is
        elif request.resource_type == "stylesheet":
            await route.fulfill(status=200, content_type="text/css", body="")
        elif request.resource_type in FETCHED and request.method == "GET" and self._may_ask(request.url):
            await self._hand_over(route, request)
        else:
            await route.abort()

    def _may_ask(self, url: str) -> bool:
        self.asked += 1
        return self.asked <= MAX_REQUESTS and url.startswith(("http://", "https://"))

    async def _hand_over(self, route: Any, request: Any) -> None:
        part = await self.middleware.fetch_part(request.url, self.response.url, request.resource_type)
        if part is None:
            await route.abort()
            return
        kind = (part.headers.get("Content-Type") or b"").decode("latin-1")
        # What the page may read was fetched without any of the reader's cookies: nothing is there to protect.
        headers = {"Content-Type": kind, "Access-Control-Allow-Origin": "*"}
        await route.fulfill(status=part.status, headers=headers, body=part.body)


def _with_body(response: Response, html: str) -> Response:
    """The response with what the browser shows; its validators go, since they are those of the empty page."""
    headers = response.headers.copy()
    for name in ("ETag", "Last-Modified"):
        headers.pop(name, None)
    headers["Content-Type"] = b"text/html; charset=utf-8"
    return response.replace(body=html.encode("utf-8", "replace"), headers=headers, encoding="utf-8")


def _text_of(response: Response) -> str:
    return response.text if isinstance(response, HtmlResponse) else ""


def _first_line(error: Exception) -> str:
    return str(error).strip().partition("\n")[0]


async def _within(seconds: float, work: Awaitable[Any]) -> bool:
    """Wait for work that may never end, so long and no longer; whether it ended."""
    from playwright.async_api import Error

    try:
        await asyncio.wait_for(work, seconds)
    except TimeoutError:
        return False
    except Error:  # it ended with what it belongs to
        return True
    return True
