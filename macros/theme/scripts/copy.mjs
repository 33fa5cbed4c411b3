// Buttons that copy a value or a step's address.
import { say } from "../assets/words.mjs";
import { announce } from "./announce.mjs";

/** @param {Element} code a value to type exactly */
export function addCopyButton(code) {
  const button = copyButton(say("copy"), `${say("copy")}: ${code.textContent}`);
  button.addEventListener("click", () => copy(code.textContent ?? "", button, code));
  (code.closest("a") ?? code).after(button);
}

/** @param {Element} link the plain link to a step, which becomes a button that copies its whole address */
export function makeLinkCopier(link) {
  if (!(link instanceof HTMLAnchorElement)) return;
  const title =
    link.dataset.title ?? link.closest(".step")?.querySelector(":scope > :is(h2, h3)")?.textContent ?? "";
  const button = copyButton(say("copy-link"), `${say("copy-link")}: ${title}`);
  button.addEventListener("click", () => copy(link.href, button, link));
  link.after(button);
  if (link.closest(".step")) button.after(linkToMessage(link.href, title));
}

/**
 * From a step to the page for helpdesks, which makes a message of it.
 * @param {string} address the step's
 * @param {string} title
 */
function linkToMessage(address, title) {
  const root = new URL("../../", import.meta.url).href;
  const [, language = "", ref] = /^(en\/)?(.*)$/.exec(address.slice(root.length)) ?? [];
  const link = document.createElement("a");
  link.className = "message-link";
  link.href = `${root}${language}send/#steps=${ref?.replace("/#", "/")}`;
  link.textContent = say("message");
  link.setAttribute("aria-label", `${say("message")}: ${title}`);
  return link;
}

/**
 * @param {string} label what is seen
 * @param {string} name what is read out
 */
function copyButton(label, name) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "copy-button";
  button.textContent = label;
  button.setAttribute("aria-label", name);
  return button;
}

/**
 * @param {string} text what goes to the clipboard
 * @param {HTMLButtonElement} button shows that it did
 * @param {Element} shown is selected instead where there is no clipboard (plain http)
 */
async function copy(text, button, shown) {
  const label = button.textContent;
  let done = say("copied");
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    select(text, shown);
    done = say("selected");
  }
  button.textContent = done;
  announce(done);
  setTimeout(() => {
    button.textContent = label;
    announce("");
  }, 3000);
}

/**
 * Without a clipboard (plain http) the text is selected instead, ready for Ctrl+C.
 * @param {string} text
 * @param {Element} shown holds the text, or is a link whose address is the text
 */
function select(text, shown) {
  if (shown instanceof HTMLAnchorElement) {
    shown.textContent = text;
    shown.classList.add("is-shown");
  }
  getSelection()?.selectAllChildren(shown);
}
