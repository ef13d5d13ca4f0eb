"""Site files: what is wrong with one is told with file, line and key; what is odd is told too."""

import re
import time
import tomllib
from datetime import date
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from clearwell.app.sites import find_oddities, list_settings
from clearwell.errors import SiteConfigError
from clearwell.patterns import matches_any
from clearwell.site import ExtractionHints, MemorySettings, Site, Version
from clearwell.storage.site_file import parse_site
from clearwell.storage.sites import MAX_FILE_BYTES, load_site
from clearwell.storage.toml_lines import find_lines

ROOT = Path(__file__).resolve().parents[1]
START = 'start = ["https://a.example/"]\n'


def told(text: str) -> list[str]:
    with pytest.raises(SiteConfigError) as caught:
        parse_site(text, "sites/mine.toml", "mine")
    return str(caught.value).splitlines()


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("start = [", ": not valid TOML"),
        ("a = " + "[" * 5_000, ": not valid TOML: brackets inside brackets without end"),
        ("maxPages = " + "9" * 5_000, ": not valid TOML"),
        ("a." * 300 + "b = 1", ", line 1: more than 200 dots"),
        ('sart = ["https://a.example/"]', ", line 1: unknown key `sart`; did you mean `start`?"),
        ("quite_unknown = 1", "known keys are name, start"),
        ("delay = 1", "line 1: unknown key `delay`; `delay` stands in the section [politeness]"),
        ("[memory]\nmaxPages = 3", "line 2: memory: unknown key `maxPages`; `maxPages` stands at the top"),
        ("maxPages = 1\n[memory]\npinn = []", "line 3: memory: unknown key `pinn`; did you mean `pin`?"),
        ("politeness = { delay = 1, hour = '' }", "line 1: politeness: unknown key `hour`; did you mean `hours`?"),
        ("politeness.hour = '22:00-06:00'", "line 1: politeness: unknown key `hour`; did you mean `hours`?"),
        ("politeness = 3", "line 1: politeness: Expected a section"),
        (START + '[politeness]\ndelay = "slow"', "line 3: politeness.delay: Expected `float"),
        ('maxPages = 1\n[memory]\npin = "abc"', "line 3: memory.pin: Expected a list, got a text"),
        ('[memory]\nforbid = ["the short phrase", ""]', "line 2: memory.forbid: entry 2: Expected a text of"),
        ('start = "https://a.example/"', "line 1: start: Expected a list"),
        ("[politeness]\ndelay = -1", "line 2: politeness.delay: Expected `float` >= 0"),
        ("[politeness]\ndelay = inf", "line 2: politeness.delay: inf is no number here"),
        ("[politeness]\ndelay = nan", "line 2: politeness.delay: nan is no number here"),
        ("[politeness]\nconcurrency = 17", "line 2: politeness.concurrency: Expected `int` <= 16"),
        ("maxPages = 0", "line 1: maxPages: Expected `int` >= 1"),
        ("maxMinutes = inf", "line 1: maxMinutes: inf is no number here"),
        ("browser = 1", "line 1: browser: Expected `bool`"),
        ("[topic]\nminHealthScore = 1.5", "line 2: topic.minHealthScore: Expected `float` <= 1"),
        ("start = [" + '"https://a.example/",' * 1_001 + "]", "line 1: start: Expected a list of length <= 1000"),
        ("[extraction]\ndrop = [" + '"p",' * 31 + "]", "line 2: extraction.drop: Expected a list of length <= 30"),
        ('name = "../etc"', "line 1: name: `../etc`: write letters and digits"),
        ('start = ["a.example"]', "line 1: start: `a.example` is no address"),
        ('start = ["ftp://a.example/"]', "line 1: start: `ftp://a.example/` is no address"),
        ('start = ["http://[a/"]', "line 1: start: `http://[a/` is no address"),
        ('start = ["https://a.example:99999/"]', "line 1: start: `https://a.example:99999/` is no address"),
        ('start = ["https://me:secret@a.example/"]', "line 1: start: `a.example`: a user name or password"),
        ('hosts = ["https://a.example"]', "line 1: hosts: `https://a.example` is no host"),
        ('hosts = ["a.example/health"]', "line 1: hosts: `a.example/health` is no host"),
        ('exclude = ["["]', "line 1: exclude: `[` is no regular expression"),
        ('exclude = ["(?!tag)"]', "line 1: exclude: `(?!tag)` is no regular expression"),
        (f'include = ["{"x" * 1_001}"]', "line 1: include: a pattern of 1,001 characters"),
        ('languages = ["english"]', "line 1: languages: `english` is no language"),
        ('languages = ["en_US"]', "line 1: languages: `en_US` is no language"),
        ('[politeness]\nhours = "25:00-06:00"', "line 2: politeness.hours: `25:00-06:00` is no span of hours"),
        ('[politeness]\nhours = "06:00-06:00"', "line 2: politeness.hours: `06:00-06:00` begins when it ends"),
        ('[politeness]\ntimezone = "Europe/Berln"', "line 2: politeness.timezone: `Europe/Berln` is no time zone; did"),
        ('[schedule]\ntimezone = "Europe"', "line 2: schedule.timezone: `Europe` is no time zone"),
        ('[schedule]\ntimezone = "/etc/passwd"', "line 2: schedule.timezone: `/etc/passwd` is no time zone"),
        ("[schedule]\nrevisitHours = [9, 1]", "line 2: schedule.revisitHours: give the soonest and the latest"),
        ("[schedule]\nrevisitHours = [1]", "line 2: schedule.revisitHours"),
        ("[schedule]\nrevisitHours = [0.5, nan]", "line 2: schedule.revisitHours"),
        ('[schedule]\ncron = "@daily"', "line 2: schedule.cron: `@daily` is no schedule"),
        ('[schedule]\ncron = "61 * * * *"', "line 2: schedule.cron: `61 * * * *` is no schedule"),
        ('[schedule]\ncron = "0 4 30 2 *"', "line 2: schedule.cron: `0 4 30 2 *` is no schedule: no year has"),
        ('[schedule]\ncron = "0 4 * * 1-5"', "line 2: schedule.cron: `1-5`: write weekdays as mon, tue"),
        ('[schedule]\ncron = "0 4 1 * mon"', "line 2: schedule.cron: give a day of the month or a weekday"),
        ('[extraction]\ndrop = ["div["]', "line 2: extraction.drop: `div[`: it is no CSS selector"),
        ('[extraction]\nkeep = ["a, b"]', "line 2: extraction.keep: `a, b`: write each selector as an entry"),
        ('[extraction]\nkeep = ["p:has(a)"]', "line 2: extraction.keep: `p:has(a)`: `:has` is not known here"),
        ('[extraction]\nkeep = ["li:NTH-child(2)"]', "`:nth-child` is not known here"),
        ('[extraction]\nkeep = ["a b c"]', "it can take a page very long"),
        ('[extraction]\nkeep = ["a ~ b"]', "it can take a page very long"),
        ('[[versions]]\ninclude = ["x"]', "line 1: versions[1]: `from` is missing"),
        ("[[versions]]\nfrom = 2026-05-01\n[versions.extraction]\nkepp = []", "line 4: versions[1].extraction: unkn"),
        ("[[versions]]\nfrom = 2026-05-01\n[[versions]]\nfrom = 2026-05-01", "line 1: two versions are `from` 2026-05"),
        ("[[versions]]\nfrom = 2026-05-01\n[[versions]]\nfrom = 'May'", "line 4: versions[2].from: Invalid RFC3339"),
        ("[[versions]]\nfrom = 2026-05-01\nname = 'x'", "line 3: versions[1]: unknown key `name`"),
        ("versions = [{ from = 2026-05-01, exclude = ['('] }]", "line 1: versions[1].exclude: `(` is no regular"),
        ("versions = 3", "line 1: versions: Expected a list"),
    ],
)  # fmt: skip
def test_a_wrong_site_file_is_explained(text, says):
    (line,) = told(text)
    assert line.startswith("sites/mine.toml")
    assert says in line


