"""Unpacking within bounds, and redirects that are none."""

import gzip
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as some

from spiders.failures import RefusedRequest
from spiders.safety.redirects import check_location
from spiders.safety.unpacking import MAX_MEMBERS, unpack
from tests.hostile import PACK

PAGE = b"<p>Warm milk helps some people sleep.</p>" * 50
LIMIT = 10_000  # bytes


def deflate_raw(body: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(body) + packer.flush()


WHOLE = {
    "nothing": (b"gzip", b"", b""),
    "gzip": (b"gzip", gzip.compress(PAGE), PAGE),
    "x-gzip": (b"x-gzip", gzip.compress(PAGE), PAGE),
    "two streams": (b"gzip", gzip.compress(PAGE) + gzip.compress(PAGE), PAGE * 2),
    "as many streams as there may be": (b"gzip", gzip.compress(b"a") * MAX_MEMBERS, b"a" * MAX_MEMBERS),
    "padding behind": (b"gzip", gzip.compress(PAGE) + bytes(512), PAGE),
    "deflate": (b"deflate", zlib.compress(PAGE), PAGE),
    "deflate without a frame": (b"deflate", deflate_raw(PAGE), PAGE),
    "brotli": (b"br", PACK["br"](PAGE), PAGE),
    "zstd": (b"zstd", PACK["zstd"](PAGE), PAGE),
    "two frames": (b"zstd", PACK["zstd"](PAGE) * 2, PAGE * 2),
    "just as much as may be": (b"gzip", gzip.compress(bytes(LIMIT)), bytes(LIMIT)),
}
BROKEN = {
    "one byte too much": (b"gzip", gzip.compress(bytes(LIMIT + 1)), "bomb"),
    "too much in two": (b"gzip", gzip.compress(bytes(LIMIT)) + gzip.compress(b"a"), "bomb"),
    "too much deflate": (b"deflate", zlib.compress(bytes(LIMIT * 2)), "bomb"),
    "too much raw deflate": (b"deflate", deflate_raw(bytes(LIMIT * 2)), "bomb"),
    "too much brotli": (b"br", PACK["br"](bytes(LIMIT * 2)), "bomb"),
    "too much zstd": (b"zstd", PACK["zstd"](bytes(LIMIT * 2)), "bomb"),
    "too many streams": (b"gzip", gzip.compress(b"") * (MAX_MEMBERS + 1), "bomb"),
    "too many frames": (b"zstd", PACK["zstd"](b"") * (MAX_MEMBERS + 1), "bomb"),
    "cut": (b"gzip", gzip.compress(PAGE)[:-9], "truncated"),
    "cut in the second": (b"gzip", gzip.compress(PAGE) + gzip.compress(PAGE)[:-1], "truncated"),
    "cut deflate": (b"deflate", zlib.compress(PAGE)[:-5], "truncated"),
    "cut brotli": (b"br", PACK["br"](PAGE)[:-3], "truncated"),
    "cut zstd": (b"zstd", PACK["zstd"](PAGE)[:-3], "truncated"),
    "a wrong checksum": (b"gzip", gzip.compress(PAGE)[:-8] + bytes(8), "bad-encoding"),
    "plain, said to be gzip": (b"gzip", PAGE, "bad-encoding"),
    "plain, said to be deflate": (b"deflate", PAGE, "bad-encoding"),
    "plain, said to be brotli": (b"br", PAGE, "bad-encoding"),
    "plain, said to be zstd": (b"zstd", PAGE, "bad-encoding"),
}


@pytest.mark.parametrize(("coding", "packed", "body"), WHOLE.values(), ids=WHOLE)
def test_what_is_whole_is_unpacked(coding, packed, body):
    assert unpack(packed, coding, LIMIT) == body


@pytest.mark.parametrize(("coding", "packed", "reason"), BROKEN.values(), ids=BROKEN)
def test_what_is_not_has_a_reason(coding, packed, reason):
    with pytest.raises(RefusedRequest) as refused:
        unpack(packed, coding, LIMIT)
    assert refused.value.reason == reason


@given(some.sampled_from(sorted(PACK)), some.binary(max_size=2_000), some.integers(0, 2_000), some.binary(max_size=4))
def test_damage_never_goes_unnamed(coding, body, place, damage):
    """Whatever happens to the bytes, what comes out is no more than allowed, or the refusal has a reason."""
    packed = PACK[coding](body)
    damaged = packed[:place] + damage + packed[place + len(damage) :]
    try:
        outcome = len(unpack(damaged, coding.encode(), LIMIT)) <= LIMIT
    except RefusedRequest as refused:
        outcome = refused.reason in {"bomb", "truncated", "bad-encoding"}
    assert outcome


@pytest.mark.parametrize(
    ("location", "target"),
    [
        (b"/b", "https://example.org/b"), (b"b", "https://example.org/a/b"), (b"?q", "https://example.org/a/?q"),
        (b"//other.example/x", "https://other.example/x"), (b"HTTP://OTHER.example/", "http://other.example/"),
        (b"/a b\r\n", "https://example.org/a%20b"), ("/süß".encode(), "https://example.org/s%C3%BC%C3%9F"),
    ],
)  # fmt: skip
def test_a_redirect_leads_to_an_address(location, target):
    assert check_location("https://example.org/a/", {location}).lower() == target.lower()


@pytest.mark.parametrize(
    "location",
    [
        b"javascript:alert(1)", b"JavaScript:alert(1)", b"java\tscript:alert(1)", b"data:text/html,x", b"about:blank",
        b"file:///etc/passwd", b"ftp://example.org/", b"gopher://example.org/", b"view-source:http://a.test/",
        b"mailto:a@b.c", b"http://user@example.org/", b"http://u:p@example.org/", b"//u:p@example.org/",
        b"http://[::1/", b"http://a:b/", b"http://a:99999/", b"http://", b"http:///x", b"/" + b"a" * 5_000,
    ],
    ids=lambda location: location[:30].decode(),
)  # fmt: skip
def test_or_it_is_refused(location):
    with pytest.raises(RefusedRequest) as refused:
        check_location("https://example.org/a/", {location})
    assert refused.value.reason == "bad-redirect"
