/**
 * The days of one certificate as a calendar file, which certcheck writes. It names the system, not the holder: calendars
 * are often shared.
 * @import {Authority} from "./contract.mjs"
 * @import {Judged, Page} from "./card.mjs"
 */
import { japanDay } from "./dates.mjs";
import { el } from "./dom.mjs";
import { save } from "./save.mjs";

/** @param {Page} page @param {Authority} authority @param {string} id @returns {Record<string, string>} certcheck's words */
function words({ data, home }, authority, id) {
  const url = new URL(authority.guides.renew?.first ?? authority.page ?? home, document.baseURI).href;
  const kinds = ["opens", "reminder", "deadline", "last_day", "expiry"];
  return {
    [`authority.${id}`]: authority.system,
    [`url.${id}`]: url,
    ...Object.fromEntries(
      authority.deadlines.map((what, i) => [`deadline.${id}.${i}`, `${what}（${authority.system}）`]),
    ),
    ...Object.fromEntries(kinds.map((kind) => [kind, data.strings[`calendar.${kind}`] ?? kind])),
    // Not every calendar shows an event's URL.
    ...Object.fromEntries(kinds.map((kind) => [`${kind}.description`, url])),
  };
}

/**
 * @param {Page} page
 * @param {Judged} judged
 * @param {Authority | undefined} authority
 * @returns {HTMLElement[]} a button, or none where there is nothing to put down
 */
export function calendar(page, { certificate, write }, authority) {
  const { authority: id, sha256, validity, not_after: end } = certificate;
  if (!id || !authority || certificate.is_ca || validity === "expired") return [];
  const onclick = async () => {
    const text = await write({ what: "calendar", words: words(page, authority, id), sha256 });
    save(`certificate-${id}-${japanDay(new Date(end))}.ics`, "text/calendar", text);
  };
  return [el("button", { type: "button", onclick }, page.t("calendar.button"))];
}
