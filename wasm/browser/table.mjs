/**
 * All files in a table, for whoever keeps a list of PCs and certificates; as CSV, which certcheck writes, to take along.
 * @import {Certificate, FileReport, Write} from "./contract.mjs"
 * @import {Page} from "./card.mjs"
 * @import {Newer} from "./pool.mjs"
 */
import { formatEnd, japanDay } from "./dates.mjs";
import { nameOf } from "./details.mjs";
import { el, unbrokenDays } from "./dom.mjs";
import { errorSentence } from "./errors.mjs";
import { save } from "./save.mjs";

/**
 * @typedef {{text: string, key: string | number, href?: string}} Cell what it shows, and what it is sorted by
 * @typedef {{number: number, report: FileReport}} Entry a file, and the number of its panel
 */

const COLUMNS = ["file", "authority", "cn", "not_after", "days_left", "renewal"];

/** certcheck's columns and the codes in them; the page's own words for all of them go with the file. */
const CSV = ["user_id", "serial", "opens_on", "closes_on", "chain", "error", "newer", ...COLUMNS];

/** @param {FileReport} file @returns {Certificate[]} those a person asked about: a CA's only where there is nothing else */
export function askedAbout({ certificates = [] }) {
  const leaves = certificates.filter((certificate) => !certificate.is_ca);
  return leaves.length > 0 ? leaves : certificates;
}

/** @param {string} text @returns {Cell} */
const plain = (text) => ({ text, key: text });

/** @param {Page} page @param {Newer} newer @param {Entry} entry @returns {Cell[][]} a row a certificate, or one that says what is the matter */
function rowsOf(page, newer, { number, report }) {
  const { t, lang, data } = page;
  const file = { ...plain(report.name), href: `#file-${number}` };
  if (report.error) {
    const nothing = ["", "", "", ""].map(plain);
    return [[file, ...nothing, plain(errorSentence(page, report.error))]];
  }
  /** @param {Certificate} certificate */
  const verdict = ({ headline, sha256 }) => {
    const said = t(`label.${headline}`);
    return newer.has(sha256) ? t("table.newer", { verdict: said }) : said;
  };
  return askedAbout(report).map((certificate) => [
    file,
    plain(
      (certificate.authority && data.authorities[certificate.authority]?.name) || t("fact.system.unknown"),
    ),
    plain(nameOf(certificate)),
    { text: formatEnd(new Date(certificate.not_after), lang), key: Date.parse(certificate.not_after) },
    { text: String(certificate.days_left), key: certificate.days_left },
    plain(verdict(certificate)),
  ]);
}

/** @param {Cell} a @param {Cell} b numbers before texts, the empty last, digits in texts by their value */
function order({ key: a }, { key: b }) {
  if (typeof a === "number" && typeof b === "number") return a - b;
  if (typeof a !== typeof b) return typeof a === "number" ? -1 : 1;
  return String(a).localeCompare(String(b), undefined, { numeric: true });
}

/**
 * @param {Page} page
 * @param {Entry[]} entries
 * @param {Newer} newer
 * @param {(request: Omit<Write, "report">) => Promise<string>} write
 * @returns {HTMLElement}
 */
export function tablePart(page, entries, newer, write) {
  const { t } = page;
  const rows = entries.flatMap((entry) => rowsOf(page, newer, entry));
  const body = el("tbody", {});
  const heads = COLUMNS.map((column, i) => {
    const button = el("button", { type: "button", class: "sort" }, t(`column.${column}`));
    const head = el("th", { scope: "col" }, button);
    button.addEventListener("click", () => {
      const down = head.getAttribute("aria-sort") === "ascending";
      for (const each of heads) each.removeAttribute("aria-sort");
      head.setAttribute("aria-sort", down ? "descending" : "ascending");
      rows.sort((a, b) => (down ? -1 : 1) * order(a[i] ?? plain(""), b[i] ?? plain("")));
      fill();
    });
    return head;
  });
  const fill = () => body.replaceChildren(...rows.map((cells) => el("tr", {}, ...cells.map(shown))));
  fill();
  const onclick = async () => {
    const text = await write({ what: "csv", words: words(page) });
    save(`certificates-${japanDay(new Date())}.csv`, "text/csv", text);
  };
  return el(
    "section",
    { class: "card files" },
    el(
      "div",
      { class: "scroll", role: "region", tabindex: 0, "aria-label": t("table.title") },
      el(
        "table",
        {},
        el("caption", {}, t("table.title"), " ", el("span", { class: "small" }, t("table.sort"))),
        el("thead", {}, el("tr", {}, ...heads)),
        body,
      ),
    ),
    el("p", { class: "row" }, el("button", { type: "button", onclick }, t("table.csv"))),
  );
}

/** An id, a number or a word: what a break, at a hyphen say, would make hard to read out. */
const SHORT = /^([!-~]{1,20}|.{1,9})$/;

/** @param {Cell} cell */
const shown = ({ text, href }) =>
  el(
    "td",
    { class: SHORT.test(text) ? "short" : undefined },
    ...(href ? [el("a", { href }, text)] : unbrokenDays(text)),
  );

/** @param {Page} page @returns {Record<string, string>} what certcheck's table calls things */
function words({ data }) {
  /** @param {string} prefix @param {string} as */
  const renamed = (prefix, as) =>
    Object.entries(data.strings)
      .filter(([code]) => code.startsWith(prefix) && !code.endsWith(".next"))
      // Of an error, the table keeps the code's sentence, not its figures.
      .map(([code, text]) => [code.replace(prefix, as), text.replace(/\{\w+\}/g, "…")]);
  return {
    ...Object.fromEntries(
      CSV.map((column) => [`column.${column}`, data.strings[`column.${column}`] ?? column]),
    ),
    ...Object.fromEntries(
      Object.entries(data.authorities).map(([id, { name }]) => [`authority.${id}`, name]),
    ),
    ...Object.fromEntries(renamed("label.", "renewal.")),
    ...Object.fromEntries(renamed("chain.", "chain.")),
    ...Object.fromEntries(renamed("error.", "error.")),
  };
}
