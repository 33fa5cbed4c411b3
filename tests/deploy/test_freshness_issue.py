"""The scheduled workflow keeps one report: its step, run with an API of our own that remembers issues."""

import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML
from typing_extensions import override

from tests.support import ROOT

Issue = dict[str, Any]


class Issues(ThreadingHTTPServer):
    """What GitHub's API does with issues, as far as it is asked (REST, "Issues")."""

    def __init__(self) -> None:
        """Without any issue."""
        super().__init__(("127.0.0.1", 0), _Handler)
        self.issues: list[Issue] = []


class _Handler(BaseHTTPRequestHandler):
    server: Issues

    def do_GET(self) -> None:
        assert self.path == "/repos/someone/guides/issues?state=open&labels=freshness&per_page=1"
        self._answer([issue for issue in self.server.issues if issue["state"] == "open"])

    def do_POST(self) -> None:
        assert self.path == "/repos/someone/guides/issues"
        issue = {"number": len(self.server.issues) + 1, "state": "open", **self._sent()}
        self.server.issues.append(issue)
        self._answer(issue)

    def do_PATCH(self) -> None:
        issue = self.server.issues[int(self.path.rpartition("/")[2]) - 1]
        issue |= self._sent()
        self._answer(issue)

    def _sent(self) -> Issue:
        sent: Issue = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        return sent

    def _answer(self, data: object) -> None:
        assert self.headers["Authorization"] == "Bearer secret"
        body = json.dumps(data).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    @override
    def log_message(self, format: str, *args: object) -> None:
        """Nothing."""


@pytest.fixture
def github() -> Iterator[Issues]:
    """The API, while the test runs."""
    with Issues() as server:
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        yield server
        server.shutdown()


def report(folder: Path, github: Issues, words: str, status: int) -> int:
    """The workflow's step where scripts/freshness says these words and ends so; how the step ends."""
    (folder / "scripts").mkdir(exist_ok=True)
    script = folder / "scripts/freshness"
    script.write_text(f"#!/bin/sh\nprintf '# {words}\\n\\n{words}\\n'\nexit {status}\n", encoding="utf-8")
    script.chmod(0o755)
    (folder / ".venv/bin").mkdir(parents=True, exist_ok=True)
    python = folder / ".venv/bin/python"
    run = f'exec "{sys.executable}" -m scripts.editing.freshness_issue "{folder}/$1" "$2"'
    python.write_text(f'#!/bin/sh\ncd "{ROOT}"\nshift 2\n{run}\n', encoding="utf-8")
    python.chmod(0o755)
    (job,) = YAML(typ="safe").load(ROOT / ".github/workflows/freshness.yml")["jobs"].values()
    step = next(step for step in job["steps"] if step["name"] == "Report")
    names = {
        "GITHUB_API_URL": f"http://127.0.0.1:{github.server_port}",
        "GITHUB_REPOSITORY": "someone/guides",
        "TOKEN": "secret",
    }
    command = ["sh", "-e", "-c", step["run"]]
    return subprocess.run(command, cwd=folder, env=os.environ | names, check=False).returncode  # noqa: S603  # our own words


def test_one_issue_is_opened_kept_up_to_date_and_closed(tmp_path: Path, github: Issues) -> None:
    """However often it runs: a second one is opened only after the first was closed."""
    assert report(tmp_path, github, "all is well", 0) == 0
    assert github.issues == []
    assert report(tmp_path, github, "one thing", 1) == 0
    assert report(tmp_path, github, "two things", 1) == 0
    (issue,) = github.issues
    assert issue == {
        "number": 1,
        "state": "open",
        "title": "two things",
        "body": "two things",
        "labels": ["freshness"],
    }
    assert report(tmp_path, github, "all is well", 0) == 0
    assert issue["state"] == "closed"
    assert report(tmp_path, github, "again", 1) == 0
    assert [one["state"] for one in github.issues] == ["closed", "open"]


def test_facts_that_are_not_in_order_fail_the_workflow(tmp_path: Path, github: Issues) -> None:
    """A report of nothing would look like good news."""
    assert report(tmp_path, github, "", 2) != 0
    assert github.issues == []
