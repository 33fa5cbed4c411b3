// The theme opens its menu and its sections with labels of hidden checkboxes: let keys open them, too.
import { say } from "../assets/words.mjs";

export function openByKeys() {
  document.querySelectorAll(".md-header__button[for]").forEach(putButtonInto);
  document.querySelectorAll("input.md-nav__toggle").forEach(makeReachable);
}

/** @param {Element} label of the menu, in the header */
function putButtonInto(label) {
  const toggle = label instanceof HTMLLabelElement ? label.control : null;
  if (!(toggle instanceof HTMLInputElement)) return;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "header-button";
  button.setAttribute("aria-label", say("menu"));
  button.append(...label.childNodes);
  button.addEventListener("click", () => {
    toggle.click();
    firstLinkOfMenu()?.focus({ preventScroll: true });
  });
  for (const link of document.querySelectorAll(".md-sidebar--primary a[href^='#']")) {
    link.addEventListener("click", () => toggle.checked && toggle.click());
  }
  const tell = () => button.setAttribute("aria-expanded", String(toggle.checked));
  toggle.addEventListener("change", tell);
  addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !toggle.checked) return;
    toggle.click();
    button.focus();
  });
  tell();
  label.append(button);
}

/** @returns {HTMLElement | null} */
function firstLinkOfMenu() {
  return document.querySelector(".md-sidebar--primary .md-nav__list a");
}

/** @param {Element} toggle of a section in the menu, or of the contents */
function makeReachable(toggle) {
  if (!(toggle instanceof HTMLInputElement)) return;
  toggle.classList.add("is-reachable");
  const name = toggle.nextElementSibling?.textContent?.replace(/\s+/g, " ").trim();
  toggle.setAttribute("aria-label", `${toggle.id === "__toc" ? say("contents") : say("pages")}: ${name}`);
  for (const label of toggle.labels ?? []) label.removeAttribute("tabindex"); // one stop for both
  toggle.addEventListener("keydown", (event) => {
    if (event.key === "Enter") toggle.click();
  });
}
