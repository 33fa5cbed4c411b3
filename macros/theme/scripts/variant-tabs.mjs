// Variants of one axis (browsers, versions of Windows), which follow each other in the page, become tabs.
import { createElement } from "../../../wasm/browser/element.mjs";
import { recall, remember } from "./local-storage.mjs";

/** Name of the event on a block of variants when another one is shown. */
export const VARIANT_SHOWN = "variantshown";

/** Make tabs of a block. @param {Element} block variants of one axis */
export function makeTabs(block) {
  if (!(block instanceof HTMLElement)) return;
  const panels = /** @type {HTMLElement[]} */ ([...block.querySelectorAll(":scope > .variant")]);
  const list = createElement(
    "div",
    { class: "variant-tabs", role: "tablist", "aria-label": block.dataset.name ?? "" },
    ...panels.map((panel) => createTab(block, panel)),
  );
  list.addEventListener("keydown", (event) => moveAlongTabs(event, list));
  block.prepend(list);
  block.classList.add("is-tabbed");
  const remembered = recall(`variant:${block.dataset.axis}`);
  const shown = panels.find((panel) => panel.dataset.variant === remembered) ?? panels[0];
  if (shown) showVariant(block, shown);
}

/**
 * @param {HTMLElement} block
 * @param {HTMLElement} panel
 */
function createTab(block, panel) {
  const number = [...document.querySelectorAll(".variants")].indexOf(block);
  panel.id ||= `variant-${number}-${panel.dataset.variant}`;
  const id = `${panel.id}-tab`;
  panel.setAttribute("role", "tabpanel");
  panel.setAttribute("aria-labelledby", id);
  const onclick = () => chooseVariant(block, panel);
  const attributes = { id, type: "button", class: "variant-tab", role: "tab", "aria-controls": panel.id };
  return createElement("button", { ...attributes, onclick }, panel.dataset.name ?? "");
}

/**
 * Move between tabs by arrow keys (WAI-ARIA Authoring Practices, Tabs).
 * @param {KeyboardEvent} event
 * @param {HTMLElement} list
 */
function moveAlongTabs(event, list) {
  const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (!step) return;
  const tabs = /** @type {HTMLElement[]} */ ([...list.children]);
  const at = tabs.indexOf(/** @type {HTMLElement} */ (document.activeElement));
  const next = tabs[(at + step + tabs.length) % tabs.length];
  next?.focus();
  next?.click();
  event.preventDefault();
}

/**
 * Remember a person's choice, and show it in every block of the same axis, on this page and the next ones.
 * @param {HTMLElement} block
 * @param {HTMLElement} panel
 */
function chooseVariant(block, panel) {
  remember(`variant:${block.dataset.axis}`, panel.dataset.variant ?? "");
  for (const other of document.querySelectorAll(`.variants[data-axis="${block.dataset.axis}"]`)) {
    const twin = other.querySelector(`:scope > .variant[data-variant="${panel.dataset.variant}"]`);
    if (other instanceof HTMLElement && twin instanceof HTMLElement) showVariant(other, twin);
  }
}

/**
 * Show one variant of a block and hide the others.
 * @param {HTMLElement} block
 * @param {HTMLElement} shown
 */
export function showVariant(block, shown) {
  for (const panel of block.querySelectorAll(":scope > .variant")) {
    const isChosen = panel === shown;
    const tab = document.getElementById(`${panel.id}-tab`);
    panel.toggleAttribute("hidden", !isChosen);
    tab?.setAttribute("aria-selected", String(isChosen));
    tab?.setAttribute("tabindex", isChosen ? "0" : "-1");
  }
  block.dispatchEvent(new Event(VARIANT_SHOWN, { bubbles: true }));
}
