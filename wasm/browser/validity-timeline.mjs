/**
 * A certificate's validity on one line, as certcheck draws it for the guides, too: valid from, the renewal window,
 * reminders, today, expiry. Each mark carries its word. The list below says the same with the days, so the drawing is hidden
 * from assistive technology.
 * @import {Authority, MarkedDay, Shape, Translate} from "./contract.mjs"
 * @import {CardContext, Page} from "./certificate-card.mjs"
 */
import { createElement, createSvgElement, keepDaysUnbroken } from "./element.mjs";
import { formatDay, formatEnd, formatStart, toJapanDay } from "./japan-time.mjs";
import { layOutLabels } from "./timeline-labels.mjs";

/** @param {Shape} shape @returns {SVGElement} */
const drawShape = ([tag, attributes, children]) =>
  createSvgElement(/** @type {keyof SVGElementTagNameMap} */ (tag), attributes, ...children.map(drawShape));

/**
 * List the sentences of all marks, in the drawing's order.
 * @param {Page} page
 * @param {CardContext} context
 * @param {Authority | undefined} authority
 * @returns {string[]}
 */
function listSentences({ lang, t }, { certificate, at, isDayChosen }, authority) {
  const { not_before, not_after, days, renewal } = certificate;
  /** @param {MarkedDay["kind"]} kind */
  const formatDays = (kind) => days.filter((day) => day.kind === kind).map((day) => formatDay(day.on, lang));
  const [from] = formatDays("opens");
  const [last] = formatDays("last_day");
  const to = last && (renewal.closes_at ? t("closes.at", { day: last, time: renewal.closes_at }) : last);
  const reminders = formatDays("reminder");
  const hasOwnLastDay =
    to && (renewal.closes_at || renewal.closes_on !== (not_after && toJapanDay(new Date(not_after))));
  const sentences = [
    t("timeline.start", { day: formatStart(not_before, lang) }),
    from && (to ? t("timeline.window", { from, to }) : t("timeline.window_without_end", { from })),
    reminders.length > 0 && t("timeline.reminder", { days: reminders.join(t("list.and")) }),
    ...formatDays("deadline").map((day, i) =>
      t("timeline.deadline", { what: authority?.deadlines[i] ?? "", day }),
    ),
    hasOwnLastDay && t(from ? "timeline.last" : "timeline.last_apply", { day: to }),
    t(isDayChosen ? "timeline.chosen" : "timeline.today", { day: formatDay(toJapanDay(at), lang) }),
    t("timeline.end", { day: formatEnd(not_after, lang) }),
  ];
  return sentences.flatMap((sentence) => sentence || []);
}

/**
 * Render the drawing with its words, and the list of days.
 * @param {Page} page
 * @param {CardContext} context
 * @param {Authority | undefined} authority
 * @returns {HTMLElement[]} empty where a date cannot be read
 */
export function renderTimeline(page, context, authority) {
  const { picture } = context.certificate;
  if (!picture) return [];
  const items = listSentences(page, context, authority).map((sentence) =>
    createElement("li", {}, ...keepDaysUnbroken(sentence)),
  );
  return [
    createElement(
      "div",
      { class: "check-timeline" },
      drawLabelledPicture(picture, page.t, context.isDayChosen),
      createElement("ul", { class: "check-timeline-days" }, ...items),
      createElement("p", { class: "check-small" }, page.t("timeline.scale")),
    ),
  ];
}

/** @param {Shape} picture @param {Translate} t @param {boolean} isDayChosen */
function drawLabelledPicture([tag, attributes, shapes], t, isDayChosen) {
  /** @param {string} kind */
  const translateMark = (kind) => t(`mark.${kind === "today" && isDayChosen ? "chosen" : kind}`);
  const { labels, height } = layOutLabels(
    shapes,
    Number(attributes.height),
    translateMark,
    t("calendar.and"),
  );
  const words = labels.map(({ text, attributes: place }) => createSvgElement("text", place, text));
  const leaders = labels.map(({ leader }) => createSvgElement("line", leader));
  const drawing = drawShape([tag, { ...attributes, height: String(height) }, []]);
  drawing.append(...leaders, ...shapes.map(drawShape), ...words);
  return drawing;
}
