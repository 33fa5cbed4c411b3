/**
 * What all parts of the page for helpdesks share: its data, its words, its live region.
 * @import {Language} from "../../../wasm/browser/contract.mjs"
 * @typedef {{lang: Language, root: string, index: string, qr: string, strings: Record<string, string>}} Data
 */
import { createElement } from "../../../wasm/browser/element.mjs";

/** @type {Data} */
export const data = JSON.parse(document.getElementById("send-data")?.textContent ?? '{"strings":{}}');

/** A live region, so that what happened is heard as well as seen. */
export const status = createElement("p", { role: "status", class: "send-status" });

/** Numbers the groups of radio buttons: a page may have several panels. */
let groups = 0;

/** Provide the words where the page has none. @param {Record<string, string>} strings */
export function provideData(strings) {
  data.strings = strings;
}

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

/**
 * Create the choice of the reader's language, or both.
 * @param {Language[]} chosen
 * @param {(languages: Language[]) => void} onChoose
 */
export function createLanguageChoice(chosen, onChoose) {
  const options = { ja: "日本語", en: "English", both: t("how.both") };
  const value = chosen.length > 1 ? "both" : (chosen[0] ?? "ja");
  return createRadios("how.language", "language", value, options, (choice) =>
    onChoose(parseLanguages(choice)),
  );
}

/** @param {string} choice `ja`, `en` or `both` @returns {Language[]} */
export function parseLanguages(choice) {
  return choice === "both" ? ["ja", "en"] : [choice === "en" ? "en" : "ja"];
}

/**
 * @param {string} legend code of its text
 * @param {string} name
 * @param {string} chosen value
 * @param {Record<string, string>} options labels by value
 * @param {(value: string) => void} onChoose
 */
export function createRadios(legend, name, chosen, options, onChoose) {
  groups += 1;
  const group = `send-${name}-${groups}`;
  const labels = Object.entries(options).map(([value, label]) => {
    const onchange = () => onChoose(value);
    const input = createElement("input", { type: "radio", name: group, value, onchange });
    input.checked = value === chosen;
    return createElement("label", {}, input, " ", label);
  });
  return createElement("fieldset", {}, createElement("legend", {}, t(legend)), ...labels);
}
