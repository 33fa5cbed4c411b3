/**
 * The answer to what a step asks, above everything else that is known of a file, and the way on in the guide.
 * @import {Authority, Certificate, CheckData, Failure, FileReport, Holder, Question} from "./contract.mjs"
 * @import {CardContext, Page} from "./certificate-card.mjs"
 * @import {Finding} from "./step-findings.mjs"
 *
 * @typedef {CardContext & {file: FileReport, holders: Holder[]}} AnswerContext What a card shows, and the file that it is from.
 */
import { renderCalendarButton } from "./calendar-button.mjs";
import { formatRecognition } from "./certificate-card.mjs";
import { getDisplayName } from "./certificate-details.mjs";
import { createElement, keepDaysUnbroken } from "./element.mjs";
import { renderClockWarning } from "./judged-day.mjs";
import { findAnswer } from "./step-findings.mjs";
import { renderToneLabel } from "./tone-label.mjs";
import { collectDays, selectAction, selectAdvice } from "./verdict.mjs";

const GOOD = [
  "open",
  "open_without_end",
  "open_after_expiry",
  "fine",
  "no_issuer",
  "consistent",
  "trusted",
  "current",
];
const WAIT = ["not_yet", "too_early", "keep"];
const BAD = [
  "unreadable",
  "root",
  "never_valid",
  "other_system",
  "expired",
  "too_late",
  "no_address",
  "no_user_id",
];

/** Findings after which the authority's own word on certificates that can no longer be renewed is what helps. */
const WINDOW_OVER = ["expired", "too_late", "too_late_to_apply"];
const ENDED = [...WINDOW_OVER, "never_valid", "revoked"];

/** @param {Finding | "unreadable"} finding @returns {"good" | "wait" | "bad" | "warn"} */
function selectAnswerTone(finding) {
  if (GOOD.includes(finding)) return "good";
  if (WAIT.includes(finding)) return "wait";
  return [...BAD, "broken", "no_key"].includes(finding) ? "bad" : "warn";
}

/**
 * Find the question of a step.
 * @param {CheckData} data
 * @param {string} fragment that names it, `boj/renew/check-date`
 * @returns {Question | null}
 */
export const findQuestion = ({ questions }, fragment) =>
  Object.hasOwn(questions, fragment) ? (questions[fragment] ?? null) : null;

/** Render what is to be found out, and the way back. @param {Page} page @returns {HTMLElement[]} empty where no step has asked */
export function renderQuestion({ t, question }) {
  if (!question) return [];
  const { check, guide, step } = question;
  return [
    createElement(
      "div",
      { class: "check-question" },
      createElement("h2", {}, t("question.title", { question: t(`question.${check}`) })),
      createElement(
        "p",
        {},
        t("question.from", { guide, step: step.title }),
        " ",
        createElement("a", { href: step.url }, t("question.back")),
      ),
    ),
  ];
}

/**
 * Render the answer of a file of which no certificate shows.
 * @param {Page} page
 * @param {Failure} failure
 * @returns {HTMLElement[]} empty where no step has asked
 */
export function renderFailureAnswer(page, { code }) {
  const { question, t } = page;
  if (!question) return [];
  const finding = ["password_required", "wrong_password", "forms_untried"].includes(code)
    ? "locked"
    : "unreadable";
  return [renderFrame(page, question, finding, t(`answer.${question.check}.${finding}`))];
}

/**
 * Put the answer above a certificate's card, which is folded.
 * @param {Page} page
 * @param {AnswerContext} context
 * @param {HTMLElement} card
 * @returns {HTMLElement} the card alone where no step has asked
 */
export function renderAnswered(page, context, card) {
  const { question, t } = page;
  if (!question) return card;
  const { certificate } = context;
  const clockWarning = renderClockWarning(page, context);
  const finding = findAnswer(question.check, { ...context, expected: question.authority });
  const sentence = t(`answer.${question.check}.${finding}`, collectValues(page, question, context));
  const authority = page.data.authorities[certificate.authority ?? ""];
  const all = createElement(
    "details",
    { class: "check-everything", open: finding === "unknown_system" },
    createElement("summary", {}, t("question.all")),
    card,
  );
  return createElement(
    "div",
    { class: "check-answered" },
    renderFrame(
      page,
      question,
      finding,
      sentence,
      ...(clockWarning ? [clockWarning] : []),
      ...renderEvidence(page, certificate, authority),
      ...renderEnd(page, finding, certificate, authority),
      createElement(
        "p",
        { class: "check-way-on" },
        ...(finding === "too_early" ? renderCalendarButton(page, context) : []),
        ...renderWayOn(page, question, finding, certificate),
      ),
    ),
    all,
  );
}

