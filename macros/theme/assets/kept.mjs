/**
 * The copy of this build for the time without a network, in two parts: the pages, and the checker with its programs. The
 * page fetches it, not the service worker: what a page fetches ends when the person leaves it, so nothing is still under
 * way on the checker's page, which does not load this module. Every file is compared with the build's list; a part's
 * list comes last, and says that the part is whole.
 *
 * @typedef {"pages" | "checker"} Part
 * @typedef {{version: string | null, parts: Record<Part, {sha256: string, bytes: number}>}} Version
 */
import { recall, remember } from "./store.mjs";

const root = new URL("../../", import.meta.url).href;
const prefix = `cert-guides ${root} `;
// At a time: what the person clicks comes first.
const AT_ONCE = 2;
const CHOICE = "offline";

/** Service workers, caches and digests exist in secure contexts only (https, localhost). */
export const able = "serviceWorker" in navigator && "caches" in globalThis && Boolean(crypto.subtle);

/** What this device is to keep: the checker's page writes `all` when it is opened. */
export const choice = {
  /** @returns {Part[]} */
  get parts() {
    const chosen = recall(CHOICE);
    if (chosen === "none") return [];
    return chosen === "all" ? ["pages", "checker"] : ["pages"];
  },
  /** @param {"all" | "none"} chosen */
  set(chosen) {
    remember(CHOICE, chosen);
  },
};

/** @returns {Promise<Version>} of the site as it is now */
export async function newest() {
  return (await answer("offline/version.json", "no-cache")).json();
}

/** @param {Version} version @returns {Promise<Part[]>} the parts of it that are kept as a whole */
export async function keptParts({ parts }) {
  const whole = await Promise.all(
    Object.entries(parts).map(async ([part, { sha256 }]) => {
      const name = nameOf(part, sha256);
      return (await caches.has(name)) && (await (await caches.open(name)).match(listOf(part))) ? part : null;
    }),
  );
  return /** @type {Part[]} */ (whole.filter((part) => part !== null));
}

/**
 * Fetch what is missing; then the service worker of the same build answers. One tab at a time does it.
 * @param {Version} version
 * @param {Part[]} parts
 * @param {(done: number, all: number) => void} [progress] files
 */
export function keep({ version, parts: lists }, parts, progress) {
  return navigator.locks.request(prefix, async () => {
    for (const part of parts) await fill(part, lists[part].sha256, progress);
    // The version in the address makes the browser look at once; "all" lets it take the script from its own cache.
    const options = /** @type {const} */ ({ scope: root, updateViaCache: "all" });
    await navigator.serviceWorker.register(`${root}service-worker.js?${version}`, options);
  });
}

/** To be rid of it all. */
export async function forget() {
  const registration = await navigator.serviceWorker.getRegistration(root);
  if (registration?.scope === root) await registration.unregister();
  await Promise.all((await ours()).map((name) => caches.delete(name)));
}

/** @param {string} part @param {string} sha256 of its list */
const nameOf = (part, sha256) => `${prefix}${part} ${sha256}`;
/** @param {string} part */
const listOf = (part) => `${root}offline/${part}.json`;
const ours = async () => (await caches.keys()).filter((name) => name.startsWith(prefix));

/**
 * @param {Part} part
 * @param {string} sha256
 * @param {(done: number, all: number) => void} [progress]
 */
async function fill(part, sha256, progress = () => {}) {
  const name = nameOf(part, sha256);
  const cache = await caches.open(name);
  if (await cache.match(listOf(part))) return;
  const list = await checked(await answer(`offline/${part}.json`, "no-cache"), sha256);
  /** @type {Record<string, string>} */
  const files = await list.clone().json();
  const todo = Object.entries(files);
  const all = todo.length;
  let done = 0;
  const others = (await ours()).filter((other) => other !== name);
  const before = await Promise.all(others.map((other) => caches.open(other)));
  const work = async () => {
    for (let next = todo.pop(); next; next = todo.pop()) {
      await take(cache, before, ...next);
      done += 1;
      progress(done, all);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  await cache.put(listOf(part), list);
}

/**
 * One file into the copy: from an earlier attempt, from the build before, from the network.
 * @param {Cache} cache
 * @param {Cache[]} before
 * @param {string} path
 * @param {string} sha256
 */
async function take(cache, before, path, sha256) {
  const address = path.replace(/(^|\/)index\.html$/, "$1");
  if (await cache.match(root + address)) return;
  for (const other of before) {
    const stored = await other.match(root + address);
    const same = stored && (await checked(stored, sha256).catch(() => undefined));
    if (same) return cache.put(root + address, same);
  }
  await cache.put(root + address, await checked(await answer(address, "default"), sha256));
}

/**
 * @param {string} path
 * @param {RequestCache} cache
 */
async function answer(path, cache) {
  const response = await fetch(root + path, { cache });
  if (!response.ok || response.redirected) throw new TypeError(`${path}: ${response.status}`);
  return response;
}

/**
 * @param {Response} response
 * @param {string} sha256
 */
async function checked(response, sha256) {
  const bytes = await response.arrayBuffer();
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  const hex = Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
  if (hex !== sha256) throw new TypeError("not a file of this build");
  return new Response(bytes, { headers: response.headers });
}
