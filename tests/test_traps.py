"""Spider traps end, and large sites do not."""

import time
from datetime import date, timedelta
from itertools import product
from urllib.parse import quote

import pytest

from clearwell.discovery.traps import (
    MAX_FRUITLESS,
    MAX_OF_PATTERN,
    MAX_OF_SESSION,
    MAX_PATTERNS,
    TrapGuard,
)

TODAY = date(2026, 11, 25)
SITE = "https://example.org"
ENDLESS = 5_000  # addresses; enough for every cap
DAYS = [TODAY - timedelta(days=day) for day in range(3 * 365)]
WORDS = ["".join(letters) for letters in product("abcdefghijklm", repeat=4)]
MONTHS = [(year, month) for year in range(1990, 2027) for month in range(1, 13) if (year, month) <= (2026, 12)]


def follow(addresses, guard=None):
    """How many of the addresses are let in."""
    guard = guard or TrapGuard(TODAY)
    return sum(guard.admit(SITE + address) is None for address in addresses)


# -- sites ------------------------------------------------------------------------------------------------------------

SITES = {
    "300 pages of pagination": [f"/health/page/{n}/" for n in range(2, 302)],
    "300 pages by query": [f"/health?page={n}" for n in range(2, 302)],
    "300 pages by offset, through the years": [f"/health?start={n * 10}" for n in range(302)],
    "30 sections with 100 pages each": [f"/{a}{b}/page/{n}" for a, b in product("abcde", "uvwxyz") for n in range(100)],
    "archives by month since the Web began": [f"/{year}/{month:02}/" for year, month in MONTHS],
    "archives by month by query": [f"/?m={year}{month:02}" for year, month in MONTHS],
    "archives by year and month by query": [f"/archive?year={year}&month={month}" for year, month in MONTHS],
    "archives by month, in one part": [f"/archive/{year}-{month:02}" for year, month in MONTHS],
    "two years of archives by day": [f"/{day:%Y/%m/%d}/" for day in DAYS[:730]],
    "articles below their day": [f"/{day:%Y/%m/%d}/what-to-eat-{WORDS[n]}" for n, day in enumerate(DAYS)],
    "articles known by words": [f"/health/{a}-{b}-tea.html" for a, b in product("abcdefghijkl", repeat=2)] * 9,
    "articles known by words in Chinese": [f"/{quote(a + b)}" for a, b in product("饮食健康睡眠运动心脏", repeat=2)],
    "articles known by numbers": [f"/article/{n}.html" for n in range(100_000, 100_900)],
    "articles known by numbers in a query": [f"/?p={n}" for n in range(900)],
    "articles known by numbers, two pages each": [f"/question/{n}/{p}" for n in range(2600, 3000) for p in (1, 2)],
    "articles known by tokens": [f"/p/{n:016x}" for n in range(10**17, 10**17 + 900)],
    "numbers that look like years": [f"/health/{n}" for n in range(1900, 2200)],
    "a day named thrice": ["/2001/01/01/01", "/1/1/1/1/1"],
    "folders named twice": ["/health/news/health/news/a", "/en/en/a", "/a/a"],
    "folders ten deep": ["/a/b/c/d/e/f/g/h/i/j.html"],
    "ten parameters": ["/a?" + "&".join(f"{key}=1" for key in "abcdefghij")],
}  # fmt: skip

# -- traps ------------------------------------------------------------------------------------------------------------


def calendar_days():
    return ((TODAY + timedelta(days=n)) for n in range(ENDLESS))


TRAPS = {  # addresses, and how many of them may be followed at most
    "a calendar by month": ((f"/calendar/{2026 + n // 12}/{n % 12 + 1:02}/" for n in range(300)), 12),
    "a calendar by day": ((f"/calendar/{day:%Y/%m/%d}" for day in calendar_days()), 37),
    "a calendar by day, in one part": ((f"/events/{day:%Y-%m-%d}" for day in calendar_days()), 37),
    "a calendar by query": ((f"/calendar?date={day:%Y-%m-%d}&view=list" for day in calendar_days()), 37),
    "a calendar by year and month": ((f"/c?year={2027 + n // 12}&month={n % 12 + 1}" for n in range(600)), 0),
    "a calendar into the past": ((f"/calendar/{1989 - n // 12}/{12 - n % 12:02}/" for n in range(600)), 0),
    "a calendar by week": ((f"/calendar/week/{n}" for n in range(ENDLESS)), MAX_OF_PATTERN),
    "endless pages": ((f"/health/page/{n}" for n in range(ENDLESS)), MAX_OF_PATTERN),
    "endless searches": ((f"/search?q=tea{n}" for n in range(ENDLESS)), MAX_OF_PATTERN),
    "endless numbers in words": ((f"/shop/tea-{n}-cups" for n in range(ENDLESS)), MAX_OF_PATTERN),
    "a loop of one folder": (("/a" * n + "/x.html" for n in range(1, 50)), 2),
    "a loop of two folders": (("/health/news" * n + "/x" for n in range(1, 50)), 2),
    "a loop with numbers between": (("".join(f"/a/{k}" for k in range(n)) for n in range(1, 50)), 2),
    "a loop with other folders between": (("".join(f"/a/{chr(98 + k)}" for k in range(n)) for n in range(1, 20)), 2),
    "endless folders": (("".join(f"/{chr(97 + k)}" for k in range(n)) for n in range(16, 26)), 0),
    "endless folders of numbers": (("/1" * n for n in range(16, 60)), 0),
    "a query that grows by parameters": (("/a?" + "&".join(["x=1"] * n) for n in range(1, 50)), 10),
    "a query that grows by words": (("/a?path=" + "x/" * n for n in range(1, 900)), 497),
    "filters that combine": (
        (f"/shop?size={a}&price={b}&brand={c}&sort={d}&stars={e}" for a, b, c, d, e in product(range(5), repeat=5)),
        MAX_OF_PATTERN,
    ),
    "a session in the query": ((f"/tea?sid={n:032x}" for n in range(10**33, 10**33 + 99)), MAX_OF_SESSION),
    "a session of PHP": ((f"/tea?a=1&PHPSESSID={n:026x}" for n in range(10**27, 10**27 + 99)), MAX_OF_SESSION),
    "a session in the path": ((f"/tea;jsessionid={n:032X}" for n in range(10**33, 10**33 + 99)), MAX_OF_SESSION),
    "a token in the path": ((f"/{n:032x}/tea" for n in range(10**33, 10**33 + ENDLESS)), MAX_OF_PATTERN),
    "a token of another kind": ((f"/tea?t=zz{n:018d}xq" for n in range(ENDLESS)), MAX_OF_PATTERN),
    "an identifier": ((f"/5f3a9c2b-{n:04x}-4b1d-8c3e-{n:012x}" for n in range(ENDLESS)), MAX_OF_PATTERN),
    "capitals and escapes do not help": (
        (("/Health/%50age/" if n % 2 else "/health/page/") + str(n) for n in range(ENDLESS)),
        MAX_OF_PATTERN,
    ),
    "endless addresses": ((f"/{'a' * 1_000}{n}" for n in range(99)), 0),
}  # fmt: skip


