"""The site files: one TOML a site, read and checked."""

import difflib
from pathlib import Path

from clearwell.errors import SiteConfigError
from clearwell.site import Site, parse_site


def list_sites(folder: Path) -> list[str]:
    """The names of all sites that have a file."""
    return sorted(path.stem for path in folder.glob("*.toml"))


def load_site(folder: Path, name: str) -> Site:
    """Read a site by name; SiteConfigError when there is none or its file is wrong, with the nearest right name."""
    path = folder / f"{name}.toml"
    names = list_sites(folder)
    if name not in names:
        near = difflib.get_close_matches(name, names, n=1)
        hint = f"did you mean `{near[0]}`?" if near else f"known sites: {', '.join(names) or 'none'}"
        raise SiteConfigError(f"there is no site `{name}` in {folder}; {hint}")
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise SiteConfigError(f"{path}: cannot be read: {error}") from error
    return parse_site(text, str(path), name)
