"""The folder of site files: one TOML a site, read and checked."""

import difflib
from pathlib import Path

from clearwell.errors import SiteConfigError
from clearwell.site import Site
from clearwell.storage.site_file import parse_site

MAX_FILE_BYTES = 131_072  # of a site file; a thousand addresses need half of it


def list_sites(folder: Path) -> list[str]:
    """The names of all sites that have a file."""
    return sorted(path.stem for path in folder.glob("*.toml") if not path.name.startswith("."))


def load_site(folder: Path, name: str) -> Site:
    """Read a site by name; SiteConfigError when there is none or its file is wrong, with the nearest right name."""
    path = folder / f"{name}.toml"
    names = list_sites(folder)
    if name not in names:
        near = difflib.get_close_matches(name[:100], names, n=1)
        hint = f"did you mean `{near[0]}`?" if near else f"known sites: {', '.join(names) or 'none'}"
        raise SiteConfigError(f"there is no site `{name}` in {folder}; {hint}")
    same = [other for other in names if other.casefold() == name.casefold()]
    if len(same) > 1:
        raise SiteConfigError(f"{path}: the files {', '.join(same)} differ only in case; rename all but one")
    return parse_site(_read(path), str(path), name)


def _read(path: Path) -> str:
    try:
        if not path.is_file():
            raise SiteConfigError(f"{path}: cannot be read: it is no file")
        with path.open("rb") as file:
            content = file.read(MAX_FILE_BYTES + 1)
    except OSError as error:
        raise SiteConfigError(f"{path}: cannot be read: {error.strerror or error}") from error
    if len(content) > MAX_FILE_BYTES:
        raise SiteConfigError(f"{path}: larger than {MAX_FILE_BYTES:,} bytes, which no site file needs")
    try:
        return content.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise SiteConfigError(f"{path}, line {line}: cannot be read as UTF-8; save it as UTF-8") from error
