/**
 * The life of a certificate on one line: issued, the time to renew, reminders, today, expiry. Shapes tell what colours
 * tell too, and the list below the line says it in words, so the drawing itself is hidden from assistive technology.
 * @import {Authority, Certificate} from "./contract.mjs"
 * @import {Wording} from "./verdict.mjs"
 */
import { addDays, formatDay, formatEnd, formatStart, japanDay } from "./dates.mjs";
import { el, svg, unbrokenDays } from "./dom.mjs";

const MIDDLE = 14; // of the drawing's height, in pixels; lengths along the line are per cent, so that it fits any width

/** Where the time to renew begins on the line: the days that matter are near the end, so the year before is shortened. */
const OPENS = 0.35;

/** What stands for a moment, drawn around the point 0, 0 on the line. */
const SHAPES = /** @type {Record<string, string>} */ ({
  start: "M-1.5 -8h3v16h-3z",
  reminder: "M-5 -13h10l-5 8z",
  last: "M-1.5 -8h3v16h-3z",
  end: "M-6 0a6 6 0 1 0 12 0a6 6 0 1 0 -12 0",
  today: "M-7 0a7 7 0 1 0 14 0a7 7 0 1 0 -14 0",
});

/** @param {string} kind @param {string} x */
const mark = (kind, x) =>
  svg("svg", { x, y: MIDDLE, overflow: "visible" }, svg("path", { class: kind, d: SHAPES[kind] }));

/** @param {string} kind @param {number} from @param {number} to per cent */
function stretch(kind, from, to) {
  const width = `${Math.max(0, to - from)}%`;
  return svg("rect", { class: kind, x: `${from}%`, y: MIDDLE - 4, width, height: 8, rx: 4 });
}

/** @param {string} kind @returns {SVGElement} the mark as it stands before its line of the list */
function sample(kind) {
  const shape = kind === "window" ? stretch(kind, 5, 95) : mark(kind, "50%");
  return svg("svg", { class: "sample", width: 22, height: 2 * MIDDLE, "aria-hidden": "true" }, shape);
}

/** @param {string} day */
const morning = (day) => Date.parse(`${day}T00:00:00+09:00`);

/**
 * The days of a certificate's life, in Japan.
 * @param {Certificate} certificate
 * @param {Authority | undefined} authority
 */
function daysOf({ not_before, not_after, renewal }, authority) {
  const end = new Date(not_after);
  const { opens_on: opens, closes_on: closes } = renewal;
  const reminders = authority?.renewal.reminders_days_before ?? [];
  return {
    start: new Date(not_before),
    end,
    opens,
    closes,
    last: closes === japanDay(end) ? null : closes,
    reminders: opens ? reminders.map((days) => addDays(japanDay(end), -days)) : [],
  };
}

/** @typedef {ReturnType<typeof daysOf>} Days */

/**
 * @param {Days} days
 * @param {Date} at
 * @returns {(moment: number) => number} from a moment to its place in per cent, with room for half a mark at both ends
 */
function scale({ start, end, opens }, at) {
  const first = Math.min(start.getTime(), at.getTime());
  const last = Math.max(end.getTime(), at.getTime());
  const knee = opens ? morning(opens) : Number.NaN;
  const bent = first < knee && knee < last;
  /** @param {number} moment @param {number} from @param {number} to */
  const share = (moment, from, to) => (moment - from) / Math.max(1, to - from);
  /** @param {number} moment */
  const place = (moment) => {
    if (!bent) return share(moment, first, last);
    if (moment < knee) return OPENS * share(moment, first, knee);
    return OPENS + (1 - OPENS) * share(moment, knee, last);
  };
  return (moment) => 3 + 94 * place(Math.min(Math.max(moment, first), last));
}

/** @param {Days} days @param {Date} at */
function drawing(days, at) {
  const place = scale(days, at);
  const { start, end, opens, closes, last, reminders } = days;
  const whole = last ? morning(addDays(last, 1)) : closes ? end.getTime() : Number.POSITIVE_INFINITY;
  /** @param {string} kind @param {number} moment */
  const point = (kind, moment) => mark(kind, `${place(moment)}%`);
  return svg(
    "svg",
    { class: "timeline", width: "100%", height: 2 * MIDDLE, "aria-hidden": "true" },
    stretch("life", place(start.getTime()), place(end.getTime())),
    ...(opens ? [stretch("window", place(morning(opens)), place(whole))] : []),
    point("start", start.getTime()),
    ...(last ? [point("last", whole)] : []),
    point("end", end.getTime()),
    point("today", at.getTime()),
    ...reminders.map((day) => point("reminder", morning(day))),
  );
}

/**
 * @param {Certificate} certificate
 * @param {Authority | undefined} authority
 * @param {Wording} wording
 * @param {Date} at the moment it was judged at
 */
export function timeline(certificate, authority, { lang, t }, at) {
  const days = daysOf(certificate, authority);
  const { opens, closes, last, reminders } = days;
  /** @param {string | null} day */
  const said = (day) => (day ? formatDay(day, lang) : "");
  /** @type {[string, string, boolean][]} */
  const lines = [
    ["start", t("timeline.start", { day: formatStart(days.start, lang) }), true],
    ["window", t("timeline.window", { from: said(opens), to: said(closes) }), !!(opens && closes)],
    ["window", t("timeline.window_without_end", { from: said(opens) }), !!(opens && !closes)],
    [
      "reminder",
      t("timeline.reminder", { days: reminders.map(said).join(t("list.and")) }),
      reminders.length > 0,
    ],
    ["last", t("timeline.last", { day: said(last) }), last !== null],
    ["today", t("timeline.today", { day: said(japanDay(at)) }), true],
    ["end", t("timeline.end", { day: formatEnd(days.end, lang) }), true],
  ];
  const list = lines
    .filter(([, , shown]) => shown)
    .map(([kind, words]) => el("li", {}, sample(kind), el("span", {}, ...unbrokenDays(words))));
  return el("div", {}, drawing(days, at), el("ul", { class: "legend" }, ...list));
}
