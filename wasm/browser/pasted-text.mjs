/**
 * Pasting text or files: anywhere on the page, and into a field for those who paste by mouse or by a menu.
 *
 * The field is an editable element that takes no text: what is pasted goes to the checker, typing does nothing. So a browser
 * has nothing to keep of it, as it keeps the text of a text area, and asks no autofill service (decision 036).
 * @import {Translate} from "./contract.mjs"
 */
import { createElement } from "./element.mjs";

/**
 * Take what a paste or a drop holds: its files, else its text as a file.
 * @param {DataTransfer | null} transfer
 * @param {Translate} t
 * @returns {File[]}
 */
export function takeTransfer(transfer, t) {
  const files = [...(transfer?.files ?? [])];
  if (files.length > 0) return files;
  const text = transfer?.getData("text/plain") ?? "";
  return text.trim() === "" ? [] : [new File([text], t("paste.name"))];
}

/**
 * Listen for pastes on the whole page, but for those into fields of forms.
 * @param {Translate} t
 * @param {(files: File[]) => void} onFiles
 */
export function acceptPastes(t, onFiles) {
  window.addEventListener("paste", (event) => {
    if (event.composedPath()[0] instanceof HTMLInputElement) return; // in a guide the field is in a shadow tree
    const files = takeTransfer(event.clipboardData, t);
    event.preventDefault();
    if (files.length > 0) onFiles(files);
  });
}

/** Create the field. @param {Translate} t */
export function createPasteField(t) {
  const refuse = (/** @type {Event} */ event) => event.preventDefault();
  /** What an input method composes cannot be refused. */
  const empty = (/** @type {{currentTarget: HTMLElement}} */ { currentTarget }) =>
    currentTarget.replaceChildren();
  return createElement("div", {
    class: "cg-field check-paste",
    id: "paste",
    role: "textbox",
    tabindex: 0,
    contenteditable: "true",
    spellcheck: "false",
    autocapitalize: "off",
    translate: "no",
    "aria-label": t("paste.label"),
    "aria-describedby": "paste-how",
    onbeforeinput: refuse,
    oninput: empty,
    oncompositionend: empty,
    ondrop: refuse,
  });
}
