/**
 * The result of one certificate: verdict, action, facts, details.
 * @import {Authority, Certificate, CheckData, Question, SaveRequest, Translate, WriteRequest} from "./contract.mjs"
 * @import {KnownCertificates, Successors} from "./chosen-files.mjs"
 * @import {Wording} from "./verdict.mjs"
 *
 * @typedef {object} CardContext What a card shows, and what its buttons call.
 * @property {Certificate} certificate
 * @property {KnownCertificates} known certificates of all chosen files
 * @property {Successors} successors proven ones
 * @property {Successors} claimants those that nobody has proven
 * @property {Date} at instant of judging
 * @property {boolean} isDayChosen whether a person chose its day
 * @property {(day: string | null) => void} judgeOn judge again, on another day or (null) by the device's clock
 * @property {(authority: string) => void} judgeAs judge again, as a certificate of that authority
 * @property {(request: Omit<WriteRequest, "report">) => Promise<string>} write let certcheck write a file
 * @property {boolean} isPkcs12 whether its file is one, which may hold its private key
 * @property {(request: SaveRequest) => Promise<Uint8Array<ArrayBuffer>>} save let certcheck write the certificate alone
 *
 * @typedef {{data: CheckData, home: string, question: Question | null, isInGuide: boolean} & Wording} Page `question` is
 *   that of the step which has opened the checker; `isInGuide`: in the guide's page
 */
import { renderCalendarButton } from "./calendar-button.mjs";
import { getDisplayName, renderChain, renderDefinitions, renderFields } from "./certificate-details.mjs";
import { renderSaving } from "./certificate-saving.mjs";
import { createElement, keepDaysUnbroken } from "./element.mjs";
import { renderRemarks } from "./field-remarks.mjs";
import { renderSummary } from "./helpdesk-summary.mjs";
import { formatDay, formatEnd, formatStart, toJapanTime } from "./japan-time.mjs";
import { renderClockWarning, renderJudgedDay } from "./judged-day.mjs";
import { renderRevocation } from "./revocation.mjs";
import { renderSystemChoice, renderSystemCorrection } from "./system-choice.mjs";
import { renderToneLabel } from "./tone-label.mjs";
import { translatePlural } from "./translator.mjs";
import { renderTimeline } from "./validity-timeline.mjs";
import {
  formatLabel,
  formatVerdict,
  hasDerivedEnd,
  isByNameOnly,
  selectAction,
  selectAdvice,
  selectContact,
  selectTone,
} from "./verdict.mjs";

/** Render the card of a certificate. @param {Page} page @param {CardContext} context @returns {HTMLElement} */
export function renderCard(page, context) {
  const { certificate, known, at } = context;
  const authority = certificate.authority ? page.data.authorities[certificate.authority] : undefined;
  const calendar = renderCalendarButton(page, context);
  return createElement(
    "article",
    { class: "check-card", "data-verdict": certificate.headline, "data-sha256": certificate.sha256 },
    renderVerdict(page, context, authority),
    renderFacts(page, context, authority),
    ...renderRemarks(certificate, page),
    renderChain(certificate, known, page),
    renderFields(certificate, page, authority?.anchors),
    createElement(
      "div",
      { class: "check-row" },
      ...calendar,
      renderSummary(page, { certificate, authority, at }),
    ),
    ...(calendar.length > 0 ? [renderSmall(page.t("calendar.note"))] : []),
    ...renderSaving(page, context),
    renderRevocation(certificate, page),
  );
}

/** @param {Page} page @param {CardContext} context @param {Authority | undefined} authority */
function renderVerdict(page, context, authority) {
  const { t, lang } = page;
  const { certificate, at, successors, claimants } = context;
  const { headline: verdict, sha256 } = certificate;
  const paragraphs = [
    renderToneLabel(selectTone(certificate, at), formatLabel(certificate, t, at)),
    createElement("h3", { tabindex: -1 }, ...keepDaysUnbroken(formatVerdict(certificate, page, at))),
    isByNameOnly(certificate) ? createElement("p", { class: "check-by-name" }, t("verdict.by_name")) : null,
    renderAction(certificate, authority, page),
    renderSuccessor(successors.get(sha256), page),
    renderClaimant(claimants.get(sha256), page),
    hasDerivedEnd(certificate, authority) ? renderSmall(t("closes.derived")) : null,
    renderAdvice(selectAdvice(certificate, authority, lang)),
    renderContact(selectContact(certificate, authority), t),
    renderDaysLeft(certificate, t),
    verdict === "unknown" ? renderSystemChoice(page, context) : null,
    certificate.recognised_by === "given" ? renderSystemCorrection(page, context) : null,
    renderJudgedDay(page, context),
    renderClockWarning(page, context),
    renderRuleCheck(authority, page),
  ];
  return createElement(
    "header",
    { class: `check-verdict check-tone-${selectTone(certificate, at)}` },
    ...paragraphs.filter((paragraph) => paragraph !== null),
  );
}

