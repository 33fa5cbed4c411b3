/**
 * From a certificate's status to what the page says and offers. One verdict a certificate, one main action a verdict.
 * @import {Authority, Certificate, Headline, Language, Translate} from "./contract.mjs"
 *
 * @typedef {{lang: Language, t: Translate}} Wording
 */
import { addDays, daysBetween, formatDay, formatEnd, formatStart, japanDay } from "./dates.mjs";
import { filled, plural } from "./strings.mjs";

/** What stands beside the word, for eyes that do not tell the colours apart. */
export const TONES = /** @type {const} */ ({
  open: "go",
  open_without_end: "go",
  open_after_expiry: "ask",
  too_early: "wait",
  not_yet: "wait",
  by_application: "ask",
  unknown: "ask",
  ca: "note",
  too_late: "stop",
  expired: "stop",
});

/** Guides that lead on from a verdict, the first that the authority has. */
const GUIDES = /** @type {Partial<Record<Headline, string[]>>} */ ({
  open: ["renew"],
  open_without_end: ["renew"],
  open_after_expiry: ["renew"],
  too_early: ["renew"],
  by_application: ["renew", "apply"],
  too_late: ["issue"],
  expired: ["issue"],
});

/**
 * The verdict in a sentence.
 * @param {Certificate} certificate
 * @param {Wording} wording
 * @param {Date} at the moment it was judged at
 * @returns {string}
 */
export function sentence(certificate, { lang, t }, at) {
  const { opens_on: opens, closes_on: closes, closes_at: time } = certificate.renewal;
  const end = new Date(certificate.not_after);
  const closing = closes ? formatDay(closes, lang) : "";
  const until = closes && certificate.headline === "open_after_expiry" ? "_until" : "";
  return t(`verdict.${said(certificate)}${until}`, {
    opens: opens ? formatDay(opens, lang) : "",
    closes: time
      ? t("closes.at", { day: closing, time })
      : closes === japanDay(end)
        ? formatEnd(end, lang) // a window that ends with the certificate ends at its second, not with the day
        : closing,
    expires: formatEnd(end, lang),
    starts: formatStart(new Date(certificate.not_before), lang),
    wait: opens ? plural(t, "wait", daysBetween(japanDay(at), opens)) : "",
  });
}

/** What has ended by itself says so; how it is renewed follows. @param {Certificate} certificate */
const said = ({ headline, validity }) =>
  headline === "by_application" && validity === "expired" ? "expired" : headline;

/**
 * What the authority asks for before its window is over, or the way on after it; nothing while the system is unknown, or
 * before the certificate can be used at all.
 * @param {Certificate} certificate
 * @param {Authority | undefined} authority
 * @param {Language} lang
 * @returns {string}
 */
export function advice(certificate, authority, lang) {
  const { headline: verdict } = certificate;
  if (!authority || certificate.is_ca || verdict === "not_yet") return "";
  const { after, between, how } = authority;
  if (said(certificate) === "expired") return after;
  const still = verdict === "open_after_expiry";
  if (verdict !== "too_late" && !still) return how;
  const opens = certificate.renewal.opens_on;
  const dayAfter = addDays(japanDay(new Date(certificate.not_after)), 1);
  return filled(between ?? (still ? how : after), {
    opens: opens ? formatDay(opens, lang) : "",
    day_after: formatDay(dayAfter, lang),
  });
}

/** The last day is ours where the manual prints none. @param {Certificate} certificate @param {Authority} [authority] */
export const endIsDerived = (certificate, authority) =>
  authority?.closes_derived === true && ["open", "too_early"].includes(certificate.headline);

/** Where the time for it has not come yet, one reads ahead. */
const AHEAD = /** @type {Partial<Record<Headline, string>>} */ ({
  too_early: "action.read_ahead",
  too_late: "action.issue_ahead",
});

/**
 * The one main action: a guide's first step, or the authority's page (its guides, its contacts) where none fits.
 * @param {Certificate} certificate
 * @param {Authority | undefined} authority
 * @param {Translate} t
 * @param {string} home address of the list of guides
 * @returns {{text: string, href: string} | null} null where there is none, or the choice of the system is it
 */
export function action(certificate, authority, t, home) {
  const { headline: verdict } = certificate;
  if (verdict === "unknown" || verdict === "ca") return null;
  const guide = GUIDES[verdict]?.find((id) => authority?.guides[id]);
  const link = guide && authority?.guides[guide];
  if (!link) return { text: t("action.guides"), href: authority?.page ?? home };
  return { text: t(AHEAD[verdict] ?? `action.${guide}`), href: link.first };
}
