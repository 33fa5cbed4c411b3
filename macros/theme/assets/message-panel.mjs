/**
 * The message of one step, beside it: what the page for helpdesks makes of a single step, without leaving the guide. Fetched
 * with its words, its style and the step's text when it is first opened.
 * @import {Language} from "../../../wasm/browser/contract.mjs"
 */
import { createElement } from "../../../wasm/browser/element.mjs";
import { loadItems } from "../scripts/message-data.mjs";
import { renderOutputs } from "../scripts/message-outputs.mjs";
import { createButton, createLanguageChoice, provideData, status, t } from "../scripts/send-data.mjs";

const page = /** @type {Language} */ (document.documentElement.lang);
/** @param {string} name of a file beside the bundle of this module */
const resolveAddress = (name) => new URL(name, import.meta.url).href;
/** @type {Promise<void> | undefined} */
let ready;

/**
 * Open the panel after a link's paragraph, or close it where it is open.
 * @param {HTMLAnchorElement} link to the page that makes the same message
 * @param {string} root the site's address
 * @param {string} ref the step's reference
 * @throws {Error} something did not come: the page is there instead
 */
export async function toggleMessagePanel(link, root, ref) {
  const place = link.closest("p, .step-foot") ?? link;
  const open = place.nextElementSibling;
  if (open?.classList.contains("message-panel")) {
    close(open, link);
    return;
  }
  ready ??= prepare();
  await ready;
  const panel = await createPanel(link, root, ref);
  place.after(panel);
  link.setAttribute("aria-expanded", "true");
  panel.focus();
}

/** Load words and style. */
async function prepare() {
  const style = createElement("link", { rel: "stylesheet", href: resolveAddress("send.css") });
  const styled = new Promise((resolve) => style.addEventListener("load", resolve));
  document.head.append(style);
  const answer = await fetch(resolveAddress(`message-words.${page}.json`));
  if (!answer.ok) throw new Error(String(answer.status));
  provideData(await answer.json());
  await styled;
}

/**
 * @param {HTMLAnchorElement} link
 * @param {string} root
 * @param {string} ref
 */
async function createPanel(link, root, ref) {
  const outputs = createElement("div");
  /** @param {Language[]} languages */
  const show = async (languages) => {
    const items = await loadItems(root, ref, { languages, form: "full" });
    outputs.after(status); // it may stand beside a button that goes
    status.textContent = "";
    outputs.replaceChildren(...renderOutputs(items));
  };
  await show([page]);
  const panel = createElement(
    "div",
    { class: "send message-panel", role: "region", "aria-label": t("panel.title"), tabindex: -1 },
    createElement("p", { class: "message-panel-title" }, t("panel.title")),
    createLanguageChoice([page], show),
    outputs,
    status,
  );
  const others = createElement("a", { href: link.href }, t("panel.others"));
  const closer = createButton(t("panel.close"), t("panel.close"), () => close(panel, link));
  panel.append(createElement("p", { class: "send-do" }, others, closer));
  panel.addEventListener("keydown", (event) => {
    if (event.key === "Escape") close(panel, link);
  });
  return panel;
}

/** @param {Element} panel @param {HTMLElement} link */
function close(panel, link) {
  panel.remove();
  link.setAttribute("aria-expanded", "false");
  link.focus();
}
