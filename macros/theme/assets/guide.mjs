// What guide pages gain from scripts: copying, and variants as tabs. Without scripts everything is still there to read.

const WORDS = {
  ja: {
    copy: "コピー",
    copyLink: "リンクをコピー",
    copied: "コピーしました",
    failed: "選択しました。Ctrl+C でコピーしてください",
  },
  en: { copy: "Copy", copyLink: "Copy link", copied: "Copied", failed: "Selected. Press Ctrl+C to copy" },
};
const words = document.documentElement.lang === "ja" ? WORDS.ja : WORDS.en;
const announcer = addAnnouncer();

document.querySelectorAll("code.copy-value").forEach(addCopyButton);
document.querySelectorAll("a.step-link").forEach(makeLinkCopier);
document.querySelectorAll(".variants").forEach(makeTabs);
openLinkedStep();
addEventListener("hashchange", openLinkedStep);

/** A live region, so that "copied" is heard as well as seen. */
function addAnnouncer() {
  const region = document.createElement("div");
  region.className = "visually-hidden";
  region.setAttribute("role", "status");
  document.body.append(region);
  return region;
}

/** @param {Element} code a value to type exactly */
function addCopyButton(code) {
  const button = copyButton(words.copy, `${words.copy}: ${code.textContent}`);
  button.addEventListener("click", () => copy(code.textContent ?? "", button, code));
  code.after(button);
}

/** @param {Element} link the plain link to a step, which becomes a button that copies its whole address */
function makeLinkCopier(link) {
  if (!(link instanceof HTMLAnchorElement)) return;
  const title = link.dataset.title ?? link.closest(".step")?.querySelector("h2")?.textContent ?? "";
  const button = copyButton(words.copyLink, `${words.copyLink}: ${title}`);
  button.addEventListener("click", () => copy(link.href, button, link));
  link.after(button);
}

/**
 * @param {string} label what is seen
 * @param {string} name what is read out
 */
function copyButton(label, name) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "copy-button";
  button.textContent = label;
  button.setAttribute("aria-label", name);
  return button;
}

/**
 * @param {string} text what goes to the clipboard
 * @param {HTMLButtonElement} button shows that it did
 * @param {Element} shown is selected instead where there is no clipboard (plain http)
 */
async function copy(text, button, shown) {
  const label = button.textContent;
  let done = words.copied;
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    select(text, shown);
    done = words.failed;
  }
  button.textContent = done;
  announcer.textContent = done;
  setTimeout(() => {
    button.textContent = label;
    announcer.textContent = "";
  }, 3000);
}

/**
 * Without a clipboard (plain http) the text is selected instead, ready for Ctrl+C.
 * @param {string} text
 * @param {Element} shown holds the text, or is a link whose address is the text
 */
function select(text, shown) {
  if (shown instanceof HTMLAnchorElement) {
    shown.textContent = text;
    shown.classList.add("is-shown");
  }
  getSelection()?.selectAllChildren(shown);
}

/** @param {Element} block variants of one axis, one after another in the page */
function makeTabs(block) {
  if (!(block instanceof HTMLElement)) return;
  const panels = /** @type {HTMLElement[]} */ ([...block.querySelectorAll(":scope > .variant")]);
  const list = document.createElement("div");
  list.className = "variant-tabs";
  list.setAttribute("role", "tablist");
  list.setAttribute("aria-label", block.dataset.name ?? "");
  list.append(...panels.map((panel) => tabOf(block, panel)));
  list.addEventListener("keydown", (event) => moveAlongTabs(event, list));
  block.prepend(list);
  block.classList.add("is-tabbed");
  const remembered = recall(block.dataset.axis ?? "");
  const shown = panels.find((panel) => panel.dataset.variant === remembered) ?? panels[0];
  if (shown) showVariant(block, shown);
}

/**
 * @param {HTMLElement} block
 * @param {HTMLElement} panel
 */
function tabOf(block, panel) {
  const tab = document.createElement("button");
  const number = [...document.querySelectorAll(".variants")].indexOf(block);
  panel.id ||= `variant-${number}-${panel.dataset.variant}`;
  tab.id = `${panel.id}-tab`;
  tab.type = "button";
  tab.className = "variant-tab";
  tab.textContent = panel.dataset.name ?? "";
  tab.setAttribute("role", "tab");
  tab.setAttribute("aria-controls", panel.id);
  panel.setAttribute("role", "tabpanel");
  panel.setAttribute("aria-labelledby", tab.id);
  tab.addEventListener("click", () => chooseVariant(block, panel));
  return tab;
}

/**
 * Arrow keys move between tabs (WAI-ARIA Authoring Practices, Tabs).
 * @param {KeyboardEvent} event
 * @param {HTMLElement} list
 */
function moveAlongTabs(event, list) {
  const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (!step) return;
  const tabs = /** @type {HTMLElement[]} */ ([...list.children]);
  const at = tabs.indexOf(/** @type {HTMLElement} */ (document.activeElement));
  const next = tabs[(at + step + tabs.length) % tabs.length];
  next?.focus();
  next?.click();
  event.preventDefault();
}

/**
 * The person chose: every block of the same axis follows, on this page and the next ones.
 * @param {HTMLElement} block
 * @param {HTMLElement} panel
 */
function chooseVariant(block, panel) {
  remember(block.dataset.axis ?? "", panel.dataset.variant ?? "");
  for (const other of document.querySelectorAll(`.variants[data-axis="${block.dataset.axis}"]`)) {
    const twin = other.querySelector(`:scope > .variant[data-variant="${panel.dataset.variant}"]`);
    if (other instanceof HTMLElement && twin instanceof HTMLElement) showVariant(other, twin);
  }
}

/**
 * @param {HTMLElement} block
 * @param {HTMLElement} shown
 */
function showVariant(block, shown) {
  for (const panel of block.querySelectorAll(":scope > .variant")) {
    const chosen = panel === shown;
    const tab = document.getElementById(`${panel.id}-tab`);
    panel.toggleAttribute("hidden", !chosen);
    tab?.setAttribute("aria-selected", String(chosen));
    tab?.setAttribute("tabindex", chosen ? "0" : "-1");
  }
}

/** A link to a step opens the variant that holds it, without changing what the person prefers. */
function openLinkedStep() {
  const step = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  const panel = step?.closest(".variant");
  const block = panel?.closest(".variants");
  if (!step || !(panel instanceof HTMLElement) || !(block instanceof HTMLElement)) return;
  showVariant(block, panel);
  step.scrollIntoView();
}

/** @param {string} axis */
function recall(axis) {
  try {
    return localStorage.getItem(`variant:${axis}`);
  } catch {
    return null; // storage may be forbidden; then nothing is remembered
  }
}

/**
 * @param {string} axis
 * @param {string} variant
 */
function remember(axis, variant) {
  try {
    localStorage.setItem(`variant:${axis}`, variant);
  } catch {
    // storage may be forbidden; the choice still holds on this page
  }
}
