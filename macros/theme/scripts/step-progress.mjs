// Following a procedure: ticks, position and neighbours in each step, and overall progress. All of it is optional.
import { createElement } from "../../../wasm/browser/element.mjs";
import { announce } from "./announce.mjs";
import { recall, remember } from "./local-storage.mjs";
import { say } from "./page-words.mjs";
import { VARIANT_SHOWN } from "./variant-tabs.mjs";

/**
 * @typedef {object} Row the controls of one step
 * @property {string} id
 * @property {string} title with its number
 * @property {HTMLElement} step
 * @property {HTMLInputElement} checkbox
 * @property {HTMLElement} position
 * @property {HTMLAnchorElement} previous
 * @property {HTMLAnchorElement} next
 */

/** Add the controls to a procedure. @param {Element} list its steps */
export function followSteps(list) {
  if (!(list instanceof HTMLElement)) return;
  const key = `done:${list.dataset.guide}`;
  const rows = [...list.querySelectorAll(".step:not([data-only-when])")].map(addRow);
  const reset = addHead(list);
  const bar = addBar(list);

  /** Update the page, and return the sentence on the progress. */
  function update() {
    const shown = rows.filter((row) => !row.step.closest(".variant[hidden]"));
    updatePositions(shown);
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
    return update();
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

/** @param {Row[]} shown */
function updatePositions(shown) {
  shown.forEach((row, index) => {
    row.position.textContent = say("place", {
      number: index + 1,
      count: shown.length,
      left: shown.length - index - 1,
    });
    pointTo(row.previous, say("previous"), shown[index - 1]);
    pointTo(row.next, say("next"), shown[index + 1]);
  });
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
  pointTo(next, say("go-on"), open[0]);
  next.textContent = open[0] ? `${say("go-on")}: ${open[0].title}` : "";
  return sentence;
}

/** @param {Element} step @returns {Row} */
function addRow(step) {
  const heading = step.querySelector("h2");
  const title = heading?.textContent ?? "";
  const checkbox = createElement("input", { type: "checkbox", "aria-label": `${say("done")}: ${title}` });
  const position = createElement("span", { class: "step-place" });
  const previous = createElement("a", { class: "follow-previous" }, say("previous"));
  const next = createElement("a", { class: "follow-onward" }, say("next"));
  const label = createElement("label", { class: "step-done" }, checkbox, say("done"));
  step.append(createElement("div", { class: "step-follow" }, label, position, previous, next));
  return {
    id: heading?.id ?? "",
    title,
    step: /** @type {HTMLElement} */ (step),
    checkbox,
    position,
    previous,
    next,
  };
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
 * Point a link to a step, or hide it where there is none.
 * @param {HTMLAnchorElement} link
 * @param {string} name what it is called
 * @param {Row | undefined} row
 */
function pointTo(link, name, row) {
  link.hidden = !row;
  link.href = `#${row?.id ?? "top"}`; // search engines count a link without a target as a fault
  if (!row) return;
  link.setAttribute("aria-label", `${name}: ${row.title}`);
}

/**
 * Mark what is done in the table of contents, and hide the steps of variants that are not shown.
 * @param {Row} row
 * @param {boolean} isShown
 */
function markInContents(row, isShown) {
  for (const link of document.querySelectorAll(`.md-nav--secondary a[href="#${row.id}"]`)) {
    link.closest("li")?.toggleAttribute("hidden", !isShown);
    link.querySelector(".contents-done")?.remove();
    if (!row.checkbox.checked) continue;
    const attributes = { class: "contents-done", role: "img", "aria-label": say("done") };
    link.append(createElement("span", attributes, "✓"));
  }
}
