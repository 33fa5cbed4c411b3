/**
 * A button that saves the days of one certificate as a calendar file, which certcheck writes. The file names the system and
 * not the holder: calendars are often shared.
 * @import {Authority} from "./contract.mjs"
 * @import {CardContext, Page} from "./certificate-card.mjs"
 */
import { createElement } from "./element.mjs";
import { toJapanDay } from "./japan-time.mjs";
import { saveFile } from "./save-file.mjs";

const KINDS = ["opens", "reminder", "deadline", "last_day", "expiry"];

/**
 * Collect the words of `certcheck.reports.calendar_file`.
 * @param {Page} page
 * @param {Authority} authority
 * @param {string} id of the authority
 * @returns {Record<string, string>}
 */
function collectCalendarWords({ data, home }, authority, id) {
  const url = new URL(authority.guides.renew?.first ?? authority.page ?? home, document.baseURI).href;
  return {
    [`authority.${id}`]: authority.system,
    [`url.${id}`]: url,
    ...Object.fromEntries(
      authority.deadlines.map((deadline, i) => [`deadline.${id}.${i}`, `${deadline}（${authority.system}）`]),
    ),
    last_apply: data.strings["calendar.last_apply"] ?? "last_apply",
    ...Object.fromEntries(KINDS.map((kind) => [kind, data.strings[`calendar.${kind}`] ?? kind])),
    // Not every calendar shows an event's URL.
    ...Object.fromEntries(KINDS.map((kind) => [`${kind}.description`, url])),
  };
}

/**
 * Render the button.
 * @param {Page} page
 * @param {CardContext} context
 * @param {Authority | undefined} authority
 * @returns {HTMLElement[]} empty for a CA, an expired or revoked certificate, one whose dates cannot be read, and an unknown system
 */
export function renderCalendarButton(page, { certificate, write }, authority) {
  const { authority: id, sha256, validity, headline, not_after: end } = certificate;
  const hasDays = end !== null && !["expired", "never", "unknown"].includes(validity);
  if (!id || !authority || certificate.is_ca || !hasDays || headline === "revoked") return [];
  const onclick = async () => {
    const words = collectCalendarWords(page, authority, id);
    const text = await write({ format: "calendar", words, sha256 });
    saveFile(`certificate-${id}-${toJapanDay(new Date(end))}.ics`, "text/calendar", text);
  };
  return [
    createElement("button", { type: "button", class: "cg-button", onclick }, page.t("calendar.button")),
  ];
}