def test_all_that_is_wrong_is_told_at_once():
    text = "maxPages = 0\ndelay = 1\n[memory]\npin = 3\n[[versions]]\nfrom = 2026-05-01\nexclude = ['(', ')']\n"
    assert [line.split(": ")[0] for line in told(text)] == [f"sites/mine.toml, line {n}" for n in (1, 2, 4, 7, 7)]


def test_of_very_many_faults_the_first_are_told():
    lines = told("\n".join(f"nonsense{number} = 1" for number in range(50)))
    assert len(lines) == 21
    assert lines[-1] == "sites/mine.toml: and 30 more"


RIGHT = """
name = "Healthline-de"
start = ["https://a.example/sitemap.xml", "http://127.0.0.1:8471/"]
hosts = ["www.a.example", "xn--bcher-kva.example", "127.0.0.1", "[::1]"]
include = ['/\\d{4}/', '(?i)health', "é"]
languages = ["en", "pt-BR", "zh-Hans", "gsw"]
maxMinutes = 90
[politeness]
hours = "22:00-06:00"
timezone = "Asia/Kathmandu"
[schedule]
cron = "*/30 4,16 * 1-11 mon-fri"
[extraction]
keep = ["article > .entry-content", "#main [data-role='a, b ~ c d']", ".md\\\\:flex"]
drop = ["div.teaser:not(.own)", "h2 + ul li"]
[[versions]]
from = 2026-05-01
[versions.extraction]
keep = [".body"]
"""


