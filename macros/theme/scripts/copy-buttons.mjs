// Buttons that copy a value or a step's address.
import { createElement } from "../../../wasm/browser/element.mjs";
import { announce } from "./announce.mjs";
import { say } from "./page-words.mjs";

/** Milliseconds for which a button shows that it has copied. */
const CONFIRMATION = 3000;

/** Add a button that copies a value. @param {Element} code a value to type exactly */
export function addCopyButton(code) {
  const button = createCopyButton("copy", code.textContent ?? "");
  button.addEventListener("click", () => copy(code.textContent ?? "", button, code));
  (code.closest("a") ?? code).after(button);
}

/** Replace a step's link by a button that copies its whole address. @param {Element} link */
export function addAddressButton(link) {
  if (!(link instanceof HTMLAnchorElement)) return;
  const step = link.closest(".step");
  const title = link.dataset.title ?? step?.querySelector("h2, h3")?.textContent ?? "";
  const button = createCopyButton("copy-link", title);
  button.classList.add("cg-button-text"); // flat: it follows drawn windows, whose buttons look like buttons
  button.addEventListener("click", () => copy(link.href, button, link));
  link.after(button);
  // An answer is what helpdesks send: there the link stands beside the menu. In a procedure it is in the menu.
  const place = step?.closest(".checklist") ? button : step?.querySelector(".step-more");
  place?.after(createMessageLink(link.href, title));
}

/**
 * Create the link from a step to the page for helpdesks, which makes a message of the step.
 * @param {string} address the step's
 * @param {string} title
 */
function createMessageLink(address, title) {
  const root = new URL("../../", import.meta.url).href;
  const [, language = "", ref = ""] = /^(en\/)?(.*)$/.exec(address.slice(root.length)) ?? [];
  const href = `${root}${language}send/#steps=${ref.replace("/#", "/")}`;
  const words = say("message");
  const attributes = {
    class: "message-link",
    href,
    "aria-label": `${words}: ${title}`,
    "aria-expanded": "false",
  };
  const link = createElement("a", attributes, words);
  link.addEventListener("click", (event) => openPanel(event, link, root, ref.replace("/#", "#")));
  return link;
}

/**
 * Open the message beside the step, instead of its own page in this tab; the page is there where the panel does not come.
 * @param {MouseEvent} event
 * @param {HTMLAnchorElement} link
 * @param {string} root the site's address
 * @param {string} ref the step's reference
 */
async function openPanel(event, link, root, ref) {
  if (event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  try {
    /** @type {typeof import("../assets/message-panel.mjs")} */
    const { toggleMessagePanel } = await import(new URL("message-panel.mjs", import.meta.url).href);
    await toggleMessagePanel(link, root, ref);
  } catch {
    location.assign(link.href);
  }
}

/** @param {string} code of its label @param {string} object what it copies, read out after the label */
function createCopyButton(code, object) {
  const name = `${say(code)}: ${object}`;
  const attributes = { type: "button", class: "cg-button copy-button", "aria-label": name };
  return createElement("button", attributes, say(code));
}

/**
 * Copy a text, or select it where there is no clipboard (plain http); the button says which.
 * @param {string} text
 * @param {HTMLButtonElement} button
 * @param {Element} source is selected instead
 */
async function copy(text, button, source) {
  const label = button.textContent;
  let outcome = say("copied");
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    select(text, source);
    outcome = say("selected");
  }
  button.textContent = outcome;
  announce(outcome);
  setTimeout(() => {
    button.textContent = label;
    announce("");
  }, CONFIRMATION);
}

/**
 * Select a text, ready for Ctrl+C.
 * @param {string} text
 * @param {Element} source holds the text, or is a link whose address is the text
 */
function select(text, source) {
  if (source instanceof HTMLAnchorElement) {
    source.textContent = text;
    source.classList.add("is-shown");
  }
  getSelection()?.selectAllChildren(source);
}
