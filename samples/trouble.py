"""The misbehaving pages: what a crawler meets in the field, one page a kind, listed by `misbehaving()`."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable

from samples.reply import HTML, Reply, reply_text
from samples.site import render

TWIN = "porridge-that-keeps-you-full"  # the article served under several addresses
RETRY_AFTER = 2  # seconds; short, so that a test can wait for it
MISSING_BYTES = 4096  # what the truncated page promises and never sends
BINARY_BYTES = 8192
SCRIPTED = "a-bowl-of-soup"  # the article that only a script shows


def _page(title: str, body: str, status: int = 200) -> Reply:
    head = f'<head><meta charset="utf-8"><title>{title}</title></head>'
    return reply_text(f'<!DOCTYPE html>\n<html lang="en">{head}\n<body>\n{body}\n</body></html>\n', status=status)


def _miss(_: str) -> Reply:
    return _page("Not found", "<h1>Not found</h1><p>This page has moved to nowhere.</p>", 404)


def _break(_: str) -> Reply:
    return _page("Server error", "<h1>Something broke</h1><p>It breaks every time.</p>", 500)


def _redirect_to(path: str) -> Callable[[str], Reply]:
    return lambda base: Reply(b"", status=302, headers=(("Location", base + path),))


def _send_gb18030(base: str) -> Reply:
    return Reply(render("kanshi-tiwen-ji", base).encode("gb18030"), HTML)


def _send_false_latin(base: str) -> Reply:
    html = render("dormir-la-siesta", base).replace('<meta charset="utf-8">', '<meta charset="iso-8859-1">')
    return Reply(html.encode("utf-8"), "text/html; charset=iso-8859-1")


def _truncate(base: str) -> Reply:
    html = render("packing-a-first-aid-tin", base).encode("utf-8")
    return Reply(html[: len(html) // 2], HTML, missing_bytes=MISSING_BYTES)


def _send_login(_: str) -> Reply:
    fields = '<label>Email <input name="email"></label><label>Password <input type="password" name="password"></label>'
    return _page("Sign in", f'<h1>Sign in</h1><form method="post">{fields}<button>Sign in</button></form>')


def _send_products(_: str) -> Reply:
    goods = (("Oat jar, 2 litres", "12.90"), ("Walking socks, pair", "8.50"), ("Kitchen scale", "24.00"))
    cards = "".join(
        f'<div class="card"><a href="#{number}">{name}</a><b>€{price}</b><button>Add</button></div>'
        for number, (name, price) in enumerate(goods * 4)
    )
    return _page("Shop", f"<h1>Shop</h1><div>Sort by price</div>{cards}")


def _send_binary(_: str) -> Reply:
    digests = (hashlib.sha256(bytes([number % 256])).digest() for number in range(BINARY_BYTES // 32))
    return Reply(b"\x89PNG\r\n\x1a\n\x00" + b"".join(digests), HTML)


def _send_busy(_: str) -> Reply:
    return Reply(b"Come back later\n", "text/plain; charset=utf-8", 503, (("Retry-After", str(RETRY_AFTER)),))


def _send_private(_: str) -> Reply:
    return _page("Private notes", "<article><h1>Private notes</h1><p>No polite crawler reads this line.</p></article>")


def _send_twin(base: str) -> Reply:
    return reply_text(render(TWIN, base))


def _send_shell(_: str) -> Reply:
    script = f'<script src="/trouble/{SCRIPTED}.js" defer></script>'
    return _page("Mossbank", f'<div id="root"></div><noscript>Please switch JavaScript on.</noscript>{script}')


def _send_script(_: str) -> Reply:
    script = f"""fetch("/trouble/{SCRIPTED}.json").then(answer => answer.json()).then(page => {{
  document.title = page.title;
  document.getElementById("root").innerHTML = page.body;
}});
"""
    return reply_text(script, "text/javascript; charset=utf-8")


def _send_data(base: str) -> Reply:
    html = render(SCRIPTED, base)
    parts = {tag: html.partition(f"<{tag}")[2].partition(">")[2].partition(f"</{tag}>")[0] for tag in ("title", "body")}
    return reply_text(json.dumps(parts, ensure_ascii=False), "application/json")


# What a page of them asks for by itself.
_PARTS: dict[str, Callable[[str], Reply]] = {
    f"/trouble/{SCRIPTED}.js": _send_script,
    f"/trouble/{SCRIPTED}.json": _send_data,
}

_PAGES: dict[str, tuple[str, Callable[[str], Reply]]] = {
    "/trouble/missing.html": ("404", _miss),
    "/trouble/broken.html": ("500, always", _break),
    "/trouble/loop-a.html": ("a redirect loop, by way of loop-b.html", _redirect_to("/trouble/loop-b.html")),
    "/trouble/loop-b.html": ("the other half of the redirect loop", _redirect_to("/trouble/loop-a.html")),
    "/trouble/kanshi-tiwen-ji.html": ("declared utf-8, bytes are gb18030", _send_gb18030),
    "/trouble/dormir-la-siesta.html": ("declared iso-8859-1, bytes are utf-8", _send_false_latin),
    "/trouble/packing-a-first-aid-tin.html": ("body shorter than its Content-Length", _truncate),
    "/trouble/login.html": ("a login form, no article", _send_login),
    "/trouble/products.html": ("a product listing, no article", _send_products),
    "/trouble/empty.html": ("200 with an empty body", lambda _: Reply(b"")),
    "/trouble/binary.html": ("binary served as text/html", _send_binary),
    "/trouble/busy.html": ("503 with Retry-After", _send_busy),
    "/trouble/a-walk-after-lunch.html": (
        "an article with a noindex robots meta",
        lambda base: reply_text(render("a-walk-after-lunch", base, robots="noindex, nofollow")),
    ),
    f"/trouble/{SCRIPTED}.html": ("an article that only a script shows", _send_shell),
    "/private/notes.html": ("disallowed by robots.txt", _send_private),
    f"/en/{TWIN}.html?utm_source=newsletter": ("the same article with a tracking parameter", _send_twin),
    f"/amp/en/{TWIN}.html": ("the same article, amp address", _send_twin),
    f"/print/en/{TWIN}.html": ("the same article, print address", _send_twin),
}


def misbehaving() -> dict[str, str]:
    """List the misbehaving pages: path (with its query) -> what is wrong with it."""
    return {path: description for path, (description, _) in _PAGES.items()}


def answer_trouble(path: str, base: str) -> Reply | None:
    """Answer a request for a misbehaving page; None if the path is a regular one."""
    found = _PAGES.get(path)
    answer = found[1] if found else _PARTS.get(path)
    return answer(base) if answer else None
