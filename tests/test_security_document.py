"""docs/security.md says what the tests show; what site files, the environment and settings can open."""

import ast
import json
import re
from pathlib import Path

import pytest

from clearwell.errors import SiteConfigError
from clearwell.storage.site_file import parse_site
from samples.site import expected, list_slugs
from tests.fault_cases import cases

ROOT = Path(__file__).resolve().parents[1]
DOCUMENT = (ROOT / "docs/security.md").read_text()
PROXIES = dict.fromkeys(("http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "ALL_PROXY"), "http://127.0.0.1:9/")


def rows():
    """What each row of the tables of threats says: how it ends (empty where the table does not say), and its tests."""
    for line in DOCUMENT.splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if line.startswith("| ") and len(cells) >= 3 and cells[0] != "Threat":
            yield (cells[2] if len(cells) == 4 else ""), [name.strip("` ") for name in cells[-1].split(";")]


def test_every_test_that_is_named_exists_and_every_case_is_named():
    files = (ROOT / "tests").glob("test_*.py")
    functions = {name for path in files for name in re.findall(r"^def (test_\w+)", path.read_text(), re.M)}
    named = {name for _, names in rows() for name in names}
    assert named - functions - set(cases({})) == set()
    assert set(cases({})) - named == set()
    assert set(re.findall(r"`(test_\w+)`", DOCUMENT)) - functions == set()


def test_every_case_ends_as_the_document_says():
    told = {name: ends for ends, names in rows() for name in names}
    wrong = [(name, reason) for name, (_, reason) in cases({}).items() if reason and f"`{reason}`" not in told[name]]
    assert wrong == []


def test_every_reason_is_in_the_contract():
    contract = (ROOT / "output/README.md").read_text()
    reasons = {reason for _, reason in cases({}).values() if reason and not reason.startswith("http-")}
    assert [reason for reason in sorted(reasons | {"trap"}) if f"`{reason}`" not in contract] == []


def rejections(home):
    folder = Path(home["CLEARWELL_OUTPUT"]) / "rejected"
    lines = [line for path in folder.glob("*.jsonl") for line in path.read_text().splitlines()]
    return {record["url"]: record for record in map(json.loads, lines)}


@pytest.fixture
def sites(home, tmp_path):
    """A folder of site files of the test's own."""
    home["CLEARWELL_HOME"] = str(tmp_path)
    (tmp_path / "sites").mkdir()
    return tmp_path / "sites"


def test_a_site_file_cannot_open_a_network(farm, run, home, sites):
    """Without the setting nothing on loopback is fetched, whatever the file says, and the record tells what to do."""
    home["CLEARWELL_ALLOWED_NETWORKS"] = ""
    (sites / "mine.toml").write_text(f'start = ["{farm}/"]\nhosts = ["127.0.0.1"]\n')
    assert run("crawl", "mine").returncode == 1
    record = rejections(home)[farm + "/"]
    assert record["reason"] == "forbidden-address"
    assert "CLEARWELL_ALLOWED_NETWORKS=127.0.0.1" in record["message"]


@pytest.mark.parametrize("key", ["allowedNetworks", "CLEARWELL_ALLOWED_NETWORKS", "settings", "custom_settings"])
def test_a_site_file_has_no_key_for_networks(key):
    with pytest.raises(SiteConfigError, match="unknown key"):
        parse_site(f'start = ["http://127.0.0.1/"]\n{key} = ["127.0.0.1"]\n', "mine.toml", "mine")


def test_nothing_but_the_door_opens_connections():
    """No module of the product imports what could connect past spiders/safety/handler.py."""
    own = {"pipelines/pool.py": {"socket"}, "pipelines/worker.py": {"socket"}}  # pairs between a process and its child
    connecting = {"socket", "urllib.request", "http.client", "requests", "httpx", "aiohttp", "urllib3", "ftplib"}
    for folder in ("clearwell", "spiders", "pipelines"):
        for path in (ROOT / folder).rglob("*.py"):
            nodes = list(ast.walk(ast.parse(path.read_text())))
            names = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
            names |= {str(node.module) for node in nodes if isinstance(node, ast.ImportFrom)}
            assert names & connecting <= own.get(str(path.relative_to(ROOT)), set()), path


def test_a_wrong_setting_stops_the_crawl(farm, run, home):
    home["CLEARWELL_ALLOWED_NETWORKS"] = "localhost"
    done = run("crawl", farm + "/")
    assert done.returncode == 2
    assert "CLEARWELL_ALLOWED_NETWORKS" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_proxy_of_the_environment_is_not_used(farm, run, home):
    """A proxy would resolve names itself; nothing listens at this one, so a crawl by way of it would find nothing."""
    home |= PROXIES
    assert run("crawl", farm + expected(list_slugs()[0]).path).returncode == 0


def test_a_proxy_that_a_setting_brings_back_is_refused(farm, run, home):
    home |= PROXIES
    options = ("-s", "HTTPPROXY_ENABLED=True", "-s", "DOWNLOAD_DELAY=0", "-s", "RETRY_TIMES=0")
    run("crawl", "article", "-a", f"url={farm}/", *options, command="scrapy")
    assert rejections(home)[farm + "/"]["reason"] == "proxy"
