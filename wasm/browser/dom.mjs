/**
 * Elements by DOM calls. Strings become text nodes, never markup, and nothing in them hides: that is how a name inside a
 * certificate stays text, wherever it is shown.
 * @typedef {Record<string, string | number | boolean | ((event: any) => void) | undefined>} Attributes
 */
import { visible } from "./visible.mjs";

const SVG = "http://www.w3.org/2000/svg";

/**
 * @template {Element} E
 * @param {E} element
 * @param {Attributes} attributes `onclick: f` listens, `true` sets an empty attribute, `false` and undefined set none
 * @param {(Node | string)[]} children
 * @returns {E}
 */
function fill(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") element.addEventListener(name.slice(2), value);
    else if (value !== undefined && value !== false)
      element.setAttribute(name, value === true ? "" : String(value));
  }
  element.append(...children.map((child) => (typeof child === "string" ? visible(child) : child)));
  return element;
}

const DAY = /(\d+年\d+月\d+日|\d+ [A-Z][a-z]+ \d{4,})/;

/**
 * A sentence whose days do not break across lines: they are read out on the phone.
 * @param {string} text
 * @returns {(Node | string)[]}
 */
export function unbrokenDays(text) {
  // A pattern in parentheses leaves what it matched in the result, at the odd places.
  return text.split(DAY).map((part, i) => (i % 2 ? el("span", { class: "day" }, part) : part));
}

/**
 * @template {keyof HTMLElementTagNameMap} K
 * @param {K} tag
 * @param {Attributes} [attributes]
 * @param {...(Node | string)} children
 * @returns {HTMLElementTagNameMap[K]}
 */
export function el(tag, attributes = {}, ...children) {
  return fill(document.createElement(tag), attributes, children);
}

/**
 * A form whose fields the browser's form filling leaves alone. When a field appears, Chromium asks its maker's autofill service
 * about it, by hashes of the form, the field names and the site's host; forms that lead to a search are left out. Nothing is
 * ever submitted to that address. `tests/security/test_wire.py` looks at what leaves the browser.
 * @param {Attributes} attributes
 * @param {...(Node | string)} children
 * @returns {HTMLFormElement}
 */
export function unqueriedForm(attributes, ...children) {
  return el("form", { ...attributes, action: "./search" }, ...children);
}

/**
 * @template {keyof SVGElementTagNameMap} K
 * @param {K} tag
 * @param {Attributes} [attributes]
 * @param {...(Node | string)} children
 * @returns {SVGElementTagNameMap[K]}
 */
export function svg(tag, attributes = {}, ...children) {
  return fill(document.createElementNS(SVG, tag), attributes, children);
}