def test_what_is_right_is_read():
    site = parse_site(RIGHT, "mine.toml", "mine")
    assert site.name == "Healthline-de"
    assert site.versions == (Version(since=date(2026, 5, 1), extraction=ExtractionHints(keep=(".body",))),)


@pytest.mark.parametrize("cron", ["0 0 29 2 *", "0 4 * * *", "0 4 1 1 *", "0 0 31 12 *", "0 4 * * sun"])
def test_schedules_that_come_round(cron):
    assert parse_site(f'[schedule]\ncron = "{cron}"', "x", "x").schedule.cron == cron


def test_the_shipped_site_files_are_right():
    for path in (ROOT / "sites").glob("*.toml"):
        assert parse_site(path.read_text(), str(path), path.stem).start


# -- files -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"\xef\xbb\xbf" + START.encode(), None),
        (START.replace("\n", "\r\n").encode() + b"maxPages = 3\r\n", None),
        (b"", None),
        (START.encode("utf-16"), "line 1: cannot be read as UTF-8"),
        (START.encode() + "# é".encode("latin-1"), "line 2: cannot be read as UTF-8"),
        (b"#" * (MAX_FILE_BYTES + 1), "larger than 131,072 bytes"),
        (b"a = 1\x00", "not valid TOML"),
    ],
    ids=["bom", "crlf", "empty", "utf-16", "latin-1", "huge", "nul"],
)
def test_files_as_editors_leave_them(tmp_path, content, says):
    (tmp_path / "mine.toml").write_bytes(content)
    if says is None:
        assert load_site(tmp_path, "mine").name == "mine"
        return
    with pytest.raises(SiteConfigError, match=says) as caught:
        load_site(tmp_path, "mine")
    assert str(caught.value).startswith(str(tmp_path / "mine.toml"))


def test_what_is_no_file_is_told(tmp_path):
    (tmp_path / "folder.toml").mkdir()
    (tmp_path / "lost.toml").symlink_to(tmp_path / "nowhere")
    for name in ("folder", "lost"):
        with pytest.raises(SiteConfigError, match=rf"{name}\.toml: cannot be read: it is no file"):
            load_site(tmp_path, name)


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("mime", "there is no site `mime` in {folder}; did you mean `mine`?"),
        ("Mine", "did you mean `mine`?"),
        ("", "known sites: Twin, mine, twin"),
        ("x" * 5_000, "known sites: Twin, mine, twin"),
        ("../sites/mine", "there is no site"),
    ],
)
def test_an_unknown_name_is_told_with_the_nearest(tmp_path, name, says):
    for known in ("mine", "twin", "Twin"):
        (tmp_path / f"{known}.toml").write_text(START)
    with pytest.raises(SiteConfigError) as caught:
        load_site(tmp_path, name)
    assert says.format(folder=tmp_path) in str(caught.value)


def test_files_that_differ_only_in_case_are_refused(tmp_path):
    for name in ("twin", "Twin"):
        (tmp_path / f"{name}.toml").write_text(START)
    with pytest.raises(SiteConfigError, match="differ only in case"):
        load_site(tmp_path, "twin")


# -- lines -----------------------------------------------------------------------------------------------------------

VALUES = st.sampled_from(
    [
        "1",
        "[\n1,\n2 # ] \n]",
        '"""\n[x]\na = 1\n"""',
        "'''\n]]\n'''",
        '"\\"["',
        "{ p = 1, q = [ { r = 2 } ] }",
        '""',
        '"""x"""""',
        "2026-05-01 # it's [",
    ]
)
HEADERS = st.sampled_from(["", "[t]", "[t.u]", "[[v]]", "[v.w]", "[[ v . x ]]", "# [c]"])


@given(st.lists(st.tuples(HEADERS, VALUES), max_size=9))
def test_every_key_of_a_file_has_the_line_it_stands_in(statements):
    text = "\n".join(f"{header}\nk{number} = {value}" for number, (header, value) in enumerate(statements))
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError:  # a header that comes twice
        assume(False)
    found, lines = find_lines(text), text.split("\n")
    paths = [path for path in every_path(table) if str(path[-1]).startswith("k")]
    assert len(paths) == len(statements)
    for path in paths:
        assert lines[found[path] - 1].startswith(f"{path[-1]} = ")


def every_path(value, path=()):
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, held in inside:
        if isinstance(value, dict) or isinstance(held, dict):
            yield (*path, key)
        yield from every_path(held, (*path, key))


