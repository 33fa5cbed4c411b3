/**
 * From a certificate's status to the page's sentence and main action: one verdict a certificate, one action a verdict.
 * @import {Authority, Certificate, Headline, Language, Revocation, Translate} from "./contract.mjs"
 *
 * @typedef {{lang: Language, t: Translate}} Wording
 */
import { addDays, countDays, formatDay, formatEnd, formatStart, toJapanDay } from "./japan-time.mjs";
import { fillPlaceholders, translatePlural } from "./translator.mjs";

/** Colour and symbol of a verdict. */
const TONES = /** @type {const} */ ({
  open: "good",
  open_without_end: "good",
  open_after_expiry: "warn",
  too_early: "wait",
  not_yet: "wait",
  never_valid: "bad",
  no_dates: "warn",
  by_application: "warn",
  unknown: "warn",
  ca: "neutral",
  too_late: "bad",
  too_late_to_apply: "bad",
  expired: "bad",
  revoked: "bad",
});

/** Guides that lead on from a verdict: the first one that the authority has. */
const GUIDES = /** @type {Partial<Record<Headline, string[]>>} */ ({
  open: ["renew"],
  open_without_end: ["renew"],
  open_after_expiry: ["renew"],
  too_early: ["renew"],
  by_application: ["renew", "apply"],
});

/** Verdicts that may have a last day. */
const ENDING = ["open", "open_after_expiry", "by_application"];

/** From so many days before the last one on, a verdict is urgent: the colour says so, and the label counts them. */
const URGENT_DAYS = 7;

/**
 * Count the days from the day of judging to the last one for renewing.
 * @param {Certificate} certificate
 * @param {Date} at instant of judging
 * @returns {number | null} null outside the window, and where the window has no end
 */
function countRemainingDays(certificate, at) {
  const { closes_on: closes } = certificate.renewal;
  return closes && ENDING.includes(selectSentence(certificate)) ? countDays(toJapanDay(at), closes) : null;
}

/**
 * Select a verdict's colour and symbol: what can be renewed is urgent when its last days, or those of the certificate, run.
 * @param {Certificate} certificate
 * @param {Date} at instant of judging
 */
export function selectTone(certificate, at) {
  const tone = TONES[certificate.headline];
  const days = countRemainingDays(certificate, at) ?? certificate.days_left;
  return tone === "good" && days !== null && days <= URGENT_DAYS ? "warn" : tone;
}

/**
 * Format the verdict's word.
 * @param {Certificate} certificate
 * @param {Translate} t
 * @param {Date} at instant of judging
 */
export function formatLabel(certificate, t, at) {
  const days = countRemainingDays(certificate, at);
  if (days === 0)
    return t(certificate.headline === "by_application" ? "label.last_day_to_apply" : "label.last_day");
  if (days === null || days > URGENT_DAYS || certificate.headline !== "open")
    return t(`label.${certificate.headline}`);
  return translatePlural(t, "label.open.days", days);
}

/**
 * Collect the days of a certificate as sentences name them.
 * @param {Certificate} certificate
 * @param {Wording} wording
 * @param {Date} at instant of judging
 * @returns {Record<string, string>} by placeholder; empty where there is no such day
 */
export function collectDays(certificate, { lang, t }, at) {
  const { opens_on: opens, closes_on: closes, closes_at: time } = certificate.renewal;
  const end = certificate.not_after;
  const closingDay = closes ? formatDay(closes, lang) : "";
  return {
    opens: opens ? formatDay(opens, lang) : "",
    closes: time
      ? t("closes.at", { day: closingDay, time })
      : end && closes === toJapanDay(new Date(end))
        ? formatEnd(end, lang) // a window that ends with the certificate ends at its second, not with the day
        : closingDay,
    expires: formatEnd(end, lang),
    starts: formatStart(certificate.not_before, lang),
    wait: opens ? translatePlural(t, "wait", countDays(toJapanDay(at), opens)) : "",
    ...selectRevocationValues(certificate.revocation, { lang, t }),
  };
}

/**
 * Format the verdict as a sentence.
 * @param {Certificate} certificate
 * @param {Wording} wording
 * @param {Date} at instant of judging
 * @returns {string}
 */
export function formatVerdict(certificate, wording, at) {
  const code = `verdict.${selectSentence(certificate)}${selectSuffix(certificate, at)}`;
  return wording.t(code, collectDays(certificate, wording, at));
}

/**
 * Select the values of the sentence that a certificate is revoked.
 * @param {Revocation | undefined} revocation
 * @param {Wording} wording
 * @returns {{revoked_on: string, reason: string}}
 */
