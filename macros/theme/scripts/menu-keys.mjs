// The theme opens its menu and its sections with labels of hidden checkboxes: let keys open them, too.
import { createElement } from "../../../wasm/browser/element.mjs";
import { say } from "./page-words.mjs";

/** Make the menu and its sections reachable by Tab. */
export function openMenuByKeys() {
  document.querySelectorAll(".md-header__button[for]").forEach(addMenuButton);
  document.querySelectorAll("input.md-nav__toggle").forEach(makeReachable);
}

/** @param {Element} label of the menu, in the header */
function addMenuButton(label) {
  const toggle = label instanceof HTMLLabelElement ? label.control : null;
  if (!(toggle instanceof HTMLInputElement)) return;
  const attributes = { type: "button", class: "menu-button", "aria-label": say("menu") };
  const button = createElement("button", attributes, ...label.childNodes);
  button.addEventListener("click", () => {
    toggle.click();
    findFirstLink()?.focus({ preventScroll: true });
  });
  for (const link of document.querySelectorAll(".md-sidebar--primary a[href^='#']")) {
    link.addEventListener("click", () => toggle.checked && toggle.click());
  }
  const updateState = () => button.setAttribute("aria-expanded", String(toggle.checked));
  toggle.addEventListener("change", updateState);
  addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !toggle.checked) return;
    toggle.click();
    button.focus();
  });
  updateState();
  label.append(button);
}

/** @returns {HTMLElement | null} the menu's */
function findFirstLink() {
  return document.querySelector(".md-sidebar--primary .md-nav__list a");
}

/** @param {Element} toggle of a section in the menu */
function makeReachable(toggle) {
  if (!(toggle instanceof HTMLInputElement)) return;
  toggle.classList.add("is-reachable");
  const name = toggle.nextElementSibling?.textContent?.replace(/\s+/g, " ").trim();
  toggle.setAttribute("aria-label", `${say("pages")}: ${name}`);
  for (const label of toggle.labels ?? []) label.removeAttribute("tabindex"); // one stop for both
  toggle.addEventListener("keydown", (event) => {
    if (event.key === "Enter") toggle.click();
  });
}