/** @param {string} text */
const renderSmall = (text) => createElement("p", { class: "check-small" }, text);

/** Render that renewing may be done already. @param {Certificate | undefined} successor @param {Page} page */
function renderSuccessor(successor, { t, lang }) {
  if (!successor) return null;
  const { serial, not_after: end } = successor;
  const text = t("newer", { serial, end: formatEnd(end, lang) });
  return createElement("p", { class: "check-note" }, ...keepDaysUnbroken(text));
}

/** Render what an unproven certificate of later dates means. @param {Certificate | undefined} claimant @param {Page} page */
function renderClaimant(claimant, { t, lang }) {
  if (!claimant) return null;
  const { issuer, serial, not_after: end } = claimant;
  const text = t("newer.unproven", { issuer, serial, end: formatEnd(end, lang) });
  return createElement("p", { class: "check-note" }, ...keepDaysUnbroken(text));
}

/** @param {ReturnType<typeof selectAdvice>} advice */
const renderAdvice = (advice) => (advice ? createElement("p", {}, ...keepDaysUnbroken(advice)) : null);

/** @param {ReturnType<typeof selectContact>} contact @param {Translate} t */
function renderContact(contact, t) {
  if (!contact?.phone) return null;
  const { name, phone, hours } = contact;
  return createElement(
    "p",
    { class: "check-contact" },
    t(hours ? "after.contact.hours" : "after.contact", { name, phone, hours: hours ?? "" }),
  );
}

/** @param {Certificate} certificate @param {Translate} t */
function renderDaysLeft({ headline, validity, days_left: days }, t) {
  if (days === null || headline === "revoked") return null;
  return createElement("p", { class: "check-days-left" }, formatDaysLeft(validity, days, t));
}

/** @param {Certificate["validity"]} validity @param {number} days left @param {Translate} t */
function formatDaysLeft(validity, days, t) {
  if (validity !== "expired") return days === 0 ? t("days.today") : translatePlural(t, "days.left", days);
  return days === 0 ? t("days.expired_today") : translatePlural(t, "days.ago", -days);
}

/** @param {Certificate} certificate @param {Authority | undefined} authority @param {Page} page */
function renderAction(certificate, authority, { t, home }) {
  const action = selectAction(certificate, authority, t, home);
  if (!action) return null;
  const attributes = { class: "cg-button cg-button-primary check-main-action", href: action.href };
  return createElement("p", {}, createElement("a", attributes, action.text));
}

/** Render when the rule was compared with its manual. @param {Authority | undefined} authority @param {Page} page */
function renderRuleCheck(authority, { t, lang }) {
  if (!authority) return null;
  return renderSmall(t("rule.checked", { name: authority.name, day: formatDay(authority.checked, lang) }));
}

/** @param {Page} page @param {CardContext} context @param {Authority | undefined} authority */
function renderFacts(page, context, authority) {
  const { certificate } = context;
  const { t, lang } = page;
  const from = formatStart(certificate.not_before, lang);
  const to = formatEnd(certificate.not_after, lang);
  const isMidnight =
    certificate.not_after !== null && toJapanTime(new Date(certificate.not_after)) === "00:00:00";
  return createElement(
    "section",
    { class: "check-facts" },
    ...(certificate.headline === "revoked" ? [] : renderTimeline(page, context, authority)),
    renderDefinitions([
      [t("fact.system"), authority ? authority.system : t("fact.system.unknown")],
      [t("fact.known_by"), authority ? formatRecognition(certificate, authority, t) : null],
      selectIdentity(certificate, authority, t),
      [t("fields.issuer"), authority ? null : certificate.issuer],
      ...certificate.emails.map(
        ({ value, field }) =>
          /** @type {[string, string]} */ ([
            t("fact.email"),
            t("fact.email.from", { value, field: t(`field.${field}`) }),
          ]),
      ),
      [t("fact.valid"), createElement("span", {}, ...keepDaysUnbroken(t("fact.valid.range", { from, to })))],
    ]),
    ...(isMidnight ? [createElement("p", { class: "check-warning" }, t("expires.midnight"))] : []),
  );
}

/**
 * Select what identifies the holder: the user id under the manual's name for it, else the certificate's name.
 * @param {Certificate} certificate
 * @param {Authority | undefined} authority
 * @param {Translate} t
 * @returns {[string, string]}
 */
function selectIdentity(certificate, authority, t) {
  const { user_id: id } = certificate;
  return id && authority?.user_id_label
    ? [authority.user_id_label, id]
    : [t("fact.name"), getDisplayName(certificate)];
}

/** Format what the system was recognised by. @param {Certificate} certificate @param {Authority} authority @param {Translate} t */
export function formatRecognition({ recognised_by: evidence }, { name, named_by: namedBy }, t) {
  if (!evidence) return null;
  return t(`known_by.${evidence === "name" && namedBy !== "issuer" ? "subject" : evidence}`, { name });
}