function selectRevocationValues(revocation, { t, lang }) {
  const day = revocation?.revoked_on;
  return {
    revoked_on: day ? formatDay(toJapanDay(new Date(day)), lang) : t("crl.no_day"),
    reason: t(`reason.${revocation?.reason ?? "none"}`),
  };
}

/**
 * Select the variant of a verdict's sentence: on the last day it says so.
 * @param {Certificate} certificate
 * @param {Date} at instant of judging
 */
function selectSuffix(certificate, at) {
  if (countRemainingDays(certificate, at) === 0) return "_last_day";
  const isUntil = ["open_after_expiry", "by_application"].includes(selectSentence(certificate));
  return certificate.renewal.closes_on && isUntil ? "_until" : "";
}

/**
 * Tell whether a verdict that sends people on rests on a name alone, which anybody can write into a certificate.
 * @param {Certificate} certificate
 */
export const isByNameOnly = ({ headline, recognised_by }) =>
  TONES[headline] === "good" && recognised_by === "name";

/**
 * Select the sentence's code: an expired certificate of an application is first of all expired; how it is renewed follows.
 * @param {Certificate} certificate
 */
const selectSentence = ({ headline, validity }) =>
  headline === "by_application" && validity === "expired" ? "expired" : headline;

/** Verdicts on which no rule of renewal bears. */
const UNADVISED = ["not_yet", "never_valid", "no_dates", "revoked"];

/**
 * Select what renewing needs while the window is not over, and what to do once it is.
 * @param {Certificate} certificate
 * @param {Authority | undefined} authority
 * @param {Language} lang
 * @returns {string} empty while the system is unknown, and before the certificate becomes valid
 */
export function selectAdvice(certificate, authority, lang) {
  const { headline: verdict } = certificate;
  if (!authority || certificate.is_ca || UNADVISED.includes(verdict)) return "";
  const { after, between, how } = authority;
  if (selectSentence(certificate) === "expired") return after;
  const isOpenAfterExpiry = verdict === "open_after_expiry";
  if (!["too_late", "too_late_to_apply"].includes(verdict) && !isOpenAfterExpiry) return how;
  const opens = certificate.renewal.opens_on;
  const dayAfter = addDays(toJapanDay(new Date(certificate.not_after ?? 0)), 1);
  return fillPlaceholders(between ?? (isOpenAfterExpiry ? how : after), {
    opens: opens ? formatDay(opens, lang) : "",
    day_after: formatDay(dayAfter, lang),
  });
}

/**
 * Tell whether the last day that the verdict names is derived, the manual printing none.
 * @param {Certificate} certificate
 * @param {Authority} [authority]
 */
export const hasDerivedEnd = (certificate, authority) =>
  authority?.closes_derived === true && ["open", "too_early"].includes(certificate.headline);

/** @param {Certificate} certificate */
const isWindowOver = (certificate) =>
  ["too_late", "too_late_to_apply", "expired"].includes(selectSentence(certificate));

/**
 * Select whom to ask: where renewing is over, or possible after expiry only.
 * @param {Certificate} certificate
 * @param {Authority | undefined} authority
 */
export const selectContact = (certificate, authority) =>
  isWindowOver(certificate) || certificate.headline === "open_after_expiry" ? authority?.after_contact : null;

/**
 * Select the main action: a guide's first step, or the authority's page (its guides, its contacts) where no guide fits.
 * Where renewing is over, it leads where the rule's text sends people.
 * @param {Certificate} certificate
 * @param {Authority | undefined} authority
 * @param {Translate} t
 * @param {string} home address of the list of guides
 * @returns {{text: string, href: string} | null} null for a CA, and where choosing the system is the action
 */
export function selectAction(certificate, authority, t, home) {
  const { headline: verdict } = certificate;
  if (verdict === "unknown" || verdict === "ca") return null;
  if (authority && isWindowOver(certificate)) {
    const issue = selectSentence(certificate) === "expired" ? "action.issue" : "action.issue_ahead";
    return { text: t(authority.after_issues ? issue : "action.guides"), href: authority.after_url };
  }
  const guide = GUIDES[verdict]?.find((id) => authority?.guides[id]);
  const link = guide && authority?.guides[guide];
  if (!link) return { text: t("action.guides"), href: authority?.page ?? home };
  const text = verdict === "too_early" ? "action.read_ahead" : `action.${guide}`;
  return { text: t(text), href: link.first };
}
