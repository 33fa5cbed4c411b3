"""Revocation in a report: which lists came along, and what they say of each certificate."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from certcheck.paths.budget import Budget
from certcheck.reports.report import FileReport, RevocationListReport
from certcheck.revocation.judge import ListWithBudget, RevocationJudge

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import datetime

    from certcheck.formats.contents import Contents
    from certcheck.reports.report import CertificateReport, FileError
    from certcheck.x509.certificate import Certificate
    from certcheck.x509.revocation_list import RevocationList


def add_revocation(
    files: Mapping[int, FileReport | FileError],
    contents: Mapping[int, Contents],
    anchors: Iterable[Certificate],
    at: datetime,
    operations: int,
) -> dict[int, FileReport | FileError]:
    """Add to the files' reports what the lists among the files say.

    Args:
        files: reports by the files' numbers, with the certificates' paths.
        contents: of the files that were read.
        anchors: the operator's own copies of trust anchors, which may have issued certificates and lists.
        at: the instant to judge by.
        operations: what it may cost, shared evenly among the files that hold lists.
    """
    judge = RevocationJudge(_share_out(contents, operations), at)
    known = {certificate.sha256: certificate for certificate in anchors}
    for content in contents.values():
        known |= {certificate.sha256: certificate for certificate in content.certificates}
    judged = {
        number: replace(
            file, certificates=tuple(_judge(report, known, judge) for report in file.certificates)
        )
        for number, file in files.items()
        if isinstance(file, FileReport)
    }
    for number, file in judged.items():
        lists = contents[number].revocation_lists
        described = tuple(_describe_list(revocation_list, judge) for revocation_list in lists)
        judged[number] = replace(file, revocation_lists=described)
    return {**files, **judged}


def _share_out(contents: Mapping[int, Contents], operations: int) -> Iterator[ListWithBudget]:
    holding = [content.revocation_lists for content in contents.values() if content.revocation_lists]
    for lists in holding:
        share = Budget(operations // len(holding))
        yield from (ListWithBudget(revocation_list, share) for revocation_list in lists)


def _judge(
    report: CertificateReport, known: Mapping[str, Certificate], judge: RevocationJudge
) -> CertificateReport:
    """Judge a certificate by its issuer's key, which its path names second; a root is in no list."""
    path = report.chain.path
    if len(path) == 1 and report.chain.status in {"trusted", "consistent"}:
        return report
    has_issuer = len(path) > 1 and report.chain.status != "broken"
    revocation = judge.judge(known[report.sha256], known.get(path[1]) if has_issuer else None)
    if revocation is None:
        return report
    if revocation.status == "revoked" and not report.is_ca:
        return replace(report, revocation=revocation, headline="revoked")
    return replace(report, revocation=revocation)


def _describe_list(revocation_list: RevocationList, judge: RevocationJudge) -> RevocationListReport:
    return RevocationListReport(
        issuer=revocation_list.issuer.format_rfc4514(),
        sha256=revocation_list.sha256,
        this_update=revocation_list.this_update,
        next_update=revocation_list.next_update,
        entries=revocation_list.entry_count,
        used=revocation_list.sha256 in judge.verified,
    )
