"""Every setting a crawl depends on, spelled out; paths hang on CLEARWELL_HOME, never on the caller's directory."""

import os

from clearwell.extraction.decode import MAX_PAGE_BYTES
from clearwell.storage.places import output_folder, sites_folder, store_address
from spiders.contact import user_agent

BOT_NAME = "clearwell"
SPIDER_MODULES = ["spiders"]
NEWSPIDER_MODULE = "spiders"

CLEARWELL_SITES = str(sites_folder())
CLEARWELL_OUTPUT = str(output_folder())
CLEARWELL_STORE = store_address()
CLEARWELL_ARCHIVE = True  # keep pages as they came, for `clearwell reclean`
CLEARWELL_ARCHIVE_DAYS = 90  # after so long what a newer answer of an address followed is removed; 0 keeps all

ITEM_PIPELINES = {
    "pipelines.archive.ArchivePipeline": 50,  # as it came
    "pipelines.clean.CleanPipeline": 100,  # page -> article, or out with its reason
    "pipelines.check.CheckPipeline": 200,  # out with what is no article
    "pipelines.publish.PublishPipeline": 300,  # one article once, staged for its run
}
EXTENSIONS = {
    "pipelines.run.RunKeeper": 50,  # a crawl is a run: judged and published when it ends
    "spiders.rejections.RejectionRecorder": 100,  # every page that leaves early is counted and recorded
    "spiders.visits.VisitRecorder": 200,  # how each visit ended, with the page's validators
    "spiders.conditional.SitemapSkips": 250,  # pages whose sitemap names no change
    "spiders.revisits.Revisits": 260,  # articles that no source names any more
    "spiders.limits.CrawlLimits": 300,  # maxMinutes, politeness.hours
    "spiders.limits.StoreWatch": 310,  # a store that takes nothing any more
    "spiders.throttle.PoliteThrottle": 400,  # with Crawl-delay and politeness.concurrency
    "scrapy.extensions.throttle.AutoThrottle": None,
    "scrapy.extensions.telnet.TelnetConsole": None,
}

# Rendering: for sites whose file says `browser = true`
CLEARWELL_RENDER_SECONDS = 45  # for one page with all it asks for

DOWNLOADER_MIDDLEWARES = {
    "scrapy.downloadermiddlewares.robotstxt.RobotsTxtMiddleware": None,
    "spiders.robots.RobotsPolicy": 100,  # in its place
    "spiders.contact.Introduction": 390,  # before the default headers
    "spiders.rendering.BrowserMiddleware": 400,  # sees a page unpacked, and only where redirects have led
    "spiders.conditional.ConditionalRequests": 540,  # behind retries, redirects and unpacking on an answer's way
    "spiders.backoff.Backoff": 560,  # sees an answer before it is retried at once
    "scrapy.downloadermiddlewares.httpcompression.HttpCompressionMiddleware": None,
    "spiders.safety.unpacking.BoundedUnpacking": 590,  # in its place
    "spiders.safety.redirects.RedirectGuard": 610,  # sees an answer before Scrapy follows it
}
SPIDER_MIDDLEWARES = {
    "spiders.directives.PageDirectives": 950,  # next to the spider
}

# Politeness and conditional requests: docs/politeness.md
CLEARWELL_CONTACT = os.environ.get("CLEARWELL_CONTACT", "")  # an e-mail or web address, told to every server
CLEARWELL_MAX_CRAWL_DELAY = 60.0  # seconds; a larger Crawl-delay is cut to this, or 1,000 pages would take weeks
CLEARWELL_FIRST_WAIT = 5.0  # seconds after a first 429 or 503 without Retry-After; twice as long each time
CLEARWELL_MAX_WAIT = 120.0  # seconds; a host that asks for more is left to the next crawl
USER_AGENT = user_agent(CLEARWELL_CONTACT)
ROBOTSTXT_PARSER = "spiders.robots.BoundedRobotParser"
ROBOTSTXT_OBEY = True
ROBOTSTXT_USER_AGENT = "Clearwell"
CONCURRENT_REQUESTS = 16
CONCURRENT_REQUESTS_PER_DOMAIN = 2
DOWNLOAD_DELAY = 0.5  # seconds between two requests to a host; a site file's `delay` overrides it
DOWNLOAD_DELAY_JITTER = 0  # it would go below what a site asks for as well as above
AUTOTHROTTLE_ENABLED = True
AUTOTHROTTLE_START_DELAY = 0.5  # seconds
AUTOTHROTTLE_MAX_DELAY = 30.0  # seconds

