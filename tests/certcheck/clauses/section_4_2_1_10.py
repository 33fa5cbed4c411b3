"""RFC 5280 4.2.1.10: all names below a CA lie in its permitted subtrees and outside its excluded ones.

A mail address in the subject counts where subjectAltName has none.
"""

from __future__ import annotations

from cryptography import x509

from tests.certcheck.clauses.case import ROOT, draw, issue_ca, issue_holder
from tests.support.mint import Identity, build_extension, build_name, mint

MAIL_HERE = x509.RFC822Name("example.co.jp")
OWN_SUBJECT = x509.DirectoryName(mint().certificate.subject)


def issue_limited_ca(
    permitted: list[x509.GeneralName] | None, excluded: list[x509.GeneralName] | None
) -> Identity:
    """Issue a CA with name constraints."""
    return issue_ca(ROOT, build_extension(x509.NameConstraints(permitted, excluded)))


HERE = issue_limited_ca([MAIL_HERE], None)
ELSEWHERE = issue_limited_ca([x509.RFC822Name("elsewhere.jp")], None)
NOT_HERE = issue_limited_ca(None, [MAIL_HERE])
NOT_THIS = issue_limited_ca(None, [OWN_SUBJECT])
IN_JAPAN = issue_limited_ca([x509.DirectoryName(build_name(C="JP"))], None)
IN_SAN = build_extension(x509.SubjectAlternativeName([x509.RFC822Name("a@elsewhere.jp")]), critical=False)
CASES = (
    draw("ROOT -> CA (mail at example.co.jp) -> holder there", issue_holder(HERE), HERE),
    draw(
        "ROOT -> CA (mail at elsewhere.jp) -> holder at example.co.jp, in the subject",
        issue_holder(ELSEWHERE),
        ELSEWHERE,
        code="name_constraints",
    ),
    draw(
        "ROOT -> CA (mail at example.co.jp) -> holder at elsewhere.jp, in subjectAltName",
        issue_holder(HERE, IN_SAN),
        HERE,
        code="name_constraints",
    ),
    draw(
        "ROOT -> CA (no mail at example.co.jp) -> holder there",
        issue_holder(NOT_HERE),
        NOT_HERE,
        code="name_constraints",
    ),
    draw(
        "ROOT -> CA (not this subject) -> holder of this subject",
        issue_holder(NOT_THIS),
        NOT_THIS,
        code="name_constraints",
    ),
    draw(
        "ROOT -> CA (subjects in C=JP) -> holder without C",
        issue_holder(IN_JAPAN),
        IN_JAPAN,
        code="name_constraints",
    ),
)
