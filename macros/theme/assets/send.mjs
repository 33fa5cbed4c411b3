/**
 * The page for helpdesks: the message first, then the steps in it, then the choice of more, which is folded for whoever comes
 * from a step. What is chosen stands in the address's fragment and is sent nowhere.
 * @import {Language} from "../../../wasm/browser/contract.mjs"
 * @import {Entry, Index} from "../scripts/guide-index.mjs"
 * @typedef {{entries: Entry[], languages: Language[], form: "full" | "short"}} Message
 */
import { createElement } from "../../../wasm/browser/element.mjs";
import { indexByReference, listOptions } from "../scripts/guide-index.mjs";
import { loadItems, loadMessages } from "../scripts/message-data.mjs";
import { renderMarkdown, renderOutputs } from "../scripts/message-outputs.mjs";
import { drawQrCode } from "../scripts/qr-code.mjs";
import {
  createButton,
  createLanguageChoice,
  createRadios,
  data,
  parseLanguages,
  status,
  t,
} from "../scripts/send-data.mjs";

const container = document.getElementById("send") ?? document.body;
const root = new URL(data.root, location.href).href;
const list = createElement("ol", { class: "send-items" });
const outputs = createElement("div");
const markdown = createElement("div");
let shows = 0;

start().catch(() => container.replaceChildren(createElement("p", { role: "alert" }, t("failed"))));

async function start() {
  // Both languages at once: no request follows a choice.
  const [answer] = await Promise.all([fetch(data.index), loadMessages(root, "ja"), loadMessages(root, "en")]);
  if (!answer.ok) throw new Error(String(answer.status));
  const index = await answer.json();
  const entries = indexByReference(index, t("pick.shared"));
  const message = readAddress(entries);
  const picker = createPicker(index, entries, (entry) => {
    message.entries.push(entry);
    update(message);
    status.textContent = t("pick.added", { title: formatTitle(entry) });
  });
  picker.open = !message.entries.length;
  container.replaceChildren(
    createElement("h2", {}, t("items.title")),
    outputs,
    status,
    list,
    picker,
    createOptions(message),
    createElement("details", { class: "send-systems" }, createElement("summary", {}, t("systems")), markdown),
  );
  addEventListener("hashchange", () => {
    Object.assign(message, readAddress(entries));
    container.querySelector(".send-how")?.replaceWith(createOptions(message));
    show(message).catch(sayFailed);
  });
  await show(message);
}

function sayFailed() {
  status.textContent = t("failed");
}

/**
 * Read the message from the address: `#steps=boj/renew/open-site,boj/export&lang=both&form=short`.
 * @param {Map<string, Entry>} known
 * @returns {Message} without steps that there are no more, whose number the status says
 */
