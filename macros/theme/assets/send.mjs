/**
 * The page for helpdesks: choose steps, get the message. What is chosen stands in the address, and goes nowhere else.
 * @import {Entry, Language, Line} from "./message.mjs"
 * @typedef {{items: Entry[], language: Language, form: "full" | "short"}} Chosen
 */
import { byRef, choices } from "./index.mjs";
import { makeOutputs } from "./send-outputs.mjs";
import { button, data, el, status, t } from "./send-page.mjs";

const place = document.getElementById("send") ?? document.body;
const root = new URL(data.root, location.href).href;
const list = el("ol", { class: "send-items" });
const outputs = el("div");

start().catch(() => place.replaceChildren(el("p", { role: "alert" }, t("failed"))));

async function start() {
  const answer = await fetch(data.index);
  if (!answer.ok) throw new Error(String(answer.status));
  const index = await answer.json();
  const entries = byRef(index);
  const chosen = fromAddress(entries);
  const picker = makePicker(index, entries, (entry) => {
    chosen.items.push(entry);
    show(chosen);
    status.textContent = t("pick.added", { title: titleOf(entry, data.lang) });
  });
  place.replaceChildren(picker, el("h2", {}, t("items.title")), list, status, makeOptions(chosen), outputs);
  addEventListener("hashchange", () => {
    Object.assign(chosen, fromAddress(entries));
    place.querySelector(".send-how")?.replaceWith(makeOptions(chosen));
    show(chosen, false);
  });
  show(chosen, false);
}

/**
 * `#steps=boj/renew/open-site,boj/export&lang=en&form=short`
 * @param {Map<string, Entry>} entries
 * @returns {Chosen}
 */
