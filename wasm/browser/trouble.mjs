/**
 * What keeps the checker from working here, in plain words, and the way that needs no checker.
 * @import {Translate} from "./contract.mjs"
 * @typedef {"webassembly" | "old" | "network" | "page_instead" | "altered" | "memory" | "start"} TroubleCode
 */
import { createElement } from "./element.mjs";

/** Why the checker cannot run here; `code` picks the sentence `trouble.<code>`. */
export class Trouble extends Error {
  /** @param {TroubleCode} code @param {string} [detail] technical, for whoever helps on the phone */
  constructor(code, detail = "") {
    super(`${code} ${detail}`);
    this.code = code;
    this.detail = detail;
  }
}

/** Codes of a browser that lacks something: loading the page again does not help it. */
const PERMANENT = ["webassembly", "old"];

/** @param {Translate} t */
const createReloadButton = (t) =>
  createElement(
    "button",
    { type: "button", class: "cg-button cg-button-primary", onclick: () => location.reload() },
    t("trouble.reload"),
  );

/**
 * Open the section `#by-hand` of the page, the way without the checker.
 */
export function openInstructionsByHand() {
  const section = document.getElementById("by-hand");
  if (section instanceof HTMLDetailsElement) section.open = true;
}

/**
 * Render the reason, what to do about it and a link to the instructions without the checker.
 * @param {Translate} t
 * @param {unknown} error
 * @param {string} byHand address of the instructions
 * @returns {HTMLElement} its `h2` can take the focus
 */
export function renderTrouble(t, error, byHand) {
  const { code, detail } = error instanceof Trouble ? error : { code: "start", detail: String(error) };
  return createElement(
    "div",
    { class: "check-error", "data-trouble": code },
    createElement("h2", { tabindex: -1 }, t(`trouble.${code}`)),
    createElement("p", {}, t(`trouble.${code}.next`)),
    createElement("p", {}, PERMANENT.includes(code) ? t("trouble.floor") : createReloadButton(t)),
    createElement("p", {}, createElement("a", { href: byHand }, t("trouble.by_hand"))),
    ...(detail ? [createElement("p", { class: "check-small" }, t("trouble.detail", { detail }))] : []),
  );
}
