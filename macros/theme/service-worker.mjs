/**
 * Answers for the site when the network does not. It asks the network first, always, so nobody sees an old page who
 * could see the new one; what it answers with is one whole build, in parts, which a guide page (offline-copy.mjs) has fetched
 * and compared. It fetches nothing by itself and stores nothing: what a person enters never comes here.
 *
 * The build writes the SHA-256 of each part's list of files into PARTS; the list has that of each file. So a changed byte
 * in the browser's storage, or a file of another build, is not used. Headers have no digest there: the build writes them into
 * HEADERS, and those in the storage, which any script of the site could have put there, do not count.
 */
import {
  formatCacheName,
  formatListPath,
  formatPrefix,
  toAddress,
  verifyResponse,
} from "./scripts/cached-files.mjs";

const PARTS = { pages: "pages: written by the build", checker: "checker: written by the build" };

/**
 * deploy/policy.yaml, resolved: headers by the first pattern that the path matches, MIME types by the end of its name.
 * @type {{types: Record<string, string>, other: string, classes: {path: string, headers: Record<string, string>}[]}}
 */
// @ts-expect-error the build puts the object in place of the string
const HEADERS = "headers: written by the build";

/** @type {ServiceWorkerGlobalScope} */
// @ts-expect-error TypeScript's library knows one kind of worker a file, and calls it by the general one
const worker = self;
const root = worker.registration.scope;
/** @type {Map<string, Record<string, string>>} lists by their hash, once read */
const lists = new Map();

worker.addEventListener("install", () => worker.skipWaiting());
worker.addEventListener("activate", (event) => event.waitUntil(deleteOtherBuilds()));
worker.addEventListener("fetch", (event) => {
  const path = toFilePath(event.request);
  if (path !== null)
    event.respondWith(fetch(event.request).catch((reason) => answerFromCache(event.request, path, reason)));
});

/** Delete the caches of other builds, once this one has taken over. */
async function deleteOtherBuilds() {
  const current = Object.entries(PARTS).map(([part, sha256]) => formatCacheName(root, part, sha256));
  const names = (await caches.keys()).filter(
    (name) => name.startsWith(formatPrefix(root)) && !current.includes(name),
  );
  await Promise.all(names.map((name) => caches.delete(name)));
}

/**
 * Convert a request to the path of a file below the site's root.
 * @param {Request} request
 * @returns {string | null} null where it is for nothing of the site
 */
function toFilePath(request) {
  const address = new URL(request.url);
  const whole = address.origin + address.pathname;
  if (request.method !== "GET" || !whole.startsWith(root)) return null;
  const path = whole.slice(root.length);
  return path === "" || path.endsWith("/") ? `${path}index.html` : path;
}

/**
 * Answer with a stored file; instead of a page that is not stored, such as the checker's, with the page /offline/.
 * @param {Request} request
 * @param {string} path
 * @param {unknown} reason why the network failed, thrown where there is no answer
 */
async function answerFromCache(request, path, reason) {
  let hasCopy = false;
  for (const [part, sha256] of Object.entries(PARTS)) {
    const name = formatCacheName(root, part, sha256);
    if (!(await caches.has(name))) continue;
    const cache = await caches.open(name);
    const files = await readList(cache, part, sha256).catch(() => undefined);
    if (files && Object.hasOwn(files, path)) return readStored(cache, path, files[path]);
    hasCopy ||= files !== undefined;
  }
  if (!hasCopy || request.mode !== "navigate") throw reason;
  return Response.redirect(`${root}${path.startsWith("en/") ? "en/" : ""}offline/`);
}

/**
 * Read a part's list of files.
 * @param {Cache} cache
 * @param {string} part
 * @param {string} sha256
 * @returns {Promise<Record<string, string>>}
 */
async function readList(cache, part, sha256) {
  const known = lists.get(sha256);
  if (known) return known;
  const list = await (await readStored(cache, formatListPath(part), sha256)).json();
  lists.set(sha256, list);
  return list;
}

/**
 * Read a stored file, with the headers that the server would send.
 * @param {Cache} cache
 * @param {string} path
 * @param {string | undefined} sha256
 * @throws {TypeError} it is not stored, or has other bytes than the build wrote
 */
async function readStored(cache, path, sha256) {
  const stored = await cache.match(root + toAddress(path));
  if (!stored) throw new TypeError(`not stored: ${path}`);
  const verified = await verifyResponse(stored, sha256);
  return new Response(verified.body, { headers: findHeaders(path) });
}

/** @param {string} path of a file below the root @returns {Record<string, string>} */
function findHeaders(path) {
  const { types, other, classes } = HEADERS;
  const ending = path.match(/\.[^./]+$/)?.[0] ?? "";
  const { headers } = classes.find((pageClass) => new RegExp(pageClass.path).test(path)) ?? { headers: {} };
  return { "Content-Type": types[ending] ?? other, ...headers };
}