function fromAddress(entries) {
  const said = new URLSearchParams(location.hash.slice(1));
  const refs = (said.get("steps") ?? "").split(",").filter(Boolean);
  const found = refs.map((ref) => entries.get(ref.replace(/^([^/]+\/[^/]+)\//, "$1#")));
  const items = found.filter((entry) => entry !== undefined);
  const lost = refs.length - items.length;
  status.textContent = lost ? t("items.lost", { count: lost }) : "";
  const lang = said.get("lang");
  return {
    items,
    language: lang === "ja" || lang === "en" ? lang : data.lang,
    form: said.get("form") === "short" ? "short" : "full",
  };
}

/** @param {Chosen} chosen */
function intoAddress({ items, language, form }) {
  const steps = items.map((entry) => entry.ref.replace("#", "/")).join(",");
  history.replaceState(null, "", `#steps=${steps}&lang=${language}&form=${form}`);
  // The theme's link to the other language keeps the prepared message, too.
  dispatchEvent(new Event("addresschange"));
}

/**
 * @param {Entry} entry
 * @param {Language} language
 */
function titleOf(entry, language) {
  return entry.step ? `${entry.guide[language]} – ${entry.step[language]}` : entry.guide[language];
}

/**
 * @param {Entry} entry
 * @param {Chosen} chosen
 * @returns {Line}
 */
function lineOf(entry, { language, form }) {
  const below = (form === "short" ? entry.short : entry.url)[language];
  return { title: titleOf(entry, language), first: entry.first[language], address: root + below };
}

/**
 * Three lists, each narrowing the next: system, guide, step.
 * @param {import("./index.mjs").Index} index
 * @param {Map<string, Entry>} entries
 * @param {(entry: Entry) => void} onAdd
 */
function makePicker(index, entries, onAdd) {
  const lists = ["authority", "guide", "step"].map((name) => el("select", { id: `send-${name}` }));
  const [authority, guide, step] = /** @type {[HTMLSelectElement, HTMLSelectElement, HTMLSelectElement]} */ (
    lists
  );
  const groups = choices(index, data.lang, { shared: t("pick.shared"), whole: t("pick.whole") });
  const chosenGuides = () => groups[authority.selectedIndex]?.guides ?? [];
  const fillSteps = () => fill(step, chosenGuides()[guide.selectedIndex]?.steps ?? []);
  const fillGuides = () => {
    fill(guide, chosenGuides());
    fillSteps();
  };
  authority.addEventListener("change", fillGuides);
  guide.addEventListener("change", fillSteps);
  fill(authority, groups);
  fillGuides();
  const add = button(t("pick.add"), t("pick.add"), () => {
    const entry = entries.get(step.value);
    if (entry) onAdd(entry);
  });
  add.id = "send-add";
  add.classList.add("send-main");
  const fields = lists.map((one) =>
    el("p", {}, el("label", { for: one.id }, t(`pick.${one.id.slice(5)}`)), one),
  );
  return el("form", { class: "send-pick" }, el("h2", {}, t("pick.title")), ...fields, el("p", {}, add));
}

/**
 * @param {HTMLSelectElement} select
 * @param {{value: string, label: string}[]} options
 */
function fill(select, options) {
  select.replaceChildren(...options.map(({ value, label }) => el("option", { value }, label)));
}

/** @param {Chosen} chosen */
function makeOptions(chosen) {
  const language = radios(
    "how.language",
    "language",
    chosen.language,
    { ja: "日本語", en: "English" },
    (value) => {
      chosen.language = value === "en" ? "en" : "ja";
      show(chosen);
    },
  );
  const forms = { full: t("how.full"), short: t("how.short") };
  const form = radios("how.address", "form", chosen.form, forms, (value) => {
    chosen.form = value === "short" ? "short" : "full";
    show(chosen);
  });
  return el(
    "div",
    { class: "send-how" },
    el("h2", {}, t("how.title")),
    language,
    form,
    el("p", {}, t("keep")),
  );
}

/**
 * @param {string} legend
 * @param {string} name
 * @param {string} chosen
 * @param {Record<string, string>} options
 * @param {(value: string) => void} onChoose
 */
function radios(legend, name, chosen, options, onChoose) {
  const labels = Object.entries(options).map(([value, words]) => {
    const input = el("input", { type: "radio", name: `send-${name}`, value });
    input.checked = value === chosen;
    input.addEventListener("change", () => onChoose(value));
    return el("label", {}, input, " ", words);
  });
  return el("fieldset", {}, el("legend", {}, t(legend)), ...labels);
}

/**
 * @param {Chosen} chosen
 * @param {boolean} keep whether the address is to follow
 */
function show(chosen, keep = true) {
  if (keep) intoAddress(chosen);
  const open = [...list.children].map((item) => item.querySelector("details")?.open === true);
  list.replaceChildren(...chosen.items.map((_, at) => makeItem(chosen, at)));
  list.querySelectorAll("details").forEach((details, at) => {
    details.open = open.length === chosen.items.length && open[at] === true;
  });
  const lines = chosen.items.map((entry) => lineOf(entry, chosen));
  outputs.replaceChildren(...(lines.length ? makeOutputs(lines, chosen.language) : []));
  if (!lines.length) list.append(el("li", { class: "send-none" }, t("items.none")));
}

/**
 * @param {Chosen} chosen
 * @param {number} at
 */
function makeItem(chosen, at) {
  const entry = /** @type {Entry} */ (chosen.items[at]);
  const line = lineOf(entry, chosen);
  const title = titleOf(entry, data.lang);
  const up = button("↑", t("items.up", { title }), () => move(chosen, at, -1));
  const down = button("↓", t("items.down", { title }), () => move(chosen, at, 1));
  up.disabled = at === 0;
  down.disabled = at === chosen.items.length - 1;
  const remove = button("×", t("items.remove", { title }), () => {
    chosen.items.splice(at, 1);
    show(chosen);
    status.textContent = t("items.removed", { title });
    document.getElementById("send-add")?.focus();
  });
  return el(
    "li",
    {},
    el("div", { class: "send-item" }, el("span", {}, title), el("span", {}, up, down, remove)),
    el("a", { href: line.address, class: "send-address" }, line.address),
    makeQr(line),
  );
}

/**
 * @param {Chosen} chosen
 * @param {number} at
 * @param {-1 | 1} by
 */
function move(chosen, at, by) {
  const [entry] = chosen.items.splice(at, 1);
  if (entry) chosen.items.splice(at + by, 0, entry);
  show(chosen);
  status.textContent = t("items.moved", { place: at + by + 1 });
  const [up, down] = list.children[at + by]?.querySelectorAll("button") ?? [];
  const [first, second] = by < 0 ? [up, down] : [down, up];
  (first?.disabled ? second : first)?.focus();
}

/** The code is drawn when it is asked for. @param {Line} line */
function makeQr(line) {
  const details = el("details", { class: "send-qr" }, el("summary", {}, t("items.qr")));
  details.addEventListener("toggle", async () => {
    if (!details.open || details.querySelector("svg")) return;
    const { drawQr } = await import("./qr.mjs");
    const qr = new URL(data.qr, location.href).href;
    details.append(await drawQr(qr, line.address, t("items.qr-of", { title: line.title })));
  });
  return details;
}
