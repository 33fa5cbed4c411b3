"""The lines that ``certcheck FILE`` prints for people: in words of a language, or in certcheck's codes."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from certcheck import japan
from certcheck.reports.report import FileError, FileReport

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import datetime

    from certcheck.errors import Failure
    from certcheck.reports.report import CertificateReport, Holder, Report
    from certcheck.revocation.judge import Revocation
    from certcheck.x509.remarks import Remark

CODES = {
    "command.line": "{label:10} {text}",
    "command.none": "-",
    "command.issuer": "issuer",
    "command.valid": "valid",
    "command.authority": "authority",
    "command.renewal": "renewal",
    "command.chain": "chain",
    "command.revocation": "revocation",
    "command.period": "{first} to {last}",
    "command.with": "{text} ({more})",
    "command.by.none": "not recognised",
    "command.list": "list of {issuer}: {made}, next {due}, {n} entries",
    "command.refused_by": "refused by {program}",
    "command.revoked": "revoked on {day} ({reason})",
    "command.not_listed": "not on the list of {made}, next {due}",
    "command.revocation_unknown": "unknown: {problems}",
    "command.unknown_day": "an unknown day",
    "reason.none": "no reason given",
    "command.current": "{authority} {user}: current is serial {serial}",
    "command.newest": (
        "{authority} {user}: newest by its dates, which no trust anchor proves, is serial {serial}"
    ),
    "command.other": "serial {serial}: {advice}",
    "command.key_fits": "fits {subject}",
    "command.key_fits_none": "fits none",
    "command.unchecked": "Revocation is not checked.",
}
"""What stands in place of words where there are none; other codes stand for themselves."""

_NEXT = {
    "password_required": "command.next.password_required",
    "many_iterations": "command.next.patient",
    "forms_untried": "command.next.patient",
    "password_of_mac": "command.next.mac",
    "mac": "command.next.mac",
}
"""What to do next, by the last part of an error's code of words."""


