"""The scheduled workflow keeps a single report: its step runs with an API of our own that holds issues."""

import json
import os
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML
from typing_extensions import override

from scripts.command import run
from tests.support import ROOT

Issue = dict[str, Any]


class IssueServer(ThreadingHTTPServer):
    """What GitHub's API does with issues, as far as it is needed (REST, "Issues")."""

    def __init__(self) -> None:
        """Begin without any issue."""
        super().__init__(("127.0.0.1", 0), _Handler)
        self.issues: list[Issue] = []


class _Handler(BaseHTTPRequestHandler):
    server: IssueServer

    def do_GET(self) -> None:
        assert self.path == "/repos/someone/guides/issues?state=open&labels=freshness&per_page=1"
        self._answer([issue for issue in self.server.issues if issue["state"] == "open"])

    def do_POST(self) -> None:
        assert self.path == "/repos/someone/guides/issues"
        issue = {"number": len(self.server.issues) + 1, "state": "open", **self._read_body()}
        self.server.issues.append(issue)
        self._answer(issue)

    def do_PATCH(self) -> None:
        issue = self.server.issues[int(self.path.rpartition("/")[2]) - 1]
        issue |= self._read_body()
        self._answer(issue)

    def _read_body(self) -> Issue:
        issue: Issue = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        return issue

    def _answer(self, data: object) -> None:
        assert self.headers["Authorization"] == "Bearer secret"
        body = json.dumps(data).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    @override
    def log_message(self, format: str, *args: object) -> None:
        """Write nothing."""


@pytest.fixture
def github() -> Iterator[IssueServer]:
    """Run the API while the test runs."""
    with IssueServer() as server:
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        yield server
        server.shutdown()


def run_report(folder: Path, github: IssueServer, words: str, status: int) -> int:
    """Run the workflow's step where scripts/freshness prints these words and ends with this status.

    Returns:
        The exit status of the step.
    """
    (folder / "scripts").mkdir(exist_ok=True)
    script = folder / "scripts/freshness"
    script.write_text(f"#!/bin/sh\nprintf '# {words}\\n\\n{words}\\n'\nexit {status}\n", encoding="utf-8")
    script.chmod(0o755)
    (folder / ".venv/bin").mkdir(parents=True, exist_ok=True)
    python = folder / ".venv/bin/python"
    command = f'exec "{sys.executable}" -m scripts.editing.freshness_issue "{folder}/$1" "$2"'
    python.write_text(f'#!/bin/sh\ncd "{ROOT}"\nshift 2\n{command}\n', encoding="utf-8")
    python.chmod(0o755)
    (job,) = YAML(typ="safe").load(ROOT / ".github/workflows/freshness.yml")["jobs"].values()
    step = next(step for step in job["steps"] if step["name"] == "Report")
    names = {
        "GITHUB_API_URL": f"http://127.0.0.1:{github.server_port}",
        "GITHUB_REPOSITORY": "someone/guides",
        "TOKEN": "secret",
    }
    done = run("sh", "-e", "-c", step["run"], cwd=folder, env=os.environ | names, check=False)
    return done.returncode


def test_one_issue_is_opened_kept_up_to_date_and_closed(tmp_path: Path, github: IssueServer) -> None:
    """However often it runs: a second issue is opened only after the first was closed."""
    assert run_report(tmp_path, github, "all is well", 0) == 0
    assert github.issues == []
    assert run_report(tmp_path, github, "one thing", 1) == 0
    assert run_report(tmp_path, github, "two things", 1) == 0
    (issue,) = github.issues
    assert issue == {
        "number": 1,
        "state": "open",
        "title": "two things",
        "body": "two things",
        "labels": ["freshness"],
    }
    assert run_report(tmp_path, github, "all is well", 0) == 0
    assert issue["state"] == "closed"
    assert run_report(tmp_path, github, "again", 1) == 0
    assert [issue["state"] for issue in github.issues] == ["closed", "open"]


def test_facts_that_are_not_in_order_fail_the_workflow(tmp_path: Path, github: IssueServer) -> None:
    """A report of nothing would look like good news."""
    assert run_report(tmp_path, github, "", 2) != 0
    assert github.issues == []


def test_what_is_shipped_with_a_mended_vulnerability_fails_the_workflow(
    tmp_path: Path, github: IssueServer
) -> None:
    """After the issue was opened: it says which."""
    assert run_report(tmp_path, github, "a vulnerability", 3) != 0
    (issue,) = github.issues
    assert (issue["title"], issue["state"]) == ("a vulnerability", "open")
