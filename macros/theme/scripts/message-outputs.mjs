/**
 * The message in its three forms, each with a button that copies it.
 * @import {Language} from "../../../wasm/browser/contract.mjs"
 * @import {Item} from "./helpdesk-message.mjs"
 */
import { createElement } from "../../../wasm/browser/element.mjs";
import { formatMarkdown, formatText, renderMessage } from "./helpdesk-message.mjs";
import { createButton, status, t } from "./send-data.mjs";

/**
 * Render the three forms.
 * @param {Item[]} items
 * @param {Language} language
 */
export function renderOutputs(items, language) {
  const mail = createElement("div", { class: "send-mail", lang: language }, renderMessage(items));
  const text = formatText(items);
  const markdown = formatMarkdown(items);
  return [
    renderOutput("text", createTextArea("text", text), () => navigator.clipboard.writeText(text)),
    renderOutput("markdown", createTextArea("markdown", markdown), () =>
      navigator.clipboard.writeText(markdown),
    ),
    renderOutput("mail", mail, () =>
      navigator.clipboard.write([new ClipboardItem({ "text/html": mail.innerHTML, "text/plain": text })]),
    ),
  ];
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
 * @param {string} name of the form
 * @param {HTMLElement} content
 * @param {() => Promise<void>} copy
 */
function renderOutput(name, content, copy) {
  const title = t(`${name}.title`);
  const label = t("copy", { what: title });
  const button = createButton(label, label, async () => {
    try {
      await copy();
      status.textContent = t("copy.done");
    } catch {
      // No clipboard over plain http: the content is selected, ready for Ctrl+C.
      if (content instanceof HTMLTextAreaElement) content.select();
      else getSelection()?.selectAllChildren(content);
      content.focus();
      status.textContent = t("copy.selected");
    }
    button.after(status);
  });
  return createElement(
    "section",
    {},
    createElement("h3", {}, title),
    content,
    createElement("p", {}, button),
  );
}