# -- versions --------------------------------------------------------------------------------------------------------

SITE = Site(
    name="mine",
    include=("/old/",),
    memory=MemorySettings(pin=("old phrase",)),
    extraction=ExtractionHints(keep=(".old",), drop=(".ad",)),
    versions=(
        Version(since=date(2026, 5, 1), include=("/new/",), extraction=ExtractionHints(keep=(".new",))),
        Version(since=date(2025, 1, 1), include=(), browser=True),
    ),
)


@pytest.mark.parametrize(
    ("day", "include", "keep", "drop", "browser"),
    [
        (None, ("/old/",), (".old",), (".ad",), False),
        (date(2024, 12, 31), ("/old/",), (".old",), (".ad",), False),
        (date(2025, 1, 1), (), (".old",), (".ad",), True),
        (date(2026, 4, 30), (), (".old",), (".ad",), True),
        (date(2026, 5, 1), ("/new/",), (".new",), (), False),
        (date(2030, 1, 1), ("/new/",), (".new",), (), False),
    ],
)
def test_the_version_in_force_is_laid_over_the_site(day, include, keep, drop, browser):
    site = SITE.on(day)
    assert (site.include, site.extraction, site.browser) == (include, ExtractionHints(keep, drop), browser)
    assert site.memory.pin == ("old phrase",)
    assert site.on(date(2026, 6, 1)) == site


def test_a_version_may_change_whatever_a_site_has_but_its_name():
    assert {*Version.__struct_fields__} - {"since"} == {*Site.__struct_fields__} - {"name", "versions"}


# -- what is odd -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "`start` is missing"),
        (START + 'hosts = ["b.example"]', "is on none of `hosts`"),
        (START + 'hosts = ["www.a.example"]', None),
        (START + 'exclude = ["^https"]', "is fetched, though `exclude` matches it"),
        (START + "include = ['^https?://(?:www\\.)?b\\.example/']", "names a host that the crawl does not visit"),
        (START + "include = ['^https?://(?:www\\.)?a\\.example/x/']", None),
        (START + 'include = ["/health/"]', None),
        (START + 'include = ["/x/"]\nexclude = ["/x/"]', "both in `include` and in `exclude`"),
        (START + 'languages = ["eu"]', "`eu` cannot be told from the text"),
        (START + '[memory]\npin = ["the same"]\nforbid = ["the same"]', "pinned and forbidden"),
        (START + "[politeness]\ndelay = 0", "0 turns politeness off"),
        ('start = ["http://127.0.0.1:8471/"]\n[politeness]\ndelay = 0', None),
        (START + "[[versions]]\nfrom = 2026-05-01\nhosts = ['b.example']", "is on none of `hosts`"),
        (START + "[[versions]]\nfrom = 2026-05-01", "the version from 2026-05-01 changes nothing"),
    ],
)
def test_what_is_legal_but_hardly_meant_is_told(text, says):
    found = list(find_oddities(parse_site(text, "x", "x")))
    assert [says in oddity for oddity in found] == ([] if says is None else [True])


# -- hostile files ---------------------------------------------------------------------------------------------------


def test_no_pattern_costs_more_than_the_text_is_long():
    begin = time.process_time()
    assert not matches_any(("(a+)+$", "(a|a)*b", "(?:.{0,100}a){0,9}z"), "https://a.example/" + "a" * 4_000 + "!")
    assert not matches_any(("x",), "lone surrogate \ud800")
    assert time.process_time() - begin < 2


@pytest.mark.parametrize("selector", ["x div", "div > div > x div", "x + div + div p", "p:not(x div)", "p:last-child"])
@pytest.mark.parametrize("page", ["<div>" * 2_900 + "<p>x", "<p>x</p>" * 149_000], ids=["deep", "wide"])
def test_no_selector_that_is_taken_costs_a_page_much(selector, page):
    parse_site(f'[extraction]\ndrop = ["{selector}"]', "x", "x")
    tree = LexborHTMLParser(f"<body>{page}")
    begin = time.process_time()
    tree.css(selector)
    assert time.process_time() - begin < 2


def test_a_file_made_to_be_slow_is_read_at_once():
    slow = ["a." * 200 + f"b{number} = 1" for number in range(300)]
    begin = time.process_time()
    assert "unknown key `a`" in told("\n".join(slow))[0]
    assert time.process_time() - begin < 5


# -- the document ----------------------------------------------------------------------------------------------------


def test_every_setting_stands_in_the_document_and_no_other():
    told = re.findall(r"^\| `([\w.]+)`", (ROOT / "docs/adding-a-site.md").read_text(), re.M)
    assert sorted(told) == sorted(key for key, _ in list_settings(Site()))
