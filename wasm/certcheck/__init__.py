"""certcheck reads client certificates and says whether they are due.

    from certcheck import InputFile, inspect, rules

    report = inspect([InputFile("x.cer", data)], rules.packaged(), at=datetime.now(UTC))
    print(report.to_json())

No clock, no network, no locale: time and rules are arguments, results are codes and values.
"""

from certcheck.errors import UnusableInput
from certcheck.inspection import InputFile, inspect
from certcheck.reports.report import Report
from certcheck.rules.authority_rules import Rules
from certcheck.rules.json_fields import RulesError

__all__ = ["InputFile", "Report", "Rules", "RulesError", "UnusableInput", "inspect"]
