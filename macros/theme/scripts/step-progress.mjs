// Following a procedure: a tick in each step, and below the steps how far one is. All of it is optional.
import { createElement } from "../../../wasm/browser/element.mjs";
import { announce } from "./announce.mjs";
import { BEGUN, recall, remember } from "./local-storage.mjs";
import { say } from "./page-words.mjs";
import { VARIANT_SHOWN } from "./variant-tabs.mjs";

/**
 * @typedef {object} Row the controls of one step
 * @property {string} id
 * @property {string} title with its number
 * @property {HTMLElement} step
 * @property {HTMLInputElement} checkbox
 */

/** Add the controls to a procedure. @param {Element} list its steps */
export function followSteps(list) {
  if (!(list instanceof HTMLElement)) return;
  const guide = list.dataset.guide ?? "";
  const key = `done:${guide}`;
  const rows = [...list.querySelectorAll(".step:not([data-only-when])")].map(addRow);
  const reset = addHead(list);
  const bar = addBar(list);

  /** Update the page, and return the sentence on the progress. */
  function update() {
    const shown = findShown();
    for (const row of rows) {
      row.step.classList.toggle("is-done", row.checkbox.checked);
      markInContents(row, shown.includes(row));
    }
    reset.hidden = !rows.some((row) => row.checkbox.checked);
    return updateBar(bar, shown);
  }

  function load() {
    const ids = new Set((recall(key) ?? "").split(" "));
    for (const row of rows) row.checkbox.checked = ids.has(row.id);
    update();
  }

  function save() {
    const ids = rows.filter((row) => row.checkbox.checked).map((row) => row.id);
    remember(key, ids.join(" ") || null);
    rememberBegun(guide, findShown());
    return update();
  }

  function findShown() {
    return rows.filter((row) => !row.step.closest(".variant[hidden]"));
  }

  for (const row of rows) row.checkbox.addEventListener("change", () => announce(save()));
  reset.addEventListener("click", () => {
    for (const row of rows) row.checkbox.checked = false;
    save();
    rows[0]?.checkbox.focus(); // the button has gone
    announce(say("was-reset"));
  });
  list.addEventListener(VARIANT_SHOWN, update);
  addEventListener("storage", (event) => {
    if (event.key === key || event.key === null) load(); // ticked in another tab
  });
  load();
}

/**
 * Remember that a guide is begun: how many steps are ticked, of how many, and the first that is not. The start page
 * offers it until every step is ticked, or none.
 * @param {string} guide its reference
 * @param {Row[]} shown
 */
function rememberBegun(guide, shown) {
  const open = shown.filter((row) => !row.checkbox.checked);
  const ticked = shown.length - open.length;
  const isBegun = ticked > 0 && open.length > 0;
  remember(`${BEGUN}${guide}`, isBegun ? `${ticked} ${shown.length} ${open[0]?.id}` : null);
}

/** @param {ReturnType<typeof addBar>} bar @param {Row[]} shown @returns {string} the sentence on the progress */
function updateBar({ meter, count, next }, shown) {
  const open = shown.filter((row) => !row.checkbox.checked);
  const ticked = shown.length - open.length;
  const sentence = open.length
    ? say("progress", { ticked, count: shown.length, left: open.length })
    : say("all-done");
  meter.max = shown.length;
  meter.value = ticked;
  count.textContent = sentence;
  next.href = `#${open[0]?.id ?? "what-now"}`;
  next.textContent = open[0] ? `${say("go-on")}: ${open[0].title}` : say("what-now");
  return sentence;
}

/** @param {Element} step @returns {Row} */
function addRow(step) {
  const heading = step.querySelector("h2");
  const title = heading?.textContent ?? "";
  const checkbox = createElement("input", { type: "checkbox", "aria-label": `${say("done")}: ${title}` });
  const label = createElement("label", { class: "step-done" }, checkbox, say("done"));
  step.querySelector(":scope > .step-foot")?.append(label);
  return { id: heading?.id ?? "", title, step: /** @type {HTMLElement} */ (step), checkbox };
}

/** @param {HTMLElement} list @returns {HTMLButtonElement} the button that takes all ticks away */
function addHead(list) {
  const reset = createElement("button", { type: "button", class: "cg-button" }, say("reset"));
  list.prepend(createElement("p", { class: "follow-head" }, `${say("ticks-kept")} `, reset));
  return reset;
}

/** @param {HTMLElement} list */
function addBar(list) {
  const meter = createElement("progress", { class: "follow-meter", "aria-label": say("progress-name") });
  const count = createElement("span", { class: "follow-count" });
  const next = createElement("a", { class: "follow-next" });
  list.append(createElement("div", { class: "follow-bar" }, meter, count, next));
  return { meter, count, next };
}

/**
 * Mark what is done in the table of contents, and hide the steps of variants that are not shown.
 * @param {Row} row
 * @param {boolean} isShown
 */
function markInContents(row, isShown) {
  for (const link of document.querySelectorAll(`.contents a[href="#${row.id}"]`)) {
    link.closest("li")?.toggleAttribute("hidden", !isShown);
    link.querySelector(".contents-done")?.remove();
    if (!row.checkbox.checked) continue;
    const attributes = { class: "contents-done", role: "img", "aria-label": say("done") };
    link.append(createElement("span", attributes, "✓"));
  }
}
