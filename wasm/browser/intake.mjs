/**
 * The ways in: a drop anywhere on the page, a button, the keyboard. All three end in the same list of files.
 * @import {Translate} from "./contract.mjs"
 */
import { el } from "./dom.mjs";

/**
 * @param {Translate} t
 * @param {string} verify address of the page on how to make sure that nothing is sent
 * @param {(files: File[]) => void} onFiles
 * @returns {{element: HTMLElement, focus: () => void}}
 */
export function intake(t, verify, onFiles) {
  // No `accept`: a certificate is told by its bytes, and a filter hides files from people who mistyped an extension.
  const input = el("input", { type: "file", id: "file", multiple: true, class: "visually-hidden" });
  input.addEventListener("change", () => {
    const files = [...(input.files ?? [])];
    input.value = ""; // the same file can be chosen again, and is not kept here once it was cleared
    if (files.length > 0) onFiles(files);
  });
  const element = el(
    "div",
    { class: "drop-zone" },
    el("p", {}, t("choose.drop")),
    el("p", {}, input, el("label", { for: "file", class: "button" }, t("choose.button"))),
    el("p", { class: "small" }, t("choose.kinds")),
    el(
      "details",
      { class: "small" },
      el("summary", {}, t("verify.title")),
      el(
        "ul",
        {},
        el("li", {}, t("verify.offline")),
        el("li", {}, t("verify.developer")),
        el("li", {}, t("verify.page")),
      ),
      el("p", {}, el("a", { href: verify }, t("verify.more"))),
    ),
  );
  acceptDrops(element, onFiles);
  return { element, focus: () => input.focus() };
}

/**
 * A file dropped beside the zone would make the browser leave the page and show the file, so the whole window takes it.
 * @param {HTMLElement} zone
 * @param {(files: File[]) => void} onFiles
 */
function acceptDrops(zone, onFiles) {
  /** @param {boolean} on */
  const highlight = (on) => zone.classList.toggle("over", on);
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
