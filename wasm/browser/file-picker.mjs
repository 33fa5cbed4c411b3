/**
 * Choosing files: a drop anywhere on the page, a button, the keyboard. All three end in the same callback.
 * @import {Translate} from "./contract.mjs"
 */
import { createElement } from "./element.mjs";

/**
 * Create the drop zone with its file field.
 * @param {Translate} t
 * @param {string} verify address of the page on how to make sure that nothing is sent
 * @param {(files: File[]) => void} onFiles never called without files
 * @returns {{element: HTMLElement, focus: () => void}}
 */
export function createFilePicker(t, verify, onFiles) {
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
  const element = createElement(
    "div",
    { class: "check-drop-zone" },
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
      createElement("summary", {}, t("verify.title")),
      createElement(
        "ul",
        {},
        createElement("li", {}, t("verify.offline")),
        createElement("li", {}, t("verify.developer")),
        createElement("li", {}, t("verify.page")),
      ),
      createElement("p", {}, createElement("a", { href: verify }, t("verify.more"))),
    ),
  );
  acceptDrops(element, onFiles);
  return { element, focus: () => input.focus() };
}

/**
 * Accept drops on the whole window: one beside the zone would make the browser leave the page and show the file.
 * @param {HTMLElement} zone
 * @param {(files: File[]) => void} onFiles
 */
function acceptDrops(zone, onFiles) {
  /** @param {boolean} isOver */
  const highlight = (isOver) => zone.classList.toggle("is-over", isOver);
  window.addEventListener("dragover", (event) => {
    event.preventDefault();
    highlight(true);
  });
  window.addEventListener("dragleave", (event) => {
    if (event.relatedTarget === null) highlight(false);
  });
  window.addEventListener("drop", (event) => {
    event.preventDefault();
    highlight(false);
    const files = [...(event.dataTransfer?.files ?? [])];
    if (files.length > 0) onFiles(files);
  });
}
