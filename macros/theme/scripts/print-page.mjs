// Addresses for paper, where no link can be clicked, and the button of the page for printing.
import { createElement } from "../../../wasm/browser/element.mjs";
import { say } from "./page-words.mjs";

/** Record on a guide's title the guide's whole address: the page is written without knowing its host. @param {Element} title */
export function recordGuideAddress(title) {
  if (!(title instanceof HTMLElement)) return;
  const day = new Date().toLocaleDateString(document.documentElement.lang, { dateStyle: "long" });
  title.dataset.printed = say("printed", { day, address: findGuideAddress(title) });
}

/** @param {Element} title of the page, or of a guide on a page that holds several @returns {string} */
function findGuideAddress(title) {
  const isPart = title.matches(".guide-title");
  const steps = isPart ? title.nextElementSibling : null;
  let element = steps;
  while (element && !element.matches(".steps")) element = element.nextElementSibling;
  const link = element?.querySelector("a.step-link");
  return (link instanceof HTMLAnchorElement ? link.href : location.href).replace(/#.*$/, "");
}

/**
 * List the addresses of links that lead out of what is printed, unless their text holds the address: a link has a
 * number on paper, and the list, which only paper shows, the address under that number.
 * @param {Iterable<HTMLAnchorElement>} links
 * @param {Element} content of the page
 */
export function listAddresses(links, content) {
  const isWholeAuthority = document.querySelector(".print-all");
  const printed = new URL(isWholeAuthority ? ".." : ".", location.href).href;
  /** @type {string[]} */
  const addresses = [];
  for (const link of links) {
    const { href, textContent } = link;
    if (!href.startsWith("http") || href.startsWith(printed) || textContent?.includes(href)) continue;
    if (!addresses.includes(href)) addresses.push(href);
    link.dataset.number = String(addresses.indexOf(href) + 1);
  }
  if (!addresses.length) return;
  const items = addresses.map((address) => createElement("li", {}, address));
  const title = createElement("p", { class: "print-addresses-title" }, say("addresses"));
  content.append(
    createElement("section", { class: "print-addresses" }, title, createElement("ol", {}, ...items)),
  );
}

/** Add the button that prints. @param {Element} lead first paragraph of the page for printing */
export function addPrintButton(lead) {
  lead.after(
    createElement("button", { type: "button", class: "cg-button", onclick: () => print() }, say("print")),
  );
}

/** Unfold what a step folds while it is printed: paper cannot be clicked. @param {Element} fold */
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
