"""Addresses as people and pages write them: which can be asked for, and which are start points."""

from pathlib import Path
from urllib.parse import urlsplit

from clearwell.errors import SiteConfigError

MAX_ADDRESS = 4_096  # characters; longer ones are traps or broken


def find_problem(address: str) -> str:
    """What keeps an address from being asked for; empty when nothing does."""
    try:
        parts = urlsplit(address)
        problem = ""
        if len(address) > MAX_ADDRESS:
            problem = f"it has {len(address):,} characters"
        elif "@" in parts.netloc:
            problem = "it holds a user name or password, which is never sent"
        elif parts.scheme not in ("http", "https") or not parts.hostname:
            problem = "only http and https addresses with a host are fetched"
    except ValueError as error:
        problem = str(error)
    return f"the address cannot be used: {problem}" if problem else ""


def without_password(address: str) -> str:
    """The address without a user name and password, to be shown."""
    try:
        secret, sign, _ = urlsplit(address).netloc.rpartition("@")
    except ValueError:
        return address
    return address.replace(secret + sign, "", 1) if sign else address


def is_bare_host(address: str) -> bool:
    """Whether an address is that of a whole site.

    >>> is_bare_host("https://a.example"), is_bare_host("https://a.example/?p=7")
    (True, False)
    """
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname) and parts.path in ("", "/") and not parts.query


def read_addresses(path: Path) -> list[str]:
    """The addresses of a file, one a line; blank lines and lines that begin with # say nothing."""
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise SiteConfigError(f"the list of addresses {path} cannot be read: {error}") from error
    return [line.strip() for line in lines if line.strip() and not line.lstrip().startswith("#")]
