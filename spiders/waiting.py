"""What waits in Scrapy's downloader to be sent to a host, and would still be sent, at the host's pace."""

from typing import Any

from scrapy.http import Request


def take_back(slot: Any, error: Exception, silently: bool = False) -> int:
    """Let the requests that wait in a downloader slot fail, and say how many; `silently`, the spider does not hear."""
    waiting: list[tuple[Request, Any]] = list(slot.queue)
    slot.queue.clear()
    for request, deferred in waiting:
        if silently:
            request.errback = None
        deferred.errback(error)
    return len(waiting)
