// A printed step has its whole address, and so has what it links to; the page for printing has a button.
import { say } from "../assets/words.mjs";

/** @param {Element} link a step's; the page is written without knowing under which host it lies */
export function showAddress(link) {
  if (link instanceof HTMLAnchorElement) link.dataset.address = link.href;
}

/**
 * Paper cannot be clicked: a link that leads out of what is printed has its address beside it, unless it says it already.
 * @param {HTMLAnchorElement} link
 */
export function showTarget(link) {
  const whole = document.querySelector(".print-all"); // all guides of the folder
  const printed = new URL(whole ? ".." : ".", location.href).href;
  const { href, textContent } = link;
  if (href.startsWith("http") && !href.startsWith(printed) && !textContent?.includes(href))
    link.dataset.address = href;
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
