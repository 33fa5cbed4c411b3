/**
 * Choosing files: a drop or a paste anywhere on the page, a button, the keyboard. All end in the same callback.
 * @import {Page} from "./certificate-card.mjs"
 * @import {DroppedFiles} from "./dropped-files.mjs"
 */
import { collectDroppedFiles } from "./dropped-files.mjs";
import { createElement } from "./element.mjs";
import { acceptPastes, createPasteField, takeTransfer } from "./pasted-text.mjs";

/**
 * Create the drop zone with its file field.
 * @param {Page} page
 * @param {(files: File[], leftOut?: DroppedFiles) => void} onFiles without files only where folders held no certificates
 * @returns {{element: HTMLElement, focus: () => void, translate: () => void}}
 */
export function createFilePicker(page, onFiles) {
  // No `accept`: a certificate is told by its bytes, and a filter hides files from people who mistyped an extension.
  const input = createElement("input", {
    type: "file",
    id: "file",
    multiple: true,
    class: "visually-hidden",
  });
  input.addEventListener("change", () => {
    const files = [...(input.files ?? [])];
    input.value = ""; // the same file can be chosen again, and is not kept here once it was cleared
    if (files.length > 0) onFiles(files);
  });
  const element = createElement("div", { class: "check-drop-zone" }, ...renderZone(page, input));
  acceptDrops(element, page, onFiles);
  acceptPastes((code, values) => page.t(code, values), onFiles);
  const translate = () => element.replaceChildren(...renderZone(page, input));
  return { element, focus: () => input.focus(), translate };
}

/** Render what is in the zone. @param {Page} page @param {HTMLElement} input */
function renderZone({ t, data }, input) {
  return [
    createElement("p", {}, t("choose.drop")),
    createElement(
      "p",
      {},
      input,
      createElement("label", { for: "file", class: "cg-button cg-button-primary" }, t("choose.button")),
    ),
    createElement("p", { class: "check-small" }, t("choose.kinds")),
    createElement(
      "details",
      { class: "check-small" },
      createElement("summary", {}, t("paste.title")),
      createElement("p", { id: "paste-how" }, t("paste.how")),
      createPasteField(t),
    ),
    createElement(
      "details",
      { class: "check-small" },
      createElement("summary", {}, t("verify.title")),
      createElement(
        "ul",
        {},
        createElement("li", {}, t("verify.offline")),
        createElement("li", {}, t("verify.developer")),
        createElement("li", {}, t("verify.page")),
      ),
      createElement("p", {}, createElement("a", { href: data.verify }, t("verify.more"))),
    ),
  ];
}

/**
 * Accept drops on the whole window: one beside the zone would make the browser leave the page and show the file.
 * @param {HTMLElement} zone
 * @param {Page} page
 * @param {(files: File[], leftOut?: DroppedFiles) => void} onFiles
 */
function acceptDrops(zone, page, onFiles) {
  /** @param {boolean} isOver */
  const highlight = (isOver) => zone.classList.toggle("is-over", isOver);
  window.addEventListener("dragover", (event) => {
    event.preventDefault();
    highlight(true);
  });
  window.addEventListener("dragleave", (event) => {
    if (event.relatedTarget === null) highlight(false);
  });
  window.addEventListener("drop", async (event) => {
    event.preventDefault();
    highlight(false);
    const { t, data } = page;
    const texts = takeTransfer(event.dataTransfer, t);
    const dropped = await collectDroppedFiles(event.dataTransfer, data.limits.files, data.suffixes);
    if (dropped.files.length > 0 || dropped.hasFolder) onFiles(dropped.files, dropped);
    else if (texts.length > 0) onFiles(texts);
  });
}
