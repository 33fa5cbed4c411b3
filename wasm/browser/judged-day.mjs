/**
 * The day by which a certificate is judged: today by the device's clock, or one that a person chooses.
 * @import {CardContext, Page} from "./certificate-card.mjs"
 */
import { createElement, createUnqueriedForm } from "./element.mjs";
import { formatDay, toJapanDay } from "./japan-time.mjs";

/** Render the day of judging and the form that changes it. @param {Page} page @param {CardContext} context */
export function renderJudgedDay({ t, lang }, { at, isDayChosen, judgeOn }) {
  const sentence = t(isDayChosen ? "judged.chosen" : "judged.device", {
    day: formatDay(toJapanDay(at), lang),
  });
  const input = createElement("input", {
    type: "date",
    class: "cg-field",
    required: true,
    value: toJapanDay(at),
    "aria-label": t("judged.day"),
  });
  const form = createUnqueriedForm(
    {
      class: "check-row",
      hidden: true,
      onsubmit: (/** @type {SubmitEvent} */ event) => {
        event.preventDefault();
        judgeOn(input.value);
      },
    },
    input,
    createElement("button", { type: "submit", class: "cg-button" }, t("judged.judge")),
    ...(isDayChosen
      ? [
          createElement(
            "button",
            { type: "button", class: "cg-button", onclick: () => judgeOn(null) },
            t("judged.today"),
          ),
        ]
      : []),
  );
  const toggle = createElement(
    "button",
    { type: "button", class: "cg-button cg-button-text", "aria-expanded": "false" },
    t("judged.another"),
  );
  toggle.addEventListener("click", () => {
    form.hidden = !form.hidden;
    toggle.setAttribute("aria-expanded", String(!form.hidden));
    if (!form.hidden) input.focus();
  });
  const change = createElement("span", { "data-asks-again": "" }, " ", toggle, form);
  return createElement("div", { class: "check-small check-judged-day" }, sentence, change);
}

/** A page is rebuilt at least once a year: what is later by far more is a wrong clock, or a copy that nobody renews. */
const FAR_AHEAD_DAYS = 400;

/**
 * Compare the device's clock with the day of the build: the verdict rests on the clock.
 * @param {string} today @param {string} built days as YYYY-MM-DD
 * @returns {"behind" | "ahead" | null} null where it is plausible
 */
function compareClock(today, built) {
  const days = (Date.parse(today) - Date.parse(built)) / 86_400_000;
  if (days < 0) return "behind";
  return days > FAR_AHEAD_DAYS ? "ahead" : null;
}

/** Render that the device's clock is implausible. @param {Page} page @param {CardContext} context */
export function renderClockWarning({ t, lang, data }, { at, isDayChosen }) {
  const clock = isDayChosen ? null : compareClock(toJapanDay(at), data.built);
  if (!clock) return null;
  const text = t(`clock.${clock}`, { built: formatDay(data.built, lang) });
  return createElement("p", { class: "check-warning" }, text);
}
