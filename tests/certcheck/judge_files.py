"""The reports that CPython and Pyodide, through report_in_pyodide.mjs, print of the same files."""

from __future__ import annotations

import json

from certcheck.browser import Session, export_calendar, export_table, inspect_files


def judge(contents: list[bytes], at: str, password: str) -> str:
    """Return the report of each file, of all together, drawn as well, and its calendar and table, as JSON."""
    reports = [inspect_files([("file", content, password)], at) for content in contents]
    named_files = [(str(number), content, password) for number, content in enumerate(contents)]
    report = inspect_files(named_files, at)
    session = Session()
    for number, (name, content, _) in enumerate(named_files):
        session.read_file(number, name, content, password)
    drawn = session.judge_files(list(range(len(contents))), at)
    return json.dumps([*reports, report, drawn, export_calendar(report, "{}"), export_table(report, "{}")])
