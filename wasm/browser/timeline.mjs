/**
 * The life of a certificate on one line: issued, the time to renew, today, expiry. Shapes tell what colours tell too,
 * and the list below the line says it in words, so the drawing itself is hidden from assistive technology.
 * @import {Certificate} from "./contract.mjs"
 * @import {Wording} from "./verdict.mjs"
 */
import { formatDay, formatEnd, formatStart, japanDay } from "./dates.mjs";
import { el, svg, unbrokenDays } from "./dom.mjs";

const MIDDLE = 12; // of the drawing's height, in pixels; lengths along the line are per cent, so that it fits any width

/** @param {string} kind @param {string} x */
function mark(kind, x) {
  if (kind === "today") return svg("circle", { class: kind, cx: x, cy: MIDDLE, r: 7 });
  if (kind === "end") return svg("circle", { class: kind, cx: x, cy: MIDDLE, r: 6 });
  return svg("rect", { class: kind, x, y: MIDDLE - 8, width: 3, height: 16, transform: "translate(-1.5 0)" });
}

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

/**
 * @param {Certificate} certificate
 * @returns {[number, number] | null} first and last moment of the time to renew, in milliseconds
 */
function windowOf(certificate) {
  const { opens_on: opens, closes_on: closes } = certificate.renewal;
  if (!opens) return null;
  const end = new Date(certificate.not_after);
  const from = Date.parse(`${opens}T00:00:00+09:00`);
  if (!closes) return [from, Number.POSITIVE_INFINITY];
  return [from, closes === japanDay(end) ? end.getTime() : Date.parse(`${closes}T23:59:59+09:00`)];
}

/** @param {Certificate} certificate @param {Date} at */
function drawing(certificate, at) {
  const start = Date.parse(certificate.not_before);
  const end = Date.parse(certificate.not_after);
  const [first, last] = [Math.min(start, at.getTime()), Math.max(end, at.getTime())];
  /** @param {number} moment @returns {number} per cent, with room for half a mark at both ends */
  const place = (moment) =>
    3 + (94 * (Math.min(Math.max(moment, first), last) - first)) / Math.max(1, last - first);
  const span = windowOf(certificate);
  return svg(
    "svg",
    { class: "timeline", width: "100%", height: 2 * MIDDLE, "aria-hidden": "true" },
    stretch("life", place(start), place(end)),
    ...(span ? [stretch("window", place(span[0]), place(span[1]))] : []),
    mark("start", `${place(start)}%`),
    mark("end", `${place(end)}%`),
    mark("today", `${place(at.getTime())}%`),
  );
}

/**
 * @param {Certificate} certificate
 * @param {Wording} wording
 * @param {Date} at the moment it was judged at
 */
export function timeline(certificate, { lang, t }, at) {
  const { opens_on: opens, closes_on: closes } = certificate.renewal;
  const span = closes ? "timeline.window" : "timeline.window_without_end";
  /** @type {[string, string][]} */
  const lines = [
    ["start", t("timeline.start", { day: formatStart(new Date(certificate.not_before), lang) })],
    ...(opens
      ? [
          /** @type {[string, string]} */ ([
            "window",
            t(span, { from: formatDay(opens, lang), to: closes ? formatDay(closes, lang) : "" }),
          ]),
        ]
      : []),
    ["today", t("timeline.today", { day: formatDay(japanDay(at), lang) })],
    ["end", t("timeline.end", { day: formatEnd(new Date(certificate.not_after), lang) })],
  ];
  const list = lines.map(([kind, words]) =>
    el("li", {}, sample(kind), el("span", {}, ...unbrokenDays(words))),
  );
  return el("div", {}, drawing(certificate, at), el("ul", { class: "legend" }, ...list));
}
