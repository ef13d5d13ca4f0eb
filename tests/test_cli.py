"""The command line, as a user meets it."""

import json
import re
from pathlib import Path

import pytest

from clearwell import __version__

ARTICLE = (
    "Sleep and the heart. Most adults need seven to nine hours of sleep a night, and those who get less than six have "
    "a higher blood pressure the next day. Harbourview original copyright contact One night does not matter. It is "
    "the habit that counts, and habits can be changed in small steps. Harbourview original copyright contact Begin "
    "with the light."
)


def test_clean_prints_an_article_as_json(run, tmp_path):
    page = tmp_path / "page.txt"
    page.write_text(ARTICLE)
    done = run("clean", "--text", "--url", "https://example.org/sleep?utm_source=x", str(page))
    article = json.loads(done.stdout)
    assert done.returncode == 0
    assert article["canonicalUrl"] == "https://example.org/sleep"
    assert article["site"] == "example.org"
    assert "copyright" not in article["articleBody"]
    assert [removal["category"] for removal in article["cleaning"]["removals"]] == ["watermark", "watermark"]
    assert article["copyrightNotice"] == "Harbourview original copyright contact"


@pytest.mark.parametrize(
    ("form", "start"),
    [
        ("text", "Sleep and the heart."),
        ("markdown", "Sleep and the heart."),
        ("html", "<p>Sleep and the heart."),
        ("json", "{\n"),
    ],
)
def test_clean_prints_every_format(run, form, start):
    done = run("clean", "--text", "--format", form, given=ARTICLE)
    assert done.returncode == 0
    assert done.stdout.startswith(start)


def test_explain_names_every_removal_on_standard_error(run):
    done = run("clean", "--text", "--format", "text", "--explain", "-", given=ARTICLE)
    assert done.stderr.count("Harbourview original copyright contact") == 2
    assert "repeated-notice" in done.stderr
    assert "copyright" not in done.stdout


def test_explain_shows_what_makes_the_health_score(run):
    done = run("clean", "--text", "--explain", "-", given="Sore throat\n\n" + "See a doctor if the fever stays. " * 5)
    score = json.loads(done.stdout)["quality"]["healthScore"]
    assert f"health score {score:.2f}" in done.stderr
    assert re.search(r"doctor +\+\d\.\d\d +doctor\s", done.stderr)
    assert re.search(r"infection +\+\d\.\d\d +sore throat\s", done.stderr)


@pytest.mark.parametrize(
    ("arguments", "given", "code", "says"),
    [
        (("clean", "/no/such/page.html"), "", 2, "/no/such/page.html: No such file"),
        (("clean", "/"), "", 2, "/: Is a directory"),
        (("clean", "--url", "https://example.org/x"), "", 1, "https://example.org/x: empty"),
        (("clean",), b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 9, 1, "binary"),
        (("clean",), '{"a": 1}', 1, "not-html"),
        (("clean",), "<html><body><p>Log in</p></body></html>", 1, "no-article"),
        (("clean", "--format", "pdf"), "x", 2, "pdf"),
        (("crawl",), "", 2, "Missing argument"),
        (("crawl", "sampel"), "", 2, "did you mean `sample`?"),
        (("crawl", "ftp://example.org/x"), "", 2, "only http and https"),
        (("crawl", "FTP://example.org/x"), "", 2, "only http and https"),
        (("crawl", "HTTP://127.0.0.1:9/x"), "", 1, ""),
        (("crawl", "http://127.0.0.1:9/x", "http://127.0.0.1:9/x"), "", 1, ""),  # named twice, crawled once
        (("crawl", "/dev/null"), "", 2, "/dev/null"),
        (("crawl", "x" * 5000), "", 2, "there is no site"),
        (("bulk", "/no/such.jsonl", "out.jsonl"), "", 1, "No such file"),
        (("bulk", "--workers", "0", "a", "b"), "", 2, "workers"),
        (("nonsense",), "", 2, "nonsense"),
    ],
)
def test_bad_use_is_one_clear_line_and_never_a_traceback(run, arguments, given, code, says):
    done = run(*arguments, given=given)
    assert done.returncode == code
    assert says in done.stderr
    assert "Traceback" not in done.stderr + done.stdout


def test_a_site_file_with_a_typing_error_names_file_line_and_key(run, home, tmp_path):
    sites = tmp_path / "sites"
    sites.mkdir()
    (sites / "mine.toml").write_text('start = ["https://example.org/"]\nmaxPage = 3\n')
    home["CLEARWELL_HOME"] = str(tmp_path)
    done = run("crawl", "mine")
    assert done.returncode == 2
    assert f"{sites / 'mine.toml'}, line 2: unknown key `maxPage`; did you mean `maxPages`?" in done.stderr


def put_sites(home, folder, **texts):
    (folder / "sites").mkdir()
    for name, text in texts.items():
        (folder / "sites" / f"{name}.toml").write_text(text)
    home["CLEARWELL_HOME"] = str(folder)


def test_all_site_files_are_checked_at_once(run, home, tmp_path):
    right, odd = 'start = ["https://a.example/"]', 'start = ["https://b.example/"]\nhosts = ["c.example"]'
    put_sites(home, tmp_path, right=right, odd=odd, wrong="maxPage = 3\ndelay = 1")
    done = run("sites", "check")
    assert done.returncode == 2
    place = tmp_path / "sites" / "wrong.toml"
    assert done.stdout.splitlines() == [
        "odd: odd",
        "  start: https://b.example/ is on none of `hosts`",
        "right: right",
        "wrong: wrong",
        f"  {place}, line 1: unknown key `maxPage`; did you mean `maxPages`?",
        f"  {place}, line 2: unknown key `delay`; `delay` stands in the section [politeness]",
    ]
    assert [run("sites", "check", *names).returncode for names in (["right"], ["odd", "right"], ["rigt"])] == [0, 0, 2]


def test_sites_are_listed_and_shown_in_full(run, home, tmp_path):
    text = (
        'start = ["https://a.example/"]\n[schedule]\ncron = "0 4 * * *"\n[[versions]]\nfrom = 2020-01-01\nmaxPages = 7'
    )
    put_sites(home, tmp_path, mine=text, wrong="x")
    listed = run("sites", "list").stdout
    assert "https://a.example/" in listed
    assert "0 4 * * *" in listed
    assert "not valid TOML" in listed
    shown = run("sites", "show", "mine").stdout.splitlines()
    assert {"maxPages = 7", 'schedule.cron = "0 4 * * *"', "politeness.delay = null", "versions = []"} <= set(shown)


def test_a_reader_that_stops_early_is_no_error(home, tmp_path):
    import subprocess
    import sys

    page = tmp_path / "page.txt"
    page.write_text(ARTICLE * 200)
    command = f"'{Path(sys.executable).with_name('clearwell')}' clean --text {page} | head -c 10"
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, env=home, timeout=60, check=False)
    assert done.stdout == '{\n  "schem'
    assert "Traceback" not in done.stderr


def test_version_is_the_packages(run):
    assert run("version").stdout.strip() == __version__
