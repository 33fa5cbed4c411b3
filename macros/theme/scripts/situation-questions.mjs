// The start page's questions, one after the other. Each answer is a link to its own element in the nested list, so that the
// address holds the answers, and back, bookmarks and links sent to others work by themselves. This script only hides
// the questions that do not come yet; without it the whole list is there.
import { createElement } from "../../../wasm/browser/element.mjs";

const root = document.querySelector(".situations");
if (root instanceof HTMLElement) start(root);

/** @param {HTMLElement} list with all questions and results */
function start(list) {
  const firstQuestion = list.querySelector(":scope > .situation-question");
  const nodes = /** @type {HTMLElement[]} */ ([...list.querySelectorAll(".situation-node")]);
  for (const node of nodes) {
    node
      .querySelector(":scope > .situation-choice")
      ?.after(createBackLink(node, firstQuestion, list.dataset.change ?? ""));
    if (!node.querySelector(".situation-node")) addResultHeading(node, list.dataset.do ?? "");
  }
  for (const question of list.querySelectorAll(".situation-question"))
    question.setAttribute("tabindex", "-1");
  list.classList.add("is-stepwise");
  show();
  // Until the page is loaded the browser itself goes to the address's element, and takes the focus with it.
  addEventListener("load", () => {
    if (findAnswer()) focusNext(findAnswer());
  });
  addEventListener("hashchange", () => {
    show();
    if (findAnswer() || location.hash === `#${findSectionId(firstQuestion)}`) focusNext(findAnswer());
  });

  /** Find the answer that the address names. @returns {HTMLElement | null} null at the first question */
  function findAnswer() {
    const id = location.hash.slice(1); // plain letters, digits, hyphens and dots: nothing in it is encoded
    return nodes.find((node) => node.id === id) ?? null;
  }

  /** Show the answers given and the answers to the next question. */
  function show() {
    const answer = findAnswer();
    for (const node of nodes) {
      const isAnswered = answer !== null && node.contains(answer);
      node.hidden = !isAnswered && findParent(node) !== answer;
      node.classList.toggle("is-answered", isAnswered);
      for (const part of node.querySelectorAll(":scope > .situation-next, :scope > .situation-change")) {
        part.toggleAttribute("hidden", !isAnswered);
      }
    }
    setAnswerOfTranslation(answer?.id ?? "");
  }

  /** Move the focus to the question, or result, that follows an answer. @param {HTMLElement | null} node */
  function focusNext(node) {
    const heading = node
      ? node.querySelector(":scope > .situation-next > .situation-question")
      : firstQuestion;
    if (!(heading instanceof HTMLElement)) return;
    heading.focus({ preventScroll: true });
    heading.scrollIntoView({ block: "nearest" });
  }
}

/** @param {Element} node */
function findParent(node) {
  return node.parentElement?.closest(".situation-node") ?? null;
}

/**
 * Find the id of the section that holds the questions, which its heading carries.
 * @param {Element | null} firstQuestion
 */
function findSectionId(firstQuestion) {
  let element = firstQuestion?.parentElement;
  while (element && !element.id) element = /** @type {HTMLElement | null} */ (element.previousElementSibling);
  return element?.id ?? "";
}

/**
 * Create a link back to the question that this node answers.
 * @param {HTMLElement} node
 * @param {Element | null} firstQuestion
 * @param {string} label
 */
function createBackLink(node, firstQuestion, label) {
  const href = `#${findParent(node)?.id ?? findSectionId(firstQuestion)}`;
  const question = node.parentElement?.previousElementSibling?.textContent ?? "";
  return createElement(
    "a",
    { class: "situation-change", href, "aria-label": `${label}: ${question}` },
    label,
  );
}

/**
 * Give a result a heading, to which the focus moves as to a question.
 * @param {HTMLElement} node
 * @param {string} text
 */
function addResultHeading(node, text) {
  const question = node.parentElement?.previousElementSibling;
  const level = Number(question?.tagName.slice(1) ?? 3) + 1;
  const tag = /** @type {"h4"} */ (`h${level}`);
  node
    .querySelector(":scope > .situation-next")
    ?.prepend(createElement(tag, { class: "situation-question" }, text));
}

/** Have the page in the other language show the same answers. @param {string} id of the last one */
function setAnswerOfTranslation(id) {
  for (const link of document.querySelectorAll("a[hreflang]")) {
    if (link instanceof HTMLAnchorElement) link.hash = id;
  }
}
