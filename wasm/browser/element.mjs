/**
 * Elements by DOM calls. Strings become text nodes, never markup, with invisible characters marked: a name inside a
 * certificate stays text, wherever it is shown.
 * @typedef {Record<string, string | number | boolean | ((event: any) => void) | undefined>} Attributes `onclick: f` listens,
 *   `true` sets an empty attribute, `false` and undefined set none
 */
import { makeVisible } from "./visible-text.mjs";

const SVG = "http://www.w3.org/2000/svg";

/**
 * Set the attributes and append the children.
 * @template {Element} E
 * @param {E} element
 * @param {Attributes} attributes
 * @param {(Node | string)[]} children
 * @returns {E}
 */
function fillElement(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") element.addEventListener(name.slice(2), value);
    else if (value !== undefined && value !== false)
      element.setAttribute(name, value === true ? "" : String(value));
  }
  element.append(...children.map((child) => (typeof child === "string" ? makeVisible(child) : child)));
  return element;
}

/**
 * Create an HTML element.
 * @template {keyof HTMLElementTagNameMap} K
 * @param {K} tag
 * @param {Attributes} [attributes]
 * @param {...(Node | string)} children
 * @returns {HTMLElementTagNameMap[K]}
 */
export function createElement(tag, attributes = {}, ...children) {
  return fillElement(document.createElement(tag), attributes, children);
}

/**
 * Create an SVG element.
 * @template {keyof SVGElementTagNameMap} K
 * @param {K} tag
 * @param {Attributes} [attributes]
 * @param {...(Node | string)} children
 * @returns {SVGElementTagNameMap[K]}
 */
export function createSvgElement(tag, attributes = {}, ...children) {
  return fillElement(document.createElementNS(SVG, tag), attributes, children);
}

/**
 * Create a form about whose fields the browser asks nobody. When a field appears, Chromium asks its maker's autofill service
 * about it, by hashes of the form, the field names and the site's host, but for forms that lead to a search. Nothing is ever
 * submitted to that address. `tests/security/test_wire.py` looks at what leaves the browser.
 * @param {Attributes} attributes
 * @param {...(Node | string)} children
 * @returns {HTMLFormElement}
 */
export function createUnqueriedForm(attributes, ...children) {
  return createElement("form", { ...attributes, action: "./search" }, ...children);
}

const WRITTEN_DAY = /(\d+年\d+月\d+日|\d+ [A-Z][a-z]+ \d{4,})/;

/**
 * Split a sentence so that no day in it breaks across lines: days are read out on the phone.
 * @param {string} text
 * @returns {(Node | string)[]}
 */
export function keepDaysUnbroken(text) {
  // A pattern in parentheses leaves what it matched in the result, at the odd places.
  return text
    .split(WRITTEN_DAY)
    .map((part, i) => (i % 2 ? createElement("span", { class: "check-day" }, part) : part));
}
