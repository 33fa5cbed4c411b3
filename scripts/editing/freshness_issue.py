"""Keeps one issue on GitHub with what scripts/freshness says: opened, brought up to date, closed.

.github/workflows/freshness.yml runs ``freshness_issue REPORT STATUS``, with GitHub's own variables and TOKEN.
"""

import json
import os
import sys
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

LABEL = "freshness"
_SECONDS = 30


def ask(method: str, path: str, data: dict[str, Any] | None = None) -> Any:  # noqa: ANN401  # whatever JSON says
    """GitHub's answer about the issues of this repository.

    Raises:
        OSError: it could not be asked, or refused.
    """
    address = f"{os.environ['GITHUB_API_URL']}/repos/{os.environ['GITHUB_REPOSITORY']}/issues{path}"
    headers = {"Accept": "application/vnd.github+json", "Authorization": f"Bearer {os.environ['TOKEN']}"}
    body = None if data is None else json.dumps(data).encode()
    request = Request(address, body, headers, method=method)  # noqa: S310  # GitHub's own variable names the host
    with urlopen(request, timeout=_SECONDS) as answer:  # noqa: S310  # the same
        return json.load(answer)


def keep(report: str, *, needed: bool) -> str:
    """Open, change or close the issue.

    Args:
        report: Markdown; its first line is the heading.
        needed: something is out of date.

    Returns:
        What was done.
    """
    heading, _, body = report.partition("\n")
    issue = {"title": heading.removeprefix("# "), "body": body.strip()}
    found = ask("GET", f"?state=open&labels={LABEL}&per_page=1")
    if found:
        number = found[0]["number"]
        ask("PATCH", f"/{number}", issue if needed else {**issue, "state": "closed"})
        return f"{'updated' if needed else 'closed'} #{number}"
    if not needed:
        return "nothing to report"
    return f"opened #{ask('POST', '', {**issue, 'labels': [LABEL]})['number']}"


if __name__ == "__main__":
    print(keep(Path(sys.argv[1]).read_text(encoding="utf-8"), needed=sys.argv[2] != "0"))
