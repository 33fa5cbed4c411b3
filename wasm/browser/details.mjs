/**
 * What is folded under the verdict: the chain, every field, the other certificates of the file.
 * @import {Certificate} from "./contract.mjs"
 * @import {Known} from "./pool.mjs"
 * @import {Wording} from "./verdict.mjs"
 */
import { formatEnd, formatInstant } from "./dates.mjs";
import { el, unbrokenDays } from "./dom.mjs";

/** @param {string} hex @returns {string} in pairs, as Windows and OpenSSL print fingerprints */
const pairs = (hex) => (hex.match(/../g) ?? []).join(":").toUpperCase();

/**
 * A definition list; a term whose value is empty is left out.
 * @param {[string, string | Node | null][]} entries
 */
export function facts(entries) {
  const shown = entries.filter(([, value]) => value !== null && value !== "");
  return el("dl", {}, ...shown.flatMap(([term, value]) => [el("dt", {}, term), el("dd", {}, value ?? "")]));
}

/** @param {Certificate} certificate @returns {string} what one would call it */
export function nameOf(certificate) {
  const common = certificate.subject_attributes.find(({ name }) => name === "CN");
  return common?.value || certificate.subject || certificate.serial;
}

/**
 * The path from the certificate to where it ends, what is amiss beside the very certificate where it is.
 * @param {Certificate} certificate
 * @param {Known} known
 * @param {Wording} wording
 */
export function chainDetails(certificate, known, { lang, t }) {
  const { sha256: own, chain } = certificate;
  const links = chain.path.map((sha256) => {
    const found = known.get(sha256);
    const elsewhere = found && !found.files.some((file) => known.get(own)?.files.includes(file));
    const problems = chain.problems.filter(({ at }) => at === sha256);
    return el(
      "li",
      { "data-sha256": sha256 },
      ...(found
        ? unbrokenDays(
            t("chain.link", {
              name: nameOf(found.certificate),
              end: formatEnd(new Date(found.certificate.not_after), lang),
            }),
          )
        : [t("chain.elsewhere", { fingerprint: pairs(sha256) })]),
      ...(elsewhere
        ? [el("span", { class: "small" }, t("chain.from_file", { file: found.files[0] ?? "" }))]
        : []),
      ...(problems.length > 0
        ? [
            el(
              "ul",
              { class: "problems" },
              ...problems.map(({ code }) => el("li", { "data-code": code }, t(`chain.problem.${code}`))),
            ),
          ]
        : []),
    );
  });
  return el(
    "details",
    { open: chain.status === "broken" },
    el("summary", {}, t("chain.title", { status: t(`chain.${chain.status}`) })),
    // The sentence for a signature that does not fit would be wrong where the signatures do.
    el("p", {}, t(isBarred(certificate) ? "chain.barred" : `chain.${chain.status}.means`)),
    el("ol", { class: "path" }, ...links),
  );
}

/** What a path does not get past, other than a signature (`certcheck.paths.rfc5280.BarringCode`). */
const BARRING = ["not_a_ca", "key_usage", "path_length", "unknown_critical_extension", "name_constraints"];

/** @param {Certificate} certificate */
const isBarred = ({ chain }) =>
  chain.status === "broken" && chain.problems.some(({ code }) => BARRING.includes(code));

/**
 * @param {Certificate} certificate
 * @param {Wording} wording
 */
export function fieldDetails(certificate, { lang, t }) {
  return el(
    "details",
    {},
    el("summary", {}, t("fields.title")),
    facts([
      [t("fields.subject"), certificate.subject],
      ...certificate.subject_attributes.map(
        ({ oid, name, value }) =>
          /** @type {[string, string]} */ ([t("fields.attribute", { name: name || oid }), value]),
      ),
      [t("fields.issuer"), certificate.issuer],
      [t("fields.serial"), el("code", {}, certificate.serial)],
      [
        t("fields.not_before"),
        t("fields.japan_time", { time: formatInstant(new Date(certificate.not_before), lang) }),
      ],
      [
        t("fields.not_after"),
        t("fields.japan_time", { time: formatInstant(new Date(certificate.not_after), lang) }),
      ],
      [t("fields.sha256"), el("code", {}, pairs(certificate.sha256))],
      [t("fields.key"), t(certificate.has_private_key ? "fields.key.yes" : "fields.key.no")],
    ]),
  );
}

/**
 * The certificates of issuers that came along: listed, not judged.
 * @param {Certificate[]} authorities
 * @param {Wording} wording
 */
export function issuerDetails(authorities, { lang, t }) {
  const items = authorities.map((certificate) =>
    el(
      "li",
      {},
      t("issuers.item", {
        name: nameOf(certificate),
        end: formatEnd(new Date(certificate.not_after), lang),
      }),
    ),
  );
  return el(
    "details",
    {},
    el("summary", {}, t("issuers.title", { n: authorities.length })),
    el("p", {}, t("issuers.means")),
    el("ul", {}, ...items),
  );
}
