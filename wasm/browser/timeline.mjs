/**
 * The life of a certificate on one line, as certcheck draws it for the guides, too: valid from, the time to renew,
 * reminders, today, expiry. The list below says it in words, so the drawing is hidden from assistive technology.
 * @import {Authority, Certificate, Day, Shape} from "./contract.mjs"
 * @import {Page} from "./card.mjs"
 */
import { formatDay, formatEnd, formatStart, japanDay } from "./dates.mjs";
import { el, svg, unbrokenDays } from "./dom.mjs";

/** @param {Shape} shape @returns {SVGElement} */
const drawn = ([tag, attributes, children]) =>
  svg(/** @type {keyof SVGElementTagNameMap} */ (tag), attributes, ...children.map(drawn));

/**
 * What is said of each kind of mark, in order.
 * @param {Certificate} certificate
 * @param {Authority | undefined} authority
 * @param {Page} page
 * @param {Date} at
 * @returns {[string, string][]}
 */
function words({ not_before, not_after, days, renewal }, authority, { lang, t }, at) {
  const end = new Date(not_after);
  /** @param {Day["kind"]} kind */
  const on = (kind) => days.filter((day) => day.kind === kind).map((day) => formatDay(day.on, lang));
  const [from] = on("opens");
  const [last] = on("last_day");
  const to = last && (renewal.closes_at ? t("closes.at", { day: last, time: renewal.closes_at }) : last);
  const reminders = on("reminder");
  const shownLast = to && (renewal.closes_at || renewal.closes_on !== japanDay(end));
  return [
    ["start", t("timeline.start", { day: formatStart(new Date(not_before), lang) })],
    ...pair(
      "window",
      from && (to ? t("timeline.window", { from, to }) : t("timeline.window_without_end", { from })),
    ),
    ...pair(
      "reminder",
      reminders.length > 0 && t("timeline.reminder", { days: reminders.join(t("list.and")) }),
    ),
    ...on("deadline").flatMap((day, i) =>
      pair("deadline", t("timeline.deadline", { what: authority?.deadlines[i] ?? "", day })),
    ),
    ...pair("last", shownLast && t("timeline.last", { day: to })),
    ["today", t("timeline.today", { day: formatDay(japanDay(at), lang) })],
    ["end", t("timeline.end", { day: formatEnd(end, lang) })],
  ];
}

/** @param {string} kind @param {string | false | undefined} said @returns {[string, string][]} */
const pair = (kind, said) => (said ? [[kind, said]] : []);

/**
 * @param {Certificate} certificate
 * @param {Authority | undefined} authority
 * @param {Page} page
 * @param {Date} at the moment it was judged at
 */
export function timeline(certificate, authority, page, at) {
  const { samples } = page.data;
  const list = words(certificate, authority, page, at).map(([kind, said]) =>
    el("li", {}, ...(samples[kind] ? [drawn(samples[kind])] : []), el("span", {}, ...unbrokenDays(said))),
  );
  return el(
    "div",
    {},
    drawn(certificate.picture),
    el("ul", { class: "legend" }, ...list),
    el("p", { class: "small" }, page.t("timeline.scale")),
  );
}
