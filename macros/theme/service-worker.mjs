/**
 * Answers for the site when the network does not. It asks the network first, always, so nobody sees an old page who
 * could see the new one; what it keeps is one whole build, which a guide page (offline.mjs) has fetched and checked.
 * It fetches nothing by itself and stores nothing: what a person enters never comes here.
 *
 * The build writes the SHA-256 of the list of files into VERSION; the list has that of each file. So a changed byte in
 * the browser's storage, or a file of another build, is not used.
 */
const VERSION = "written by the build";
const LIST = "offline/files.json";

/** @type {ServiceWorkerGlobalScope} */
// @ts-expect-error TypeScript's library knows one kind of worker a file, and calls it by the general one
const worker = self;
const root = worker.registration.scope;
const prefix = `cert-guides ${root} `;
/** @type {Promise<Record<string, string>> | undefined} */
let list;

worker.addEventListener("install", () => worker.skipWaiting());
worker.addEventListener("activate", (event) => event.waitUntil(dropOtherBuilds()));
worker.addEventListener("fetch", (event) => {
  const path = pathOf(event.request);
  if (path !== null) event.respondWith(fetch(event.request).catch((reason) => kept(path, reason)));
});

/** One build at a time: the one before goes when this one has taken its place. */
async function dropOtherBuilds() {
  const names = (await caches.keys()).filter((name) => name.startsWith(prefix) && name !== prefix + VERSION);
  await Promise.all(names.map((name) => caches.delete(name)));
}

/**
 * @param {Request} request
 * @returns {string | null} the file's path below the site's root, if it may be one
 */
function pathOf(request) {
  const address = new URL(request.url);
  const whole = address.origin + address.pathname;
  if (request.method !== "GET" || !whole.startsWith(root)) return null;
  const path = whole.slice(root.length);
  return path === "" || path.endsWith("/") ? `${path}index.html` : path;
}

/**
 * @param {string} path
 * @param {unknown} reason why the network gave nothing
 */
async function kept(path, reason) {
  if (!(await caches.has(prefix + VERSION))) throw reason;
  const cache = await caches.open(prefix + VERSION);
  list ??= readList(cache);
  const files = await list.catch(() => ({}));
  const expected = Object.entries(files).find(([name]) => name === path)?.[1];
  if (expected === undefined) throw reason;
  return checked(cache, path, expected);
}

/** @param {Cache} cache @returns {Promise<Record<string, string>>} */
async function readList(cache) {
  return (await checked(cache, LIST, VERSION)).json();
}

/**
 * A kept file, if its bytes are the ones that the build wrote. Its headers, the policy among them, are the server's.
 * @param {Cache} cache
 * @param {string} path
 * @param {string} expected
 */
async function checked(cache, path, expected) {
  const stored = await cache.match(root + path.replace(/(^|\/)index\.html$/, "$1"));
  if (!stored) throw new TypeError(`not kept: ${path}`);
  const bytes = await stored.arrayBuffer();
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  const hex = Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
  if (hex !== expected) throw new TypeError(`altered: ${path}`);
  return new Response(bytes, { headers: stored.headers });
}
