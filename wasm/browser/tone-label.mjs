/** A few words with a symbol: how good or bad an outcome is. */
import { createElement, createSvgElement } from "./element.mjs";

/** Symbols for eyes that do not tell the colours apart: tick, clock, cross, "!", "i". */
const SYMBOLS = /** @type {const} */ ({
  good: "M3 9l4 4 8-9",
  wait: "M9 2a7 7 0 1 0 0 14a7 7 0 1 0 0-14M9 5v4l3 2",
  bad: "M4 4l10 10M14 4L4 14",
  warn: "M9 3v8M9 14v1",
  neutral: "M9 8v7M9 4v1",
});

/** Render a few words with the symbol of their tone. @param {keyof typeof SYMBOLS} tone @param {string} words */
export function renderToneLabel(tone, words) {
  const symbol = createSvgElement("path", { d: SYMBOLS[tone] });
  return createElement(
    "p",
    { class: "check-verdict-label" },
    createSvgElement("svg", { width: 18, height: 18, "aria-hidden": "true" }, symbol),
    words,
  );
}
