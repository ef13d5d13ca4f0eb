"""When a site is due: pure, so that a missed hour is caught up once, whoever asks and however often."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from apscheduler.triggers.cron import CronTrigger

from clearwell.site import Schedule


def find_due(schedule: Schedule, last_started: datetime | None, now: datetime) -> datetime | None:
    """The moment since the last start at which a site should have been crawled; None when it is not due.

    A site that was never crawled is due at once.  Of several moments that passed the first is given: they are caught up
    by one crawl.  Without a `cron` a site is never due.

    >>> from datetime import UTC
    >>> daily = Schedule(cron="0 3 * * *")
    >>> find_due(daily, datetime(2026, 11, 20, 3, 0, 5, tzinfo=UTC), datetime(2026, 11, 25, 12, tzinfo=UTC)).day
    21
    >>> find_due(daily, datetime(2026, 11, 25, 3, 0, 5, tzinfo=UTC), datetime(2026, 11, 25, 12, tzinfo=UTC))
    """
    if schedule.cron is None:
        return None
    if last_started is None:
        return now
    following = find_next(schedule, last_started)
    return following if following is not None and following <= now else None


def find_next(schedule: Schedule, after: datetime) -> datetime | None:
    """The first moment after another at which a site should be crawled, aware; None without a `cron`."""
    if schedule.cron is None:
        return None
    trigger = CronTrigger.from_crontab(schedule.cron, timezone=ZoneInfo(schedule.timezone))
    found: datetime | None = trigger.get_next_fire_time(None, after + timedelta(seconds=1))
    return found
