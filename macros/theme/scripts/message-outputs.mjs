/**
 * The message, ready to be sent: the text, a mail that opens with it, a button that copies it; Markdown for systems.
 * @import {Item} from "./helpdesk-message.mjs"
 */
import { createElement, createUnqueriedForm } from "../../../wasm/browser/element.mjs";
import { buildMail, formatMarkdown, formatSubject, formatText, renderMessage } from "./helpdesk-message.mjs";
import { createButton, status, t } from "./send-data.mjs";

/** Render the message. @param {Item[]} items */
export function renderOutputs(items) {
  const text = formatText(items);
  const area = createTextArea("text", text);
  const html = renderMessage(items).innerHTML;
  const copyMessage = () =>
    navigator.clipboard.write([new ClipboardItem({ "text/html": html, "text/plain": text })]);
  const buttons = createElement("p", { class: "send-do" });
  buttons.append(
    createMailLink(items, () => copy(area, copyMessage, buttons, "mail.paste")),
    createCopyButton("text", () => copy(area, copyMessage, buttons)),
  );
  return [createUnqueriedForm({}, area), buttons];
}

/** Render the message for systems: folded, since a person at a desk does not need it. @param {Item[]} items */
export function renderMarkdown(items) {
  const markdown = formatMarkdown(items);
  const area = createTextArea("markdown", markdown);
  const buttons = createElement("p");
  buttons.append(
    createCopyButton("markdown", () => copy(area, () => navigator.clipboard.writeText(markdown), buttons)),
  );
  return [createUnqueriedForm({}, area), buttons];
}

/**
 * Create the link that opens a mail with subject and text. What is too long for it is copied, to be pasted.
 * @param {Item[]} items
 * @param {() => void} onTooLong
 */
function createMailLink(items, onTooLong) {
  const subject = formatSubject(items, (count) => t("mail.more", { count }));
  const { address, isWhole } = buildMail(subject, items, t("mail.body"));
  const attributes = { href: address, class: "cg-button cg-button-primary send-main" };
  const link = createElement("a", attributes, t("mail.open"));
  if (!isWhole) link.addEventListener("click", onTooLong);
  return link;
}

/** @param {string} name of the form @param {() => void} onclick */
function createCopyButton(name, onclick) {
  const label = t("copy", { what: t(`${name}.title`) });
  return createButton(label, label, onclick);
}

/**
 * @param {string} name of the form
 * @param {string} value
 */
function createTextArea(name, value) {
  const area = createElement("textarea", {
    class: "cg-field",
    readonly: true,
    rows: Math.min(2 + value.split("\n").length, 16),
    "aria-label": t(`${name}.title`),
  });
  area.value = value;
  return area;
}

/**
 * Copy, and say so beside the buttons.
 * @param {HTMLTextAreaElement} area is selected where there is no clipboard (plain http), ready for Ctrl+C
 * @param {() => Promise<void>} write into the clipboard
 * @param {HTMLElement} buttons
 * @param {string} done code of what is said then
 */
async function copy(area, write, buttons, done = "copy.done") {
  let outcome = done;
  try {
    await write();
  } catch {
    area.select();
    area.focus();
    outcome = "copy.selected";
  }
  buttons.after(status);
  status.textContent = t(outcome);
}
