/**
 * Tells an open page what the site has taken back since the page was loaded, and a copy without a network that it cannot
 * know. A page that comes from the network has its notices in itself.
 */
import { formatListPath } from "./cached-files.mjs";
import { say } from "./page-words.mjs";

const root = new URL("../../", import.meta.url).href;
const FILE = "withdrawals.json";
/** Milliseconds after which an open page that is looked at asks. */
const INTERVAL = 60 * 60 * 1000;

let lastRequest = Date.now();
/** @type {Promise<unknown>} settles when the last request is answered */
let asking = Promise.resolve();
let isEnded = false;
setInterval(updateNotices, INTERVAL / 4);
document.addEventListener("visibilitychange", updateNotices);
addEventListener("pageshow", updateNotices);

/** Ask what has been withdrawn, if the page is being looked at and has not asked for an hour. */
function updateNotices() {
  if (isEnded || document.hidden || Date.now() - lastRequest < INTERVAL) return;
  lastRequest = Date.now();
  asking = requestNotices();
}

/** Ask no more on this page. @returns {Promise<unknown>} resolves when no request is under way */
export function endAsking() {
  isEnded = true;
  return asking;
}

async function requestNotices() {
  try {
    const response = await fetch(root + FILE, { cache: "no-cache" });
    if (response.ok) addNotices(await response.json());
  } catch {
    // without a network the next time asks again
  }
}

/** @param {{withdrawals: {id: string, pages: Record<string, string>}[]}} file */
function addNotices({ withdrawals }) {
  const page = (location.origin + location.pathname).slice(root.length);
  for (const { id, pages } of withdrawals.toReversed()) {
    const text = pages[page];
    if (text !== undefined) addNotice(text, id);
  }
}

/** Say on a page of the stored copy from which day it is. */
export async function tellCopyAge() {
  const list = await caches.match(root + formatListPath("pages"));
  const date = list?.headers.get("date"); // RFC 9110, 6.6.1: when the server sent it
  if (!navigator.serviceWorker.controller || !date) return;
  const options = /** @type {const} */ ({ dateStyle: "long", timeZone: "Asia/Tokyo" });
  const day = new Intl.DateTimeFormat(document.documentElement.lang, options).format(new Date(date));
  addNotice(say("copy-age", { day }), "copy-age");
}

/** @param {string} text @param {string} id */
function addNotice(text, id) {
  if (document.getElementById(id)) return;
  const notice = document.createElement("div");
  notice.className = "withdrawal";
  notice.id = id;
  notice.role = "status";
  notice.textContent = text;
  document.querySelector("h1")?.after(notice);
}
