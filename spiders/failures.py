"""Names for the ways a fetch can fail, each with what to do about it."""

from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    IgnoreRequest,
    NotSupported,
    ResponseDataLossError,
    UnsupportedURLSchemeError,
)
from scrapy.spidermiddlewares.httperror import HttpError
from twisted.python.failure import Failure


class RefusedRequest(IgnoreRequest):
    """A request of ours that a middleware did not let out, or an answer it did not let in; `reason` is for counting."""

    def __init__(self, reason: str, message: str) -> None:
        super().__init__(message)
        self.reason = reason


_CAUSES: tuple[tuple[type[BaseException], str, str], ...] = (
    (CannotResolveHostError, "dns", "the host name is unknown; look for a typing error"),
    (DownloadConnectionRefusedError, "connection", "the server takes no connections; try again later"),
    (DownloadTimeoutError, "timeout", "the server took too long; try again later"),
    (ResponseDataLossError, "truncated", "the server sent less than it announced; try again later"),
    (DownloadCancelledError, "too-large", "the page is larger than DOWNLOAD_MAXSIZE"),
    (UnsupportedURLSchemeError, "bad-url", "only http and https addresses are fetched"),
    (NotSupported, "bad-url", "only http and https addresses are fetched"),
    (DownloadFailedError, "connection", "the connection broke or could not be made safe; try again later"),
    (ValueError, "bad-url", "the address cannot be read"),
)


def describe_failure(failure: Failure) -> tuple[str, str]:
    """Give a failed fetch's reason (short, stable, for counting) and a message that says what to do."""
    error = failure.value
    if isinstance(error, HttpError):
        status = error.response.status
        return f"http-{status}", f"the server answered {status}; open the address in a browser"
    if isinstance(error, RefusedRequest):
        return error.reason, str(error)
    if isinstance(error, IgnoreRequest):
        return _describe_refusal(str(error))
    for kind, reason, advice in _CAUSES:
        if isinstance(error, kind):
            return reason, f"{advice} ({type(error).__name__}: {error})" if str(error) else advice
    return "fetch-failed", f"{type(error).__name__}: {error}"


def _describe_refusal(message: str) -> tuple[str, str]:
    if "robots.txt" in message:
        return "robots", "the site's robots.txt does not allow this address"
    if "redirect" in message:
        return "redirect-loop", f"the address redirects without end ({message})"
    return "refused", message
