"""The table of faults and attacks: what is asked for, what a server does then, and how it must end."""

import gzip
import os

from tests.hostile import (
    MEGABYTE,
    PACK,
    Answer,
    bomb,
    break_off,
    drip,
    flood,
    make_response,
    redirect,
    shut_down,
    stay_silent,
)


def article(topic: str) -> bytes:
    """A page that is an article, about something of its own."""
    said = f"People who asked about {topic} were told to rest, to drink enough water and to see a doctor after a week. "
    more = f"Most of them felt better within days, and {topic} did not come back in the months that followed. "
    return f"<!doctype html><title>{topic}</title><h1>On {topic}</h1><p>{said * 2}</p><p>{more * 2}</p>".encode()


# -- addresses that must not be reached, by the way they are written --------------------------------------------------

FORBIDDEN = "forbidden-address"
LITERALS = {
    "loopback by literal": "127.0.0.2",
    "loopback by decimal number": "2130706434",
    "loopback by hexadecimal number": "0x7f000002",
    "loopback by octal number": "017700000002",
    "loopback by short spelling": "127.2",
    "loopback by mixed spelling": "0x7f.0.0x0.02",
    "loopback by full-width digits": "１２７．０．０．２",
    "loopback by circled digits": "①②⑦.⓪.⓪.②",
    "loopback by ideographic dots": "127。0。0。2",
    "loopback with a soft hyphen": "127.0.0.\u00ad2",
    "loopback by IPv6": "[::1]",
    "loopback by long IPv6": "[0:0:0:0:0:0:0:1]",
    "loopback by mapped IPv6": "[::ffff:127.0.0.2]",
    "loopback by mapped hexadecimal IPv6": "[::ffff:7f00:2]",
    "loopback by compatible IPv6": "[::127.0.0.2]",
    "loopback by NAT64": "[64:ff9b::127.0.0.2]",
    "loopback by local NAT64": "[64:ff9b:1::127.0.0.2]",
    "loopback by 6to4": "[2002:7f00:2::1]",
    "loopback by Teredo": "[2001:0:7f00:2::1]",
    "this host": "0.0.0.0",
    "this host by IPv6": "[::]",
    "private network": "10.0.0.1",
    "link-local without a zone": "[fe80::1]",
}
# Names, and what a resolver says of them, time by time.
NAMES: dict[str, list[list[str]]] = {
    "good.test": [["127.0.0.1"]],
    "other.test": [["127.0.0.1"]],
    "secure.test": [["127.0.0.1"]],
    "misnamed.test": [["127.0.0.1"]],
    "mixed.test": [["127.0.0.2", "::1", "127.0.0.1"]],
    "rebinding.test": [["127.0.0.1"], ["127.0.0.2"]],  # robots.txt comes from the first, the page would from the second
    "inside.test": [["127.0.0.2"]],
    "inside6.test": [["::1"]],
    "a.localhost": [["127.0.0.2"]],
    "localhost": [["::1", "127.0.0.2"]],
    "xn--d1acpjx3f.test": [["127.0.0.2"]],
    "metadata.test": [["169.254.169.254"]],
    "metadata6.test": [["fd00:ec2::254"]],
    "azure.test": [["168.63.129.16"]],
    "alibaba.test": [["100.100.100.200"]],
    "multicast.test": [["224.0.0.1"]],
    "broadcast.test": [["255.255.255.255"]],
    "private.test": [["192.168.0.1"], ["172.16.0.1"]],
    "nowhere.test": [["2000::1"]],  # public by its form, and given to nobody
}
BY_NAME = {
    "a name for loopback": "inside.test",
    "a name for loopback by IPv6": "inside6.test",
    "a name with a dot at its end": "inside.test.",
    "a name below localhost": "a.localhost",
    "localhost": "localhost",
    "a name in another script": "яндекс.test",
    "a name in capitals": "INSIDE.TEST",
    "a name for cloud metadata": "metadata.test",
    "a name for cloud metadata by IPv6": "metadata6.test",
    "a name for Azure's metadata": "azure.test",
    "a name for Alibaba's metadata": "alibaba.test",
    "a name for multicast": "multicast.test",
    "a name for broadcast": "broadcast.test",
    "a name for private networks": "private.test",
    "a name whose second answer is forbidden": "rebinding.test",
}

# -- what comes back from a server that may be reached: path -> answer, reason (None: an article) ----------------------

HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n"
CHUNKED = HEAD + b"Transfer-Encoding: chunked\r\n\r\n"
OPEN = HEAD + b"\r\n"  # the body ends with the connection
PAGE = article("lost pages")
EXACT = article("lengths")
PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n" + bytes(range(256)) * 20


def layers(count: int, body: bytes) -> bytes:
    """A page packed several times over."""
    for _ in range(count):
        body = gzip.compress(body)
    return make_response(body, Content_Encoding=", ".join(["gzip"] * count))


PATHS: dict[str, tuple[str, Answer, str | None]] = {
    # bombs and broken packing
    "gzip bomb": ("/bomb-gzip", bomb("gzip"), "bomb"),
    "deflate bomb": ("/bomb-deflate", bomb("deflate"), "bomb"),
    "brotli bomb": ("/bomb-br", bomb("br"), "bomb"),
    "zstd bomb": ("/bomb-zstd", bomb("zstd"), "bomb"),
    "bomb in a bomb": ("/bomb-nested", layers(2, bytes(16 * MEGABYTE)), "bomb"),
    "bomb of an error page": (
        "/bomb-404",
        make_response(gzip.compress(bytes(16 * MEGABYTE)), 404, Content_Encoding="gzip"),
        "bomb",
    ),
    "packed fifty times": ("/layers", layers(50, article("layers")), "bomb"),
    "packed in a thousand pieces": (
        "/members",
        make_response(gzip.compress(b"") * 1_000 + gzip.compress(PAGE), Content_Encoding="gzip"),
        "bomb",
    ),
    "gzip that ends too early": (
        "/short-gzip",
        make_response(gzip.compress(PAGE)[:-20], Content_Encoding="gzip"),
        "truncated",
    ),
    "brotli that ends too early": (
        "/short-br",
        make_response(PACK["br"](PAGE)[:-20], Content_Encoding="br"),
        "truncated",
    ),
    "not packed as it says": ("/not-gzip", make_response(PAGE, Content_Encoding="gzip"), "bad-encoding"),
    "packed twice, as some proxies do": ("/twice", layers(2, article("packing")), None),
    "packed in an unknown way": ("/unknown-coding", make_response(os.urandom(5_000), Content_Encoding="x"), "binary"),
    # bodies and lengths
    "endless body": ("/endless", flood(OPEN, b"<p>endless words "), "too-large"),
    "endless chunks": ("/endless-chunks", flood(CHUNKED, b"400\r\n" + b"word " * 204 + b"word\r\n"), "too-large"),
    "endless chunks of one byte": ("/tiny-chunks", flood(CHUNKED, b"1\r\na\r\n"), "too-large"),
    "says it is a terabyte": ("/terabyte", make_response(PAGE, length=2**40), "too-large"),
    "dripping body": ("/drip", drip(OPEN, b"drop "), "deadline"),
    "dripping headers": ("/drip-head", drip(HEAD, b"X-Drop: 1\r\n"), "timeout"),
    "dripping status line": ("/drip-status", drip(b"HTTP/1.1 ", b"2"), "timeout"),
    "no answer": ("/silent", stay_silent, "timeout"),
    "stalls in the middle": ("/stall", drip(OPEN + PAGE, b"", pause=5), "deadline"),
    "shorter than it says": ("/short", make_response(PAGE, length=len(PAGE) + 500), "truncated"),
    "longer than it says": ("/long", make_response(EXACT + PAGE * 9, length=len(EXACT)), None),
    "two lengths": ("/two-lengths", make_response(PAGE, length=5, Content_length="6"), "not-http"),
    "a length below nought": ("/minus", make_response(PAGE, length=-5), "not-http"),
    "chunks that are none": ("/bad-chunks", CHUNKED + b"zz\r\n" + PAGE, "truncated"),
    "unknown transfer coding": ("/coding", HEAD + b"Transfer-Encoding: gzip\r\n\r\n" + PAGE, "not-http"),
    "reset within a body": ("/reset-body", break_off(OPEN + PAGE), "truncated"),
    "reset within the headers": ("/reset-head", break_off(HEAD), "connection"),
    "reset at once": ("/reset", break_off(b""), "connection"),
    "ends at once": ("/nothing", b"", "connection"),
    "half-closed": ("/half", shut_down, "connection"),
    "empty body": ("/empty", make_response(b""), "empty"),
    # what is not HTTP
    "garbage": ("/garbage", os.urandom(3_000) + b"\r\n" * 3, "not-http"),
    "a banner of another protocol": ("/banner", b"220 mail.test ESMTP ready\r\n" * 3, "not-http"),
    "HTTP/0.9": ("/old", PAGE + b"\n", "not-http"),
    "HTTP/2 unasked": ("/h2", b"\x00\x00\x12\x04\x00\x00\x00\x00\x00\n\n", "not-http"),
    "a status out of range": ("/status", b"HTTP/1.1 99999 X\r\nContent-Length: 0\r\n\r\n", "not-http"),
    "a status that is no number": ("/status-word", b"HTTP/1.1 OK OK\r\nContent-Length: 0\r\n\r\n", "not-http"),
    "endless headers": ("/endless-head", flood(HEAD, b"X-Header: word\r\n"), "too-large"),
    "one endless header": ("/endless-line", flood(HEAD + b"X-Header: ", b"word "), "too-large"),
    "one header folded without end": ("/folded", flood(HEAD + b"X-Header: a\r\n", b" word\r\n"), "too-large"),
    "endless interim answers": ("/interim", flood(b"", b"HTTP/1.1 100 Continue\r\n\r\n"), "too-large"),
    "one interim answer": ("/early", b"HTTP/1.1 103 Early Hints\r\n\r\n" + make_response(article("hints")), None),
    "a header without a colon": ("/colon", HEAD + b"nonsense\r\n\r\n" + article("colons"), None),
    # what is not what it says
    "PDF as HTML": ("/pdf-as-html", make_response(PDF), "binary"),
    "HTML as PDF": ("/html-as-pdf", make_response(article("printing"), kind="application/pdf"), None),
    "UTF-8 declared as UTF-16": (
        "/charset",
        make_response(article("naïve café"), kind="text/html; charset=utf-16"),
        None,
    ),
    "an unknown charset": ("/charset-x", make_response(article("résumés"), kind="text/html; charset=x\xff"), None),
    "an image as HTML": ("/image", make_response(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20), "binary"),
    # redirects
    "redirect to loopback": ("/to-literal", redirect("http://127.0.0.2:{port}/1"), FORBIDDEN),
    "redirect to loopback by number": ("/to-number", redirect("//2130706434:{port}/x"), FORBIDDEN),
    "redirect to a name for loopback": ("/to-name", redirect("http://inside.test:{port}/", 307), FORBIDDEN),
    "redirect to loopback by IPv6": ("/to-ipv6", redirect("http://[::1]:{port}/", 301), FORBIDDEN),
    "redirect to metadata": ("/to-metadata", redirect("http://169.254.169.254/latest/meta-data/", 308), FORBIDDEN),
    "redirect to loopback by slashes": ("/to-slashes", redirect("///127.0.0.2:{port}/slashes"), FORBIDDEN),
    "redirect to loopback behind a backslash": (
        "/to-backslash", redirect("http://good.test:{port}\\@127.0.0.2:{port}/"), "http-404"
    ),
    "redirect to loopback by https": ("/to-https", redirect("https://127.0.0.2:{port}/2"), FORBIDDEN),
    "redirects that end inside": ("/hop", redirect("/hop-2"), FORBIDDEN),
    "redirect to port 22": ("/to-ssh", redirect("http://nowhere.test:22/"), "forbidden-port"),
    "redirect to a file": ("/to-file", redirect("file:///etc/passwd"), "bad-redirect"),
    "redirect to a script": ("/to-script", redirect("javascript:alert(1)"), "bad-redirect"),
    "redirect to data": ("/to-data", redirect("data:text/html,<p>hello"), "bad-redirect"),
    "redirect to ftp": ("/to-ftp", redirect("ftp://127.0.0.2/"), "bad-redirect"),
    "redirect with a password": ("/to-user", redirect("http://user:word@127.0.0.1:{port}/good"), "bad-redirect"),
    "redirect to two places": ("/to-two", redirect("/good\r\nLocation: http://127.0.0.2/"), "bad-redirect"),
    "redirect to what is no address": ("/to-none", redirect("http://[::1/"), "bad-redirect"),
    "redirect to an endless address": ("/to-long", redirect("/" + "a" * 9_000), "bad-redirect"),
    "redirect with a header in it": ("/to-header", redirect("/injected%0d%0aX-Evil:%201\rX-Evil: 2"), "http-404"),
    "redirect loop": ("/loop", redirect("/loop-2"), "redirect-loop"),
    "redirect to itself": ("/self", redirect("/self"), "redirect-loop"),
    "endless redirects": ("/chain", lambda visit: visit.send(redirect(visit.path + "?x")), "redirect-loop"),
    "redirect without an address": ("/to-nothing", make_response(b"", 302), "http-302"),
    "redirect to another host": ("/to-other", redirect("http://other.test:{port}/landed"), "redirected"),
}  # fmt: skip
STEPS: dict[str, Answer] = {
    "/hop-2": redirect("http://good.test:{port}/hop-3"),
    "/hop-3": redirect("http://127.0.0.2:{port}/"),
    "/loop-2": redirect("/loop"),
    "/landed": make_response(article("landing"), Set_Cookie="a=b"),
    "/good": make_response(article("good ends")),
    "/sitemap.xml": make_response(
        b"<urlset><url><loc>http://127.0.0.2:{port}/from-sitemap</loc></url></urlset>",
        kind="application/xml",
        length=None,
    ),
}
ROBOTS_INSIDE: dict[str, Answer] = {
    "/robots.txt": redirect("http://127.0.0.2:{port}/robots.txt"),
    "/page": make_response(article("robots")),
}
GIVEN = {
    "a file": ("file:///etc/passwd", "bad-url"),
    "gopher": ("gopher://127.0.0.2:{port}/_x", "bad-url"),
    "a password": ("http://user:word@127.0.0.1:{port}/private", "bad-url"),
    "link-local with a zone": ("http://[fe80::1%25lo]:{port}/", "bad-url"),
    "a name too long to look up": ("http://" + "a" * 70 + ".test/", "bad-url"),
    "a name with an empty part": ("http://a..test/", "bad-url"),
    "a port for mail": ("http://nowhere.test:25/", "forbidden-port"),
    "a port for a database": ("http://nowhere.test:6379/", "forbidden-port"),
    "loopback by https": ("https://127.0.0.2:{port}/", FORBIDDEN),
    "loopback with escapes": ("http://127.0.0.%32:{port}/", "bad-url"),
    "loopback behind a sign": ("http://good.test:{port}#@127.0.0.2:{port}/", "http-404"),
    "loopback before a NUL": ("http://127.0.0.2%00.good.test:{port}/", "bad-url"),
    "a host that takes no connections": ("http://127.0.0.1:{full}/", "robots-unreachable"),
    "a TLS handshake without an end": ("https://good.test:{silent}/", "robots-unreachable"),
    "an unknown name": ("http://unknown.test/", "dns"),
    "a dead host": ("http://127.0.0.1:{dead}/", "connection"),
    "a sitemap that names what is inside": ("http://127.0.0.2:{port}/from-sitemap", FORBIDDEN),
    "several addresses, forbidden ones among them": ("http://mixed.test:{port}/mixed", None),
    "robots.txt that leads inside": ("http://127.0.0.1:{robots}/page", FORBIDDEN),
    "a certificate signed by itself": ("https://good.test:{self_signed}/", "tls"),
    "a certificate for another host": ("https://misnamed.test:{tls}/", "tls"),
    "no TLS where there should be": ("https://good.test:{port}/good", "tls"),
    "TLS where there should be none": ("http://secure.test:{tls}/", "connection"),
    "https that leads down to http": ("https://secure.test:{tls}/down", "redirected"),
    "a good page, last": ("http://good.test:{port}/last", None),
}


def cases(ports: dict[str, int]) -> dict[str, tuple[str, str | None]]:
    """Every case: its address, and how it ends."""
    port = ports.get("port", 0)
    hosts = {
        name: (f"http://{host}:{port}/{name.replace(' ', '-')}", FORBIDDEN)
        for name, host in (LITERALS | BY_NAME).items()
    }
    paths = {name: (f"http://127.0.0.1:{port}{path}", reason) for name, (path, _, reason) in PATHS.items()}
    given = {name: (fill(address, ports), reason) for name, (address, reason) in GIVEN.items()}
    return hosts | paths | given


def fill(text: str, ports: dict[str, int]) -> str:
    for name, port in ports.items():
        text = text.replace("{" + name + "}", str(port))
    return text