# Safety: docs/security.md
# Networks that may be crawled although they are not public, such as 127.0.0.1 for a server of your own.  Only who
# starts a crawl can open one: by the environment or -s, never by a site file.
CLEARWELL_ALLOWED_NETWORKS = os.environ.get("CLEARWELL_ALLOWED_NETWORKS", "")
CLEARWELL_FORBIDDEN_NETWORKS = os.environ.get("CLEARWELL_FORBIDDEN_NETWORKS", "")  # public ones that may not
CLEARWELL_ALLOWED_PORTS = os.environ.get("CLEARWELL_ALLOWED_PORTS", "")  # besides 80, 443, 8080 and 8443
DOWNLOAD_HANDLERS = {
    "http": "spiders.safety.handler.GuardedDownloadHandler",
    "https": "spiders.safety.handler.GuardedDownloadHandler",
    **dict.fromkeys(("file", "data", "ftp", "s3")),
}
TWISTED_DNS_RESOLVER = "scrapy.resolver.CachingHostnameResolver"  # IPv6 too; its answers are judged at the door
REACTOR_THREADPOOL_MAXSIZE = 32  # names are looked up in threads; slow name servers must not hold up other sites
DOWNLOAD_VERIFY_CERTIFICATES = True
REMOTE_CONTROL_ENABLED = False
TELNETCONSOLE_ENABLED = False
DOWNLOAD_MAXSIZE = MAX_PAGE_BYTES  # bytes, 16 MiB
DOWNLOAD_WARNSIZE = 0  # what is too large is rejected by name, a warning tells nothing more
DOWNLOAD_TIMEOUT = 30  # seconds from the look-up of the name to the last byte, however steadily a server drips
DOWNLOAD_FAIL_ON_DATALOSS = True  # a truncated page is no page
COOKIES_ENABLED = False
METAREFRESH_ENABLED = False
HTTPPROXY_ENABLED = False
REFERRER_POLICY = "same-origin"
REDIRECT_MAX_TIMES = 8
RETRY_TIMES = 2
RETRY_GIVE_UP_LOG_LEVEL = "INFO"  # the page is recorded as rejected
DEPTH_LIMIT = 0  # the thirtieth page of a list is thirty deep; clearwell/discovery has bounds of its own
URLLENGTH_LIMIT = 0  # the spider rejects endless addresses by name; the middleware drops them without a word

# Throughput
CLEARWELL_WORKERS = os.environ.get("CLEARWELL_WORKERS")  # processes that clean; None: one a core; 0: none, and no limit
CLEARWELL_CLEANING_TIMEOUT = 20  # seconds for one page, a thousand times what it takes
CONCURRENT_ITEMS = 2  # of one answer; Scrapy starts so many tasks for each: its own 100 cost half a millisecond
SCRAPER_SLOT_MAX_ACTIVE_SIZE = 20_000_000  # bytes of pages between fetched and published; fetching waits above

# Housekeeping
LOG_LEVEL = "INFO"
MEMUSAGE_ENABLED = True
MEMUSAGE_LIMIT_MB = 4096
FEEDS: dict[str, dict[str, object]] = {}  # published from the store: a kill loses what a feed still buffers
TWISTED_REACTOR = "twisted.internet.asyncioreactor.AsyncioSelectorReactor"