class SentenceWriter:
    """Writes the lines of a report."""

    def __init__(self, words: Mapping[str, str]) -> None:
        """Take the words by code; none for certcheck's codes."""
        self._words = words

    def format_report(self, report: Report) -> Iterator[str]:
        """Yield the lines of a report."""
        certificates: dict[str, CertificateReport] = {}
        for file in report.files:
            if isinstance(file, FileReport):
                certificates |= {certificate.sha256: certificate for certificate in file.certificates}
        for file in report.files:
            if isinstance(file, FileError):
                yield f"{file.name}: {self._format_failure(file.error)}"
            else:
                yield f"{file.name}: {self._say(f'command.format.{file.format}')}"
                yield from self._format_file(file, certificates)
        for holder in report.holders:
            yield from self._format_holder(holder, certificates)
        if not any(isinstance(file, FileReport) and file.revocation_lists for file in report.files):
            yield self._say("command.unchecked")

    def _say(self, code: str, **values: object) -> str:
        """Return the words of a code with their values; without words the last part of the code."""
        template = self._words.get(code) or CODES.get(code)
        return template.format(**values) if template else code.rpartition(".")[2]

    def _format_instant(self, instant: datetime | None) -> str:
        """Format an instant: in words on Japan's clock, without T and offset."""
        if instant is None:
            return self._say("command.none")
        if not self._words:
            return japan.format_instant(instant)
        with suppress(ValueError):  # RFC 5280 4.1.2.5's "never expires" has no later day
            instant = japan.convert_instant(instant)
        return japan.format_instant(instant)[:19].replace("T", " ")

    def _format_file(self, file: FileReport, certificates: Mapping[str, CertificateReport]) -> Iterator[str]:
        for certificate in file.certificates:
            yield from self._format_certificate(certificate)
        for described in file.revocation_lists:
            made, due = map(self._format_instant, (described.this_update, described.next_update))
            values = {"issuer": described.issuer, "made": made, "due": due, "n": described.entries}
            yield f"  {self._say('command.list', **values)}"
        if file.private_key:
            for sha256 in file.private_key.fits:
                yield f"  {self._say('command.key_fits', subject=certificates[sha256].subject)}"
            if not file.private_key.fits:
                yield f"  {self._say('command.key_fits_none')}"
        for program in file.refused_by:
            yield f"  {self._say('command.refused_by', program=self._say(f'refused_by.{program}'))}"
        for failure in file.failures:
            yield f"  {self._format_failure(failure)}"

    def _format_certificate(self, certificate: CertificateReport) -> Iterator[str]:
        yield f"  {certificate.subject}"
        lines = [
            ("issuer", certificate.issuer),
            ("valid", self._format_validity(certificate)),
            ("authority", self._format_authority(certificate)),
            ("renewal", self._format_renewal(certificate)),
            ("chain", self._say(f"chain.{certificate.chain.status}")),
        ]
        if certificate.revocation:
            lines.append(("revocation", self._format_revocation(certificate.revocation)))
        for label, text in lines:
            yield f"    {self._say('command.line', label=self._say(f'command.{label}'), text=text)}"
        for remark in certificate.remarks:
            label = self._say(f"command.remark.{remark.code}")
            yield f"    {self._say('command.line', label=label, text=self._format_remark(remark))}"

    def _format_validity(self, certificate: CertificateReport) -> str:
        first, last = map(self._format_instant, (certificate.not_before, certificate.not_after))
        period = self._say("command.period", first=first, last=last)
        validity = self._say(f"command.validity.{certificate.validity}")
        return (
            self._say("command.with", text=period, more=validity) if self._words else f"{period}: {validity}"
        )

    def _format_authority(self, certificate: CertificateReport) -> str:
        authority = certificate.authority
        name = self._say(f"authority.{authority}") if authority else self._say("command.none")
        evidence = self._say(f"command.by.{certificate.recognised_by or 'none'}")
        return self._say("command.with", text=name, more=evidence)

    def _format_renewal(self, certificate: CertificateReport) -> str:
        renewal, none = certificate.renewal, self._say("command.none")
        first, last = str(renewal.opens_on or none), str(renewal.closes_on or none)
        period = self._say("command.period", first=first, last=last)
        if not self._words:
            return f"{renewal.status}, {period}"
        verdict = self._say(f"renewal.{certificate.headline}")
        has_period = bool(renewal.opens_on and renewal.closes_on)
        return self._say("command.with", text=verdict, more=period) if has_period else verdict

    def _format_revocation(self, revocation: Revocation) -> str:
        if revocation.status == "unknown":
            codes = dict.fromkeys(problem.code for problem in revocation.problems)
            problems = [self._say(f"revocation.problem.{code}") for code in codes]
            return self._say("command.revocation_unknown", problems=", ".join(problems))
        if revocation.status == "revoked":
            day = self._format_instant(revocation.revoked_on) if revocation.revoked_on else None
            reason = self._say(f"reason.{revocation.reason or 'none'}")
            return self._say("command.revoked", day=day or self._say("command.unknown_day"), reason=reason)
        made, due = map(self._format_instant, (revocation.this_update, revocation.next_update))
        return self._say("command.not_listed", made=made, due=due)

    def _format_remark(self, remark: Remark) -> str:
        field = self._say(f"remark.field.{remark.field}")
        return self._say("command.with", text=field, more=remark.detail) if remark.detail else field

    def _format_holder(self, holder: Holder, certificates: Mapping[str, CertificateReport]) -> Iterator[str]:
        values = {
            "authority": self._say(f"authority.{holder.authority}"),
            "user": holder.user_id or "-",
            "serial": certificates[holder.current].serial,
        }
        yield self._say("command.current" if holder.proven else "command.newest", **values)
        for other in holder.others:
            advice = self._say(f"command.advice.{other.advice}")
            if not self._words:
                advice = f"{advice} ({other.reason})"
            serial = certificates[other.sha256].serial
            yield f"  {self._say('command.other', serial=serial, advice=advice)}"

    def _format_failure(self, failure: Failure) -> str:
        """Format what is wrong, where, and the option that helps."""
        code, detail = failure.code, failure.detail
        if not self._words:
            values = ", ".join(f"{name} {value}" for name, value in detail.items())
            return self._say("command.with", text=code, more=values) if values else code
        name = self._select_words(failure)
        text = self._say(name)
        places = [
            self._say(f"command.place.{place}", value=value)
            for place, value in detail.items()
            if f"command.place.{place}" in self._words and f"found.{value}" not in self._words
        ]
        if places:
            text = self._say("command.with", text=text, more=", ".join(places))
        hint = _NEXT.get(name.rpartition(".")[2])
        return f"{text} {self._say(hint)}" if hint else text

    def _select_words(self, failure: Failure) -> str:
        """Select the code of the most telling words, as the page does."""
        code, detail = failure.code, failure.detail
        if f"found.{detail.get('found')}" in self._words:
            return f"found.{detail['found']}"
        if detail.get("what") == "iterations":
            return "error.many_iterations"
        if code == "wrong_password" and "where" in detail:
            return "error.password_of_mac"
        if code == "damaged":
            place = detail.get("where") or (
                "part" if "part" in detail else "cut" if "expected" in detail else ""
            )
            return f"damaged.{place}" if f"damaged.{place}" in self._words else "error.damaged"
        return f"error.{code}"
