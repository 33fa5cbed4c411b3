/**
 * The copy of this build for use without a network, in two parts: the pages, and the checker with its programs. The page
 * fetches it, not the service worker: what a page fetches ends when the person leaves it, so nothing is still under
 * way on the checker's page, which does not load this module. Every file is compared with the build's list; a part's
 * list is stored last, and shows that the part is complete.
 *
 * @typedef {"pages" | "checker"} Part
 * @typedef {{signal?: AbortSignal, onProgress?: (stored: number, total: number) => void}} Options `signal` ends the work,
 *   `onProgress` is told of progress in files
 * @typedef {{version: string | null, parts: Record<Part, {sha256: string, bytes: number}>}} Version
 */
import {
  formatCacheName,
  formatListPath,
  formatPrefix,
  toAddress,
  verifyResponse,
} from "../scripts/cached-files.mjs";
import { recall, remember } from "../scripts/local-storage.mjs";

const root = new URL("../../", import.meta.url).href;
/** How many files are fetched at a time: the person's own requests come first. */
const CONCURRENCY = 2;
/** Key of the choice in local storage: the checker's page writes `all` when it is opened. */
const CHOICE = "offline";

/** Whether there are service workers, caches and digests: in secure contexts only (https, localhost). */
export const isSupported = "serviceWorker" in navigator && "caches" in globalThis && Boolean(crypto.subtle);

/** Return what this device is to store. @returns {Part[]} */
export function getChosenParts() {
  const choice = recall(CHOICE);
  if (choice === "none") return [];
  return choice === "all" ? ["pages", "checker"] : ["pages"];
}

/** Choose what this device is to store. @param {"all" | "none"} choice */
export function chooseParts(choice) {
  remember(CHOICE, choice);
}

/**
 * Have a version's service worker registered. Its address is a sink of Trusted Types: this policy, the pages' only one beside
 * the checker's, makes no other address than that of the site's own service worker.
 * @type {{createScriptURL(version: string): string} | undefined}
 */
const workerAddresses = Reflect.get(globalThis, "trustedTypes")?.createPolicy("service-worker", {
  createScriptURL: formatWorkerAddress,
});

/** @param {string} version @returns {string} @throws {TypeError} it is none */
function formatWorkerAddress(version) {
  if (!/^[0-9a-f]{64}$/.test(version)) throw new TypeError(`no version: ${version}`);
  return `${root}service-worker.js?${version}`;
}

/** Read the version that the site has now. @param {AbortSignal} [signal] @returns {Promise<Version>} */
export async function readVersion(signal) {
  return (await fetchFile("offline/version.json", { cache: "no-cache", signal })).json();
}

/** List the parts that are stored completely. @param {Version} version @returns {Promise<Part[]>} */
export async function listStoredParts({ parts }) {
  const complete = await Promise.all(
    Object.entries(parts).map(async ([part, { sha256 }]) => {
      const name = formatCacheName(root, part, sha256);
      return (await caches.has(name)) && (await hasList(await caches.open(name), part)) ? part : null;
    }),
  );
  return /** @type {Part[]} */ (complete.filter((part) => part !== null));
}

/**
 * Fetch what is missing; then the service worker of the same build answers. One tab at a time does it.
 * @param {Version} version
 * @param {Part[]} parts
 * @param {Options} [options]
 */
export function storeCopy({ version, parts: lists }, parts, options = {}) {
  const { signal } = options;
  return navigator.locks.request(formatPrefix(root), signal ? { signal } : {}, async () => {
    for (const part of parts) await storePart(part, lists[part].sha256, options);
    signal?.throwIfAborted();
    if (version === null) return;
    // The version in the address makes the browser look at once; "all" lets it take the script from its own cache.
    const address = workerAddresses?.createScriptURL(version) ?? formatWorkerAddress(version);
    await navigator.serviceWorker.register(address, { scope: root, updateViaCache: "all" });
  });
}

/** Delete all caches, and remove the service worker. */
export async function forgetCopy() {
  const registration = await navigator.serviceWorker.getRegistration(root);
  if (registration?.scope === root) await registration.unregister();
  await Promise.all((await listOwnCaches()).map((name) => caches.delete(name)));
}

const listOwnCaches = async () => (await caches.keys()).filter((name) => name.startsWith(formatPrefix(root)));

/** @param {Cache} cache @param {string} part */
const hasList = async (cache, part) => Boolean(await cache.match(root + formatListPath(part)));

/**
 * @param {Part} part
 * @param {string} sha256
 * @param {Options} options
 */
async function storePart(part, sha256, { signal, onProgress = () => {} }) {
  const name = formatCacheName(root, part, sha256);
  const cache = await caches.open(name);
  if (await hasList(cache, part)) return;
  const list = await verifyResponse(
    await fetchFile(formatListPath(part), { cache: "no-cache", signal }),
    sha256,
  );
  /** @type {Record<string, string>} */
  const files = await list.clone().json();
  const missing = Object.entries(files);
  const total = missing.length;
  let stored = 0;
  const otherNames = (await listOwnCaches()).filter((other) => other !== name);
  const otherCaches = await Promise.all(otherNames.map((other) => caches.open(other)));
  const storeNextFiles = async () => {
    for (let file = missing.pop(); file; file = missing.pop()) {
      signal?.throwIfAborted();
      await storeFile(cache, otherCaches, ...file, signal);
      stored += 1;
      onProgress(stored, total);
    }
  };
  await Promise.all(Array.from({ length: CONCURRENCY }, storeNextFiles));
  await cache.put(root + formatListPath(part), list);
}

/**
 * Store one file: from an earlier attempt, from another build's cache, or from the network.
 * @param {Cache} cache
 * @param {Cache[]} otherCaches
 * @param {string} path
 * @param {string} sha256
 * @param {AbortSignal} [signal]
 */
async function storeFile(cache, otherCaches, path, sha256, signal) {
  const address = toAddress(path);
  if (await cache.match(root + address)) return;
  for (const other of otherCaches) {
    const cached = await other.match(root + address);
    const same = cached && (await verifyResponse(cached, sha256).catch(() => undefined));
    if (same) return cache.put(root + address, same);
  }
  await cache.put(root + address, await verifyResponse(await fetchFile(address, { signal }), sha256));
}

/**
 * @param {string} path
 * @param {{cache?: RequestCache, signal?: AbortSignal | undefined}} options
 * @throws {TypeError} there is no answer, an error or a redirection
 */
async function fetchFile(path, { cache = "default", signal }) {
  const response = await fetch(root + path, { cache, signal: signal ?? null });
  if (!response.ok || response.redirected) throw new TypeError(`${path}: ${response.status}`);
  return response;
}
