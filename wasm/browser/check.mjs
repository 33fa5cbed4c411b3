/**
 * The checker's page: the data block, the question of the step from which it was opened, the checker.
 * @import {Page} from "./certificate-card.mjs"
 * @import {CheckData} from "./contract.mjs"
 */
import { Checker, chooseOfflineCopy } from "./checker.mjs";
import { findQuestion, renderQuestion } from "./step-answer.mjs";
import { createTranslator, selectForPointer } from "./translator.mjs";

/** @param {string} id @returns {HTMLElement} @throws {Error} the page has no such element */
function getById(id) {
  const element = document.getElementById(id);
  if (!element) throw new Error(`the page has no #${id}`);
  return element;
}

/** @returns {Page} */
function readPage() {
  /** @type {CheckData} */
  const data = JSON.parse(document.head.querySelector("script[data-check]")?.textContent ?? "");
  return {
    data,
    lang: data.lang,
    t: createTranslator(selectForPointer(data.strings)),
    home: getById("home").getAttribute("href") ?? "./",
    question: findQuestion(data, location.hash.slice(1)), // ids are plain letters, nothing in them is encoded
    isInGuide: false,
  };
}

/** Have the page in the other language ask the same. */
function keepQuestionInTranslation() {
  for (const link of document.querySelectorAll("header a[hreflang]"))
    if (link instanceof HTMLAnchorElement) link.hash = location.hash;
}

const page = readPage();
chooseOfflineCopy();
keepQuestionInTranslation();
// The page makes no requests but the checker's.
const checker = new Checker(page, { endRequests: () => Promise.resolve(), byHand: "#by-hand" });
getById("checker").replaceChildren(...renderQuestion(page), checker.element);
checker.start();
