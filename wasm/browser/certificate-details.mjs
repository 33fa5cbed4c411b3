/**
 * The folded parts of a certificate's card: the chain, every field, the certificates of issuers in the same file.
 * @import {Certificate, FileReport, NameAttribute, Translate} from "./contract.mjs"
 * @import {KnownCertificates} from "./chosen-files.mjs"
 * @import {Wording} from "./verdict.mjs"
 */
import { createElement, keepDaysUnbroken } from "./element.mjs";
import { GradualList } from "./gradual-list.mjs";
import { formatEnd, formatInstant } from "./japan-time.mjs";

const ISSUERS_AT_ONCE = 20;

/** Format a fingerprint in pairs, as Windows and OpenSSL print it. @param {string} hex @returns {string} */
const formatFingerprint = (hex) => (hex.match(/../g) ?? []).join(":").toUpperCase();

/**
 * Render a definition list, leaving out terms without a value.
 * @param {[string, string | Node | null][]} entries terms and values
 */
export function renderDefinitions(entries) {
  const shown = entries.filter(([, value]) => value !== null && value !== "");
  return createElement(
    "dl",
    {},
    ...shown.flatMap(([term, value]) => [
      createElement("dt", {}, term),
      createElement("dd", {}, value ?? ""),
    ]),
  );
}

/** Select a file's leaf certificates, or all where it has none. @param {FileReport} file @returns {Certificate[]} */
export function selectLeaves({ certificates = [] }) {
  const leaves = certificates.filter((certificate) => !certificate.is_ca);
  return leaves.length > 0 ? leaves : certificates;
}

/** Return a certificate's CN, else its subject, else its serial number. @param {Certificate} certificate @returns {string} */
export function getDisplayName(certificate) {
  const common = certificate.subject_attributes.find(({ name }) => name === "CN");
  return common?.value || certificate.subject || certificate.serial;
}

/**
 * Render the path from the certificate to its end, each problem beside the certificate that has it.
 * @param {Certificate} certificate
 * @param {KnownCertificates} known
 * @param {Wording} wording
 */
export function renderChain(certificate, known, wording) {
  const { t } = wording;
  const { chain } = certificate;
  const links = chain.path.map((sha256) => renderChainLink(sha256, certificate, known, wording));
  return createElement(
    "details",
    { open: chain.status === "broken" },
    createElement("summary", {}, t("chain.title", { status: t(`chain.${chain.status}`) })),
    // The sentence for a signature that does not match would be wrong where the signatures do.
    createElement("p", {}, t(selectMeaning(certificate))),
    createElement("ol", { class: "check-path" }, ...links),
  );
}

/**
 * Render one certificate of the path.
 * @param {string} sha256
 * @param {Certificate} leaf where the path begins
 * @param {KnownCertificates} known
 * @param {Wording} wording
 */
function renderChainLink(sha256, leaf, known, { lang, t }) {
  const entry = known.get(sha256);
  const leafFiles = known.get(leaf.sha256)?.files;
  const isFromOtherFile = entry && !entry.files.some((file) => leafFiles?.includes(file));
  const problems = leaf.chain.problems.filter(({ at }) => at === sha256);
  const items = problems.map(({ code }) =>
    createElement("li", { "data-code": code }, t(`chain.problem.${code}`)),
  );
  return createElement(
    "li",
    { "data-sha256": sha256 },
    ...(entry
      ? keepDaysUnbroken(
          t("chain.link", {
            name: getDisplayName(entry.certificate),
            end: formatEnd(entry.certificate.not_after, lang),
          }),
        )
      : [t("chain.elsewhere", { fingerprint: formatFingerprint(sha256) })]),
    ...(isFromOtherFile
      ? [
          createElement(
            "span",
            { class: "check-small" },
            t("chain.from_file", { file: entry.files[0] ?? "" }),
          ),
        ]
      : []),
    ...(items.length > 0 ? [createElement("ul", { class: "check-problems" }, ...items)] : []),
  );
}

