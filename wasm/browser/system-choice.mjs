/**
 * The question which system a certificate is for, where it does not tell.
 * @import {CardContext, Page} from "./certificate-card.mjs"
 */
import { createElement } from "./element.mjs";

/** Render a button for each system. @param {Page} page @param {CardContext} context */
export function renderSystemChoice({ t, data }, { judgeAs }) {
  const buttons = Object.entries(data.authorities).map(([id, { name, system }]) =>
    createElement(
      "button",
      { type: "button", class: "cg-button", onclick: () => judgeAs(id) },
      name,
      createElement("span", { class: "check-small" }, system),
    ),
  );
  const unnamed = Object.values(data.authorities).filter(({ named_by }) => named_by !== "issuer");
  const names = unnamed.map(({ name }) => name).join(t("list.and"));
  return createElement(
    "fieldset",
    { class: "check-systems", "data-asks-again": "" },
    createElement("legend", {}, t("system.choose")),
    createElement("p", { class: "check-small" }, t("system.why", { names })),
    ...buttons,
    createElement(
      "details",
      {},
      createElement("summary", {}, t("system.none")),
      createElement("p", {}, t("system.none.means")),
    ),
  );
}

/** Render the choice of another system than the person's first. @param {Page} page @param {CardContext} context */
export function renderSystemCorrection(page, context) {
  const summary = createElement("summary", {}, page.t("system.again"));
  return createElement("details", { class: "check-small" }, summary, renderSystemChoice(page, context));
}