/**
 * @param {Page} page
 * @param {Question} question
 * @param {Finding | "unreadable"} finding
 * @param {string} sentence
 * @param {...HTMLElement} more below the sentence
 */
function renderFrame({ t }, { check }, finding, sentence, ...more) {
  const tone = selectAnswerTone(finding);
  return createElement(
    "header",
    { class: `check-verdict check-answer check-tone-${tone}`, "data-answer": finding },
    renderToneLabel(tone, t("question.title", { question: t(`question.${check}`) })),
    createElement("h3", { tabindex: -1 }, ...keepDaysUnbroken(sentence)),
    ...more,
  );
}

/** @param {Page} page @param {Question} question @param {AnswerContext} context @returns {Record<string, string>} */
function collectValues(page, { authority: expected }, { certificate, at }) {
  const { t, data } = page;
  const { authorities } = data;
  const authority = authorities[certificate.authority ?? ""];
  const addresses = certificate.emails.map(({ value, field }) =>
    t("fact.email.from", { value, field: t(`field.${field}`) }),
  );
  return {
    ...collectDays(certificate, page, at),
    name: getDisplayName(certificate),
    issuer: certificate.issuer,
    found: authority?.name ?? t("fact.system.unknown"),
    expected: authorities[expected ?? ""]?.name ?? t("question.any"),
    addresses: addresses.join(t("list.and")),
    label: authority?.user_id_label ?? t("question.label"),
    user_id: certificate.user_id ?? "",
  };
}

/** Render what the system was recognised by: a name is no proof. @param {Page} page @param {Certificate} certificate @param {Authority | undefined} authority */
function renderEvidence({ t }, certificate, authority) {
  if (!authority) return [];
  const isByStep = certificate.recognised_by === "given";
  const words = isByStep
    ? t("question.by_step", { name: authority.name })
    : formatRecognition(certificate, authority, t);
  return words ? [createElement("p", { class: "check-small" }, words)] : [];
}

/**
 * Render what this authority says once a certificate can no longer be renewed, and its desks.
 * @param {Page} page
 * @param {Finding} finding
 * @param {Certificate} certificate
 * @param {Authority | undefined} authority
 */
function renderEnd({ t, lang }, finding, certificate, authority) {
  if (!authority || !ENDED.includes(finding)) return [];
  const advice = selectAdvice(certificate, authority, lang);
  const desks = authority.desks.map(({ about, name, phone, hours }) =>
    createElement(
      "li",
      {},
      hours
        ? t("question.desk.hours", { about, name, phone, hours })
        : t("question.desk", { about, name, phone }),
    ),
  );
  return [
    ...(advice ? [createElement("p", {}, ...keepDaysUnbroken(advice))] : []),
    ...(desks.length > 0 ? [createElement("ul", { class: "check-desks" }, ...desks)] : []),
  ];
}

/** Findings after which the guide goes on. */
const GOES_ON = [...GOOD, "no_advice", "may_delete_after_login", "incomplete", "not_examined", "newest"];

/**
 * Render where to go on: in the guide, or where the certificate belongs.
 * @param {Page} page
 * @param {Question} question
 * @param {Finding} finding
 * @param {Certificate} certificate
 */
function renderWayOn({ t, data, home, isInGuide }, { step, next }, finding, certificate) {
  const isNext = next !== null && GOES_ON.includes(finding);
  const authority = data.authorities[certificate.authority ?? ""];
  const exporting = authority?.guides.export;
  const action = WINDOW_OVER.includes(finding) ? selectAction(certificate, authority, t, home) : null;
  /** @type {[string, string][]} text and address */
  const links = [
    ...(isNext ? [toLink(t("question.next", { title: next.title }), next.url)] : []),
    ...(finding === "other_system" && authority?.page
      ? [toLink(t("question.other", { name: authority.name }), authority.page)]
      : []),
    ...(finding === "no_key" && exporting
      ? [toLink(t("question.export", { title: exporting.title }), exporting.url)]
      : []),
    ...(action ? [toLink(action.text, action.href)] : []),
    ...(isInGuide ? [] : [toLink(t("question.back"), step.url)]),
  ];
  const isPrimary = (/** @type {number} */ place) => place === 0 && (isInGuide || links.length > 1);
  return links.map(([text, href], i) =>
    createElement("a", { class: isPrimary(i) ? "cg-button cg-button-primary" : "cg-button", href }, text),
  );
}

/** @param {string} text @param {string} href @returns {[string, string]} */
const toLink = (text, href) => [text, href];
