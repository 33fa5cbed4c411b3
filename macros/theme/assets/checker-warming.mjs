/**
 * Fetches the checker's files ahead, into the browser's own cache: the checker's page then takes them from there. Whatever it
 * takes it compares as before. Fetches of a page end when the person leaves it, so none is under way on the checker's page.
 */
import { formatListPath, formatPrefix } from "../scripts/cached-files.mjs";

const root = new URL("../../", import.meta.url).href;
/** How many files are fetched at a time. */
const CONCURRENCY = 4;
/** @type {Promise<void> | undefined} */
let warming;

/**
 * Fetch the files that never change, once a page: unless the copy for the time without a network has them, which were fetched
 * through the same cache.
 * @param {AbortSignal} [signal] ends it
 * @returns {Promise<void>} resolves when no request is under way; what is missing then the checker fetches itself
 */
export function warmCache(signal) {
  warming ??= fetchFiles(signal ?? null).catch(() => {});
  return warming;
}

/** @param {AbortSignal | null} signal */
async function fetchFiles(signal) {
  if (await isStored()) return;
  const fetchWhole = async (/** @type {string} */ path) => {
    const response = await fetch(root + path, { priority: "low", signal });
    return response.blob(); // only a body that was read to its end is cached
  };
  const list = await fetchWhole(formatListPath("checker"));
  const paths = Object.keys(JSON.parse(await list.text())).filter((path) => path.startsWith("assets/"));
  const fetchNextFiles = async () => {
    for (let path = paths.shift(); path; path = paths.shift()) await fetchWhole(path);
  };
  await Promise.all(Array.from({ length: CONCURRENCY }, fetchNextFiles));
}

/** Tell whether a complete copy of the checker is stored; where it is of another build, offline-update.mjs replaces it. */
async function isStored() {
  if (!("caches" in globalThis)) return false; // plain http
  const prefix = formatPrefix(root);
  const names = (await caches.keys()).filter((name) => name.startsWith(`${prefix}checker `));
  const lists = names.map((cacheName) => caches.match(root + formatListPath("checker"), { cacheName }));
  return (await Promise.all(lists)).some(Boolean);
}
