// The start page's questions, one after the other. Each answer is a link to its own place in the nested list, so that the
// address holds the answers, and back, bookmarks and links sent to others work by themselves. This script only hides
// what was not asked yet; without it the whole list is there.

const root = document.querySelector(".ask");
if (root instanceof HTMLElement) start(root);

/** @param {HTMLElement} ask the list with all questions and ends */
function start(ask) {
  const top = ask.querySelector(":scope > .ask-question");
  const nodes = /** @type {HTMLElement[]} */ ([...ask.querySelectorAll(".ask-node")]);
  for (const node of nodes) {
    node.querySelector(":scope > .ask-choice")?.after(wayBack(node, ask.dataset.change ?? ""));
    if (!node.querySelector(".ask-node")) headEnd(node, ask.dataset.do ?? "");
  }
  for (const question of ask.querySelectorAll(".ask-question")) question.setAttribute("tabindex", "-1");
  ask.classList.add("is-asking");
  show();
  // Until the page is loaded the browser itself goes to the address's place, and takes the focus with it.
  addEventListener("load", () => {
    if (current()) goTo(current());
  });
  addEventListener("hashchange", () => {
    show();
    if (current() || location.hash === `#${placeOf(top)}`) goTo(current());
  });

  /** The answer that the address names; null at the first question. */
  function current() {
    const id = location.hash.slice(1); // plain letters, digits, hyphens and dots: nothing in it is encoded
    return nodes.find((node) => node.id === id) ?? null;
  }

  function show() {
    const chosen = current();
    for (const node of nodes) {
      const answered = chosen !== null && node.contains(chosen);
      node.hidden = !answered && parentOf(node) !== chosen;
      node.classList.toggle("is-answered", answered);
      for (const part of node.querySelectorAll(":scope > .ask-next, :scope > .ask-change")) {
        part.toggleAttribute("hidden", !answered);
      }
    }
    keepInOtherLanguage(chosen?.id ?? "");
  }

  /** @param {HTMLElement | null} node whose question, or end, comes now */
  function goTo(node) {
    const heading = node ? node.querySelector(":scope > .ask-next > .ask-question") : top;
    if (!(heading instanceof HTMLElement)) return;
    heading.focus({ preventScroll: true });
    heading.scrollIntoView({ block: "nearest" });
  }
}

/** @param {Element} node */
function parentOf(node) {
  return node.parentElement?.closest(".ask-node") ?? null;
}

/**
 * The heading of the section that holds the questions carries their address.
 * @param {Element | null} top the first question
 */
function placeOf(top) {
  let place = top?.parentElement;
  while (place && !place.id) place = /** @type {HTMLElement | null} */ (place.previousElementSibling);
  return place?.id ?? "";
}

/**
 * A link back to the question that this node answers.
 * @param {HTMLElement} node
 * @param {string} words
 */
function wayBack(node, words) {
  const link = document.createElement("a");
  link.className = "ask-change";
  link.href = `#${parentOf(node)?.id ?? placeOf(document.querySelector(".ask > .ask-question"))}`;
  link.textContent = words;
  const question = node.parentElement?.previousElementSibling?.textContent ?? "";
  link.setAttribute("aria-label", `${words}: ${question}`);
  return link;
}

/**
 * An end gets a heading, to which the focus moves as to a question.
 * @param {HTMLElement} node
 * @param {string} words
 */
function headEnd(node, words) {
  const question = node.parentElement?.previousElementSibling;
  const level = Number(question?.tagName.slice(1) ?? 3) + 1;
  const heading = document.createElement(`h${level}`);
  heading.className = "ask-question";
  heading.textContent = words;
  node.querySelector(":scope > .ask-next")?.prepend(heading);
}

/** @param {string} id the answer that the page in the other language shall show as well */
function keepInOtherLanguage(id) {
  for (const link of document.querySelectorAll("a[hreflang]")) {
    if (link instanceof HTMLAnchorElement) link.hash = id;
  }
}
