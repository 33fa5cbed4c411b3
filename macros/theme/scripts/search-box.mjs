// The search box: a combobox whose list holds links to steps (WAI-ARIA Authoring Practices, Combobox with list
// autocomplete). The index is loaded when the box first gets the focus; nothing that is typed leaves the page.

import { createElement } from "../../../wasm/browser/element.mjs";

/** @typedef {import("../assets/search-engine.mjs").Match} Match */

/** How many results are shown. */
const MAX_RESULTS = 8;
/** Milliseconds without typing, after which the number of results is announced: not at every letter. */
const ANNOUNCEMENT_DELAY = 700;

const box = select(".search");
const input = /** @type {HTMLInputElement} */ (select(".search-words"));
const opener = select(".search-open");
const list = select(".search-found");
const status = select(".search-status");
const words = box.dataset;

/** @type {Promise<(query: string) => Match[]> | null} */
let engine = null;
/** @type {ReturnType<typeof setTimeout> | undefined} */
let announcement;

box.hidden = false;
input.addEventListener("focus", search);
input.addEventListener("input", search);
input.addEventListener("keydown", handleKey);
opener.addEventListener("click", () => {
  unfold(!box.classList.contains("is-open"));
  if (box.classList.contains("is-open")) input.focus();
});
for (const hint of document.querySelectorAll(".situation-search")) {
  hint.removeAttribute("hidden"); // without scripts there is no search to open
  hint.querySelector("button")?.addEventListener("click", () => {
    unfold(true);
    input.focus();
  });
}
box.addEventListener("focusout", (event) => {
  if (!(event.relatedTarget instanceof Node && box.contains(event.relatedTarget))) close();
});
// A press keeps the focus in the box, so that the list is still there when the button is let go.
list.addEventListener("mousedown", (event) => event.preventDefault());
list.addEventListener("click", () => {
  close();
  unfold(false);
});

/** @param {string} selector of an element that every page with this script has */
function select(selector) {
  return /** @type {HTMLElement} */ (document.querySelector(selector));
}

/** Show the results of the query in the box, unless it has changed before the index came. */
async function search() {
  const query = input.value;
  engine ??= loadEngine();
  try {
    const find = await engine;
    if (query === input.value) show(query.trim() ? find(query) : null);
  } catch {
    engine = null; // the next key tries again
    show([]);
    setStatus(words.failed, true);
  }
}

/** @returns {Promise<(query: string) => Match[]>} */
async function loadEngine() {
  /** @param {string} name of a file beside the bundle of this module */
  const resolveAddress = (name) => new URL(name, import.meta.url).href;
  const [{ default: MiniSearch }, { OPTIONS, findSteps }, answer] = await Promise.all([
    /** @type {Promise<typeof import("minisearch")>} */ (import(resolveAddress("minisearch.mjs"))),
    /** @type {Promise<typeof import("../assets/search-engine.mjs")>} */ (
      import(resolveAddress("search-engine.mjs"))
    ),
    fetch(resolveAddress(`search.${document.documentElement.lang}.json`)),
  ]);
  if (!answer.ok) throw new Error(`the index: ${answer.status}`);
  const index = MiniSearch.loadJSON(await answer.text(), OPTIONS);
  return (query) => findSteps(index, query);
}

/** @param {Match[] | null} matches null where there is no query */
function show(matches) {
  const shown = (matches ?? []).slice(0, MAX_RESULTS);
  list.replaceChildren(...shown.map(renderOption));
  activate(null);
  list.hidden = !shown.length;
  input.setAttribute("aria-expanded", String(shown.length > 0));
  if (matches === null) setStatus("", false);
  else if (shown.length) setStatus(words.count?.replace("{count}", String(shown.length)), false);
  else setStatus(words.none, true);
}

/**
 * @param {Match} step
 * @param {number} at its place in the list
 */
function renderOption(step, at) {
  const path = [step.authority, step.guide].filter(Boolean).join(" › ");
  return createElement(
    "a",
    {
      class: "search-step",
      id: `search-step-${at}`,
      href: `${words.root?.replace(/\/$/, "")}/${step.url}`,
      tabindex: -1,
      role: "option",
      "aria-selected": "false",
    },
    createElement("span", { class: "search-title" }, step.title),
    " ",
    createElement("span", { class: "search-where" }, path),
  );
}

/** Mark the option that Enter would open. @param {Element | null} active */
function activate(active) {
  for (const option of list.children) option.setAttribute("aria-selected", String(option === active));
  if (active) input.setAttribute("aria-activedescendant", active.id);
  else input.removeAttribute("aria-activedescendant");
  active?.scrollIntoView({ block: "nearest" });
}

/** @param {KeyboardEvent} event */
function handleKey(event) {
  // While an input method is open its keys are its own: Enter there accepts a conversion.
  if (event.isComposing) return;
  const options = list.hidden ? [] : [...list.children];
  const at = options.findIndex((option) => option.getAttribute("aria-selected") === "true");
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    // One position more than options: the box itself, between the last and the first.
    const count = options.length + 1;
    const next = at + 1 + (event.key === "ArrowDown" ? 1 : -1);
    activate(options[((next + count) % count) - 1] ?? null);
  } else if (event.key === "Enter") {
    const target = options[Math.max(at, 0)];
    if (target instanceof HTMLElement) target.click();
  } else if (event.key === "Escape") {
    undo();
  } else return;
  event.preventDefault();
}

/** Undo by Escape: close the list, then empty the box, then fold the box away where it is folded. */
function undo() {
  if (!list.hidden) close();
  else if (input.value) input.value = "";
  else if (box.classList.contains("is-open")) {
    unfold(false);
    opener.focus();
  }
}

function close() {
  list.hidden = true;
  input.setAttribute("aria-expanded", "false");
  activate(null);
  setStatus("", false);
}

/**
 * Show or hide the box on narrow screens, where it is behind a button; on wide ones the style sheet shows it always.
 * @param {boolean} isOpen
 */
function unfold(isOpen) {
  box.classList.toggle("is-open", isOpen);
  opener.setAttribute("aria-expanded", String(isOpen));
}

/**
 * Set the status, which is announced after a pause.
 * @param {string | undefined} text
 * @param {boolean} isVisible whether it is also to be seen
 */
function setStatus(text, isVisible) {
  clearTimeout(announcement);
  status.classList.toggle("visually-hidden", !isVisible);
  status.classList.toggle("search-panel", isVisible);
  if (isVisible || !text) status.textContent = text ?? "";
  else
    announcement = setTimeout(() => {
      status.textContent = text;
    }, ANNOUNCEMENT_DELAY);
}
