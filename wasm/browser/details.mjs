/**
 * What is folded under the verdict: the chain, every field, the other certificates of the file.
 * @import {Certificate, Translate} from "./contract.mjs"
 * @import {Wording} from "./verdict.mjs"
 */
import { formatInstant } from "./dates.mjs";
import { el } from "./dom.mjs";

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
 * @param {Certificate} certificate
 * @param {Certificate[]} among the certificates of the same file, by which the path is given names
 * @param {Translate} t
 */
export function chainDetails({ chain }, among, t) {
  /** @param {string} sha256 */
  const called = (sha256) => {
    const known = among.find((candidate) => candidate.sha256 === sha256);
    return known ? nameOf(known) : t("chain.elsewhere", { fingerprint: pairs(sha256) });
  };
  const problems = chain.problems.map(({ code, at }) =>
    el("li", {}, t("chain.problem", { problem: t(`chain.problem.${code}`), name: called(at) })),
  );
  return el(
    "details",
    { open: chain.status === "broken" },
    el("summary", {}, t("chain.title", { status: t(`chain.${chain.status}`) })),
    el("p", {}, t(`chain.${chain.status}.means`)),
    el("ol", { class: "path" }, ...chain.path.map((sha256) => el("li", {}, called(sha256)))),
    ...(problems.length > 0 ? [el("ul", {}, ...problems)] : []),
  );
}

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
        end: formatInstant(new Date(certificate.not_after), lang, "23:59:59"),
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
