/**
 * The button that saves all files as a CSV file, which certcheck writes.
 * @import {WriteRequest} from "./contract.mjs"
 * @import {Page} from "./certificate-card.mjs"
 */
import { createElement } from "./element.mjs";
import { toJapanDay } from "./japan-time.mjs";
import { saveFile } from "./save-file.mjs";

/** Columns of `certcheck.reports.csv_table`. */
const CSV_COLUMNS = [
  ...["user_id", "serial", "opens_on", "closes_on", "chain", "error", "newer", "refused_by"],
  ...["revocation", "revoked_on"],
  ...["file", "authority", "cn", "not_after", "days_left", "renewal", "email"],
];

/** Codes of its column `revocation`. */
const LISTED = ["revoked", "not_listed", "unknown", "list"];

/**
 * Render the button.
 * @param {Page} page
 * @param {(request: Omit<WriteRequest, "report">) => Promise<string>} write
 * @returns {HTMLElement}
 */
export function renderCsvButton(page, write) {
  const onclick = async () => {
    const text = await write({ format: "csv", words: collectTableWords(page) });
    saveFile(`certificates-${toJapanDay(new Date())}.csv`, "text/csv", text);
  };
  return createElement("button", { type: "button", class: "cg-button", onclick }, page.t("table.csv"));
}

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
