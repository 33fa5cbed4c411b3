/**
 * The frame of the page for helpdesks: its data, its words, its elements.
 * @import {Language} from "./message.mjs"
 * @typedef {{lang: Language, root: string, index: string, qr: string, strings: Record<string, string>}} Data
 */

/** @type {Data} */
export const data = JSON.parse(document.getElementById("send-data")?.textContent ?? "{}");
// A live region, so that what happened is heard as well as seen.
export const status = el("p", { role: "status", class: "send-status" });

/** @param {string} code @param {Record<string, string | number>} values */
export function t(code, values = {}) {
  return (data.strings[code] ?? code).replace(/\{(\w+)\}/g, (_, name) => String(values[name] ?? ""));
}

/**
 * @template {keyof HTMLElementTagNameMap} K
 * @param {K} name
 * @param {Record<string, string>} attributes
 * @param {(Node | string)[]} children
 * @returns {HTMLElementTagNameMap[K]}
 */
export function el(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...children);
  return element;
}

/**
 * @param {string} label what is seen
 * @param {string} name what is read out
 * @param {() => void} act
 */
export function button(label, name, act) {
  const made = el("button", { type: "button", class: "copy-button", "aria-label": name }, label);
  made.addEventListener("click", act);
  return made;
}
