// Following a procedure: ticks, place and way in each step, and how far one has come. Nothing of it is required.
import { recall, remember } from "../assets/store.mjs";
import { say } from "../assets/words.mjs";
import { announce } from "./announce.mjs";
import { SHOWN } from "./variants.mjs";

/**
 * @typedef {object} Row what the page shows for one step
 * @property {string} id
 * @property {string} title with its number
 * @property {HTMLElement} step
 * @property {HTMLInputElement} box
 * @property {HTMLElement} place
 * @property {HTMLAnchorElement} previous
 * @property {HTMLAnchorElement} next
 */

/** @param {Element} list the steps of a procedure */
export function follow(list) {
  if (!(list instanceof HTMLElement)) return;
  const key = `done:${list.dataset.guide}`;
  const rows = [...list.querySelectorAll(".step")].map(addRow);
  const head = addHead(list);
  const bar = addBar(list);

  function show() {
    const shown = rows.filter((row) => !row.step.closest(".variant[hidden]"));
    shown.forEach((row, index) => {
      row.place.textContent = say("place", {
        number: index + 1,
        count: shown.length,
        left: shown.length - index - 1,
      });
      point(row.previous, say("previous"), shown[index - 1]);
      point(row.next, say("next"), shown[index + 1]);
    });
    for (const row of rows) {
      row.step.classList.toggle("is-done", row.box.checked);
      markInContents(row, shown.includes(row));
    }
    const open = shown.filter((row) => !row.box.checked);
    const ticked = shown.length - open.length;
    bar.meter.max = shown.length;
    bar.meter.value = ticked;
    bar.count.textContent = open.length
      ? say("progress", { ticked, count: shown.length, left: open.length })
      : say("all-done");
    point(bar.next, say("go-on"), open[0]);
    bar.next.textContent = open[0] ? `${say("go-on")}: ${open[0].title}` : "";
    head.reset.hidden = !rows.some((row) => row.box.checked);
    return bar.count.textContent;
  }

  function load() {
    const ids = new Set((recall(key) ?? "").split(" "));
    for (const row of rows) row.box.checked = ids.has(row.id);
    show();
  }

  function save() {
    const ids = rows.filter((row) => row.box.checked).map((row) => row.id);
    remember(key, ids.join(" ") || null);
    return show();
  }

  for (const row of rows) row.box.addEventListener("change", () => announce(save()));
  head.reset.addEventListener("click", () => {
    for (const row of rows) row.box.checked = false;
    save();
    rows[0]?.box.focus(); // the button has gone
    announce(say("was-reset"));
  });
  list.addEventListener(SHOWN, show);
  addEventListener("storage", (event) => {
    if (event.key === key || event.key === null) load(); // ticked in another tab
  });
  load();
}

/**
 * @param {Element} step
 * @returns {Row}
 */
function addRow(step) {
  const heading = step.querySelector("h2");
  const title = heading?.textContent ?? "";
  const box = document.createElement("input");
  box.type = "checkbox";
  const label = make("label", "step-done");
  box.setAttribute("aria-label", `${say("done")}: ${title}`);
  label.append(box, say("done"));
  const place = make("span", "step-place");
  const previous = make("a", "follow-previous", say("previous"));
  const next = make("a", "follow-onward", say("next"));
  const row = make("div", "step-follow");
  row.append(label, place, previous, next);
  step.append(row);
  return {
    id: heading?.id ?? "",
    title,
    step: /** @type {HTMLElement} */ (step),
    box,
    place,
    previous,
    next,
  };
}

/** @param {HTMLElement} list */
function addHead(list) {
  const reset = make("button", "plain-button", say("reset"));
  reset.type = "button";
  const head = make("p", "follow-head", `${say("ticks-kept")} `);
  head.append(reset);
  list.prepend(head);
  return { reset };
}

/** @param {HTMLElement} list */
function addBar(list) {
  const meter = make("progress", "follow-meter");
  meter.setAttribute("aria-label", say("progress-name"));
  const count = make("span", "follow-count");
  const next = make("a", "follow-next");
  const bar = make("div", "follow-bar");
  bar.append(meter, count, next);
  list.append(bar);
  return { meter, count, next };
}

/**
 * @param {HTMLAnchorElement} link
 * @param {string} name what it is called
 * @param {Row | undefined} row where it leads; undefined: nowhere
 */
function point(link, name, row) {
  link.hidden = !row;
  link.href = `#${row?.id ?? "top"}`; // a link without a way is none that a search engine could follow
  if (!row) return;
  link.setAttribute("aria-label", `${name}: ${row.title}`);
}

/**
 * The table of contents shows what is done, and of variants the one that is shown.
 * @param {Row} row
 * @param {boolean} shown
 */
function markInContents(row, shown) {
  for (const link of document.querySelectorAll(`.md-nav--secondary a[href="#${row.id}"]`)) {
    link.closest("li")?.toggleAttribute("hidden", !shown);
    link.querySelector(".contents-done")?.remove();
    if (!row.box.checked) continue;
    const mark = make("span", "contents-done", "✓");
    mark.setAttribute("role", "img");
    mark.setAttribute("aria-label", say("done"));
    link.append(mark);
  }
}

/**
 * @template {keyof HTMLElementTagNameMap} Name
 * @param {Name} name
 * @param {string} className
 * @param {string} [text]
 */
function make(name, className, text = "") {
  const element = document.createElement(name);
  element.className = className;
  element.textContent = text;
  return element;
}
