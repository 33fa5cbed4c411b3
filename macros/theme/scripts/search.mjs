// The search box: a combobox whose list holds links to steps (WAI-ARIA Authoring Practices, Combobox with list
// autocomplete). The index is loaded when the box first gets the focus; nothing that is typed leaves the page.

/** @typedef {import("../assets/search-engine.mjs").Found} Found */

const SHOWN = 8;
// Milliseconds without typing, after which the number of results is said aloud: not at every letter.
const QUIET = 700;

const box = part(".search");
const input = /** @type {HTMLInputElement} */ (part(".search-words"));
const opener = part(".search-open");
const list = part(".search-found");
const status = part(".search-status");
const said = box.dataset;

/** @type {Promise<(words: string) => Found[]> | null} */
let engine = null;
/** @type {ReturnType<typeof setTimeout> | undefined} */
let saying;

box.hidden = false;
input.addEventListener("focus", refresh);
input.addEventListener("input", refresh);
input.addEventListener("keydown", onKey);
opener.addEventListener("click", () => {
  unfold(!box.classList.contains("is-open"));
  if (box.classList.contains("is-open")) input.focus();
});
for (const way of document.querySelectorAll(".ask-search")) {
  way.removeAttribute("hidden"); // without scripts there is no search to open
  way.querySelector("button")?.addEventListener("click", () => {
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
function part(selector) {
  return /** @type {HTMLElement} */ (document.querySelector(selector));
}

/** Show what fits the words in the box, unless they have changed before the answer came. */
async function refresh() {
  const words = input.value;
  engine ??= load();
  try {
    const find = await engine;
    if (words === input.value) show(words.trim() ? find(words) : null);
  } catch {
    engine = null; // the next key tries again
    show([]);
    say(said.failed, true);
  }
}

/** @returns {Promise<(words: string) => Found[]>} */
async function load() {
  /** @param {string} name of a file beside the one that the build makes of this */
  const beside = (name) => new URL(name, import.meta.url).href;
  const [{ default: MiniSearch }, { OPTIONS, find }, answer] = await Promise.all([
    /** @type {Promise<typeof import("minisearch")>} */ (import(beside("minisearch.mjs"))),
    /** @type {Promise<typeof import("../assets/search-engine.mjs")>} */ (
      import(beside("search-engine.mjs"))
    ),
    fetch(beside(`search.${document.documentElement.lang}.json`)),
  ]);
  if (!answer.ok) throw new Error(`the index: ${answer.status}`);
  const index = MiniSearch.loadJSON(await answer.text(), OPTIONS);
  return (words) => find(index, words);
}

/** @param {Found[] | null} found null: nothing was asked */
function show(found) {
  const shown = (found ?? []).slice(0, SHOWN);
  list.replaceChildren(...shown.map(option));
  activate(null);
  list.hidden = !shown.length;
  input.setAttribute("aria-expanded", String(shown.length > 0));
  if (found === null) say("", false);
  else if (shown.length) say(said.count?.replace("{count}", String(shown.length)), false);
  else say(said.none, true);
}

/**
 * @param {Found} step
 * @param {number} at
 */
function option(step, at) {
  const link = document.createElement("a");
  link.className = "search-step";
  link.id = `search-step-${at}`;
  link.href = `${said.root?.replace(/\/$/, "")}/${step.url}`;
  link.tabIndex = -1;
  link.setAttribute("role", "option");
  link.setAttribute("aria-selected", "false");
  const where = [step.authority, step.guide].filter(Boolean).join(" › ");
  link.append(line("search-title", step.title), " ", line("search-where", where));
  return link;
}

/**
 * @param {string} name
 * @param {string} words
 */
function line(name, words) {
  const span = document.createElement("span");
  span.className = name;
  span.textContent = words;
  return span;
}

/** @param {Element | null} chosen the option that Enter would open */
function activate(chosen) {
  for (const one of list.children) one.setAttribute("aria-selected", String(one === chosen));
  if (chosen) input.setAttribute("aria-activedescendant", chosen.id);
  else input.removeAttribute("aria-activedescendant");
  chosen?.scrollIntoView({ block: "nearest" });
}

/** @param {KeyboardEvent} event */
function onKey(event) {
  // While an input method is open its keys are its own: Enter there accepts a conversion.
  if (event.isComposing) return;
  const options = list.hidden ? [] : [...list.children];
  const at = options.findIndex((one) => one.getAttribute("aria-selected") === "true");
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    // One place more than options: the box itself, between the last and the first.
    const places = options.length + 1;
    const next = at + 1 + (event.key === "ArrowDown" ? 1 : -1);
    activate(options[((next + places) % places) - 1] ?? null);
  } else if (event.key === "Enter") {
    const target = options[Math.max(at, 0)];
    if (target instanceof HTMLElement) target.click();
  } else if (event.key === "Escape") {
    goBack();
  } else return;
  event.preventDefault();
}

/** Escape closes the list, then empties the box, then folds the box away where it is folded. */
function goBack() {
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
  say("", false);
}

/**
 * On narrow screens the box is behind a button; on wide ones the style sheet shows it always.
 * @param {boolean} open
 */
function unfold(open) {
  box.classList.toggle("is-open", open);
  opener.setAttribute("aria-expanded", String(open));
}

/**
 * @param {string | undefined} words for the status, heard after a pause
 * @param {boolean} seen whether they are also to be seen
 */
function say(words, seen) {
  clearTimeout(saying);
  status.classList.toggle("visually-hidden", !seen);
  status.classList.toggle("search-panel", seen);
  if (seen || !words) status.textContent = words ?? "";
  else
    saying = setTimeout(() => {
      status.textContent = words;
    }, QUIET);
}
