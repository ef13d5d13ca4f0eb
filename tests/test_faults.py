"""What hostile and broken servers do, each met in one real crawl: how every address ends, and whom nobody called.

127.0.0.1 is the only network the crawl may enter; servers on 127.0.0.2 and ::1, at the same port, play what is inside.
"""

import json
import os
import socket
import subprocess
import sys
from contextlib import ExitStack
from dataclasses import asdict, dataclass
from pathlib import Path

import pytest
from filelock import FileLock
from scrapy import Request

from tests.certificates import write_certificates
from tests.fault_cases import NAMES, PATHS, ROBOTS_INSIDE, STEPS, article, cases
from tests.hostile import MEGABYTE, Answer, make_response, redirect, refuse_connections, serve_hostile, stay_silent

ROOT = Path(__file__).resolve().parents[1]
SECONDS = 7  # DOWNLOAD_TIMEOUT of the crawl
SETTINGS = {
    "DOWNLOAD_TIMEOUT": SECONDS,
    "DOWNLOAD_MAXSIZE": 2 * MEGABYTE,
    "DOWNLOAD_DELAY": 0,
    "AUTOTHROTTLE_ENABLED": False,
    "CONCURRENT_REQUESTS": 32,
    "CONCURRENT_REQUESTS_PER_DOMAIN": 32,
    "RETRY_TIMES": 0,
    "TWISTED_DNS_RESOLVER": "tests.names.TableResolver",
}


@dataclass(frozen=True)
class Crawl:
    """What one crawl of all cases came to."""

    ports: dict[str, int]
    articles: list[str]
    rejected: dict[str, str]
    inside_connections: int
    heads: dict[str, str]
    stats: dict[str, int]
    log: str


@pytest.fixture(scope="session")
def crawl(tmp_path_factory: pytest.TempPathFactory) -> Crawl:
    """All cases, crawled once, also when several processes share the tests."""
    shared = (
        tmp_path_factory.getbasetemp().parent
        if os.environ.get("PYTEST_XDIST_WORKER")
        else tmp_path_factory.getbasetemp()
    )
    outcome = shared / "faults.json"
    with FileLock(f"{outcome}.lock"):
        if not outcome.exists():
            outcome.write_text(json.dumps(asdict(run_crawl(tmp_path_factory.mktemp("faults")))))
        return Crawl(**json.loads(outcome.read_text()))


def run_crawl(folder: Path) -> Crawl:
    certificates = write_certificates(folder, "secure.test")
    answers: dict[str, Answer] = {path: answer for path, answer, _ in PATHS.values()} | STEPS
    answers |= {"/mixed": make_response(article("mixed answers")), "/last": make_response(article("the last page"))}
    with ExitStack() as stack:
        outside = stack.enter_context(serve_hostile(answers))
        secure = stack.enter_context(serve_hostile(answers, tls=certificates.server))
        self_signed = stack.enter_context(serve_hostile(answers, tls=certificates.self_signed))
        inside = [stack.enter_context(serve_hostile(answers, host, outside.port)) for host in ("127.0.0.2", "::1")]
        robots = stack.enter_context(serve_hostile(ROBOTS_INSIDE))
        ports = {
            "silent": stack.enter_context(serve_hostile({"": stay_silent})).port,
            "full": stack.enter_context(refuse_connections()),
            "robots": robots.port,
            "port": outside.port,
            "tls": secure.port,
            "self_signed": self_signed.port,
            "dead": free_port(),
        }
        answers["/down"] = redirect(f"http://good.test:{outside.port}/good")
        for table in (answers, ROBOTS_INSIDE):
            for path, answer in table.items():
                if isinstance(answer, bytes):
                    table[path] = answer.replace(b"{port}", str(outside.port).encode())
        (folder / "urls.txt").write_text(
            "\n".join(
                [f"http://127.0.0.1:{outside.port}/sitemap.xml", *(address for address, _ in cases(ports).values())]
            )
        )
        log, stats = start_scrapy(folder, certificates.authority)
        output = folder / "output"
        articles = [json.loads(line)["url"] for line in (output / "articles.jsonl").read_text().splitlines()]
        rejected = {
            record["url"]: record["reason"]
            for path in (output / "rejected").glob("*.jsonl")
            for record in map(json.loads, path.read_text().splitlines())
        }
        return Crawl(ports, articles, rejected, sum(s.connections for s in inside), outside.heads, stats, log)


def start_scrapy(folder: Path, authority: Path) -> tuple[str, dict[str, int]]:
    places = {"CLEARWELL_OUTPUT": str(folder / "output"), "CLEARWELL_STORE": str(folder / "store.sqlite")}
    environment = {
        **os.environ, **places, "CLEARWELL_ALLOWED_NETWORKS": "127.0.0.1", "SSL_CERT_FILE": str(authority)
    }  # fmt: skip
    settings = SETTINGS | {"TEST_NAMES": json.dumps(NAMES)}
    options = [option for name, value in settings.items() for option in ("-s", f"{name}={value}")]
    command = [str(Path(sys.executable).with_name("scrapy")), "crawl", "article", "-a", f"urls={folder / 'urls.txt'}"]
    done = subprocess.run(
        [*command, *options],
        env=environment, cwd=ROOT, capture_output=True, timeout=120, check=True,
    )  # fmt: skip
    log = done.stderr.decode()
    stats = {}
    for line in log.partition("Dumping Scrapy stats:")[2].splitlines():
        name, _, value = line.strip(" {},").partition(": ")
        if value.strip("'").isdecimal():
            stats[name.strip("'")] = int(value)
    return log, stats


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port: int = listener.getsockname()[1]
        return port


def as_recorded(address: str) -> str:
    """The address as a crawl writes it: escaped, in ASCII, without a password; what is none stays as it is."""
    try:
        return Request(address.replace("user:word@", "")).url
    except ValueError:
        return address


@pytest.mark.parametrize("name", cases({}))
def test_a_fault_ends_with_its_reason(crawl: Crawl, name: str) -> None:
    address, reason = cases(crawl.ports)[name]
    if reason is None:
        assert address in crawl.articles, crawl.rejected.get(address)
    else:
        assert crawl.rejected.get(as_recorded(address)) == reason


def test_nobody_inside_was_called(crawl: Crawl) -> None:
    assert crawl.inside_connections == 0


def test_the_crawl_ends_well_and_without_a_word_of_its_own_errors(crawl: Crawl) -> None:
    assert "'finish_reason': 'finished'" in crawl.log
    errors = [line for line in crawl.log.splitlines() if " ERROR: " in line or " CRITICAL: " in line]
    assert [line for line in errors if "Error downloading" not in line] == []  # Scrapy's word for a lost robots.txt


def test_no_address_is_silent(crawl: Crawl) -> None:
    ended = {*crawl.articles, *crawl.rejected}
    assert {as_recorded(address) for address, _ in cases(crawl.ports).values()} - ended == set()


def test_nothing_is_carried_to_another_host(crawl: Crawl) -> None:
    head = crawl.heads["/landed"].lower()
    assert "other.test" in head
    for header in ("cookie:", "authorization:", "referer:"):
        assert header not in head


def test_a_redirect_cannot_write_headers(crawl: Crawl) -> None:
    (head,) = [head for path, head in crawl.heads.items() if path.startswith("/injected")]
    assert "\r\nX-Evil" not in head


def test_a_redirect_down_to_http_is_counted(crawl: Crawl) -> None:
    assert crawl.stats["clearwell/redirects_to_http"] == 1
