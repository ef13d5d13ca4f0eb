"""One page, one address: what in an address says nothing about the page is taken off, variants are told.

Weighed, before any of this was written: courlan 1.4 drops `cid`, `source`, `medium` and whatever begins with `ref`
or `session`, which on many sites name the article; w3lib does the spelling (escapes, IDNA, order of parameters).
"""

import re
from collections.abc import Iterator
from urllib.parse import SplitResult, urlsplit

from w3lib.url import canonicalize_url

# Parameters that say where a reader came from, never what the page is; gathered from the documents of the services
# that set them, 2026-11.  Left alone: `cid`, `source`, `ref`, `from`, `id` and other words that sites use themselves.
_TRACKING = frozenset(
    "gclid gclsrc dclid gbraid wbraid gad_source gad_campaignid fbclid msclkid yclid ysclid ymclid twclid ttclid "
    "li_fat_id igshid igsh mc_cid mc_eid mkt_tok srsltid s_kwcid ef_id epik _ga _gl _openstat spm from_source ref_src "
    "wt_mc wt_zmc cmpid ncid xtor __twitter_impression _branch_match_id fb_action_ids fb_action_types fb_source fb_ref "
    "guccounter guce_referrer guce_referrer_sig wickedid rb_clickid dicbo zanpid irclickid irgwc vgo_ee _hsenc _hsmi "
    "__hstc __hssc __hsfp hsctatracking trk_contact trk_msg sc_campaign sc_channel sc_cid piwik_campaign piwik_kwd "
    "replytocom".split()
)
_TRACKING_PREFIXES = ("utm_", "mtm_", "pk_", "hsa_", "vero_", "oly_", "matomo_", "at_medium", "at_campaign", "itm_")
_SESSION = frozenset("phpsessid jsessionid aspsessionid sid sessionid session_id oscsid zenid cfid cftoken".split())
_SESSION_VALUE = re.compile(r"(?=[a-zA-Z,-]{0,127}\d)[0-9a-zA-Z,-]{16,128}")  # `sid=42` is somebody's page
_PATH_SESSION = re.compile(r";(?:jsessionid|phpsessid|sid)=[^/?;]{8,128}|/\([SFX]\([0-9a-z]{20,64}\)\)", re.I)
_DEFAULT_PORTS = {"http": ":80", "https": ":443"}

# Parameters and folders of another rendering of the same page.
_VARIANT_PARAMETERS = {
    "amp": "amp", "outputtype=amp": "amp", "format=amp": "amp", "print": "print", "printable": "print",
    "printview": "print", "view=print": "print", "format=print": "print", "tmpl=component": "print",
    "mobile": "mobile", "view=mobile": "mobile", "wpmp_switcher=mobile": "mobile",
}  # fmt: skip
_OFF = frozenset("0 false no off".split())
_VARIANT_FOLDERS = {"amp": "amp", "print": "print", "drucken": "print", "imprimir": "print", "imprimer": "print"}
_VARIANT_HOSTS = {"amp": "amp", "m": "mobile", "mobile": "mobile", "wap": "mobile"}
_VARIANT_ENDING = re.compile(r"[._-](amp|print)(\.\w{3,5})?$")


def canonical_url(url: str, stated: str | None) -> str:
    """The address an article is known by: what its page states, else its own, spelled in one way.

    No fragment, tracking, session or default port; host in ASCII; parameters in order.  Left alone, since servers may
    tell them apart: the scheme, `www.`, a slash at the end, capitals in the path.

    >>> canonical_url("https://Example.org:443/a?utm_source=x&b=2&a=1#top", None)
    'https://example.org/a?a=1&b=2'
    """
    address = stated or url
    if not address:
        return ""
    try:
        return _without_port(canonicalize_url(without_tracking(address)))
    except ValueError:
        return address


def without_tracking(url: str) -> str:
    """The address without what says nothing about the page, else as it was written; for asking the server.

    >>> without_tracking("https://a.example/x;jsessionid=0123456789ABCDEF?id=4&fbclid=x#end")
    'https://a.example/x?id=4'
    """
    try:
        parts = urlsplit(url)
    except ValueError:
        return url
    kept = [pair for pair in parts.query.split("&") if not _is_noise(pair)]
    return parts._replace(path=_PATH_SESSION.sub("", parts.path), query="&".join(kept), fragment="").geturl()


