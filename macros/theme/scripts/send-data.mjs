/**
 * What all parts of the page for helpdesks share: its data, its words, its live region.
 * @import {Language} from "../../../wasm/browser/contract.mjs"
 * @typedef {{lang: Language, root: string, index: string, qr: string, strings: Record<string, string>}} Data
 */
import { createElement } from "../../../wasm/browser/element.mjs";

/** @type {Data} */
export const data = JSON.parse(document.getElementById("send-data")?.textContent ?? "{}");

/** A live region, so that what happened is heard as well as seen. */
export const status = createElement("p", { role: "status", class: "send-status" });

/** Look a text up and fill its values in. @param {string} code @param {Record<string, string | number>} values */
export function t(code, values = {}) {
  return (data.strings[code] ?? code).replace(/\{(\w+)\}/g, (_, name) => String(values[name] ?? ""));
}

/**
 * Create a button.
 * @param {string} label as seen
 * @param {string} name as read out
 * @param {() => void} onclick
 */
export function createButton(label, name, onclick) {
  const attributes = { type: "button", class: "cg-button", "aria-label": name, onclick };
  return createElement("button", attributes, label);
}
