/**
 * What a helpdesk asks for (fsa-admin-manual 9.1.2), as text to copy: blanks for what only the caller knows, then what
 * the page knows. No key, no password, no file and no name of one.
 * @import {Authority, Certificate} from "./contract.mjs"
 * @import {Page} from "./certificate-card.mjs"
 *
 * @typedef {object} SummarySubject A certificate, or a file's error.
 * @property {Date} at instant of judging
 * @property {Certificate} [certificate]
 * @property {Authority | undefined} [authority]
 * @property {string} [message] the error that the page shows
 */
import { getDisplayName } from "./certificate-details.mjs";
import { createElement } from "./element.mjs";
import { formatEnd, formatMinute, formatStart } from "./japan-time.mjs";
import { detectPlatform } from "./platform.mjs";
import { formatVerdict } from "./verdict.mjs";
import { makeVisible } from "./visible-text.mjs";

/** @param {Page} page @param {SummarySubject} subject @returns {[string, string][]} terms and values of the certificate */
function listCertificateFacts(page, { certificate, authority, at }) {
  if (!certificate) return [];
  const { t, lang } = page;
  const from = formatStart(certificate.not_before, lang);
  const to = formatEnd(certificate.not_after, lang);
  return [
    [t("fact.system"), authority ? authority.system : t("fact.system.unknown")],
    ["CN", getDisplayName(certificate)],
    [t("fields.serial"), certificate.serial],
    [t("fields.issuer"), certificate.issuer],
    [t("fact.valid"), t("fact.valid.range", { from, to })],
    [t("summary.verdict"), formatVerdict(certificate, page, at)],
  ];
}

/** @param {Page} page @param {SummarySubject} subject @returns {Promise<string>} */
async function composeSummary(page, subject) {
  const { t, lang } = page;
  const { windows, browser } = await detectPlatform();
  const now = formatMinute(new Date(), lang);
  /** @type {[string, string][]} */
  const lines = [
    ...["institution", "person", "reach", "when", "done"].map(
      (code) => /** @type {[string, string]} */ ([t(`summary.${code}`), ""]),
    ),
    [t("summary.message"), subject.message ?? ""],
    [t("summary.windows"), windows],
    [t("summary.browser"), browser],
    [t("summary.now"), t("fields.japan_time", { time: now })],
    ...listCertificateFacts(page, subject),
  ];
  return lines
    .map(([name, value]) => t("summary.line", { name, value: makeVisible(value) }).trimEnd())
    .join("\r\n");
}

/**
 * Render a button that copies the summary, the copied text, and what the helpdesks want to know besides.
 * @param {Page} page
 * @param {SummarySubject} subject
 * @returns {HTMLElement}
 */
export function renderSummary(page, subject) {
  const { t } = page;
  const status = createElement("span", { role: "status" });
  // No field: browsers keep the text of fields for a restart, in files of their profile.
  const preview = createElement("pre", {
    class: "cg-field",
    tabindex: 0,
    role: "group",
    "aria-label": t("summary.button"),
    hidden: true,
  });
  const copy = async () => {
    const text = await composeSummary(page, subject);
    preview.textContent = text.replaceAll("\r\n", "\n"); // the clipboard has lines as Windows ends them
    preview.hidden = false; // to be read before it is sent, and to be copied by hand where the browser refuses
    try {
      await navigator.clipboard.writeText(text);
      status.textContent = t("summary.copied");
    } catch {
      status.textContent = t("summary.by_hand");
      getSelection()?.selectAllChildren(preview);
    }
  };
  const { contact_notes: notes = [], guides } = subject.authority ?? {};
  const contacts = guides?.contacts;
  return createElement(
    "div",
    { class: "check-summary" },
    createElement("button", { type: "button", class: "cg-button", onclick: copy }, t("summary.button")),
    " ",
    status,
    preview,
    ...notes.map((note) => createElement("p", { class: "check-small" }, t("summary.desk", note))),
    ...(contacts
      ? [
          createElement(
            "p",
            { class: "check-small" },
            createElement("a", { href: contacts.url }, contacts.title),
          ),
        ]
      : []),
  );
}
