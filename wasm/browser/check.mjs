/**
 * The checker page: reads the data block, gets the runtime ready, takes files.
 *
 * What is promised, and how it is kept: the browser makes no request from the first byte read of a file until the
 * person leaves the page. A file goes to a worker only when the page has loaded, the runtime's last response is in, the page
 * has given itself a policy that allows no request at all, and a worker under it has tried to connect.
 * @import {Page} from "./card.mjs"
 * @import {CheckData} from "./contract.mjs"
 */
import { el } from "./dom.mjs";
import { fetchRuntime } from "./fetching.mjs";
import { missing } from "./floor.mjs";
import { intake } from "./intake.mjs";
import { Pool } from "./pool.mjs";
import { progress } from "./progress.mjs";
import { Runtime } from "./runtime.mjs";
import { translator } from "./strings.mjs";
import { showTrouble, Trouble } from "./trouble.mjs";

/** @param {string} id @returns {HTMLElement} */
function byId(id) {
  const element = document.getElementById(id);
  if (!element) throw new Error(`the page has no #${id}`);
  return element;
}

/** @returns {Page} */
function readPage() {
  /** @type {CheckData} */
  const data = JSON.parse(byId("check-data").textContent ?? "");
  return {
    data,
    lang: data.lang,
    t: translator(data.strings),
    home: byId("home").getAttribute("href") ?? "./",
  };
}

/** @returns {Promise<void>} once the page's style sheets, scripts and icon are in */
const pageLoaded = () =>
  new Promise((resolve) => {
    if (document.readyState === "complete") resolve();
    else window.addEventListener("load", () => resolve(), { once: true });
  });

/**
 * Has the browser look for a newer service worker now, where it has one for the site: it would look by itself a moment
 * after the page was opened (Service Workers, Soft Update), which may be after a file was read.
 */
async function lookForWorker() {
  const registration = await navigator.serviceWorker?.getRegistration();
  await registration?.update().catch(() => {}); // without a network the one there is serves
}

/**
 * Gives up every connection, those to this site included. A policy that comes late counts from then on, beside the one
 * that the page came with (CSP Level 3, 3.3), and nothing takes it back but leaving the page. What is left is for workers:
 * scripts from this tab's own memory (blob:), and WebAssembly. The icon is in the page (data:): browsers look for it late.
 */
function seal() {
  const content = "default-src 'none'; img-src data:; script-src blob: 'wasm-unsafe-eval'; worker-src blob:";
  document.head.append(el("meta", { "http-equiv": "Content-Security-Policy", content }));
}

/** Who uses the checker wants it without a network, too: the next guide page keeps it (kept.mjs), unless that was refused. */
function askForCopy() {
  try {
    localStorage.offline ??= "all";
  } catch {
    // storage is forbidden: then there is no copy
  }
}

class Checker {
  /** @type {Page} */ #page;
  #pool;
  /** @type {Promise<Runtime>} resolves when files may be read; never where that failed, which the page then says */
  #ready;
  /** @type {Runtime | undefined} */ #runtime;
  #broken = false;
  // A live region: what takes the place of the progress bar is read out, the bar's own changes are not (aria-busy).
  #state = el("div", { id: "state", role: "status", "aria-busy": "true" });
  #cleared = el("p", { role: "status", id: "cleared" });
  #spoken = el("p", { role: "status", class: "visually-hidden" });
  #clear;
  #intake;

  /** @param {Page} page */
  constructor(page) {
    this.#page = page;
    const { t } = page;
    const announce = (/** @type {string} */ text) => {
      this.#spoken.textContent = text;
    };
    this.#pool = new Pool(page, () => this.#ready, announce);
    this.#intake = intake(t, page.data.verify, (files) => this.#take(files));
    this.#clear = el(
      "button",
      { type: "button", hidden: true, onclick: () => this.clear() },
      t("clear.button"),
    );
    byId("checker").replaceChildren(
      this.#intake.element,
      this.#state,
      this.#cleared,
      this.#spoken,
      this.#pool.element,
      el("p", {}, this.#clear),
    );
    this.#ready = this.#start();
  }

  async #start() {
    const { data, t } = this.#page;
    const bar = progress(t);
    this.#state.replaceChildren(bar.element);
    try {
      const lack = missing();
      if (lack) throw new Trouble(lack);
      const [fetched] = await Promise.all([
        fetchRuntime(data.assets, bar.show),
        pageLoaded(),
        lookForWorker(),
      ]);
      seal();
      const runtime = new Runtime(fetched, 1000 * data.limits.file_seconds);
      const tried = await runtime.start();
      const connection = tried === "blocked" && !fetched.guarded ? "unguarded" : tried;
      this.#tell(el("p", { "data-connection": connection }, t(`connection.${connection}`)));
      this.#runtime = runtime;
      return runtime;
    } catch (error) {
      this.#fail(error);
      return new Promise(() => {});
    }
  }

  /** @param {HTMLElement} what to show and to read out beside the drop zone */
  #tell(what) {
    this.#state.setAttribute("aria-busy", "false");
    this.#state.replaceChildren(what);
  }

  /** Takes no more files and says why. @param {unknown} error */
  #fail(error) {
    this.#broken = true;
    this.#intake.element.remove();
    this.#drop();
    this.#tell(showTrouble(this.#page.t, error));
    this.#state.querySelector("h2")?.focus();
  }

  /** New files take the place of the ones before. @param {File[]} files */
  #take(files) {
    if (this.#broken) return;
    this.#cleared.textContent = "";
    this.#clear.hidden = false;
    this.#pool.take(files);
  }

  #drop() {
    this.#pool.drop();
    this.#clear.hidden = true;
  }

  /** Wipes the files, their passwords and all that was shown, and says so. Python forgets only by ending. */
  clear() {
    this.#drop();
    this.#spoken.textContent = "";
    this.#runtime?.clear();
    this.#cleared.textContent = this.#page.t("clear.done");
    if (!this.#broken) this.#intake.focus();
  }
}

askForCopy();
new Checker(readPage());
