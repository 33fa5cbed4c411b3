/**
 * What a file means for the question of a step: the first of its findings that holds. Each has a sentence for each question,
 * `answer.<check>.<finding>` of macros/strings/checker/answers.yaml.
 * @import {Certificate, Check, FileReport, Holder} from "./contract.mjs"
 *
 * @typedef {object} Subject What a question is answered about.
 * @property {Certificate} certificate
 * @property {FileReport} file that it was read from
 * @property {Holder[]} holders those with several certificates among the chosen files
 * @property {string | null} expected authority of the step's guide
 *
 * @typedef {"root" | "never_valid" | "no_dates" | "revoked" | "other_system" | "unknown_system" | "not_yet" | "expired" | "too_early" | "open"
 *   | "open_without_end" | "open_after_expiry" | "too_late" | "too_late_to_apply" | "by_application" | "no_address" | "no_user_id" | "no_key"
 *   | "locked" | "no_password" | "no_issuer" | "broken" | "not_examined" | "incomplete" | "consistent" | "trusted"
 *   | "single" | "current" | "newest" | "may_delete_after_login" | "keep" | "no_advice" | "fine"} Finding
 */
import { isHalfOpen } from "./pkcs12-contents.mjs";

/** Findings of a file without a certificate that could be read: they come before all others. */
export const FILE_FINDINGS = /** @type {const} */ (["unreadable", "locked"]);

/** @param {Subject} subject @returns {Holder["others"][number]["advice"] | "single" | "current" | "newest"} */
function compareWithOthers({ certificate: { sha256 }, holders }) {
  for (const { current, proven, others } of holders) {
    if (current === sha256) return proven ? "current" : "newest";
    const other = others.find((candidate) => candidate.sha256 === sha256);
    if (other) return other.advice;
  }
  return "single";
}

/** Tell whether the file holds the certificate of the issuer, as a back-up of "all in the path" does. @param {Subject} subject */
const hasIssuer = ({ certificate, file }) =>
  (file.certificates ?? []).some(({ is_ca, subject }) => is_ca && subject === certificate.issuer);

/**
 * Collect all that holds of a certificate: codes of certcheck (verdict, chain, advice) and what only questions of steps need.
 * @param {Subject} subject
 * @returns {Set<string>}
 */
function collectFindings(subject) {
  const { certificate, file, expected } = subject;
  const { authority, validity } = certificate;
  const findings = {
    root: certificate.is_ca,
    never_valid: validity === "never",
    no_dates: validity === "unknown",
    other_system: authority !== null && expected !== null && authority !== expected,
    unknown_system: authority === null,
    not_yet: validity === "not_yet",
    expired: validity === "expired",
    no_address: certificate.emails.length === 0,
    no_user_id: !certificate.user_id,
    locked: isHalfOpen(file),
    no_key: !certificate.has_private_key,
    no_password: ["none", "empty"].includes(file.password_form ?? ""),
    no_issuer: !hasIssuer(subject),
    fine: true,
  };
  const codes = Object.entries(findings).flatMap(([code, holds]) => (holds ? [code] : []));
  return new Set([...codes, certificate.headline, certificate.chain.status, compareWithOthers(subject)]);
}

const ANY = /** @type {Finding[]} */ (["root", "never_valid", "other_system", "unknown_system", "revoked"]);
const DATED = /** @type {Finding[]} */ ([...ANY, "no_dates"]);

/** What each question tells apart, in the order of the tests. */
export const FINDINGS = /** @type {Record<Check, Finding[]>} */ ({
  renewal: [
    ...DATED,
    ...["not_yet", "open_after_expiry", "expired", "too_early", "open", "open_without_end", "too_late"],
    ...["too_late_to_apply", "by_application"],
  ],
  email: [...ANY, "no_address", "not_yet", "expired", "fine"],
  "user-id": [...ANY, "no_user_id", "not_yet", "expired", "fine"],
  backup: [...DATED, "locked", "no_key", "expired", "no_password", "no_issuer", "not_yet", "fine"],
  imported: [...DATED, "locked", "no_key", "expired", "not_yet", "fine"],
  chain: [...DATED, "broken", "expired", "not_yet", "not_examined", "incomplete", "consistent", "trusted"],
  "which-to-delete": [...DATED, "single", "current", "newest", "may_delete_after_login", "keep", "no_advice"],
  issued: [...DATED, "not_yet", "expired", "fine"],
});

/**
 * Find what a certificate means for the question.
 * @param {Check} check
 * @param {Subject} subject
 * @returns {Finding}
 * @throws {Error} none of its findings holds: a fault of the table
 */
export function findAnswer(check, subject) {
  const findings = collectFindings(subject);
  const finding = FINDINGS[check].find((candidate) => findings.has(candidate));
  if (!finding) throw new Error(`no finding of "${check}" holds`);
  return finding;
}