/** Problems other than a signature that end a path (`certcheck.paths.rfc5280.BarringCode`). */
const BARRING = [
  "not_a_ca",
  "key_usage",
  "path_length",
  "unknown_critical_extension",
  "unreadable_extension",
  "unreadable_field",
  "nonconforming",
  "name_constraints",
  "policy",
];

/** Select the sentence on the whole path. @param {Certificate} certificate @returns {string} its code */
function selectMeaning({ sha256, chain: { status, problems } }) {
  const barring = problems.filter(({ code }) => BARRING.includes(code));
  if (status === "broken" && barring.length > 0) return "chain.barred";
  // A holder's own keyUsage is noted, and bars nothing; so is, without an anchor, what is not written as it should be.
  const isUnproven =
    status === "incomplete" && barring.some(({ at, code }) => at !== sha256 && code !== "nonconforming");
  return isUnproven ? "chain.barred.unproven" : `chain.${status}.means`;
}

/**
 * Say with what a CA's fingerprint is to be compared: the site's anchors, else what the CA publishes.
 * @param {string[]} anchors fingerprints
 * @param {Translate} t
 * @returns {[string, Node | string][]}
 */
function renderComparison(anchors, t) {
  if (anchors.length === 0) return [[t("fields.compare"), t("fields.compare.published")]];
  return anchors.map((anchor) => [t("fields.compare.pinned"), createElement("code", {}, anchor)]);
}

/** Format an attribute of a name, and how its text was read. @param {NameAttribute} attribute @param {Translate} t */
function formatAttribute({ value, undecodable, encoding }, t) {
  if (undecodable) return t("fields.undecodable", { value });
  return encoding ? t("fields.guessed", { value, encoding: t(`encoding.${encoding}`) }) : value;
}

/**
 * Render all fields of a certificate.
 * @param {Certificate} certificate
 * @param {Wording} wording
 * @param {string[]} [anchors] fingerprints of its authority's trust anchors
 */
export function renderFields(certificate, { lang, t }, anchors = []) {
  const formatField = (/** @type {string | null} */ instant) =>
    instant
      ? t("fields.japan_time", { time: formatInstant(new Date(instant), lang) })
      : t("fields.unreadable");
  return createElement(
    "details",
    {},
    createElement("summary", {}, t("fields.title")),
    renderDefinitions([
      [t("fields.subject"), certificate.subject],
      ...certificate.subject_attributes.map(
        (attribute) =>
          /** @type {[string, string]} */ ([
            t("fields.attribute", { name: attribute.name || attribute.oid }),
            formatAttribute(attribute, t),
          ]),
      ),
      [t("fields.issuer"), certificate.issuer],
      [t("fields.serial"), createElement("code", {}, certificate.serial)],
      [t("fields.not_before"), formatField(certificate.not_before)],
      [t("fields.not_after"), formatField(certificate.not_after)],
      [t("fields.sha256"), createElement("code", {}, formatFingerprint(certificate.sha256))],
      ...(certificate.is_ca ? renderComparison(anchors, t) : []),
      [t("fields.key"), t(certificate.has_private_key ? "fields.key.yes" : "fields.key.no")],
    ]),
  );
}

/**
 * Render the list of issuers' certificates in a file, which are not judged.
 * @param {Certificate[]} issuers
 * @param {Wording} wording
 */
export function renderIssuers(issuers, { lang, t }) {
  const items = createElement("ul", {});
  const list = new GradualList(items, ISSUERS_AT_ONCE, (rest) => t("list.more", { n: rest }));
  const formatIssuer = (/** @type {Certificate} */ certificate) =>
    t("issuers.item", {
      name: getDisplayName(certificate),
      end: formatEnd(certificate.not_after, lang),
    });
  list.replace(issuers.map((certificate) => () => createElement("li", {}, formatIssuer(certificate))));
  return createElement(
    "details",
    {},
    createElement("summary", {}, t("issuers.title", { n: issuers.length })),
    createElement("p", {}, t("issuers.means")),
    items,
    list.moreButton,
  );
}
