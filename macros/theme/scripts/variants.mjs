// Variants of one axis, one after another in the page, become tabs.
import { recall, remember } from "../assets/store.mjs";

/** What happens to a block of variants when another one is shown. */
export const SHOWN = "variantshown";

/** @param {Element} block variants of one axis, one after another in the page */
export function makeTabs(block) {
  if (!(block instanceof HTMLElement)) return;
  const panels = /** @type {HTMLElement[]} */ ([...block.querySelectorAll(":scope > .variant")]);
  const list = document.createElement("div");
  list.className = "variant-tabs";
  list.setAttribute("role", "tablist");
  list.setAttribute("aria-label", block.dataset.name ?? "");
  list.append(...panels.map((panel) => tabOf(block, panel)));
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
function tabOf(block, panel) {
  const tab = document.createElement("button");
  const number = [...document.querySelectorAll(".variants")].indexOf(block);
  panel.id ||= `variant-${number}-${panel.dataset.variant}`;
  tab.id = `${panel.id}-tab`;
  tab.type = "button";
  tab.className = "variant-tab";
  tab.textContent = panel.dataset.name ?? "";
  tab.setAttribute("role", "tab");
  tab.setAttribute("aria-controls", panel.id);
  panel.setAttribute("role", "tabpanel");
  panel.setAttribute("aria-labelledby", tab.id);
  tab.addEventListener("click", () => chooseVariant(block, panel));
  return tab;
}

/**
 * Arrow keys move between tabs (WAI-ARIA Authoring Practices, Tabs).
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
 * The person chose: every block of the same axis follows, on this page and the next ones.
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
 * @param {HTMLElement} block
 * @param {HTMLElement} shown
 */
export function showVariant(block, shown) {
  for (const panel of block.querySelectorAll(":scope > .variant")) {
    const chosen = panel === shown;
    const tab = document.getElementById(`${panel.id}-tab`);
    panel.toggleAttribute("hidden", !chosen);
    tab?.setAttribute("aria-selected", String(chosen));
    tab?.setAttribute("tabindex", chosen ? "0" : "-1");
  }
  block.dispatchEvent(new Event(SHOWN, { bubbles: true }));
}
