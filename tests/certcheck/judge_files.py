"""What both Pythons print of the same files: CPython, and Pyodide through report_in_pyodide.mjs."""

from __future__ import annotations

import json

from certcheck.browser import Desk, calendar_ics, report_json, table_csv


def judge(contents: list[bytes], at: str, password: str) -> str:
    """Return the report of each file, of all together, also drawn, and what is made of that, as JSON."""
    each = [report_json([("file", content, password)], at) for content in contents]
    together = report_json([(str(number), content, password) for number, content in enumerate(contents)], at)
    desk = Desk()
    for number, content in enumerate(contents):
        desk.read(number, str(number), content, password)
    drawn = desk.report_json(list(range(len(contents))), at)
    made = [drawn, calendar_ics(together, "{}"), table_csv(together, "{}")]
    return json.dumps([*each, together, *made])
