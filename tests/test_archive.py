"""The archive gives back what it was given, whatever happens to the process or the disk in between."""

import os
import signal
import subprocess
import sys
from datetime import UTC, datetime

import pytest
from warcio.archiveiterator import ArchiveIterator

from clearwell.errors import StoreError
from clearwell.storage.archive import ArchiveWriter, Capture, Place, read_capture

MOMENT = datetime(2026, 11, 25, 4, 30, 15, 250_000, tzinfo=UTC)
KEPT = (("Content-Type", "text/html; charset=gbk"), ("ETag", 'W/"5"'))
HEADERS = (*KEPT, ("Content-Encoding", "br"), ("Set-Cookie", "a=b"))


def capture(number=0, body=b"<p>page</p>", headers=HEADERS):
    return Capture(f"https://health.example/{number}?q=\u4e00", MOMENT, 200, headers, body)


@pytest.mark.parametrize(
    "body", [b"", b"<p>page</p>", bytes(range(256)) * 100, b"WARC/1.1\r\n\r\n\r\n", b"\x1f\x8b" * 9]
)
def test_what_was_archived_comes_back(tmp_path, body):
    with ArchiveWriter(tmp_path, "health.example") as writer:
        places = [writer.write(capture(number, body)) for number in range(3)]
    for number, place in enumerate(places):
        found = read_capture(tmp_path, place)
        assert (found.url, found.fetched_at, found.status) == (capture(number).url, MOMENT, 200)
        assert found.body == body
        assert found.headers == (*KEPT, ("Content-Length", str(len(body))))


def test_the_files_are_warc_files_for_others_too(tmp_path):
    with ArchiveWriter(tmp_path, "health.example") as writer:
        for number in range(3):
            writer.write(capture(number))
    (path,) = (tmp_path / "health.example").iterdir()
    with path.open("rb") as file:
        kinds = [record.rec_type for record in ArchiveIterator(file, check_digests="raise")]
    assert kinds == ["warcinfo", "response", "response", "response"]


def test_a_full_file_is_followed_by_another(tmp_path):
    with ArchiveWriter(tmp_path, "health.example", max_file_bytes=3_000) as writer:
        places = [writer.write(capture(number, os.urandom(2_000))) for number in range(4)]
    assert len({place.file for place in places}) == 2
    assert [read_capture(tmp_path, place).url for place in places] == [capture(number).url for number in range(4)]


def test_two_writers_of_a_site_do_not_meet(tmp_path):
    with ArchiveWriter(tmp_path, "a.example") as one, ArchiveWriter(tmp_path, "a.example") as other:
        places = [writer.write(capture(number)) for number, writer in enumerate((one, other, one, other))]
    assert [read_capture(tmp_path, place).url for place in places] == [capture(number).url for number in range(4)]


def test_no_name_of_a_site_and_no_header_leads_out(tmp_path):
    sly = (("Server", "x\r\nContent-Length: 1\r\n\r\nHTTP/1.1 200 OK"),)
    with ArchiveWriter(tmp_path / "archive", "../../etc") as writer:
        place = writer.write(capture(headers=sly))
    assert [path.name for path in tmp_path.iterdir()] == ["archive"]
    assert read_capture(tmp_path / "archive", place).body == b"<p>page</p>"


KILLED = """
import os, sys
from pathlib import Path
from tests.test_archive import capture
from clearwell.storage.archive import ArchiveWriter
writer = ArchiveWriter(Path(sys.argv[1]), "health.example")
for number in range(10_000):
    place = writer.write(capture(number, os.urandom(5_000)))
    if number % 10 == 9:
        writer.sync()
        print(*place, flush=True)
"""


def test_a_killed_writer_loses_nothing_that_was_synced(tmp_path):
    process = subprocess.Popen([sys.executable, "-c", KILLED, str(tmp_path)], stdout=subprocess.PIPE, text=True)
    lines = [process.stdout.readline() for _ in range(20)]
    process.send_signal(signal.SIGKILL)
    process.wait()
    for number, line in enumerate(lines):
        file, offset, length = line.split()
        assert read_capture(tmp_path, Place(file, int(offset), int(length))).url == capture(number * 10 + 9).url
    with ArchiveWriter(tmp_path, "health.example") as writer:
        assert writer.write(capture()).file != lines[0].split()[0]


@pytest.mark.parametrize(
    ("harm", "says"),
    [
        (lambda path, place: path.unlink(), "No such file"),
        (lambda path, place: path.write_bytes(path.read_bytes()[: place.offset + 50]), "end-of-stream"),
        (lambda path, place: path.write_bytes(b"x" * 10_000), "Not a gzipped file"),
    ],
)
def test_what_is_damaged_is_named(tmp_path, harm, says):
    with ArchiveWriter(tmp_path, "health.example") as writer:
        place = writer.write(capture())
    harm(tmp_path / place.file, place)
    with pytest.raises(StoreError, match=says) as caught:
        read_capture(tmp_path, place)
    assert place.file in str(caught.value)


def test_a_wrong_place_is_named(tmp_path):
    with ArchiveWriter(tmp_path, "health.example") as writer:
        place = writer.write(capture())
    with pytest.raises(StoreError, match="warcinfo"):
        read_capture(tmp_path, Place(place.file, 0, place.offset))


def test_a_disk_without_room_is_named(tmp_path):
    (tmp_path / "health.example").write_text("a file where the folder should be")
    with pytest.raises(StoreError, match=r"archive .*health\.example cannot be written"):
        ArchiveWriter(tmp_path, "health.example").write(capture())
