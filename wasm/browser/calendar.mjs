/**
 * The days to renew as a calendar file (RFC 5545), made here and saved without a request. It names the system, not the
 * holder: calendars are often shared.
 * @import {Authority, Certificate} from "./contract.mjs"
 * @import {Page} from "./card.mjs"
 */
import { addDays, japanDay } from "./dates.mjs";
import { el } from "./dom.mjs";

/** @param {string} text @returns {string} RFC 5545, 3.3.11 */
const escaped = (text) => text.replace(/[\\;,]/g, "\\$&").replace(/\r?\n/g, "\\n");

/** @param {string} day @returns {string} RFC 5545, 3.3.4 */
const compact = (day) => day.replaceAll("-", "");

/** @param {string} line @returns {string} folded to 75 octets (RFC 5545, 3.1), never inside a character */
function folded(line) {
  let text = "";
  let octets = 0;
  for (const character of line) {
    const width = new TextEncoder().encode(character).length;
    if (octets + width > 75) {
      text += "\r\n ";
      octets = 1;
    }
    text += character;
    octets += width;
  }
  return text;
}

/**
 * @param {{uid: string, first: string, last: string, title: string, url: string}} event whole days, inclusive
 * @param {Date} now
 * @returns {string[]} lines
 */
function eventLines({ uid, first, last, title, url }, now) {
  return [
    "BEGIN:VEVENT",
    `UID:${uid}`,
    `DTSTAMP:${now.toISOString().replace(/[-:]|\.\d+/g, "")}`,
    `DTSTART;VALUE=DATE:${compact(first)}`,
    `DTEND;VALUE=DATE:${compact(addDays(last, 1))}`,
    `SUMMARY:${escaped(title)}`,
    `URL:${url}`,
    "TRANSP:TRANSPARENT",
    "END:VEVENT",
  ];
}

/**
 * @param {Page} page
 * @param {Certificate} certificate
 * @param {Authority} authority
 * @param {Date} now
 * @returns {string} text/calendar
 */
function calendarText({ t, home }, certificate, authority, now) {
  const url = new URL(authority.guides.renew?.first ?? home, document.baseURI).href;
  const expires = japanDay(new Date(certificate.not_after));
  const { opens_on: opens, closes_on: closes } = certificate.renewal;
  const { system } = authority;
  const id = certificate.sha256.slice(0, 16);
  const events = [
    { uid: `${id}-expiry`, first: expires, last: expires, title: t("calendar.expiry", { system }), url },
    ...(opens
      ? [
          {
            uid: `${id}-renew`,
            first: opens,
            last: closes ?? opens,
            title: t("calendar.renew", { system }),
            url,
          },
        ]
      : []),
  ];
  const lines = [
    "BEGIN:VCALENDAR",
    "VERSION:2.0",
    "PRODID:-//certcheck//EN",
    ...events.flatMap((event) => eventLines(event, now)),
    "END:VCALENDAR",
  ];
  return lines.map((line) => `${folded(line)}\r\n`).join("");
}

/**
 * @param {Page} page
 * @param {Certificate} certificate
 * @param {Authority | undefined} authority
 * @returns {HTMLElement[]} a button, or none where there is nothing to put down
 */
export function calendar(page, certificate, authority) {
  if (!authority || certificate.validity === "expired") return [];
  const save = () => {
    const text = calendarText(page, certificate, authority, new Date());
    const href = URL.createObjectURL(new Blob([text], { type: "text/calendar" }));
    el("a", { href, download: "certificate.ics" }).click();
    // Not at once: the browser reads the object while it saves.
    setTimeout(() => URL.revokeObjectURL(href), 60_000);
  };
  return [el("button", { type: "button", onclick: save }, page.t("calendar.button"))];
}
