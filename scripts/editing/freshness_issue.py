"""Keep an issue on GitHub in step with what scripts/freshness says: opened, updated, closed.

.github/workflows/freshness.yml runs ``freshness_issue REPORT STATUS``, with GitHub's own variables and TOKEN.
"""

import json
import os
import sys
from pathlib import Path
from typing import Any

from scripts.editing.web_request import open_address

LABEL = "freshness"
_TIMEOUT = 30  # seconds


def call_api(method: str, path: str, data: dict[str, Any] | None = None) -> bytes:
    """Call GitHub's API of this repository's issues, and return the JSON that it answers.

    Raises:
        OSError: there is no answer, or a refusal.
    """
    address = f"{os.environ['GITHUB_API_URL']}/repos/{os.environ['GITHUB_REPOSITORY']}/issues{path}"
    headers = {"Accept": "application/vnd.github+json", "Authorization": f"Bearer {os.environ['TOKEN']}"}
    body = None if data is None else json.dumps(data).encode()
    with open_address(address, method=method, headers=headers, body=body, timeout=_TIMEOUT) as response:
        return response.read()


def update_issue(report: str, *, is_needed: bool) -> str:
    """Open, change or close the issue.

    Args:
        report: Markdown; its first line is the heading.
        is_needed: something is out of date.

    Returns:
        What was done.
    """
    heading, _, body = report.partition("\n")
    issue = {"title": heading.removeprefix("# "), "body": body.strip()}
    open_issues = json.loads(call_api("GET", f"?state=open&labels={LABEL}&per_page=1"))
    if open_issues:
        number = open_issues[0]["number"]
        call_api("PATCH", f"/{number}", issue if is_needed else {**issue, "state": "closed"})
        return f"{'updated' if is_needed else 'closed'} #{number}"
    if not is_needed:
        return "nothing to report"
    opened = json.loads(call_api("POST", "", {**issue, "labels": [LABEL]}))
    return f"opened #{opened['number']}"


if __name__ == "__main__":
    print(update_issue(Path(sys.argv[1]).read_text(encoding="utf-8"), is_needed=sys.argv[2] != "0"))
