"""The hours of the day in which a site may be crawled."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from clearwell.errors import SiteConfigError


def seconds_left(hours: str, timezone: str, now: datetime) -> float | None:
    """How long the window is still open; None when it is closed.

    `hours` is `HH:MM-HH:MM` in `timezone` (IANA) and may go over midnight; the same time twice is the whole day.
    `now` is an aware datetime.  Raises SiteConfigError for a time zone that is not known.

    >>> from datetime import UTC
    >>> seconds_left("22:00-06:00", "Europe/Berlin", datetime(2026, 11, 25, 4, 30, tzinfo=UTC))
    1800.0
    >>> seconds_left("22:00-06:00", "Europe/Berlin", datetime(2026, 11, 25, 12, 0, tzinfo=UTC))
    """
    try:
        zone = ZoneInfo(timezone)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise SiteConfigError(f"politeness.timezone: `{timezone}` is no time zone, such as Europe/Berlin") from error
    begin, end = (time.fromisoformat(part) for part in hours.split("-"))
    local = now.astimezone(zone)
    clock = local.time()
    is_open = begin <= clock < end if begin < end else clock >= begin or clock < end
    if not is_open:
        return None
    day = local.date() if clock < end else local.date() + timedelta(days=1)
    return datetime.combine(day, end, zone).timestamp() - now.timestamp()
