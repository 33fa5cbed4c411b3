/**
 * All files in a table, for whoever keeps a list of PCs and certificates, and as a CSV file, which certcheck writes.
 * @import {Certificate, FileReport, Headline, WriteRequest} from "./contract.mjs"
 * @import {Page} from "./certificate-card.mjs"
 * @import {Successors} from "./chosen-files.mjs"
 */
import { getDisplayName, selectLeaves } from "./certificate-details.mjs";
import { createElement, keepDaysUnbroken } from "./element.mjs";
import { formatError } from "./error-notice.mjs";
import { GradualList } from "./gradual-list.mjs";
import { OVERVIEW_FILES, rankUrgency, renderOverview } from "./inventory-overview.mjs";
import { formatEnd, toJapanDay } from "./japan-time.mjs";
import { saveFile } from "./save-file.mjs";

/**
 * @typedef {{text: string, key: string | number, href?: string}} Cell its text, and the key that it is sorted by
 * @typedef {{number: number, report: FileReport}} Entry a file, and the number of its panel
 */

const ROWS_AT_ONCE = 100;

const COLUMNS = ["file", "authority", "cn", "not_after", "days_left", "renewal", "email"];

/** Columns of `certcheck.reports.csv_table`. */
const CSV_COLUMNS = [
  ...["user_id", "serial", "opens_on", "closes_on", "chain", "error", "newer", "refused_by"],
  ...["revocation", "revoked_on"],
  ...COLUMNS,
];

/** Codes of its column `revocation`. */
const LISTED = ["revoked", "not_listed", "unknown", "list"];

/** @param {string} text @returns {Cell} */
const toCell = (text) => ({ text, key: text });

/**
 * Build a row for each certificate of a file, or one with its error.
 * @param {Page} page
 * @param {Successors} successors
 * @param {Entry} entry
 * @returns {Cell[][]}
 */
function buildRows(page, successors, { number, report }) {
  const { t, lang, data } = page;
  const file = { ...toCell(report.name), href: `#file-${number}` };
  const blanks = ["", "", "", ""].map(toCell);
  /** @param {string} text @param {Headline | null} rank of a verdict that is as urgent @returns {Cell[]} */
  const buildRowWithoutCertificate = (text, rank) => [
    file,
    ...blanks,
    { text, key: rankUrgency(rank) },
    toCell(""),
  ];
  if (report.error) return [buildRowWithoutCertificate(formatError(page, report.error), null)];
  if (report.private_key) {
    const label = report.private_key.fits.length > 0 ? "label.key_fits" : "label.key_fits_none";
    return [buildRowWithoutCertificate(t(label), "ca")];
  }
  if (report.certificates?.length === 0) return [buildRowWithoutCertificate(t("crl.heading"), "ca")];
  /** @param {Certificate} certificate */
  const formatLabel = ({ headline, sha256 }) => {
    const label = t(`label.${headline}`);
    return successors.has(sha256) ? t("table.newer", { verdict: label }) : label;
  };
  return selectLeaves(report).map((certificate) => [
    file,
    toCell(
      (certificate.authority && data.authorities[certificate.authority]?.name) || t("fact.system.unknown"),
    ),
    toCell(getDisplayName(certificate)),
    { text: formatEnd(certificate.not_after, lang), key: Date.parse(certificate.not_after ?? "") || "" },
    { text: String(certificate.days_left ?? ""), key: certificate.days_left ?? "" },
    { text: formatLabel(certificate), key: rankUrgency(certificate.headline) },
    toCell(certificate.emails.map(({ value }) => value).join(" ")),
  ]);
}

/** Compare by key: numbers before texts, digits in texts by their value. @param {Cell} a @param {Cell} b @returns {number} */
function compareCells({ key: a }, { key: b }) {
  if (typeof a === "number" && typeof b === "number") return a - b;
  if (typeof a !== typeof b) return typeof a === "number" ? -1 : 1;
  return String(a).localeCompare(String(b), undefined, { numeric: true });
}

const [END, RENEWAL] = [COLUMNS.indexOf("not_after"), COLUMNS.indexOf("renewal")];

/** Compare rows: the more urgent verdict first, then the earlier expiry. @param {Cell[]} a @param {Cell[]} b */
const compareUrgency = (a, b) =>
  compareCells(a[RENEWAL] ?? toCell(""), b[RENEWAL] ?? toCell("")) ||
  compareCells(a[END] ?? toCell(""), b[END] ?? toCell(""));

