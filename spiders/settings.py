"""Every setting a crawl depends on, spelled out; paths hang on CLEARWELL_HOME, never on the caller's directory."""

import os

from clearwell.extraction.decode import MAX_PAGE_BYTES
from clearwell.storage.places import output_folder, sites_folder, store_path

BOT_NAME = "clearwell"
SPIDER_MODULES = ["spiders"]
NEWSPIDER_MODULE = "spiders"

CLEARWELL_SITES = str(sites_folder())
CLEARWELL_OUTPUT = str(output_folder())
CLEARWELL_STORE = str(store_path())

ITEM_PIPELINES = {
    "pipelines.clean.CleanPipeline": 100,  # page -> article, or out with its reason
    "pipelines.check.CheckPipeline": 200,  # out with what is no article
    "pipelines.deduplicate.DeduplicatePipeline": 300,  # one article once
    "pipelines.publish.PublishPipeline": 400,  # store, then publish from the store
}
EXTENSIONS = {
    "spiders.rejections.RejectionRecorder": 100,  # every page that leaves early is counted and recorded
    "scrapy.extensions.telnet.TelnetConsole": None,
}

# Politeness
USER_AGENT = "Clearwell/0.1 (health article crawler; see robots.txt to opt out)"
ROBOTSTXT_OBEY = True
ROBOTSTXT_USER_AGENT = "Clearwell"
CONCURRENT_REQUESTS = 16
CONCURRENT_REQUESTS_PER_DOMAIN = 2
DOWNLOAD_DELAY = 0.5  # seconds between two requests to a host; a site file's `delay` overrides it
DOWNLOAD_DELAY_JITTER = 0.5  # of the delay, either way
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
DOWNLOADER_MIDDLEWARES = {
    "scrapy.downloadermiddlewares.httpcompression.HttpCompressionMiddleware": None,
    "spiders.safety.unpacking.BoundedUnpacking": 590,  # in its place
    "spiders.safety.redirects.RedirectGuard": 610,  # sees an answer before Scrapy follows it
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
DEPTH_LIMIT = 20
URLLENGTH_LIMIT = 0  # the spider rejects endless addresses by name; the middleware drops them without a word

# Housekeeping
LOG_LEVEL = "INFO"
MEMUSAGE_ENABLED = True
MEMUSAGE_LIMIT_MB = 4096
FEEDS: dict[str, dict[str, object]] = {}  # published from the store: a kill loses what a feed still buffers
TWISTED_REACTOR = "twisted.internet.asyncioreactor.AsyncioSelectorReactor"