def page_key(url: str) -> str:
    """What two addresses share that nobody would fetch both of: the canonical address without scheme and `www.`.

    >>> page_key("http://www.a.example/x/?utm_id=1") == page_key("https://a.example/x/")
    True
    """
    return canonical_url(url, None).partition("://")[2].removeprefix("www.")


def plain_addresses(url: str) -> Iterator[tuple[str, str]]:
    """The addresses that an AMP, print or mobile variant may be one of, each with the kind of variant.

    Only a guess from the address: whoever uses it has to know that the plain page exists.

    >>> list(plain_addresses("https://a.example/sleep/amp/?x=1"))
    [('https://a.example/sleep/?x=1', 'amp'), ('https://a.example/sleep?x=1', 'amp')]
    >>> list(plain_addresses("https://a.example/print/sleep.html")), list(plain_addresses("https://a.example/sleep"))
    ([('https://a.example/sleep.html', 'print')], [])
    """
    try:
        parts = urlsplit(url)
    except ValueError:
        return
    pairs = parts.query.split("&")
    kinds = [kind for pair in pairs if (kind := _variant_parameter(pair))]
    if kinds:
        kept = [pair for pair in pairs if not _variant_parameter(pair)]
        yield parts._replace(query="&".join(kept)).geturl(), kinds[0]
    for path, kind in _plain_paths(parts.path):
        yield parts._replace(path=path).geturl(), kind
    first, _, rest = parts.netloc.partition(".")
    if "." in rest and (kind := _VARIANT_HOSTS.get(first.lower(), "")):
        yield parts._replace(netloc=rest).geturl(), kind


def host_without_www(url: str) -> str:
    """An address's host without `www.`, as it is asked for (IDNA); empty when it cannot be read.

    >>> host_without_www("https://www.gesündheit.example/tips")
    'xn--gesndheit-s9a.example'
    """
    try:
        host = (urlsplit(url).hostname or "").removeprefix("www.")
        return host if host.isascii() else host.encode("idna").decode()
    except ValueError:  # of encodings, too
        return ""


def _plain_paths(path: str) -> Iterator[tuple[str, str]]:
    pieces = path.split("/")
    trimmed = path.rstrip("/")
    last = trimmed.rpartition("/")[2].lower()
    if len(pieces) > 2 and last in _VARIANT_FOLDERS:
        above = trimmed.rpartition("/")[0]
        yield above + "/", _VARIANT_FOLDERS[last]
        if above:
            yield above, _VARIANT_FOLDERS[last]
    elif len(pieces) > 2 and pieces[1].lower() in _VARIANT_FOLDERS:
        yield "/" + "/".join(pieces[2:]), _VARIANT_FOLDERS[pieces[1].lower()]
    elif match := _VARIANT_ENDING.search(trimmed):
        yield trimmed[: match.start()] + (match[2] or ""), match[1]


def _variant_parameter(pair: str) -> str:
    name, _, value = pair.lower().partition("=")
    if value in _OFF:
        return ""
    plain = "" if len(value) > 4 else _VARIANT_PARAMETERS.get(name, "")
    return _VARIANT_PARAMETERS.get(pair.lower()) or plain


def _is_noise(pair: str) -> bool:
    name, _, value = pair.partition("=")
    name = name.lower()
    if name in _TRACKING or name.startswith(_TRACKING_PREFIXES) or not pair:
        return True
    return (name in _SESSION or name.startswith("aspsessionid")) and bool(_SESSION_VALUE.fullmatch(value))


def _without_port(url: str) -> str:
    parts: SplitResult = urlsplit(url)
    host = parts.netloc.removesuffix(_DEFAULT_PORTS.get(parts.scheme, ""))
    host = host.removesuffix(".") if not host.endswith("..") else host
    return url if host == parts.netloc else parts._replace(netloc=host).geturl()