/**
 * Render the table and the button that saves it as CSV.
 * @param {Page} page
 * @param {Entry[]} entries
 * @param {Successors} successors
 * @param {(request: Omit<WriteRequest, "report">) => Promise<string>} write
 * @returns {HTMLElement}
 */
export function renderTable(page, entries, successors, write) {
  const { t } = page;
  const rows = entries.flatMap((entry) => buildRows(page, successors, entry));
  if (entries.length >= OVERVIEW_FILES) rows.sort(compareUrgency);
  const body = createElement("tbody", {});
  const list = new GradualList(body, ROWS_AT_ONCE, (rest) => t("list.more", { n: rest }));
  const renderRows = () =>
    list.replace(
      rows.map(
        (cells) => () =>
          createElement("tr", {}, ...cells.map((cell, i) => renderCell(cell, t(`column.${COLUMNS[i]}`)))),
      ),
    );
  const heads = COLUMNS.map((column, i) => {
    const button = createElement(
      "button",
      { type: "button", class: "cg-button check-sort" },
      t(`column.${column}`),
    );
    const head = createElement("th", { scope: "col" }, button);
    button.addEventListener("click", () => {
      const isDescending = head.getAttribute("aria-sort") === "ascending";
      for (const other of heads) other.removeAttribute("aria-sort");
      head.setAttribute("aria-sort", isDescending ? "descending" : "ascending");
      rows.sort((a, b) => (isDescending ? -1 : 1) * compareCells(a[i] ?? toCell(""), b[i] ?? toCell("")));
      renderRows();
    });
    return head;
  });
  renderRows();
  const onclick = async () => {
    const text = await write({ format: "csv", words: collectTableWords(page) });
    saveFile(`certificates-${toJapanDay(new Date())}.csv`, "text/csv", text);
  };
  const caption = createElement(
    "caption",
    {},
    t("table.title"),
    " ",
    createElement("span", { class: "check-small" }, t("table.sort")),
  );
  return createElement(
    "section",
    { class: "check-card check-inventory" },
    ...(entries.length >= OVERVIEW_FILES ? [renderOverview(page, entries, write)] : []),
    createElement(
      "div",
      { class: "check-scroll", role: "region", tabindex: 0, "aria-label": t("table.title") },
      createElement(
        "table",
        {},
        caption,
        createElement("thead", {}, createElement("tr", {}, ...heads)),
        body,
      ),
      list.moreButton,
    ),
    createElement(
      "p",
      { class: "check-row" },
      createElement("button", { type: "button", class: "cg-button", onclick }, t("table.csv")),
    ),
  );
}

/** An id, a number or a word: a line break in it, at a hyphen say, would make it hard to read out. */
const SHORT = /^([!-~]{1,20}|.{1,9})$/;

/** @param {Cell} cell @param {string} column its heading, which stands in the cell where the window is narrow */
const renderCell = ({ text, href }, column) =>
  createElement(
    "td",
    { class: SHORT.test(text) ? "check-short" : undefined, "data-column": column },
    ...(href ? [createElement("a", { href }, text)] : keepDaysUnbroken(text)),
  );

/** Collect the words of `certcheck.reports.csv_table`. @param {Page} page @returns {Record<string, string>} */
function collectTableWords({ data }) {
  /** @param {string} prefix @param {string} newPrefix */
  const renamePrefix = (prefix, newPrefix) =>
    Object.entries(data.strings)
      .filter(([code]) => code.startsWith(prefix) && !code.endsWith(".next"))
      // Of an error, the table keeps the code's sentence, not its figures.
      .map(([code, text]) => [code.replace(prefix, newPrefix), text.replace(/\{\w+\}/g, "…")]);
  return {
    ...Object.fromEntries(
      CSV_COLUMNS.map((column) => [`column.${column}`, data.strings[`column.${column}`] ?? column]),
    ),
    ...Object.fromEntries(
      Object.entries(data.authorities).map(([id, { name }]) => [`authority.${id}`, name]),
    ),
    ...Object.fromEntries(
      Object.entries(data.pfx_programs).map(([id, { name }]) => [`refused_by.${id}`, name]),
    ),
    ...Object.fromEntries(renamePrefix("label.", "renewal.")),
    ...Object.fromEntries(renamePrefix("chain.", "chain.")),
    ...Object.fromEntries(
      LISTED.map((code) => [`revocation.${code}`, data.strings[`listed.${code}`] ?? code]),
    ),
    ...Object.fromEntries(renamePrefix("error.", "error.")),
  };
}
