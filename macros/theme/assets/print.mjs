// A printed step has its whole address; the page for printing has a button.
import { say } from "./words.mjs";

/** @param {Element} link a step's; the page is written without knowing under which host it lies */
export function showAddress(link) {
  if (link instanceof HTMLAnchorElement) link.dataset.address = link.href;
}

/** @param {Element} lead what the page for printing says at its beginning */
export function addPrintButton(lead) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "plain-button";
  button.textContent = say("print");
  button.addEventListener("click", () => print());
  lead.after(button);
}
