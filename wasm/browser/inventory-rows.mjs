/**
 * The rows of the table of all files: what stands in them, and the order of urgency.
 * @import {Certificate, FileReport} from "./contract.mjs"
 * @import {Page} from "./certificate-card.mjs"
 * @import {Successors} from "./chosen-files.mjs"
 *
 * @typedef {object} Entry A file and its panel.
 * @property {number} number
 * @property {FileReport} report
 * @property {HTMLElement} element the panel
 * @property {(sha256: string) => void} bringForward shows a certificate before the panel's others
 *
 * @typedef {{text: string, key: string | number}} Cell its text, and the key that it is sorted by
 * @typedef {{entry: Entry, sha256: string | null, cells: Cell[]}} Row of a certificate; null where a file shows none
 */
import { getDisplayName, selectLeaves } from "./certificate-details.mjs";
import { formatError } from "./error-notice.mjs";
import { findFileGroup, findGroup, rankGroup } from "./inventory-overview.mjs";
import { formatEnd } from "./japan-time.mjs";

export const COLUMNS = ["file", "authority", "cn", "not_after", "days_left", "renewal", "email"];

/** @param {string} text @returns {Cell} */
const toCell = (text) => ({ text, key: text });

/**
 * Build a row for each certificate of a file, or one with its error.
 * @param {Page} page
 * @param {Successors} successors
 * @param {Entry} entry
 * @returns {Row[]}
 */
export function buildRows(page, successors, entry) {
  const { t, lang, data } = page;
  const { report } = entry;
  const file = toCell(report.name);
  const blanks = ["", "", "", ""].map(toCell);
  /** @param {string} text @param {number} key @returns {Row[]} */
  const buildRowWithoutCertificate = (text, key) => [
    { entry, sha256: null, cells: [file, ...blanks, { text, key }, toCell("")] },
  ];
  if (report.error) {
    const group = findFileGroup(report.error);
    const text = group === "locked" ? t("label.locked") : formatError(page, report.error);
    return buildRowWithoutCertificate(text, rankGroup(group));
  }
  if (report.private_key) {
    const label = report.private_key.fits.length > 0 ? "label.key_fits" : "label.key_fits_none";
    return buildRowWithoutCertificate(t(label), rankGroup("ca"));
  }
  if (report.certificates?.length === 0) return buildRowWithoutCertificate(t("crl.heading"), rankGroup("ca"));
  /** @param {Certificate} certificate */
  const formatVerdictLabel = ({ headline, sha256 }) => {
    const label = t(`label.${headline}`);
    return successors.has(sha256) ? t("table.newer", { verdict: label }) : label;
  };
  return selectLeaves(report).map((certificate) => ({
    entry,
    sha256: certificate.sha256,
    cells: [
      file,
      toCell(
        (certificate.authority && data.authorities[certificate.authority]?.name) || t("fact.system.unknown"),
      ),
      toCell(getDisplayName(certificate)),
      { text: formatEnd(certificate.not_after, lang), key: Date.parse(certificate.not_after ?? "") || "" },
      { text: String(certificate.days_left ?? ""), key: certificate.days_left ?? "" },
      { text: formatVerdictLabel(certificate), key: rankGroup(findGroup(certificate.headline)) },
      toCell(certificate.emails.map(({ value }) => value).join(" ")),
    ],
  }));
}

/** Compare by key: numbers before texts, digits in texts by their value. @param {Cell} a @param {Cell} b @returns {number} */
function compareCells({ key: a }, { key: b }) {
  if (typeof a === "number" && typeof b === "number") return a - b;
  if (typeof a !== typeof b) return typeof a === "number" ? -1 : 1;
  return String(a).localeCompare(String(b), undefined, { numeric: true });
}

/** Compare rows by a column. @param {Row} a @param {Row} b @param {number} column */
export const compareRows = (a, b, column) =>
  compareCells(a.cells[column] ?? toCell(""), b.cells[column] ?? toCell(""));

const [END, RENEWAL] = [COLUMNS.indexOf("not_after"), COLUMNS.indexOf("renewal")];

/** Compare rows: the more urgent verdict first, then the earlier expiry. @param {Row} a @param {Row} b */
export const compareUrgency = (a, b) => compareRows(a, b, RENEWAL) || compareRows(a, b, END);
