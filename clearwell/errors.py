"""What can go wrong, named after what the caller does about it."""


class ClearwellError(Exception):
    """Any failure that Clearwell foresees; the message says what to do."""


class UnsupportedPage(ClearwellError):
    """The bytes are not a page that can hold an article; record it and go on.

    `reason` is a stable, short name for counting (`empty`, `binary`, `too-large`, `too-deep`, `not-html`).
    """

    def __init__(self, reason: str, message: str) -> None:
        super().__init__(message)
        self.reason = reason

    def __reduce__(self) -> tuple[type["UnsupportedPage"], tuple[str, str]]:
        # Two arguments do not survive the default pickling, and workers are processes.
        return type(self), (self.reason, str(self))


class SiteConfigError(ClearwellError):
    """A site file cannot be used as it is; the user mends it."""


class StoreError(ClearwellError):
    """The store or the output folder cannot be written; the user makes room or gives access."""
