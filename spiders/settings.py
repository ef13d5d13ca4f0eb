"""Every setting a crawl depends on, spelled out; paths hang on CLEARWELL_HOME, never on the caller's directory."""

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

# Rendering: for sites whose file says `browser = true`
CLEARWELL_RENDER_SECONDS = 45  # for one page with all it asks for
DOWNLOADER_MIDDLEWARES = {
    "spiders.rendering.BrowserMiddleware": 400,  # sees a page unpacked, and only where redirects have led
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

# Safety
DOWNLOAD_VERIFY_CERTIFICATES = True
REMOTE_CONTROL_ENABLED = False
TELNETCONSOLE_ENABLED = False
DOWNLOAD_HANDLERS = {"file": None, "data": None, "ftp": None, "s3": None}
DOWNLOAD_MAXSIZE = MAX_PAGE_BYTES  # bytes, 16 MiB
DOWNLOAD_WARNSIZE = 0  # what is too large is rejected by name, a warning tells nothing more
DOWNLOAD_TIMEOUT = 30  # seconds
DOWNLOAD_FAIL_ON_DATALOSS = True  # a truncated page is no page
COOKIES_ENABLED = False
METAREFRESH_ENABLED = False
HTTPPROXY_ENABLED = False
REDIRECT_MAX_TIMES = 8
RETRY_TIMES = 2
RETRY_GIVE_UP_LOG_LEVEL = "INFO"  # the page is recorded as rejected
DEPTH_LIMIT = 0  # the thirtieth page of a list is thirty deep; clearwell/discovery has bounds of its own
URLLENGTH_LIMIT = 0  # the spider rejects endless addresses by name; the middleware drops them without a word

# Housekeeping
LOG_LEVEL = "INFO"
MEMUSAGE_ENABLED = True
MEMUSAGE_LIMIT_MB = 4096
FEEDS: dict[str, dict[str, object]] = {}  # published from the store: a kill loses what a feed still buffers
TWISTED_REACTOR = "twisted.internet.asyncioreactor.AsyncioSelectorReactor"
