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