@pytest.mark.parametrize("addresses", SITES.values(), ids=SITES)
def test_a_site_is_followed_to_its_end(addresses):
    guard = TrapGuard(TODAY)
    assert [(a, why) for a in addresses if (why := guard.admit(SITE + a))] == []


@pytest.mark.parametrize(("addresses", "most"), TRAPS.values(), ids=TRAPS)
def test_a_trap_ends(addresses, most):
    assert follow(addresses) <= most


def test_what_a_sitemap_names_passes():
    guard = TrapGuard(TODAY)
    assert all(guard.admit(f"{SITE}/calendar/2031/07/{n}/a/a/a", vouched=True) is None for n in range(ENDLESS))
    assert guard.admit(f"{SITE}/calendar/2026/07/1/a") is None  # and does not count


def test_pages_that_lead_to_nothing_new_end_early():
    guard = TrapGuard(TODAY)
    followed = 0
    for n in range(ENDLESS):
        if guard.admit(f"{SITE}/health/page/{n}") is None:
            followed += 1
            guard.note(f"{SITE}/health/page/{n}", fruitful=n < 30)
    assert followed == 30 + MAX_FRUITLESS


def test_pages_that_lead_to_something_now_and_then_go_on():
    guard = TrapGuard(TODAY)
    for n in range(600):
        assert guard.admit(f"{SITE}/health/page/{n}") is None
        guard.note(f"{SITE}/health/page/{n}", fruitful=n % 100 == 99)


def test_addresses_of_a_trap_are_told_in_the_same_words():
    guard = TrapGuard(TODAY)
    reasons = {guard.admit(f"{SITE}/tea/{n}") for n in range(ENDLESS)}
    assert reasons == {None, "1,000 addresses like /tea/N were followed already"}


def test_memory_is_bounded_and_the_frequent_are_remembered():
    guard = TrapGuard(TODAY)
    follow((f"/trap/{n}" for n in range(MAX_OF_PATTERN)), guard)
    follow((f"/{word}/1" for word in WORDS), guard)  # 28,561 patterns
    follow((f"/{word * 100}/1" for word in WORDS[:100]), guard)
    assert len(guard._admitted) <= MAX_PATTERNS
    assert max(map(len, guard._admitted)) <= 300
    assert follow((f"/trap/{n}" for n in range(ENDLESS)), guard) <= MAX_OF_PATTERN / 2


@pytest.mark.parametrize(
    "url",
    [
        "/" + "a/" * 490, "/" + "1-" * 490, "/?" + "&" * 900, "/?" + "a=" * 450, "/" + "%" * 900, "/" + ";" * 900,
        "/?sess" + "sess" * 200, "/?" + "x" * 900 + "sid=", "/" + "0" * 900 + "/" + "1" * 50, "/" + "0a" * 450,
        "/?" + ";a=1" * 200, "/" + "5f3a9c2b-" * 100, "/?year=" + "9" * 900, "/?date=" + "2026-" * 180,
    ],
    ids=lambda url: url[:9],
)  # fmt: skip
def test_hostile_addresses_cost_little(url):
    guard = TrapGuard(TODAY)
    started = time.process_time()
    for _ in range(100):
        guard.admit(SITE + url)
        guard.note(SITE + url, fruitful=False)
    assert time.process_time() - started < 1  # 5 ms an address; quadratic patterns take seconds


def test_what_is_no_address_is_told():
    with pytest.raises(ValueError, match="IPv6"):
        TrapGuard(TODAY).admit("http://[::1/")
