/**
 * The checker's page: the data block, the question of the step from which it was opened, the checker.
 * @import {Page} from "./certificate-card.mjs"
 * @import {CheckData} from "./contract.mjs"
 */
import { Checker, chooseOfflineCopy } from "./checker.mjs";
import { createElement } from "./element.mjs";
import { PageLanguage } from "./page-language.mjs";
import { findQuestion, renderQuestion } from "./step-answer.mjs";
import { createTranslator, selectForPointer } from "./translator.mjs";

/** @param {string} id @returns {HTMLElement} @throws {Error} the page has no such element */
function getById(id) {
  const element = document.getElementById(id);
  if (!element) throw new Error(`the page has no #${id}`);
  return element;
}

/** @param {Document} source the page, or its twin in the other language @returns {Page} */
function readPage(source) {
  /** @type {CheckData} */
  const data = JSON.parse(source.head.querySelector("script[data-check]")?.textContent ?? "");
  return {
    data,
    lang: data.lang,
    t: createTranslator(selectForPointer(data.strings)),
    home: source.getElementById("home")?.getAttribute("href") ?? "./",
    question: findQuestion(data, location.hash.slice(1)), // ids are plain letters, nothing in them is encoded
    isInGuide: false,
  };
}

/** Have the page in the other language ask the same. */
function keepQuestionInTranslation() {
  for (const link of document.querySelectorAll("header a[hreflang]"))
    if (link instanceof HTMLAnchorElement) link.hash = location.hash;
}

const page = readPage(document);
const question = createElement("div", {}, ...renderQuestion(page));
/** @type {Map<string, Page>} by language: a document keeps its data block when the texts are exchanged */
const pages = new Map([[page.lang, { ...page }]]);
const language = new PageLanguage((source) => {
  const values = pages.get(source.documentElement.lang) ?? readPage(source);
  pages.set(values.lang, { ...values });
  checker.translate(values);
  question.replaceChildren(...renderQuestion(page));
});
chooseOfflineCopy();
keepQuestionInTranslation();
const checker = new Checker(page, { endRequests: () => language.load(), byHand: "#by-hand" });
getById("checker").replaceChildren(question, checker.element);
checker.start().then(() => language.enable());
