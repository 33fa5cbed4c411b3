/**
 * The checker, in its own page and in a guide's.
 *
 * It promises that the browser makes no request from the first byte read of a file until the person leaves the page. Start:
 * 1. Show the file picker, which takes files at once and has them wait.
 * 2. Test what the browser can do.
 * 3. Download the runtime. At the same time wait until the page has loaded, until its own requests have ended, and until the
 *    browser has looked for a newer service worker, so that no request is left to come.
 * 4. Seal the page: give it a policy that allows no request at all.
 * 5. Start Python in a worker, which has that policy, too, and first tries to connect.
 * 6. Show the outcome of that attempt, and hand the waiting files over.
 * @import {Page} from "./certificate-card.mjs"
 * @import {Question} from "./contract.mjs"
 * @import {DroppedFiles} from "./dropped-files.mjs"
 *
 * @typedef {object} Surroundings
 * @property {() => Promise<unknown>} endRequests ends what the page does in the background, and loads what it may need later
 * @property {string} byHand address of the instructions for Windows' certmgr
 */
import { findMissingFeature } from "./browser-support.mjs";
import { ChosenFiles } from "./chosen-files.mjs";
import { createElement } from "./element.mjs";
import { createFilePicker } from "./file-picker.mjs";
import { Inspector } from "./inspector.mjs";
import { createProgressBar } from "./progress-bar.mjs";
import { downloadRuntime } from "./runtime-download.mjs";
import { openInstructionsByHand, renderTrouble, Trouble } from "./trouble.mjs";

/** Wait until the page's style sheets, scripts and icon are in. @returns {Promise<void>} */
const waitForLoad = () =>
  new Promise((resolve) => {
    if (document.readyState === "complete") resolve();
    else window.addEventListener("load", () => resolve(), { once: true });
  });

/**
 * Have the browser look for a newer service worker now, where it has one for the site: it would look by itself a moment
 * after the page was opened (Service Workers, Soft Update), which may be after a file was read.
 */
async function updateServiceWorker() {
  const registration = await navigator.serviceWorker?.getRegistration();
  await registration?.update().catch(() => {}); // without a network the one there is serves
}

/**
 * Give up every connection, those to this site included. A policy that comes late counts from then on, beside the one
 * that the page came with (CSP Level 3, 3.3), and nothing takes it back but leaving the page. What is left is for workers:
 * scripts from this tab's own memory (blob:), and WebAssembly. The icon is in the page (data:): browsers look for it late.
 */
function seal() {
  const content = "default-src 'none'; img-src data:; script-src blob: 'wasm-unsafe-eval'; worker-src blob:";
  document.head.append(createElement("meta", { "http-equiv": "Content-Security-Policy", content }));
}

/**
 * Choose that the next guide page stores the checker for use without a network (offline-copy.mjs), unless that was refused:
 * whoever opens the checker may need it there.
 */
export function chooseOfflineCopy() {
  try {
    localStorage.offline ??= "all";
  } catch {
    // storage is forbidden: then there is no copy
  }
}

/** Format what of dropped folders is not taken; empty where all is. @param {DroppedFiles} leftOut @param {Page} page */
function formatLeftOut({ files, beyond, others, isCut }, { t, data }) {
  return [
    ...(files.length === 0 ? [t("folder.none")] : []),
    ...(beyond > 0 ? [t("folder.beyond", { n: beyond, allowed: data.limits.files })] : []),
    ...(others > 0 ? [t("folder.others", { n: others, suffixes: data.suffixes.join(" ") })] : []),
    ...(isCut ? [t("folder.cut")] : []),
  ].join(" ");
}

export class Checker {
  /** @type {Page} */ #page;
  #files;
  /** @type {Promise<Inspector>} resolves when files may be read; never where the start failed */
  #started = new Promise(() => {});
  /** @type {Inspector | undefined} */ #inspector;
  #hasFailed = false;
  // A live region: what takes the place of the progress bar is read out, the bar's own changes are not (aria-busy).
  #state = createElement("div", { id: "state", role: "status", "aria-busy": "true" });
  #cleared = createElement("p", { role: "status", id: "cleared" });
  #leftOut = createElement("p", { role: "status", id: "left-out" });
  #spoken = createElement("p", { role: "status", class: "visually-hidden" });
  /** @type {string | undefined} outcome of the worker's attempt to connect */ #connection;
  /** @type {DroppedFiles | undefined} */ #dropped;
  #clearSection = createElement("div", { class: "check-clear", hidden: true });
  #picker;
  #surroundings;
  element;