function readAddress(known) {
  const parameters = new URLSearchParams(location.hash.slice(1));
  const refs = (parameters.get("steps") ?? "").split(",").filter(Boolean);
  const found = refs.map((ref) => known.get(ref.replace(/^([^/]+\/[^/]+)\//, "$1#")));
  const entries = found.filter((entry) => entry !== undefined);
  const lost = refs.length - entries.length;
  status.textContent = lost ? t("items.lost", { count: lost }) : "";
  const lang = parameters.get("lang");
  return {
    entries,
    languages: parseLanguages(lang ?? data.lang),
    form: parameters.get("form") === "short" ? "short" : "full",
  };
}

/** @param {Message} message */
function writeAddress({ entries, languages, form }) {
  const lang = languages.length > 1 ? "both" : languages[0];
  const steps = entries.map((entry) => entry.ref.replace("#", "/")).join(",");
  history.replaceState(null, "", `#steps=${steps}&lang=${lang}&form=${form}`);
  // For step-addresses.mjs: the link to the other language keeps the prepared message, too.
  dispatchEvent(new Event("addresschange"));
}

/** @param {Entry} entry whose title is shown on this page */
function formatTitle({ authority, guide, step }) {
  const title = step ? `${guide[data.lang]} – ${step[data.lang]}` : guide[data.lang];
  return `${authority[data.lang]}: ${title}`;
}

/**
 * Create three fields, each narrowing the next: system, guide, step.
 * @param {Index} index
 * @param {Map<string, Entry>} entries
 * @param {(entry: Entry) => void} onAdd
 */
function createPicker(index, entries, onAdd) {
  const selects = ["authority", "guide", "step"].map((name) =>
    createElement("select", { class: "cg-field", id: `send-${name}` }),
  );
  const [authority, guide, step] = /** @type {[HTMLSelectElement, HTMLSelectElement, HTMLSelectElement]} */ (
    selects
  );
  const groups = listOptions(index, data.lang, { shared: t("pick.shared"), whole: t("pick.whole") });
  const listGuides = () => groups[authority.selectedIndex]?.guides ?? [];
  const fillSteps = () => fillSelect(step, listGuides()[guide.selectedIndex]?.steps ?? []);
  const fillGuides = () => {
    fillSelect(guide, listGuides());
    fillSteps();
  };
  authority.addEventListener("change", fillGuides);
  guide.addEventListener("change", fillSteps);
  fillSelect(authority, groups);
  fillGuides();
  const add = createButton(t("pick.add"), t("pick.add"), () => {
    const entry = entries.get(step.value);
    if (entry) onAdd(entry);
  });
  add.id = "send-add";
  add.classList.add("cg-button-primary", "send-main");
  const fields = selects.map((select) => {
    const label = createElement("label", { for: select.id }, t(`pick.${select.id.slice(5)}`));
    return createElement("p", {}, label, select);
  });
  return createElement(
    "details",
    { class: "send-pick" },
    createElement("summary", {}, t("pick.title")),
    ...fields,
    createElement("p", {}, add),
  );
}

/**
 * @param {HTMLSelectElement} select
 * @param {{value: string, label: string}[]} options
 */
function fillSelect(select, options) {
  select.replaceChildren(...options.map(({ value, label }) => createElement("option", { value }, label)));
}

/** @param {Message} message */
function createOptions(message) {
  const language = createLanguageChoice(message.languages, (languages) => {
    message.languages = languages;
    update(message);
  });
  const forms = { full: t("how.full"), short: t("how.short") };
  const form = createRadios("how.address", "form", message.form, forms, (value) => {
    message.form = value === "short" ? "short" : "full";
    update(message);
  });
  return createElement(
    "div",
    { class: "send-how" },
    createElement("h2", {}, t("how.title")),
    language,
    form,
    createElement("p", {}, t("keep")),
  );
}

/** Write the message into the address, and show it. @param {Message} message */
function update(message) {
  writeAddress(message);
  show(message).catch(sayFailed);
}

/** Show the message and its steps; what was unfolded stays so. @param {Message} message */
async function show(message) {
  const { entries, languages } = message;
  const unfolded = [...list.children].map((item) => item.querySelector("details")?.open === true);
  list.replaceChildren(...entries.map((entry, at) => renderEntry(entry, at, message)));
  list.querySelectorAll("details").forEach((details, at) => {
    details.open = unfolded.length === entries.length && unfolded[at] === true;
  });
  if (!entries.length) list.append(createElement("li", { class: "send-none" }, t("items.none")));
  shows += 1;
  const current = shows;
  const loaded = await Promise.all(entries.map(({ ref }) => loadItems(root, ref, message)));
  if (current !== shows) return; // another choice came while these were loaded
  const items = languages.flatMap((_, at) => loaded.flatMap((versions) => versions[at] ?? []));
  outputs.after(status); // it may stand beside a button that goes
  outputs.replaceChildren(...(items.length ? renderOutputs(items) : []));
  markdown.replaceChildren(...(items.length ? renderMarkdown(items) : []));
}

/**
 * @param {Entry} entry
 * @param {number} at its place in the message
 * @param {Message} message
 */
function renderEntry(entry, at, message) {
  const title = formatTitle(entry);
  const [language = data.lang] = message.languages;
  const address = root + (message.form === "short" ? entry.short : entry.url)[language];
  const up = createButton("↑", t("items.up", { title }), () => moveEntry(message, at, -1));
  const down = createButton("↓", t("items.down", { title }), () => moveEntry(message, at, 1));
  up.disabled = at === 0;
  down.disabled = at === message.entries.length - 1;
  const remove = createButton("×", t("items.remove", { title }), () => {
    message.entries.splice(at, 1);
    update(message);
    status.textContent = t("items.removed", { title });
    document.getElementById("send-add")?.focus();
  });
  return createElement(
    "li",
    {},
    createElement(
      "div",
      { class: "send-item" },
      createElement("span", {}, title),
      createElement("span", {}, up, down, remove),
    ),
    createElement("a", { href: address, class: "send-address" }, address),
    createQrDetails(address, title),
  );
}

/**
 * Move a step up or down; the focus stays on its button, or goes to the other one at either end.
 * @param {Message} message
 * @param {number} at
 * @param {-1 | 1} by
 */
function moveEntry(message, at, by) {
  const [entry] = message.entries.splice(at, 1);
  if (entry) message.entries.splice(at + by, 0, entry);
  update(message);
  status.textContent = t("items.moved", { place: at + by + 1 });
  const [up, down] = list.children[at + by]?.querySelectorAll("button") ?? [];
  const [first, second] = by < 0 ? [up, down] : [down, up];
  (first?.disabled ? second : first)?.focus();
}

/**
 * Create the part that draws the code once it is unfolded.
 * @param {string} address
 * @param {string} title
 */
function createQrDetails(address, title) {
  const details = createElement("details", { class: "send-qr" }, createElement("summary", {}, t("items.qr")));
  details.addEventListener("toggle", async () => {
    if (!details.open || details.querySelector("svg")) return;
    const library = new URL(data.qr, location.href).href;
    details.append(await drawQrCode(library, address, t("items.qr-of", { title })));
  });
  return details;
}
