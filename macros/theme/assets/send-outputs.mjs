/**
 * The message in its three forms, each with a button that copies it.
 * @import {Language, Line} from "./message.mjs"
 */
import { asElement, asMarkdown, asText } from "./message.mjs";
import { button, el, status, t } from "./send-page.mjs";

/**
 * @param {Line[]} lines
 * @param {Language} language
 */
export function makeOutputs(lines, language) {
  const mail = el("div", { class: "send-mail", lang: language }, asElement(lines));
  const text = asText(lines);
  return [
    output("text", area("text", text), () => navigator.clipboard.writeText(text)),
    output("markdown", area("markdown", asMarkdown(lines)), () =>
      navigator.clipboard.writeText(asMarkdown(lines)),
    ),
    output("mail", mail, () =>
      navigator.clipboard.write([new ClipboardItem({ "text/html": mail.innerHTML, "text/plain": text })]),
    ),
  ];
}

/**
 * @param {string} name
 * @param {string} value
 */
function area(name, value) {
  const made = el("textarea", {
    readonly: "",
    rows: String(Math.min(2 + value.split("\n").length, 16)),
    "aria-label": t(`${name}.title`),
  });
  made.value = value;
  return made;
}

/**
 * @param {string} name
 * @param {HTMLElement} content
 * @param {() => Promise<void>} copy
 */
function output(name, content, copy) {
  const what = t(`${name}.title`);
  const copier = button(t("copy", { what }), t("copy", { what }), async () => {
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
    copier.after(status);
  });
  return el("section", {}, el("h3", {}, what), content, el("p", {}, copier));
}