  /** @param {Page} page @param {Surroundings} surroundings */
  constructor(page, surroundings) {
    this.#page = page;
    this.#surroundings = surroundings;
    const announce = (/** @type {string} */ text) => {
      this.#spoken.textContent = text;
    };
    // 1.
    this.#files = new ChosenFiles(page, () => this.#started, announce);
    this.#picker = createFilePicker(page, (files, leftOut) => this.#take(files, leftOut));
    this.#drawClearSection();
    this.element = createElement(
      "div",
      {},
      ...[this.#picker.element, this.#state, this.#cleared, this.#leftOut],
      ...[this.#spoken, this.#files.element, this.#clearSection],
    );
    window.addEventListener("pagehide", () => this.#leave());
  }

  /**
   * Start, once the element is in the page: what stands in the way takes the focus.
   * @returns {Promise<unknown>} resolves when files may be read; never where the start failed
   */
  start() {
    this.#started = this.#prepare();
    return this.#started;
  }

  #drawClearSection() {
    const { t } = this.#page;
    const attributes = { type: "button", class: "cg-button", onclick: () => this.clear() };
    this.#clearSection.replaceChildren(
      createElement("p", {}, createElement("button", attributes, t("clear.button"))),
      createElement("p", { class: "check-small" }, t("clear.until")),
    );
  }

  /** Say all that is shown in another language. @param {Page} values what the page is in that language */
  translate(values) {
    Object.assign(this.#page, values);
    this.#drawClearSection();
    this.#picker.translate();
    this.#files.translate();
    this.#drawConnection();
    this.#spoken.textContent = "";
    this.#leftOut.textContent = this.#dropped?.hasFolder ? formatLeftOut(this.#dropped, this.#page) : "";
    if (this.#cleared.textContent) this.#cleared.textContent = this.#page.t("clear.done");
  }

  async #prepare() {
    const { data, t } = this.#page;
    const progress = createProgressBar(t);
    this.#state.replaceChildren(progress.element);
    try {
      // 2.
      const missing = findMissingFeature();
      if (missing) throw new Trouble(missing);
      // 3.
      const [runtime] = await Promise.all([
        downloadRuntime(data.assets, progress.show),
        waitForLoad(),
        this.#surroundings.endRequests().then(updateServiceWorker),
      ]);
      // 4.
      seal();
      // 5.
      const inspector = new Inspector(runtime, 1000 * data.limits.file_seconds);
      const outcome = await inspector.start();
      // 6.
      this.#connection = outcome === "blocked" && !runtime.hasPolicy ? "unguarded" : outcome;
      this.#drawConnection();
      this.#inspector = inspector;
      return inspector;
    } catch (error) {
      this.#fail(error);
      return new Promise(() => {});
    }
  }

  /** Answer another question, about the files that are chosen already. @param {Question | null} question */
  ask(question) {
    this.#page.question = question;
    this.#files.judgeAgain();
  }

  /** Move the focus to the button that chooses files. */
  focus() {
    if (!this.#hasFailed) this.#picker.focus();
  }

  #drawConnection() {
    const connection = this.#connection;
    if (!connection) return;
    const words = this.#page.t(`connection.${connection}`);
    this.#showState(createElement("p", { "data-connection": connection }, words));
  }

  /** @param {HTMLElement} element to show below the drop zone and to read out */
  #showState(element) {
    this.#state.setAttribute("aria-busy", "false");
    this.#state.replaceChildren(element);
  }

  /** Take no more files, and show why. @param {unknown} error */
  #fail(error) {
    this.#hasFailed = true;
    this.#picker.element.remove();
    this.#forgetFiles();
    openInstructionsByHand();
    this.#showState(renderTrouble(this.#page.t, error, this.#surroundings.byHand));
    this.#state.querySelector("h2")?.focus();
  }

  /**
   * Take files in place of the ones before.
   * @param {File[]} files
   * @param {DroppedFiles} [leftOut] what of folders is not taken
   */
  #take(files, leftOut) {
    if (this.#hasFailed) return;
    this.#forgetFiles();
    this.#cleared.textContent = "";
    this.#dropped = leftOut;
    this.#leftOut.textContent = leftOut?.hasFolder ? formatLeftOut(leftOut, this.#page) : "";
    if (files.length === 0) return;
    this.#clearSection.hidden = false;
    this.#picker.element.classList.add("is-compact");
    this.#files.replace(files);
  }

  #forgetFiles() {
    this.#files.clear();
    this.#dropped = undefined;
    this.#leftOut.textContent = "";
    this.#clearSection.hidden = true;
    this.#picker.element.classList.remove("is-compact");
  }

  /**
   * End what is secret when the page is left: a browser may keep the page as it stands, to show it on Back (HTML, "page cache").
   * The finished result, which holds no key, stays until it is cleared; the page says so.
   */
  #leave() {
    this.#files.forgetSecrets();
    this.#inspector?.clear();
  }

  /** Clear the files, their passwords and all that was shown, and say so. Python forgets only by ending. */
  clear() {
    this.#forgetFiles();
    this.#spoken.textContent = "";
    this.#inspector?.clear();
    this.#cleared.textContent = this.#page.t("clear.done");
    this.focus();
  }
}
