"""Pages that need a browser, with the real one where it is installed; without, what is missing is told."""

import importlib.util
import json
import shutil
import time
from pathlib import Path

import pytest
from scrapy.http import HtmlResponse
from small_server import serving

from clearwell.errors import SiteConfigError
from samples.trouble import SCRIPTED
from spiders import rendering
from spiders.rendering import BROWSERS, check_browser

needs_browser = pytest.mark.skipif(
    importlib.util.find_spec("playwright") is None or not any(map(shutil.which, BROWSERS)),
    reason="needs a browser: pip install 'clearwell[browser]' and apt-get install chromium",
)

TEXT = "Broth moistens what is dry and carries salt and water into a tired body, evening after evening. " * 6


@pytest.fixture
def crawl(run, home, tmp_path):
    """Crawl addresses with a browser; the articles by path, and the reasons of the others."""

    def start(base, *paths, **settings):
        sites = tmp_path / "sites"
        sites.mkdir(exist_ok=True)
        (sites / "mine.toml").write_text(f'start = ["{base}/list"]\nbrowser = true\n[politeness]\ndelay = 0\n')
        (tmp_path / "list.txt").write_text("".join(f"{base}{path}\n" for path in paths))
        home["CLEARWELL_HOME"] = str(tmp_path)
        options = [part for key, value in settings.items() for part in ("-s", f"{key}={value}")]
        done = run(
            "crawl", "article", "-a", "site=mine", "-a", f"urls={tmp_path / 'list.txt'}",
            "-a", f"start={base}/list", *options, command="scrapy",
        )  # fmt: skip
        output = Path(home["CLEARWELL_OUTPUT"])
        articles = [json.loads(line) for line in (output / "articles.jsonl").read_text().splitlines()]
        rejected = [json.loads(line) for p in output.glob("rejected/*.jsonl") for line in p.read_text().splitlines()]
        bodies = {article["url"].removeprefix(base): article["articleBody"] for article in articles}
        return bodies, {record["url"].removeprefix(base): record["reason"] for record in rejected}, done

    return start


@needs_browser
def test_the_article_that_only_a_script_shows(crawl, farm):
    path = f"/trouble/{SCRIPTED}.html"
    articles, _, done = crawl(farm, path)
    assert "Broth has comforted the sick" in articles[path]
    assert "Boil them up once before they are served again." in articles[path]
    assert "log_count/ERROR" not in done.stderr


def page(script):
    return "text/html", f"<title>Soup</title><div id=r>Wait</div><script>{script}</script>"


SHOW = f"document.getElementById('r').innerHTML = '<h1>Soup</h1><p>{TEXT}</p>';"


@needs_browser
def test_what_a_page_asks_for_passes_our_own_downloader_or_does_not_leave(crawl):
    """A second loopback address plays the network that a page must not reach by itself."""
    with serving({"/data": ("text/plain", "secret")}, host="127.0.0.2") as (other, asked_there):
        tries = f"""{SHOW}
            new Image().src = "{other}/image"; navigator.sendBeacon("{other}/beacon", "x");
            new WebSocket("{other.replace("http", "ws")}/socket"); new EventSource("{other}/events");
            fetch("{other}/post", {{method: "POST", body: "x"}}).catch(() => 0);
            document.body.append(Object.assign(document.createElement("iframe"), {{src: "{other}/frame"}}));
            document.body.append(Object.assign(document.createElement("video"), {{src: "{other}/video"}}));
            const peer = new RTCPeerConnection({{iceServers: [{{urls: "stun:127.0.0.2:3478"}}]}});
            peer.createDataChannel("x"); peer.createOffer().then(offer => peer.setLocalDescription(offer));
            fetch("/private").then(a => a.text()).then(text => document.body.append("got " + text)).catch(() => 0);
            fetch("/open").then(a => a.text()).then(text => document.body.append(text)).catch(() => 0);
            setTimeout(() => location.href = "{other}/away", 100);"""
        table = {
            "/soup": page(tries),
            "/robots.txt": ("text/plain", "User-agent: *\nDisallow: /private\n"),
            "/private": ("text/plain", "what robots.txt keeps"),
            "/open": ("text/plain", "Serve it hot."),
        }
        with serving(table) as (base, asked):
            articles, _, _ = crawl(base, "/soup")
    assert TEXT.strip() in articles["/soup"]
    assert asked_there == []
    assert "/open" in asked
    assert "/private" not in asked


@needs_browser
def test_pages_made_to_hurt_a_browser_cost_only_themselves(crawl):
    table = {
        "/loop": page("while (true) {}"),
        "/many": page(SHOW + "for (let n = 0; n < 500; n++) fetch('/data/' + n).catch(() => 0);"),
        "/alert": page(SHOW + "alert('x'); confirm('y'); window.open('/loop'); print();"),
        "/huge": page("document.body.append('x'.repeat(1 << 20));"),
        "/crash": page("const all = []; while (true) all.push(new Array(1 << 20).fill(Math.random()));"),
        "/fine": page(SHOW),
        "/target": page(SHOW.replace("Broth", "Stock")),
        "/plain": ("text/html", f"<title>Plain</title><h1>Plain</h1><p>{TEXT.replace('Broth', 'Tea')}</p>"),
        "/moved": ("to", "/target"),
    }
    with serving(table) as (base, asked):
        begin = time.monotonic()
        articles, reasons, done = crawl(
            base, *(table.keys() - {"/target"}), CLEARWELL_RENDER_SECONDS=15, DOWNLOAD_MAXSIZE=500_000
        )
    assert {"/fine", "/plain"} <= set(articles)
    assert {path: reasons.get(path) for path in ("/loop", "/huge", "/moved")} == {
        "/loop": "browser-timeout", "/huge": "too-large", "/moved": "redirected"
    }  # fmt: skip
    assert reasons["/crash"] in ("browser-failed", "browser-timeout")
    assert sum(path.startswith("/data/") for path in asked) <= rendering.MAX_REQUESTS
    assert "Traceback" not in done.stderr
    assert time.monotonic() - begin < 110


def test_a_rendered_page_is_not_vouched_for_by_the_empty_one():
    headers = {
        "ETag": '"shell"',
        "Last-Modified": "x",
        "Content-Type": "text/html; charset=latin-1",
        "X-Robots-Tag": "none",
    }
    rendered = rendering._with_body(HtmlResponse("https://a.example/", headers=headers, body=b"<p>"), "<p>Brühe")
    assert (rendered.text, rendered.url) == ("<p>Brühe", "https://a.example/")
    kept = {"content-type": ["text/html; charset=utf-8"], "x-robots-tag": ["none"]}
    assert {name.decode().lower(): [v.decode() for v in values] for name, values in rendered.headers.items()} == kept


def test_without_the_extra_what_to_install_is_told(monkeypatch):
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    with pytest.raises(SiteConfigError, match=r"`mine` has `browser = true`.*pip install 'clearwell\[browser\]'"):
        check_browser("mine")


@pytest.mark.skipif(importlib.util.find_spec("playwright") is None, reason="needs the extra `browser`")
def test_without_a_browser_what_to_install_is_told(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("PLAYWRIGHT_BROWSERS_PATH", str(tmp_path))
    with pytest.raises(SiteConfigError, match="apt-get install chromium"):
        check_browser("mine")
