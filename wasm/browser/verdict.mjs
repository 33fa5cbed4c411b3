/**
 * From a certificate's status to the page's sentence and main action: one verdict a certificate, one action a verdict.
 * @import {Authority, Certificate, Headline, Language, Revocation, Translate} from "./contract.mjs"
 *
 * @typedef {{lang: Language, t: Translate}} Wording
 */
import { addDays, countDays, formatDay, formatEnd, formatStart, toJapanDay } from "./japan-time.mjs";
import { fillPlaceholders, translatePlural } from "./translator.mjs";

/** Colour and symbol of a verdict. */
export const TONES = /** @type {const} */ ({
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
  too_late: ["issue"],
  too_late_to_apply: ["issue"],
  expired: ["issue"],
});

/**
 * Format the verdict as a sentence.
 * @param {Certificate} certificate
 * @param {Wording} wording
 * @param {Date} at instant of judging
 * @returns {string}
 */
export function formatVerdict(certificate, { lang, t }, at) {
  const { opens_on: opens, closes_on: closes, closes_at: time } = certificate.renewal;
  const end = certificate.not_after;
  const closingDay = closes ? formatDay(closes, lang) : "";
  const sentence = selectSentence(certificate);
  const suffix = closes && ["open_after_expiry", "by_application"].includes(sentence) ? "_until" : "";
  return t(`verdict.${sentence}${suffix}`, {
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
  });
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

/** Words of the action where its time has not come yet. */
const EARLY_ACTIONS = /** @type {Partial<Record<Headline, string>>} */ ({
  too_early: "action.read_ahead",
  too_late: "action.issue_ahead",
  too_late_to_apply: "action.issue_ahead",
});

/**
 * Select the main action: a guide's first step, or the authority's page (its guides, its contacts) where no guide fits.
 * @param {Certificate} certificate
 * @param {Authority | undefined} authority
 * @param {Translate} t
 * @param {string} home address of the list of guides
 * @returns {{text: string, href: string} | null} null for a CA, and where choosing the system is the action
 */
export function selectAction(certificate, authority, t, home) {
  const { headline: verdict } = certificate;
  if (verdict === "unknown" || verdict === "ca") return null;
  const guide = GUIDES[verdict]?.find((id) => authority?.guides[id]);
  const link = guide && authority?.guides[guide];
  if (!link) return { text: t("action.guides"), href: authority?.page ?? home };
  return { text: t(EARLY_ACTIONS[verdict] ?? `action.${guide}`), href: link.first };
}
