"""certcheck reads client certificates and judges whether they can be renewed, or have to be.

    from certcheck import InputFile, inspect, rules

    report = inspect([InputFile("x.cer", data)], rules.packaged(), at=datetime.now(UTC))
    print(report.to_json())

No clock, no network, no locale: time and rules are arguments, results are codes and values.

Rooms, none of which imports one to its right: `asn1`, `x509`, `formats`, `rules`, `paths`, `revocation`,
`reports`, `cli`.
For all of them: `errors`, `japan`, `limits`. `inspection` leads from files to a report, `browser` is what the
page calls, `__main__` the command line.
"""

from certcheck.errors import UnusableInput
from certcheck.inspection import InputFile, inspect
from certcheck.reports.report import Report
from certcheck.rules.authority_rules import Rules
from certcheck.rules.json_fields import RulesError

__all__ = ["InputFile", "Report", "Rules", "RulesError", "UnusableInput", "inspect"]
