/**
 * A certificate's validity on one line, as certcheck draws it for the guides, too: valid from, the renewal window,
 * reminders, today, expiry. The list below says the same in words, so the drawing is hidden from assistive technology.
 * @import {Authority, Certificate, MarkedDay, Shape} from "./contract.mjs"
 * @import {Page} from "./certificate-card.mjs"
 */
import { createElement, createSvgElement, keepDaysUnbroken } from "./element.mjs";
import { formatDay, formatEnd, formatStart, toJapanDay } from "./japan-time.mjs";

/** @param {Shape} shape @returns {SVGElement} */
const drawShape = ([tag, attributes, children]) =>
  createSvgElement(/** @type {keyof SVGElementTagNameMap} */ (tag), attributes, ...children.map(drawShape));

/**
 * List the kinds of marks in the drawing's order, each with its sentence.
 * @param {Certificate} certificate
 * @param {Authority | undefined} authority
 * @param {Page} page
 * @param {Date} at instant of judging
 * @returns {[string, string][]}
 */
function listMarks({ not_before, not_after, days, renewal }, authority, { lang, t }, at) {
  /** @param {MarkedDay["kind"]} kind */
  const formatDays = (kind) => days.filter((day) => day.kind === kind).map((day) => formatDay(day.on, lang));
  const [from] = formatDays("opens");
  const [last] = formatDays("last_day");
  const to = last && (renewal.closes_at ? t("closes.at", { day: last, time: renewal.closes_at }) : last);
  const reminders = formatDays("reminder");
  const hasOwnLastDay =
    to && (renewal.closes_at || renewal.closes_on !== (not_after && toJapanDay(new Date(not_after))));
  return [
    ["start", t("timeline.start", { day: formatStart(not_before, lang) })],
    ...toMark(
      "window",
      from && (to ? t("timeline.window", { from, to }) : t("timeline.window_without_end", { from })),
    ),
    ...toMark(
      "reminder",
      reminders.length > 0 && t("timeline.reminder", { days: reminders.join(t("list.and")) }),
    ),
    ...formatDays("deadline").flatMap((day, i) =>
      toMark("deadline", t("timeline.deadline", { what: authority?.deadlines[i] ?? "", day })),
    ),
    ...toMark("last", hasOwnLastDay && t(from ? "timeline.last" : "timeline.last_apply", { day: to })),
    ["today", t("timeline.today", { day: formatDay(toJapanDay(at), lang) })],
    ["end", t("timeline.end", { day: formatEnd(not_after, lang) })],
  ];
}

/** @param {string} kind @param {string | false | undefined} sentence @returns {[string, string][]} empty without a sentence */
const toMark = (kind, sentence) => (sentence ? [[kind, sentence]] : []);

/**
 * Render the drawing and its legend.
 * @param {Certificate} certificate
 * @param {Authority | undefined} authority
 * @param {Page} page
 * @param {Date} at instant of judging
 * @returns {HTMLElement[]} empty where a date cannot be read
 */
export function renderTimeline(certificate, authority, page, at) {
  if (!certificate.picture) return [];
  const { samples } = page.data;
  const items = listMarks(certificate, authority, page, at).map(([kind, sentence]) =>
    createElement(
      "li",
      {},
      ...(samples[kind] ? [drawShape(samples[kind])] : []),
      createElement("span", {}, ...keepDaysUnbroken(sentence)),
    ),
  );
  return [
    createElement(
      "div",
      {},
      drawShape(certificate.picture),
      createElement("ul", { class: "timeline-legend" }, ...items),
      createElement("p", { class: "check-small" }, page.t("timeline.scale")),
    ),
  ];
}
