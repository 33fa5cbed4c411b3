/**
 * Buttons that save the days of one certificate, or of all, as a calendar file, which certcheck writes. Titles name system
 * and user id, so that forty of them can be told apart.
 * @import {Certificate} from "./contract.mjs"
 * @import {CardContext, Page} from "./certificate-card.mjs"
 */
import { createElement } from "./element.mjs";
import { toJapanDay } from "./japan-time.mjs";
import { saveFile } from "./save-file.mjs";

const KINDS = ["opens", "reminder", "deadline", "last_day", "expiry"];

/**
 * Collect the words of `certcheck.reports.calendar_file`.
 * @param {Page} page
 * @returns {Record<string, string>}
 */
function collectCalendarWords({ data, home }) {
  /** @type {Record<string, string>} */
  const words = { title: data.strings["calendar.title"] ?? "", and: data.strings["calendar.and"] ?? "" };
  words.last_apply = data.strings["calendar.last_apply"] ?? "last_apply";
  for (const kind of KINDS) {
    words[kind] = data.strings[`calendar.${kind}`] ?? kind;
    words[`${kind}.description`] = "{url}"; // not every calendar shows an event's URL
  }
  for (const [id, authority] of Object.entries(data.authorities)) {
    words[`authority.${id}`] = authority.system;
    const guide = authority.guides.renew?.first ?? authority.page ?? home;
    words[`url.${id}`] = new URL(guide, document.baseURI).href;
    for (const [i, deadline] of authority.deadlines.entries()) words[`deadline.${id}.${i}`] = deadline;
  }
  return words;
}

/** Tell whether a certificate has days to come under a known rule. @param {Certificate} certificate */
const hasDays = ({ authority, headline, validity, is_ca, not_after }) =>
  authority !== null &&
  headline !== "revoked" &&
  !is_ca &&
  not_after !== null &&
  !["expired", "never", "unknown"].includes(validity);

/**
 * Render the button of one certificate.
 * @param {Page} page
 * @param {CardContext} context
 * @returns {HTMLElement[]} empty for a CA, an expired or revoked certificate, one whose dates cannot be read, and an unknown system
 */
export function renderCalendarButton(page, { certificate, write }) {
  if (!hasDays(certificate)) return [];
  const { authority, sha256, not_after } = certificate;
  const name = `certificate-${authority}-${toJapanDay(new Date(not_after ?? 0))}.ics`;
  return [
    renderButton(page, "calendar.button", name, (words) => write({ format: "calendar", words, sha256 })),
  ];
}

/**
 * Render the button of all certificates.
 * @param {Page} page
 * @param {Certificate[]} certificates
 * @param {CardContext["write"]} write
 * @returns {HTMLElement[]} empty where none has days to come
 */
export function renderCalendarButtonForAll(page, certificates, write) {
  if (!certificates.some(hasDays)) return [];
  const name = `certificates-${toJapanDay(new Date())}.ics`;
  return [renderButton(page, "calendar.all", name, (words) => write({ format: "calendar", words }))];
}

/**
 * @param {Page} page
 * @param {string} code of the button's words
 * @param {string} name of the file
 * @param {(words: Record<string, string>) => Promise<string>} write
 */
function renderButton(page, code, name, write) {
  const onclick = async () => saveFile(name, "text/calendar", await write(collectCalendarWords(page)));
  return createElement("button", { type: "button", class: "cg-button", onclick }, page.t(code));
}
