/**
 * What a helpdesk asks for (fsa-admin-manual 9.1.2), as text to copy: blanks for what only the caller knows, then what
 * the page knows. No key, no password, no file and no name of one.
 * @import {Authority, Certificate} from "./contract.mjs"
 * @import {Page} from "./card.mjs"
 *
 * @typedef {object} Matter What it is about.
 * @property {Date} at the moment it was judged at
 * @property {Certificate} [certificate]
 * @property {Authority | undefined} [authority]
 * @property {string} [message] what the page says is the matter
 */
import { formatEnd, formatMinute, formatStart } from "./dates.mjs";
import { nameOf } from "./details.mjs";
import { el } from "./dom.mjs";
import { system } from "./system.mjs";
import { sentence } from "./verdict.mjs";
import { visible } from "./visible.mjs";

/** @param {Page} page @param {Matter} matter @returns {[string, string][]} terms and values about the certificate */
function about(page, { certificate, authority, at }) {
  if (!certificate) return [];
  const { t, lang } = page;
  const from = formatStart(new Date(certificate.not_before), lang);
  const to = formatEnd(new Date(certificate.not_after), lang);
  return [
    [t("fact.system"), authority ? authority.system : t("fact.system.unknown")],
    ["CN", nameOf(certificate)],
    [t("fields.serial"), certificate.serial],
    [t("fields.issuer"), certificate.issuer],
    [t("fact.valid"), t("fact.valid.range", { from, to })],
    [t("summary.verdict"), sentence(certificate, page, at)],
  ];
}

/** @param {Page} page @param {Matter} matter @returns {Promise<string>} */
async function summaryText(page, matter) {
  const { t, lang } = page;
  const { windows, browser } = await system();
  const now = formatMinute(new Date(), lang);
  /** @type {[string, string][]} */
  const lines = [
    ...["institution", "person", "reach", "when", "done"].map(
      (code) => /** @type {[string, string]} */ ([t(`summary.${code}`), ""]),
    ),
    [t("summary.message"), matter.message ?? ""],
    [t("summary.windows"), windows],
    [t("summary.browser"), browser],
    [t("summary.now"), t("fields.japan_time", { time: now })],
    ...about(page, matter),
  ];
  return lines
    .map(([name, value]) => t("summary.line", { name, value: visible(value) }).trimEnd())
    .join("\r\n");
}

/**
 * @param {Page} page
 * @param {Matter} matter
 * @returns {HTMLElement} a button, the text it copied, and what the desks ask for besides
 */
export function summary(page, matter) {
  const { t } = page;
  const said = el("span", { role: "status" });
  // No field: browsers keep the text of fields for a restart, in files of their profile.
  const shown = el("pre", { tabindex: 0, role: "group", "aria-label": t("summary.button"), hidden: true });
  const copy = async () => {
    const text = await summaryText(page, matter);
    shown.textContent = text.replaceAll("\r\n", "\n"); // the clipboard has lines as Windows ends them
    shown.hidden = false; // to be read before it is sent, and to be copied by hand where the browser refuses
    try {
      await navigator.clipboard.writeText(text);
      said.textContent = t("summary.copied");
    } catch {
      said.textContent = t("summary.by_hand");
      getSelection()?.selectAllChildren(shown);
    }
  };
  const contacts = matter.authority?.guides.contacts;
  return el(
    "div",
    { class: "summary" },
    el("button", { type: "button", onclick: copy }, t("summary.button")),
    " ",
    said,
    shown,
    ...(matter.authority?.asking ?? []).map((desk) => el("p", { class: "small" }, t("summary.desk", desk))),
    ...(contacts ? [el("p", { class: "small" }, el("a", { href: contacts.url }, contacts.title))] : []),
  );
}
