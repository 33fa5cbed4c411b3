// Addresses for paper, where no link can be clicked, and the button of the page for printing.
import { createElement } from "../../../wasm/browser/element.mjs";
import { say } from "./page-words.mjs";

/** Record a step's whole address: the page is written without knowing its host. @param {Element} link */
export function recordStepAddress(link) {
  if (link instanceof HTMLAnchorElement) link.dataset.address = link.href;
}

/**
 * Record the address of a link that leads out of what is printed, unless its text holds the address.
 * @param {HTMLAnchorElement} link
 */
export function recordOutwardAddress(link) {
  const isWholeAuthority = document.querySelector(".print-all");
  const printed = new URL(isWholeAuthority ? ".." : ".", location.href).href;
  const { href, textContent } = link;
  if (href.startsWith("http") && !href.startsWith(printed) && !textContent?.includes(href))
    link.dataset.address = href;
}

/** Add the button that prints. @param {Element} lead first paragraph of the page for printing */
export function addPrintButton(lead) {
  lead.after(
    createElement("button", { type: "button", class: "cg-button", onclick: () => print() }, say("print")),
  );
}

/**
 * Unfold a step that is done under a condition while it is printed: paper cannot be clicked.
 * @param {Element} fold
 */
export function unfoldForPrint(fold) {
  if (!(fold instanceof HTMLDetailsElement)) return;
  let wasOpen = fold.open;
  addEventListener("beforeprint", () => {
    wasOpen = fold.open;
    fold.open = true;
  });
  addEventListener("afterprint", () => {
    fold.open = wasOpen;
  });
}
