"""The server as a learner meets it: a terminal command that opens the course and closes it."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
import pytest

from course.desk import DeskError, browser, running, running_course, server

pytestmark = pytest.mark.kernel

OPEN = """\
import sys
from pathlib import Path
from course.desk import open_course
open_course(Path(sys.argv[1]), port=int(sys.argv[2]), browser=sys.argv[3] == "browser")
"""


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "START.md").write_text("# Start\n")
    return tmp_path


@contextmanager
def taken_port() -> Iterator[int]:
    """A port that something else is listening on."""
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        yield other.getsockname()[1]


def get(url: str, token: str = "", method: str = "GET") -> tuple[int, bytes]:
    request = urllib.request.Request(
        url, method=method, headers={"Authorization": f"token {token}"}
    )
    with urllib.request.urlopen(request, timeout=10) as answer:
        return answer.status, answer.read()


def opened(folder: Path, port: int, *arguments: str) -> "subprocess.Popen[str]":
    environment = {k: v for k, v in os.environ.items() if not k.endswith("DISPLAY")}
    environment.pop("BROWSER", None)
    return subprocess.Popen(
        [sys.executable, "-c", OPEN, str(folder), str(port), *(arguments or ["no"])],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env=environment,
    )


def read_until(process: "subprocess.Popen[str]", pattern: str) -> str:
    assert process.stdout
    said = ""
    for line in process.stdout:
        said += line
        if re.search(pattern, said):
            return said
    pytest.fail(f"{pattern!r} was never said, but: {said}")


def test_a_taken_port_means_the_next_one(folder):
    with taken_port() as taken, running_course(folder, port=taken) as course:
        assert course.port != taken
        assert (
            course.url == f"http://127.0.0.1:{course.port}/lab/tree/START.md?token={course.token}"
        )
        status, page = get(course.url)
        assert status == 200
        assert b"lead-the-deal" in page, "the extension is announced to Lab"


def test_the_server_is_local_and_keeps_its_token(folder):
    with running_course(folder, port=18890) as course:
        assert len(course.token) >= 32
        listening = psutil.Process(course.pid).net_connections(kind="inet")
        assert {c.laddr.ip for c in listening if c.status == psutil.CONN_LISTEN} == {"127.0.0.1"}
        with pytest.raises(urllib.error.HTTPError, match="403"):
            get(f"{course.address}api/contents", token="wrong")
        status, data = get(f"{course.address}api/contents", token=course.token)
        assert (status, [f["name"] for f in json.loads(data)["content"]]) == (200, ["START.md"])


@pytest.mark.parametrize("stop", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_it_says_where_it_is_and_stops_at_once(folder, stop):
    with taken_port() as taken:
        process = opened(folder, taken)
        said = read_until(process, "was not opened")
    assert f"Port {taken} is in use" in said
    assert re.search(r"http://127\.0\.0\.1:\d+/lab/tree/START\.md\?token=\w+", said)
    assert "--no-browser" in said
    children = psutil.Process(process.pid).children(recursive=True)
    assert children
    before = time.monotonic()
    process.send_signal(stop)
    rest, _ = process.communicate(timeout=15)
    assert process.returncode == 0
    assert time.monotonic() - before < 5
    assert "Your work is saved" in rest
    assert "Traceback" not in said + rest
    assert psutil.wait_procs(children, timeout=5)[1] == []


def test_a_folder_that_is_open_is_shown_not_opened_twice(folder):
    with running_course(folder, port=18893) as course:
        process = opened(folder, 18893)
        said, _ = process.communicate(timeout=30)
        assert process.returncode == 0
        assert "open already" in said
        assert course.url in said
        get(course.url)


def test_what_was_left_behind_is_not_a_running_server(folder, tmp_path, monkeypatch):
    monkeypatch.setattr(running, "jupyter_runtime_dir", lambda: str(tmp_path))
    about = {"pid": os.getpid(), "root_dir": str(folder), "url": "u", "port": 1, "token": "t"}
    (tmp_path / "jpserver-0.json").write_text("{")
    (tmp_path / "jpserver-1.json").write_text("[]")
    file = tmp_path / "jpserver-2.json"
    file.write_text(json.dumps(about))
    found = running.server_on(folder)
    assert found
    assert found.pid == os.getpid()
    os.utime(file, (1, 1))
    assert running.server_on(folder) is None


def test_shutting_down_from_the_menu_is_a_normal_end(folder):
    process = opened(folder, 18891)
    said = read_until(process, "was not opened")
    address, token = re.search(r"(http://127\.0\.0\.1:\d+/)lab/\S+token=(\w+)", said).groups()
    get(f"{address}api/shutdown", token, method="POST")
    rest, _ = process.communicate(timeout=15)
    assert process.returncode == 0
    assert "Your work is saved" in rest


def test_without_a_display_it_says_so(folder):
    process = opened(folder, 18892, "browser")
    said = read_until(process, "was not opened")
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=15)
    if sys.platform.startswith("linux"):
        assert "no display" in said


def test_a_server_that_does_not_start_says_why(folder, monkeypatch):
    monkeypatch.setattr(server, "_command", lambda *_: [sys.executable, "-c", "print(6 * 'x')"])
    said = r"ended at once.*\n  xxxxxx\nTry again"
    with pytest.raises(DeskError, match=said), running_course(folder):
        pass


def test_a_browser_that_cannot_be_opened_is_a_reason_not_an_error(monkeypatch):
    monkeypatch.setenv("DISPLAY", ":0")
    monkeypatch.setattr(browser.webbrowser, "open", lambda url: False)
    assert browser.open_browser("http://127.0.0.1/") == "no browser was found"
    monkeypatch.setattr(browser.webbrowser, "open", lambda url: True)
    assert browser.open_browser("http://127.0.0.1/") is None
