"""The one door: every request of a crawl, robots.txt and redirects among them, is sent by this download handler."""

import re
from typing import Any
from urllib.parse import urlsplit

from OpenSSL import SSL
from scrapy import Request
from scrapy.core.downloader.handlers.http11 import HTTP11DownloadHandler, _BindAddressAgent, _ScrapyAgent
from scrapy.crawler import Crawler
from scrapy.exceptions import DownloadFailedError, DownloadTimeoutError, ResponseDataLossError
from scrapy.http import Response
from scrapy.utils._download_handlers import normalize_bind_address, wrap_twisted_exceptions
from scrapy.utils.defer import maybe_deferred_to_future
from service_identity import VerificationError
from twisted.internet.error import ConnectError
from twisted.web._newclient import ParseError
from twisted.web.client import Agent, ResponseFailed
from zope.interface import directlyProvides, providedBy

from spiders.failures import RefusedRequest
from spiders.safety.addresses import AddressPolicy
from spiders.safety.wire import BadStatus, BoundedFactory, Endless

# A name the resolver can be asked for (RFC 1035, with the underscore that is seen in the wild), or an IPv6 literal.
_LABEL = r"[A-Za-z0-9_-]{1,63}"
_HOST = re.compile(rf"{_LABEL}(?:\.{_LABEL})*\.?|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*")
MAX_TOLD = 200  # characters of what a server sent that a message repeats
MAX_HOST = 253  # characters; RFC 1035


class GuardedDownloadHandler(HTTP11DownloadHandler):
    """Scrapy's handler for http and https, which connects to no address that the policy forbids.

    Refusals are RefusedRequest with the reasons `bad-url`, `proxy`, `forbidden-address`, `forbidden-port`, `tls`,
    `not-http`, `too-large` and `deadline`; none of them is tried again.
    """

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        from twisted.internet import reactor  # importing it earlier would choose it

        self._pool._factory = BoundedFactory
        self._door = Door(reactor, AddressPolicy.from_settings(crawler.settings))

    async def download_request(self, request: Request) -> Response:
        check_url(request.url)
        if request.meta.get("proxy"):
            message = "proxies are not supported: a proxy resolves names itself, past what is judged here"
            raise RefusedRequest("proxy", message)
        agent = _GuardedAgent(
            contextFactory=self._contextFactory,
            bindAddress=self._bind_address,
            pool=self._pool,
            maxsize=self._default_maxsize,
            warnsize=self._default_warnsize,
            fail_on_dataloss=self._fail_on_dataloss,
            crawler=self._crawler,
            tls_verbose_logging=self._tls_verbose_logging,
        )
        agent.door = self._door
        try:
            with wrap_twisted_exceptions():
                return await maybe_deferred_to_future(agent.download_request(request))
        except ConnectError as error:  # such as no route to the host
            raise DownloadFailedError(str(error)) from error
        except (DownloadFailedError, ResponseDataLossError) as error:
            raise _name_failure(error) from error
        except DownloadTimeoutError as error:
            if agent.has_begun:
                message = f"the answer began but did not end in time; look at the address in a browser ({error})"
                raise RefusedRequest("deadline", message) from error
            raise


class _GuardedAgent(_ScrapyAgent):
    door: "Door"

    @property
    def has_begun(self) -> bool:
        return self._txresponse is not None

    def _get_agent(self, request: Request, timeout: float) -> Agent:
        return _BindAddressAgent(
            reactor=self.door,  # type: ignore[arg-type]
            contextFactory=self._contextFactory,
            connectTimeout=timeout,
            bindAddress=normalize_bind_address(self._bindAddress),
            pool=self._pool,
        )


class Door:
    """The reactor as a connection sees it: `connectTCP` opens only what the policy lets pass.

    Names are resolved before, so the very address that is judged is the one that is connected to: neither a second
    answer of the resolver, nor its cache, nor another spelling of an address, nor one of several addresses tried in
    turn comes past this place.
    """

    def __init__(self, reactor: Any, policy: AddressPolicy) -> None:
        self._reactor = reactor
        self._policy = policy
        directlyProvides(self, providedBy(reactor))

    def __getattr__(self, name: str) -> Any:
        return getattr(self._reactor, name)

    def connectTCP(self, host: str, port: int, *arguments: Any, **options: Any) -> Any:
        self._policy.check(host, port)
        return self._reactor.connectTCP(host, port, *arguments, **options)


def check_url(url: str) -> None:
    """Let an address pass whose host can be looked up, or raise RefusedRequest `bad-url`.

    >>> check_url("https://example.org:8080/a")
    >>> check_url("http://user:word@example.org/")
    Traceback (most recent call last):
    ...
    spiders.failures.RefusedRequest: the address holds a user name or password, which is never sent
    """
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname or "", parts.port
    except ValueError as error:
        raise RefusedRequest("bad-url", f"the address cannot be read: {error}") from error
    if "@" in parts.netloc:
        raise RefusedRequest("bad-url", "the address holds a user name or password, which is never sent")
    if len(host) > MAX_HOST or not _HOST.fullmatch(host):
        raise RefusedRequest("bad-url", f"the address names no host that could be looked up: {host[:MAX_HOST]!r}")


def _name_failure(error: DownloadFailedError | ResponseDataLossError) -> Exception:
    """A name for a connection that broke, where it broke for a reason that another try would not mend."""
    cause = error.__cause__
    for failure in cause.reasons if isinstance(cause, ResponseFailed) else ():
        match failure.value:
            case SSL.Error() | VerificationError() as tls:
                advice = "DOWNLOAD_VERIFY_CERTIFICATES=False would fetch it all the same"
                return RefusedRequest("tls", f"the connection is not secure: {_describe_tls(tls)}; {advice}")
            case Endless() as endless:
                return RefusedRequest("too-large", f"the answer has no end: {endless}")
            case ParseError() | BadStatus() | ValueError() | LookupError() as garbled:
                return RefusedRequest("not-http", f"the server does not speak HTTP: {str(garbled)[:MAX_TOLD]}")
    return error


def _describe_tls(error: Exception) -> str:
    """OpenSSL's own words for what is wrong, such as `certificate verify failed`."""
    if isinstance(error, VerificationError):
        return "the certificate is for another host"
    queue = error.args[0] if error.args and isinstance(error.args[0], list) else []
    return ", ".join(entry[-1] for entry in queue) or str(error) or type(error).__name__
