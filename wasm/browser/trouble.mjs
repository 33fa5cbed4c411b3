/**
 * Says plainly what keeps the checker from working here, and opens the way that needs no checker.
 * @import {Translate} from "./contract.mjs"
 * @typedef {"webassembly" | "old" | "network" | "page_instead" | "altered" | "memory" | "start"} TroubleCode
 */
import { el } from "./dom.mjs";

/** Why the checker cannot run here; `code` picks the sentence `trouble.<code>`. */
export class Trouble extends Error {
  /** @param {TroubleCode} code @param {string} [detail] technical, for whoever helps on the phone */
  constructor(code, detail = "") {
    super(`${code} ${detail}`);
    this.code = code;
    this.detail = detail;
  }
}

/** Loading again does not help a browser that lacks something. */
const LACKS = ["webassembly", "old"];

/** @param {Translate} t */
export const reloadButton = (t) =>
  el("button", { type: "button", class: "button", onclick: () => location.reload() }, t("trouble.reload"));

/**
 * @param {Translate} t
 * @param {unknown} error
 * @returns {HTMLElement} its `h2` can take the focus
 */
export function showTrouble(t, error) {
  const { code, detail } = error instanceof Trouble ? error : { code: "start", detail: String(error) };
  const byHand = document.getElementById("by-hand");
  if (byHand instanceof HTMLDetailsElement) byHand.open = true;
  return el(
    "div",
    { class: "error", "data-trouble": code },
    el("h2", { tabindex: -1 }, t(`trouble.${code}`)),
    el("p", {}, t(`trouble.${code}.next`)),
    el("p", {}, LACKS.includes(code) ? t("trouble.floor") : reloadButton(t)),
    el("p", {}, el("a", { href: "#by-hand" }, t("trouble.by_hand"))),
    ...(detail ? [el("p", { class: "small" }, t("trouble.detail", { detail }))] : []),
  );
}
