// The search box: a combobox whose list holds links to what was found (WAI-ARIA Authoring Practices, Combobox with list
// autocomplete). The index is loaded when the box first gets the focus; nothing that is typed leaves the page.

import { createElement } from "../../../wasm/browser/element.mjs";

/**
 * @typedef {import("../assets/search-engine.mjs").Match} Match
 * @typedef {ReturnType<typeof import("../assets/search-engine.mjs").openSearch>} Engine
 */

/** How many results are shown. */
const MAX_RESULTS = 8;
/** Letters of a line of a result; Japanese ones are twice as wide. */
const LINE = document.documentElement.lang === "ja" ? 64 : 120;
/** Milliseconds without typing, after which the number of results is announced: not at every letter. */
const ANNOUNCEMENT_DELAY = 700;

const box = select(".search");
const input = /** @type {HTMLInputElement} */ (select(".search-words"));
const opener = select(".search-open");
const list = select(".search-found");
const panel = select(".search-panel");
const narrow = select(".search-narrow");
const status = select(".search-status");
const words = box.dataset;

/** @type {Promise<Engine> | null} */
let engine = null;
/** @type {ReturnType<typeof setTimeout> | undefined} */
let announcement;
/** The id of the authority to which results are narrowed; empty for all. */
let system = "";

box.hidden = false;
box.addEventListener("submit", (event) => event.preventDefault()); // it leads nowhere: the results are links
if (location.hash === `#${input.id}`) {
  unfold(true);
  input.focus();
}
input.addEventListener("focus", search);
input.addEventListener("input", search);
input.addEventListener("keydown", handleKey);
narrow.addEventListener("click", ({ target }) => {
  if (!(target instanceof HTMLButtonElement)) return;
  system = target.value;
  search();
});
narrow.addEventListener("keydown", (event) => {
  if (event.key === "Escape") input.focus(); // there the next Escape closes
});
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
panel.addEventListener("mousedown", (event) => event.preventDefault());
list.addEventListener("click", () => {
  close();
  unfold(false);
});

/** @param {string} selector of an element that every page with this script has */
function select(selector) {
  return /** @type {HTMLElement} */ (document.querySelector(selector));
}

/** Load what searching needs, so that it needs no request later. */
export async function loadSearch() {
  engine ??= loadEngine();
  await engine;
}

/** Show the results of the query in the box, unless it has changed before the index came. */
async function search() {
  const query = input.value;
  engine ??= loadEngine();
  try {
    const opened = await engine;
    if (query === input.value) show(query.trim() ? opened : null, query);
  } catch {
    engine = null; // the next key tries again
    close();
    setStatus(words.failed, true);
  }
}

/** @returns {Promise<Engine>} */
async function loadEngine() {
  /** @param {string} name of a file beside the bundle of this module */
  const resolveAddress = (name) => new URL(name, import.meta.url).href;
  const [{ default: MiniSearch }, { openSearch }, answer] = await Promise.all([
    /** @type {Promise<typeof import("minisearch")>} */ (import(resolveAddress("minisearch.mjs"))),
    /** @type {Promise<typeof import("../assets/search-engine.mjs")>} */ (
      import(resolveAddress("search-engine.mjs"))
    ),
    fetch(resolveAddress(`search.${document.documentElement.lang}.json`)),
  ]);
  if (!answer.ok) throw new Error(`the index: ${answer.status}`);
  const opened = openSearch(MiniSearch, await answer.json());
  for (const [value, [name = value]] of Object.entries(opened.systems))
    narrow.append(createElement("button", { type: "button", class: "cg-button", value }, name));
  return opened;
}

/**
 * Find the system whose page this is, or which the start page's answers in the address name.
 * @param {import("../assets/search-engine.mjs").Systems} systems
 */
function findNearby(systems) {
  const root = new URL(`${words.root}/`, location.href).pathname.replace(/\/+$/, "/");
  const [folder = ""] = location.pathname.slice(root.length).replace(/^en\//, "").split("/");
  const [answer = ""] = location.hash.slice(1).split(".");
  return [folder, answer].find((id) => Object.hasOwn(systems, id)) ?? "";
}

/**
 * Show what a query finds.
 * @param {Engine | null} opened null where there is no query
 * @param {string} query
 */
function show(opened, query) {
  const nearby = opened ? findNearby(opened.systems) : "";
  const everywhere = opened?.find(query, { nearby }) ?? [];
  const narrowed = system && opened ? opened.find(query, { nearby, system }) : everywhere;
  const matches = narrowed.slice(0, MAX_RESULTS);
  offerSystems(new Set(everywhere.map(({ owner }) => owner)));
  list.replaceChildren(
    ...matches.map((match, at) => renderOption(match, at, /** @type {Engine} */ (opened))),
  );
  list.scrollTop = 0;
  activate(null);
  list.hidden = !matches.length;
  narrow.hidden = !everywhere.length;
  input.setAttribute("aria-expanded", String(matches.length > 0));
  if (!opened) setStatus("", false);
  else if (matches.length) setStatus(words.count?.replace("{count}", String(matches.length)), false);
  else setStatus(words.none, true);
}

/** Offer to narrow the results to each system that has any. @param {Set<string>} owners */
function offerSystems(owners) {
  for (const button of narrow.querySelectorAll("button")) {
    button.hidden = button.value !== "" && button.value !== system && !owners.has(button.value);
    button.setAttribute("aria-pressed", String(button.value === system));
  }
}

/**
 * Render a result: its title, a line of it, whose it is.
 * @param {Match} match
 * @param {number} at its place in the list
 * @param {Engine} opened
 */
function renderOption(match, at, opened) {
  /** @param {string} text @param {number} limit */
  const mark = (text, limit) =>
    opened
      .cutExcerpt(text, match.terms, limit)
      .map((piece) => (piece.isMatch ? createElement("mark", {}, piece.text) : piece.text));
  return createElement(
    "a",
    {
      class: "search-step",
      id: `search-step-${at}`,
      href: `${words.root?.replace(/\/$/, "")}/${match.url}`,
      tabindex: -1,
      role: "option",
      "aria-selected": "false",
    },
    createElement("span", { class: "search-title" }, ...mark(match.title, 1000)),
    " ",
    createElement("span", { class: "search-line" }, ...mark(match.text, LINE)),
    " ",
    createElement(
      "span",
      { class: "search-where" },
      createElement("b", { class: "search-owner" }, match.authority),
      match.guide && ` ${match.guide}`,
    ),
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
  narrow.hidden = true;
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
  panel.classList.toggle("is-shown", isVisible || !list.hidden);
  if (isVisible || !text) status.textContent = text ?? "";
  else
    announcement = setTimeout(() => {
      status.textContent = text;
    }, ANNOUNCEMENT_DELAY);
}
