/**
 * The checker inside a guide's page, in a shadow tree: the guide's style sheets and the checker's do not meet. The guide's
 * script loads this module once a person opens the checker in a step (macros/theme/scripts/step-check.mjs).
 * @import {Asset, CheckData} from "./contract.mjs"
 * @import {Page} from "./certificate-card.mjs"
 */
import { Checker, chooseOfflineCopy } from "./checker.mjs";
import { toIntegrity } from "./digest.mjs";
import { createElement } from "./element.mjs";
import { findQuestion } from "./step-answer.mjs";
import { createTranslator, selectForPointer } from "./translator.mjs";

/** Names of values in the data that are addresses, relative to the checker's page. */
const ADDRESSES = ["url", "first", "page", "other", "verify", "after_url"];

/**
 * Make the data's addresses absolute.
 * @param {unknown} value
 * @param {string} base
 * @returns {any}
 */
function resolveAddresses(value, base) {
  if (Array.isArray(value)) return value.map((entry) => resolveAddresses(entry, base));
  if (value === null || typeof value !== "object") return value;
  const entries = Object.entries(value).map(([name, entry]) => {
    const isAddress = ADDRESSES.includes(name) && typeof entry === "string";
    return [name, isAddress ? new URL(entry, base).href : resolveAddresses(entry, base)];
  });
  return Object.fromEntries(entries);
}

/**
 * Load the style sheet into memory: a link would be loaded anew where the checker is moved to another step, which the sealed
 * page refuses.
 * @param {Asset} asset
 */
async function loadStyle({ url, sha256 }) {
  const answer = await fetch(url, { integrity: toIntegrity(sha256) });
  return new CSSStyleSheet().replace(await answer.text());
}

export class StepChecker {
  /** @type {Page} */ #page;
  #checker;
  // What it says of a file goes to no translation service, and no service's script runs beside it.
  element = createElement("div", { class: "step-checker", translate: "no" });

  /**
   * @param {CheckData} data
   * @param {string} base address of the checker's page
   * @param {() => Promise<unknown>} endRequests ends those of the guide, see checker.mjs
   */
  constructor(data, base, endRequests) {
    const resolved = /** @type {CheckData} */ (resolveAddresses(data, base));
    const { lang, strings } = resolved;
    const home = new URL("../", base).href;
    this.#page = {
      data: resolved,
      lang,
      t: createTranslator(selectForPointer(strings)),
      home,
      question: null,
      isInGuide: true,
    };
    chooseOfflineCopy();
    const tree = this.element.attachShadow({ mode: "open" });
    const styled = loadStyle(resolved.component.style).then((sheet) => {
      tree.adoptedStyleSheets = [sheet];
    });
    this.#checker = new Checker(this.#page, {
      endRequests: () => Promise.all([endRequests(), styled]),
      byHand: `${base}#by-hand`,
    });
    this.#checker.start();
    styled.finally(() => tree.append(this.#checker.element)).catch(() => {}); // the checker's start tells why
  }

  /** Answer the question of a step. @param {string} fragment that names it */
  ask(fragment) {
    this.#checker.ask(findQuestion(this.#page.data, fragment));
  }
}
